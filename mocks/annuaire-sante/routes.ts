import { fhir, refuserFhir } from '../kit/fhir.ts'
import type { Answer, Route } from '../kit/message.ts'
import { type AppelAnnuaire, avecCle, BASE, erreur, inconnue, typeInconnu } from './contexte.ts'
import { lireCurseur, MAX_REQUETE } from './curseur.ts'
import { metadata } from './metadata.ts'
import { lireRecherche, pageDe } from './recherche.ts'
import { annuaireDe, TYPES, type TypeRessource } from './ressources.ts'
import { patcher } from './routes-patch.ts'
import { refusEcriture, reglesAnnuaire } from './rules.ts'

async function chercher({ message, world, exchange }: AppelAnnuaire, type: TypeRessource, requete: string, apres?: string): Promise<Answer> {
  if (requete.length > MAX_REQUETE) return erreur(400, `La recherche dépasse ${MAX_REQUETE} caractères.`, exchange)
  const recherche = lireRecherche(type, requete)
  if ('refused' in recherche) return refuserFhir(recherche, exchange)
  const page = pageDe(await annuaireDe(world), recherche, {
    base: message.base + BASE,
    id: world.newId(),
    ...(apres !== undefined && { apres }),
  })
  exchange.respected(reglesAnnuaire['ANNUAIRE-RECHERCHE'])
  exchange.summarise(`${type} : ${(page['entry'] as unknown[] | undefined)?.length ?? 0} ressource(s) dans la page`)
  return fhir(page)
}

function chercherParFormulaire(appel: AppelAnnuaire, type: TypeRessource): Answer | Promise<Answer> {
  const { message, exchange } = appel
  const genre = (message.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase()
  if (message.body.length > 0 && genre !== 'application/x-www-form-urlencoded')
    return erreur(400, 'Une recherche POST est en application/x-www-form-urlencoded.', exchange)
  if (message.body.length > MAX_REQUETE) return erreur(400, `La recherche dépasse ${MAX_REQUETE} caractères.`, exchange)
  const formulaire = new TextDecoder().decode(message.body)
  return chercher(appel, type, [message.query, formulaire].filter((part) => part !== '').join('&'))
}

/** ANNUAIRE-PAGE */
function suite(appel: AppelAnnuaire): Answer | Promise<Answer> {
  const curseur = lireCurseur(new URLSearchParams(appel.message.query).get('id') ?? '')
  if (!curseur)
    return refuserFhir({ statut: 410, refused: reglesAnnuaire['ANNUAIRE-PAGE'], about: 'cette page n’existe pas ou n’existe plus' }, appel.exchange)
  return chercher(appel, curseur.type, curseur.requete, curseur.apres)
}

async function lire({ world, exchange, parameters }: AppelAnnuaire, type: TypeRessource): Promise<Answer> {
  const id = parameters['id'] ?? ''
  const fiche = (await annuaireDe(world))[type].find((une) => une.id === id)
  if (!fiche) return inconnue(type, id, exchange)
  exchange.summarise(`${type}/${id}`)
  return fhir(fiche.ressource)
}

const PORTEURS = ['Practitioner', 'PractitionerRole', 'Organization'] as const

const refusee = (appel: AppelAnnuaire): Answer => refuserFhir(refusEcriture(appel.message.method), appel.exchange)
const autreType = ({ exchange, parameters }: AppelAnnuaire): Answer => typeInconnu(parameters['type'] ?? '', exchange)
const racine = ({ exchange }: AppelAnnuaire): Answer => erreur(400, 'Ni lot, ni recherche à la racine : un appel par ressource.', exchange)

export const routesAnnuaire: readonly Route[] = [
  { method: 'GET', path: `${BASE}/metadata`, handle: avecCle('CapabilityStatement', metadata) },
  { method: 'GET', path: `${BASE}/_page`, handle: avecCle('page suivante', suite) },
  { method: 'GET', path: BASE, handle: avecCle('racine', racine) },
  { method: 'POST', path: BASE, handle: avecCle('racine', racine) },
  ...TYPES.flatMap((type): Route[] => [
    { method: 'GET', path: `${BASE}/${type}`, handle: avecCle(`recherche ${type}`, (appel) => chercher(appel, type, appel.message.query)) },
    { method: 'POST', path: `${BASE}/${type}/_search`, handle: avecCle(`recherche ${type}`, (appel) => chercherParFormulaire(appel, type)) },
    { method: 'GET', path: `${BASE}/${type}/{id}`, handle: avecCle(`lecture ${type}`, (appel) => lire(appel, type)) },
    ...['POST', 'PUT', 'DELETE'].map((method) => ({ method, path: `${BASE}/${type}`, handle: avecCle('écriture refusée', refusee) })),
    ...['PUT', 'DELETE'].map((method) => ({ method, path: `${BASE}/${type}/{id}`, handle: avecCle('écriture refusée', refusee) })),
  ]),
  ...PORTEURS.flatMap((porteur): Route[] =>
    [`${BASE}/${porteur}`, `${BASE}/${porteur}/{id}`].map((path) => ({
      method: 'PATCH',
      path,
      handle: avecCle(`boîtes MSSanté de ${porteur}`, (appel) => patcher(appel, porteur)),
    })),
  ),
  ...['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].flatMap((method): Route[] => [
    { method, path: `${BASE}/{type}`, handle: avecCle('type inconnu', autreType) },
    { method, path: `${BASE}/{type}/{reste*}`, handle: avecCle('type inconnu', autreType) },
  ]),
]

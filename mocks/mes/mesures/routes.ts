import { json, noContent } from '../../kit/answers.ts'
import { readInstant } from '../../kit/instant.ts'
import type { Answer, Route } from '../../kit/message.ts'
import type { World } from '../../world.ts'
import { noterActe } from '../annoncer.ts'
import { type Appel, absent, ecriture, gestion, lecture, lireCorps, mauvaiseDemande, refuser } from '../page.ts'
import { UN } from '../routes-profil.ts'
import { estRefus, type Refus } from '../rules.ts'
import { nomDe } from '../store.ts'
import { arrondir, imc, refusChangement, refusMesure, reglesMesures, type ValeurSaisie } from './rules.ts'
import { copieVoulue, derniereMesure, type MesureEnregistree, mesures, mesuresDe, reglagesCopie } from './store.ts'
import { estTypeMesure, MESURES } from './types.ts'

/** What a service sent with the value is for the service. */
const montrer = ({ complement: _complement, ...mesure }: MesureEnregistree) => ({ ...mesure, modifiable: refusChangement(mesure) === undefined })

async function lister({ world, exchange, matriculeIns, age, message }: Appel): Promise<Answer> {
  const type = new URLSearchParams(message.query).get('type')
  if (type !== null && !estTypeMesure(type)) return mauvaiseDemande(`« type » est l’un de : ${Object.keys(MESURES).join(', ')}.`)
  const lues = type
    ? await world.store.range(mesures, { index: 'parType', equals: [matriculeIns, type], reverse: true, limit: 500 })
    : await mesuresDe(world, matriculeIns)
  exchange.respected(reglesMesures['MES-MESURE-TYPES'])
  exchange.summarise(`${lues.length} mesure${lues.length > 1 ? 's' : ''}`)
  return json({
    types: Object.entries(MESURES).map(([un, definition]) => ({ type: un, ...definition })),
    mesures: lues.map(montrer),
    imc: await imcDe(world, matriculeIns, age),
    copie: await copieVoulue(world, matriculeIns),
  })
}

/** Computed, never kept. Null under 18: the adult's index says nothing of a child. */
async function imcDe(world: World, matriculeIns: string, age: number): Promise<{ valeur: number; le: number } | null> {
  const [poids, taille] = [await derniereMesure(world, matriculeIns, 'WEIGHT'), await derniereMesure(world, matriculeIns, 'HEIGHT')]
  return poids && taille && age >= 18 ? { valeur: imc(poids.valeur, taille.valeur), le: Math.max(poids.le, taille.le) } : null
}

/** What is typed, over what was there when it is a change; or what is wrong, in French. */
function lire({ message, world }: Appel, avant?: MesureEnregistree): ValeurSaisie | string {
  const corps = lireCorps(message)
  if (typeof corps === 'string') return corps
  const { type = avant?.type, valeur = avant?.valeur, valeur2 = avant?.valeur2 } = corps
  const le = corps['le'] === undefined ? (avant?.le ?? world.now()) : readInstant(corps['le'])
  if (!estTypeMesure(type) || (avant && type !== avant.type)) return `« type » est l’un de : ${Object.keys(MESURES).join(', ')} ; il ne change pas.`
  if (typeof valeur !== 'number' || (valeur2 !== undefined && typeof valeur2 !== 'number')) return '« valeur » et « valeur2 » sont des nombres.'
  if (le === undefined) return '« le » est une date (AAAA-MM-JJ) ou un instant ISO 8601.'
  return { type, valeur: arrondir(type, valeur), ...(valeur2 === undefined ? {} : { valeur2: arrondir(type, valeur2) }), le }
}

async function ajouter(appel: Appel): Promise<Answer> {
  const { world, exchange, matriculeIns, auteur, par } = appel
  const saisie = lire(appel)
  if (typeof saisie === 'string') return mauvaiseDemande(saisie)
  const refus = refusMesure(saisie, world.now())
  if (refus) return refuser(refus, exchange)
  const mesure: MesureEnregistree = { id: world.newId(), matriculeIns, ...saisie, origine: 'patient', auteur: nomDe(par), modifieLe: world.now() }
  await world.atomically(async (inside) => {
    await inside.store.put(mesures, mesure)
    await noterActe(inside, matriculeIns, auteur, `Mesure ajoutée : ${MESURES[saisie.type].libelle.toLowerCase()}.`)
  })
  exchange.respected(reglesMesures['MES-MESURE-BORNES'])
  exchange.summarise(`Mesure ajoutée : ${MESURES[saisie.type].libelle}`)
  return json(montrer(mesure), 201)
}

const inconnue = (): Answer => absent('Mesure inconnue', 'Elle n’est pas de ce profil, ou elle a été supprimée.')

/** The measure that the path names, as it is inside the transaction, and what refuses to change it. */
async function trouver(world: World, { matriculeIns, parameters }: Appel): Promise<MesureEnregistree | Refus | undefined> {
  const mesure = await world.store.get(mesures, parameters['mesure'] ?? '')
  return mesure?.matriculeIns === matriculeIns ? (refusChangement(mesure) ?? mesure) : undefined
}

async function changer(appel: Appel): Promise<Answer> {
  const { world, exchange, matriculeIns, auteur } = appel
  const resultat = await world.atomically(async (inside): Promise<MesureEnregistree | Refus | string | undefined> => {
    const avant = await trouver(inside, appel)
    if (!avant || estRefus(avant)) return avant
    const saisie = lire(appel, avant)
    if (typeof saisie === 'string') return saisie
    const refus = refusMesure(saisie, inside.now())
    if (refus) return refus
    const apres = { ...avant, ...saisie, modifieLe: inside.now() }
    await inside.store.put(mesures, apres)
    await noterActe(inside, matriculeIns, auteur, `Mesure changée : ${MESURES[apres.type].libelle.toLowerCase()}.`)
    return apres
  })
  if (resultat === undefined) return inconnue()
  if (typeof resultat === 'string') return mauvaiseDemande(resultat)
  if (estRefus(resultat)) return refuser(resultat, exchange)
  exchange.respected(reglesMesures['MES-MESURE-SIENNE'])
  exchange.summarise('Mesure changée')
  return json(montrer(resultat))
}

async function supprimer(appel: Appel): Promise<Answer> {
  const { world, exchange, matriculeIns, auteur } = appel
  const resultat = await world.atomically(async (inside) => {
    const avant = await trouver(inside, appel)
    if (!avant || estRefus(avant)) return avant
    await inside.store.delete(mesures, avant.id)
    await noterActe(inside, matriculeIns, auteur, `Mesure supprimée : ${MESURES[avant.type].libelle.toLowerCase()}.`)
    return avant
  })
  if (!resultat) return inconnue()
  if (estRefus(resultat)) return refuser(resultat, exchange)
  exchange.respected(reglesMesures['MES-MESURE-SIENNE'])
  exchange.summarise('Mesure supprimée')
  return noContent()
}

async function reglerCopie({ world, exchange, message, matriculeIns, auteur }: Appel): Promise<Answer> {
  const corps = lireCorps(message)
  if (typeof corps === 'string') return mauvaiseDemande(corps)
  const { copie } = corps
  if (typeof copie !== 'boolean') return mauvaiseDemande('« copie » vaut true ou false.')
  await world.atomically(async (inside) => {
    await inside.store.put(reglagesCopie, { matriculeIns, copie })
    await noterActe(inside, matriculeIns, auteur, `Copie des mesures depuis les documents : ${copie ? 'acceptée' : 'refusée'}.`)
  })
  exchange.respected(reglesMesures['MES-MESURE-COPIE-REFUS'])
  exchange.summarise(copie ? 'Copie acceptée' : 'Copie refusée')
  return json({ copie })
}

export const routesMesures: readonly Route[] = [
  { method: 'GET', path: `${UN}/mesures`, handle: lecture('mesures', lister) },
  { method: 'POST', path: `${UN}/mesures`, handle: ecriture('mesure ajoutée', ajouter) },
  { method: 'PUT', path: `${UN}/mesures/{mesure}`, handle: ecriture('mesure changée', changer) },
  { method: 'DELETE', path: `${UN}/mesures/{mesure}`, handle: ecriture('mesure supprimée', supprimer) },
  { method: 'PUT', path: `${UN}/mesures/copie`, handle: gestion('copie des mesures', reglerCopie) },
]

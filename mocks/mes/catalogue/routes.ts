import { json, noContent } from '../../kit/answers.ts'
import type { Exchange } from '../../kit/exchange.ts'
import type { Answer, Message, PathParameters, Route } from '../../kit/message.ts'
import type { World } from '../../world.ts'
import { type Appel, absent, gestion, lecture, lireCorps, mauvaiseDemande, refuser } from '../page.ts'
import { UN } from '../routes-profil.ts'
import { estRefus } from '../rules.ts'
import { emettreJeton } from '../fhir/jetons.ts'
import { changerAppariement, changerStatut, demander, faireEvoluer } from './appariement.ts'
import { FINALITES, type FinaliteCode, type ServiceDuCatalogue, STATUTS, type StatutService } from './finalites.ts'
import { accede, ETATS_APPARIEMENT } from './lifecycle.ts'
import { lireConsentement, refusAcces, refusDemande, reglesCatalogue } from './rules.ts'
import { type AppariementEnregistre, appariementDe, serviceDuCatalogue, servicesDuCatalogue } from './store.ts'

const API = '/mes/api/services'

const nommer = (finalites: readonly FinaliteCode[]) => finalites.map((code) => ({ code, libelle: FINALITES[code] }))

const montrerService = ({ id, nom, editeur, description, oid, echange, statut, version, finalites, clientId, secret }: ServiceDuCatalogue) => ({
  id,
  nom,
  editeur,
  description,
  oid,
  echange,
  statut,
  statutLibelle: STATUTS[statut].libelle,
  version,
  finalites: nommer(finalites),
  // Fictive services hold no secret: an editor's first call needs it.
  clientId,
  secret,
})

const montrer = (service: ServiceDuCatalogue, { etat, contexte, idPe }: AppariementEnregistre) => ({
  ...montrerService(service),
  appariement: {
    etat,
    libelle: ETATS_APPARIEMENT[etat],
    accede: accede(etat) && STATUTS[service.statut].accede,
    idPe,
    demandees: nommer(contexte.demandees),
    finalites: contexte.finalites,
    demandeLe: contexte.demandeLe,
    consentiLe: contexte.consentiLe,
    limite: contexte.limite,
    fin: contexte.fin,
  },
})

/** What a handler does once the service of the path is known. */
const avecService =
  (page: (appel: Appel, service: ServiceDuCatalogue) => Answer | Promise<Answer>) =>
  async (appel: Appel): Promise<Answer> => {
    const service = await serviceDuCatalogue(appel.world, appel.parameters['service'] ?? '')
    return service ? await page(appel, service) : INCONNU
  }

const INCONNU = absent('Service inconnu', 'Aucun service de ce nom dans le catalogue.')

async function lister({ world, matriculeIns }: Appel): Promise<Answer> {
  const services = await servicesDuCatalogue(world)
  return json({ services: await Promise.all(services.map(async (un) => montrer(un, await appariementDe(world, matriculeIns, un.id)))) })
}

/** The service's own request, as its application would send it; here the trainer plays the application. */
async function simulerDemande({ world, exchange, matriculeIns }: Appel, service: ServiceDuCatalogue): Promise<Answer> {
  const refus = refusDemande(service)
  if (refus) return refuser(refus, exchange)
  const apres = await world.atomically((inside) => demander(inside, matriculeIns, service, { idPe: '', finalites: service.finalites }))
  if (estRefus(apres)) return refuser(apres, exchange)
  exchange.from(service.nom)
  exchange.summarise(`${service.nom} demande la synchronisation`)
  return json(montrer(service, apres), 201)
}

async function consentir({ world, exchange, message, matriculeIns, auteur }: Appel, service: ServiceDuCatalogue): Promise<Answer> {
  const corps = lireCorps(message)
  if (typeof corps === 'string') return mauvaiseDemande(corps)
  const statut = refusAcces(service)
  if (statut) return refuser(statut, exchange)
  const apres = await world.atomically(async (inside) => {
    const avant = await appariementDe(inside, matriculeIns, service.id)
    const finalites = lireConsentement(corps['finalites'], avant.contexte.demandees)
    if (estRefus(finalites)) return finalites
    return await changerAppariement(inside, avant, service, { type: 'patient.consent', le: inside.now(), finalites }, auteur)
  })
  if (estRefus(apres)) return refuser(apres, exchange)
  exchange.respected(reglesCatalogue['MES-APPARIEMENT-CONSENTEMENT'])
  exchange.summarise(`${service.nom} : ${apres.contexte.finalites.length} finalité(s) consentie(s)`)
  return json(montrer(service, apres))
}

async function desynchroniser({ world, exchange, matriculeIns, auteur }: Appel, service: ServiceDuCatalogue): Promise<Answer> {
  const apres = await world.atomically(async (inside) => {
    const avant = await appariementDe(inside, matriculeIns, service.id)
    return await changerAppariement(inside, avant, service, { type: 'patient.desynchronise', le: inside.now() }, auteur)
  })
  if (estRefus(apres)) return refuser(apres, exchange)
  exchange.respected(reglesCatalogue['MES-APPARIEMENT-DESYNCHRONISATION'])
  exchange.summarise(`${service.nom} n’est plus synchronisé`)
  return noContent()
}

/** Lets the trainer play the service: a token as the service would have obtained it. The sandbox's own. */
async function preterJeton({ world, exchange, matriculeIns }: Appel, service: ServiceDuCatalogue): Promise<Answer> {
  const refus = refusAcces(service)
  if (refus) return refuser(refus, exchange)
  const jeton = await world.atomically(async (inside) => {
    const appariement = await appariementDe(inside, matriculeIns, service.id)
    if (accede(appariement.etat)) return await emettreJeton(inside, appariement)
    const about = `${service.nom} n’est pas synchronisé avec ce profil`
    return { refused: reglesCatalogue['MES-APPARIEMENT-ETAT'], about }
  })
  if (estRefus(jeton)) return refuser(jeton, exchange)
  exchange.from('Formateur')
  exchange.summarise(`Jeton prêté pour jouer ${service.nom}`)
  return json(jeton, 201, { 'x-sandbox-forme': 'propre-au-bac-a-sable' })
}

/** An act of the catalogue's operator, played by the trainer. */
const duCatalogue =
  (operation: string, page: (world: World, service: ServiceDuCatalogue, corps: Readonly<Record<string, unknown>>) => Promise<Answer>) =>
  async (message: Message, world: World, exchange: Exchange, parameters: PathParameters): Promise<Answer> => {
    exchange.name(`Mon espace santé · ${operation}`)
    exchange.from('Catalogue de services')
    const corps = lireCorps(message)
    if (typeof corps === 'string') return mauvaiseDemande(corps)
    const service = await serviceDuCatalogue(world, parameters['service'] ?? '')
    return service ? await page(world, service, corps) : INCONNU
  }

async function poserStatut(world: World, service: ServiceDuCatalogue, { statut }: Readonly<Record<string, unknown>>): Promise<Answer> {
  if (typeof statut !== 'string' || !Object.hasOwn(STATUTS, statut))
    return mauvaiseDemande(`« statut » est l’un de : ${Object.keys(STATUTS).join(', ')}.`)
  return json(montrerService(await world.atomically((inside) => changerStatut(inside, service, statut as StatutService))))
}

export const routesCatalogue: readonly Route[] = [
  {
    method: 'GET',
    path: API,
    handle: async (_, world, exchange) => {
      exchange.name('Mon espace santé · catalogue de services')
      return json({ services: (await servicesDuCatalogue(world)).map(montrerService) })
    },
  },
  { method: 'POST', path: `${API}/{service}/statut`, handle: duCatalogue('statut d’un service', poserStatut) },
  {
    method: 'POST',
    path: `${API}/{service}/evolution`,
    handle: duCatalogue('évolution d’un service', async (world, service) =>
      json(montrerService(await world.atomically((inside) => faireEvoluer(inside, service)))),
    ),
  },
  { method: 'GET', path: `${UN}/services`, handle: lecture('services connectés', lister) },
  { method: 'POST', path: `${UN}/services/{service}/demande`, handle: lecture('demande d’un service', avecService(simulerDemande)) },
  { method: 'PUT', path: `${UN}/services/{service}/consentement`, handle: gestion('consentement à un service', avecService(consentir)) },
  { method: 'DELETE', path: `${UN}/services/{service}/consentement`, handle: gestion('désynchronisation', avecService(desynchroniser)) },
  { method: 'POST', path: `${UN}/services/{service}/jeton`, handle: gestion('jeton prêté au formateur', avecService(preterJeton)) },
]

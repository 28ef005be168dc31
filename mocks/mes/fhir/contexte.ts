import { lireRessource } from '#standards/fhir/json.ts'
import type { Ressource } from '#standards/fhir/types.ts'
import { refuserFhir, veutDuJson } from '../../kit/fhir.ts'
import type { Exchange } from '../../kit/exchange.ts'
import type { Answer, Message, PathParameters, Route } from '../../kit/message.ts'
import type { World } from '../../world.ts'
import { noterActivite } from '../annoncer.ts'
import { ouvrir } from '../changement.ts'
import { refusLecture } from '../rules.ts'
import { activites, type TitulaireConnu } from '../store.ts'
import type { FinaliteCode, ServiceDuCatalogue } from '../catalogue/finalites.ts'
import { accede } from '../catalogue/lifecycle.ts'
import { refusAcces } from '../catalogue/rules.ts'
import { type AppariementEnregistre, appariements, jetons, serviceDuCatalogue } from '../catalogue/store.ts'
import { anomalies, erreur } from './reponses.ts'
import { refusConsentement, reglesFhir } from './rules.ts'

/** A call of a service on the profile its token names. */
export interface AppelFhir {
  readonly world: World
  readonly exchange: Exchange
  readonly message: Message
  readonly parameters: PathParameters
  readonly service: ServiceDuCatalogue
  readonly appariement: AppariementEnregistre
  readonly titulaire: TitulaireConnu
  readonly sujet: { readonly system: string; readonly value: string }
}

type Page = (appel: AppelFhir) => Answer | Promise<Answer>

/** Reads the token, then opens the profile if the pairing, the service and this purpose allow it. */
export const avecJeton =
  (operation: string, finalite: FinaliteCode, page: Page): Route['handle'] =>
  async (message, world, exchange, parameters) => {
    exchange.name(`Mon espace santé FHIR · ${operation}`)
    const inacceptable = refusDeFormat(message, exchange)
    if (inacceptable) return inacceptable
    const [, porte] = /^Bearer\s+([A-Za-z0-9-]{1,64})$/i.exec(message.headers['authorization'] ?? '') ?? []
    const jeton = porte === undefined ? undefined : await world.store.get(jetons, porte)
    const appariement = jeton && (await world.store.get(appariements, jeton.appariement))
    const service = appariement && (await serviceDuCatalogue(world, appariement.service))
    const ouvert = appariement && (await ouvrir(world, appariement.matriculeIns))
    if (!jeton || jeton.genre !== 'acces' || jeton.expireLe <= world.now() || !appariement || !service || !ouvert || !accede(appariement.etat))
      return sansJeton(exchange, porte)
    exchange.from(service.nom)
    exchange.about(appariement.matriculeIns)
    exchange.respected(reglesFhir['MES-FHIR-JETON'])
    const ferme = refusAcces(service) ?? refusLecture(ouvert.profil.etat)
    const refus = ferme ? { ...ferme, statut: 403 as const } : refusConsentement(appariement.contexte.finalites, finalite)
    if (refus) return refuserFhir(refus, exchange)
    exchange.respected(reglesFhir['MES-FHIR-CONSENTEMENT'])
    const sujet = { system: `urn:oid:${service.oid}`, value: appariement.idPe }
    return await page({ world, exchange, message, parameters, service, appariement, titulaire: ouvert, sujet })
  }

function sansJeton(exchange: Exchange, porte: string | undefined): Answer {
  const about = porte === undefined ? 'l’en-tête « Authorization: Bearer … » manque' : 'le jeton d’accès est inconnu, expiré ou révoqué'
  const defi = porte === undefined ? 'Bearer realm="mes-fhir"' : 'Bearer realm="mes-fhir", error="invalid_token"'
  return refuserFhir({ statut: 401, refused: reglesFhir['MES-FHIR-JETON'], about }, exchange, { 'www-authenticate': defi })
}

export const refusDeFormat = (message: Message, exchange: Exchange): Answer | undefined =>
  veutDuJson(message) ? undefined : erreur(406, 'Seul application/fhir+json est servi.', exchange)

/** The resource of the body, or the answer that says what is wrong with it. */
export function lireCorpsFhir({ message, exchange }: AppelFhir): { readonly ressource: Ressource } | { readonly reponse: Answer } {
  const type = (message.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase()
  if (type !== 'application/fhir+json' && type !== 'application/json')
    return { reponse: erreur(415, 'Le corps est en application/fhir+json.', exchange) }
  const lu = lireRessource(message.body)
  return 'ressource' in lu ? lu : { reponse: anomalies([lu.anomalie], lu.statut, exchange) }
}

/** Milliseconds of a day. */
export const JOUR = 86_400_000

/** What a service wrote, in the history of activity. Inside a transaction. */
export const tracerEcriture = (world: World, { service, appariement }: AppelFhir, texte: string): Promise<void> =>
  noterActivite(world, appariement.matriculeIns, {
    typeActeur: 'SERVICE_TIERS',
    groupe: 'SERVICE_TIERS',
    acteur: service.nom,
    structure: service.editeur,
    texte: `${service.nom} ${texte}`,
  })

/** What a service read: one line a day, or an application that asks each minute would drown the others. */
export async function tracerLecture({ world, service, appariement }: AppelFhir, quoi: string): Promise<void> {
  const { matriculeIns } = appariement
  const id = `lecture|${appariement.id}|${quoi}|${new Date(world.now()).toISOString().slice(0, 10)}`
  if (await world.store.get(activites, id)) return
  await world.store.put(activites, {
    id,
    matriculeIns,
    le: world.now(),
    typeActeur: 'SERVICE_TIERS',
    groupe: 'SERVICE_TIERS',
    acteur: service.nom,
    structure: service.editeur,
    texte: `${service.nom} a lu ${quoi}.`,
  })
}

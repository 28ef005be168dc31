import { json, noContent } from '../../kit/answers.ts'
import type { Exchange } from '../../kit/exchange.ts'
import type { Answer, Message } from '../../kit/message.ts'
import type { World } from '../../world.ts'
import { ouvrir } from '../changement.ts'
import { estRefus, refusLecture } from '../rules.ts'
import { changerAppariement, demander } from '../catalogue/appariement.ts'
import { FINALITES, type FinaliteCode, type ServiceDuCatalogue } from '../catalogue/finalites.ts'
import { accede } from '../catalogue/lifecycle.ts'
import { lireConsentement, refusAcces, refusDemande } from '../catalogue/rules.ts'
import { appariements, jetons, servicesDuCatalogue } from '../catalogue/store.ts'
import { emettreJeton } from './jetons.ts'

/** The real pairing redirects a browser and is specified to partners only: this one needs none. @see OpenID CIBA Core 1.0 */
const FORME = { 'x-sandbox-forme': 'propre-au-bac-a-sable', pragma: 'no-cache' }
export const CIBA = 'urn:openid:params:grant-type:ciba'

/** Seconds between two questions. */
const INTERVALLE = 2

/** @see RFC 6749 §5.2 */
function refuser(exchange: Exchange, error: string, description: string, statut = 400): Answer {
  exchange.ended('refusé')
  exchange.summarise(`Refusé : ${description}`)
  const defi = statut === 401 ? { 'www-authenticate': 'Basic realm="mes-fhir"' } : {}
  return json({ error, error_description: description }, statut, { ...FORME, ...defi })
}

type Formulaire = URLSearchParams
type Page = (appel: { world: World; exchange: Exchange; formulaire: Formulaire; service: ServiceDuCatalogue }) => Promise<Answer>

/** Reads the form and knows the service by its secret. */
export const avecClient =
  (operation: string, page: Page) =>
  async (message: Message, world: World, exchange: Exchange): Promise<Answer> => {
    exchange.name(`Mon espace santé FHIR · ${operation}`)
    const type = (message.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase()
    if (type !== 'application/x-www-form-urlencoded' || message.body.length > 8_192)
      return refuser(exchange, 'invalid_request', 'Le corps est un formulaire (application/x-www-form-urlencoded) de 8 ko au plus.')
    const formulaire = new URLSearchParams(new TextDecoder().decode(message.body))
    const { id, secret } = identifiants(message, formulaire)
    const service = (await servicesDuCatalogue(world)).find(({ clientId }) => clientId === id)
    if (!service || service.secret !== secret) return refuser(exchange, 'invalid_client', 'Service inconnu, ou mauvais secret.', 401)
    exchange.from(service.nom)
    return await page({ world, exchange, formulaire, service })
  }

function identifiants({ headers }: Message, formulaire: Formulaire): { id: string; secret: string } {
  const [, base64] = /^Basic\s+([A-Za-z0-9+/=]{1,400})$/i.exec(headers['authorization'] ?? '') ?? []
  if (base64 === undefined) return { id: formulaire.get('client_id') ?? '', secret: formulaire.get('client_secret') ?? '' }
  try {
    const [id = '', ...reste] = atob(base64).split(':')
    return { id, secret: reste.join(':') }
  } catch {
    return { id: '', secret: '' }
  }
}

const ID_PE = /^[A-Za-z0-9\-.]{1,64}$/

/** The service asks; the holder answers on their phone. */
export const demandeAppariement: Page = async ({ world, exchange, formulaire, service }) => {
  const statut = refusDemande(service)
  if (statut) return refuser(exchange, 'unauthorized_client', `${statut.refused.code} : ${statut.about}.`)
  const idPe = formulaire.get('idPe') ?? ''
  if (idPe !== '' && !ID_PE.test(idPe)) return refuser(exchange, 'invalid_request', '« idPe » : 1 à 64 lettres, chiffres, tirets ou points.')
  const scope = formulaire.get('scope')?.trim().slice(0, 500).split(/\s+/) ?? service.finalites
  const finalites = lireConsentement(scope, service.finalites)
  if (estRefus(finalites)) return refuser(exchange, 'invalid_scope', `Ce service est référencé pour : ${service.finalites.join(' ')}.`)
  const indice = formulaire.get('login_hint') ?? ''
  const ouvert = /^[0-9AB]{15}$/.test(indice) ? await ouvrir(world, indice) : undefined
  if (!ouvert) return refuser(exchange, 'unknown_user_id', '« login_hint » : le matricule (15 caractères) d’une personne fictive de ce monde.')
  exchange.about(ouvert.matriculeIns)
  if (refusLecture(ouvert.profil.etat)) return refuser(exchange, 'access_denied', 'Ce profil n’est pas activé.')
  const fait = await world.atomically((inside) => demander(inside, ouvert.matriculeIns, service, { idPe, finalites }))
  if (estRefus(fait)) return refuser(exchange, 'invalid_request', `${fait.refused.code} : ${fait.about}.`)
  exchange.summarise(`${service.nom} demande la synchronisation`)
  const expires = Math.round(((fait.contexte.limite ?? 0) - world.now()) / 1_000)
  return json({ auth_req_id: fait.demandeId, expires_in: expires, interval: INTERVALLE }, 200, FORME)
}

export const jeton: Page = async (appel) => {
  const { world, exchange, formulaire, service } = appel
  const ferme = refusAcces(service)
  if (ferme) return refuser(exchange, 'unauthorized_client', `${ferme.refused.code} : ${ferme.about}.`)
  const type = formulaire.get('grant_type')
  if (type !== CIBA && type !== 'refresh_token') return refuser(exchange, 'unsupported_grant_type', `« grant_type » : ${CIBA} ou refresh_token.`)
  const resultat = await world.atomically((inside) =>
    type === CIBA ? parDemande({ ...appel, world: inside }) : parRenouvellement({ ...appel, world: inside }),
  )
  if (typeof resultat !== 'string') {
    exchange.summarise(`Jeton remis à ${service.nom}`)
    return json(resultat, 200, FORME)
  }
  return refuser(exchange, resultat, ATTENTES[resultat])
}

const ATTENTES = {
  authorization_pending: 'Le titulaire n’a pas encore répondu.',
  slow_down: `Laissez au moins ${INTERVALLE} secondes entre deux questions.`,
  access_denied: 'Le titulaire a refusé, ou la synchronisation a cessé.',
  expired_token: 'La demande est restée sans réponse.',
  invalid_grant: 'Demande ou jeton inconnu, expiré, déjà utilisé ou révoqué.',
} as const

type Appel = Parameters<Page>[0]

async function parDemande({ world, formulaire, service }: Appel) {
  const demandeId = formulaire.get('auth_req_id') ?? ''
  const [appariement] = demandeId === '' ? [] : await world.store.range(appariements, { index: 'parDemande', equals: [demandeId], limit: 1 })
  if (!appariement || appariement.service !== service.id) return 'invalid_grant' as const
  const maintenant = world.now()
  if (appariement.etat === 'demande') {
    // A clock that stands still says nothing of haste.
    const vite = appariement.demandeLueLe > 0 && maintenant - appariement.demandeLueLe < INTERVALLE * 1_000 && maintenant !== appariement.demandeLueLe
    await world.store.put(appariements, { ...appariement, demandeLueLe: maintenant })
    return vite ? ('slow_down' as const) : ('authorization_pending' as const)
  }
  if (appariement.contexte.fin === 'demande expirée') return 'expired_token' as const
  if (!accede(appariement.etat)) return 'access_denied' as const
  // Once only: the refresh token goes on from there.
  const utilisee = { ...appariement, demandeId: `${demandeId}:servie` }
  await world.store.put(appariements, utilisee)
  return await emettreJeton(world, utilisee)
}

async function parRenouvellement({ world, formulaire, service }: Appel) {
  const ancien = await world.store.get(jetons, (formulaire.get('refresh_token') ?? '').slice(0, 64) || '-')
  const appariement = ancien && (await world.store.get(appariements, ancien.appariement))
  if (!ancien || ancien.genre !== 'renouvellement' || ancien.expireLe <= world.now() || appariement?.service !== service.id)
    return 'invalid_grant' as const
  if (!accede(appariement.etat)) return 'access_denied' as const
  await world.store.delete(jetons, ancien.id)
  return await emettreJeton(world, appariement)
}

/** The service gives up its token: it desynchronises. Unknown tokens are no error. @see RFC 7009 */
export const revoquer: Page = async ({ world, exchange, formulaire, service }) => {
  await world.atomically(async (inside) => {
    const connu = await inside.store.get(jetons, (formulaire.get('token') ?? '').slice(0, 64) || '-')
    const appariement = connu && (await inside.store.get(appariements, connu.appariement))
    if (appariement?.service === service.id)
      await changerAppariement(inside, appariement, service, { type: 'service.desynchronise', le: inside.now() })
  })
  exchange.summarise(`${service.nom} rend son jeton`)
  return { ...noContent(), status: 200, headers: FORME }
}

/** Where everything is. @see SMART App Launch, well-known ; the purposes are the scopes */
export function configuration(message: Message): Answer {
  const base = `${message.base}/mes/fhir`
  return json(
    {
      issuer: base,
      backchannel_authentication_endpoint: `${base}/oauth2/demande`,
      token_endpoint: `${base}/oauth2/token`,
      revocation_endpoint: `${base}/oauth2/revocation`,
      grant_types_supported: [CIBA, 'refresh_token'],
      backchannel_token_delivery_modes_supported: ['poll'],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      scopes_supported: Object.keys(FINALITES) satisfies string[] as FinaliteCode[],
      capabilities: ['client-confidential-symmetric'],
    },
    200,
    FORME,
  )
}

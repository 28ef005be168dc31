import { ADRESSES_PSC, ROYAUME } from '#standards/psc/adresses.ts'
import { castOf } from '../database/registre.ts'
import type { Exchange } from '../kit/exchange.ts'
import type { Answer, Message } from '../kit/message.ts'
import type { World } from '../world.ts'
import { lireFormulaire } from './client.ts'
import { nomDe } from './jetons.ts'
import { html, pageConnexion, pageErreur } from './pages.ts'
import { estPkce } from './pkce.ts'
import { CODE_DUREE, estPersonne, lireRedirection, professionnelDe, refusScope, type RefusPsc } from './rules.ts'
import { reglesPsc } from './rules-register.ts'
import { sansPage } from './settings.ts'
import type { DefiPkce } from './objets.ts'
import { balayer, codes } from './store.ts'

/** Where the page's form goes: the path of the real one. */
export const CONNEXION = `${ROYAUME}/login-actions/authenticate`

/** A request that can be answered at its `redirect_uri`. */
interface DemandeAutorisation {
  readonly client: string
  readonly redirection: URL
  readonly redirectUri: string
  readonly scope: string
  readonly state: string | null
  readonly nonce: string | null
  readonly loginHint: string | null
  readonly prompt: string | null
  readonly defi?: DefiPkce
}

/** Parameters carried by the page from the request to the answer. */
const PORTES = [
  'response_type',
  'client_id',
  'redirect_uri',
  'scope',
  'state',
  'nonce',
  'code_challenge',
  'code_challenge_method',
  'response_mode',
  'login_hint',
] as const

const LONGUEUR_MAXIMUM = 2_000
const ESSAIS = 3

/** Authorization endpoint: shows the page where a fictive professional is chosen. @see OpenID Connect Core §3.1.2 */
export async function autoriser(message: Message, world: World, exchange: Exchange): Promise<Answer> {
  exchange.name('Pro Santé Connect · demande d’autorisation')
  const lue = lire(message)
  if ('page' in lue) return refuserPage(exchange, lue.page)
  const { champs, demande, refus } = lue
  exchange.from(demande.client)
  if (refus) return renvoyerErreur(exchange, demande, refus)
  const { professionnels } = await castOf(world)
  const indice = demande.loginHint
  if (sansPage(world) && indice !== null)
    return professionnelDe(professionnels, indice)
      ? await renvoyerCode(world, exchange, demande, indice)
      : renvoyerErreur(exchange, demande, {
          error: 'access_denied',
          description: '« login_hint » ne nomme personne de ce monde.',
          rule: reglesPsc['PSC-IDENTITE-CONNUE'],
        })
  if (demande.prompt === 'none')
    return renvoyerErreur(exchange, demande, { error: 'login_required', description: 'Aucune session de navigateur n’est tenue ici.' })
  exchange.summarise(`Page de connexion montrée pour ${demande.client}`)
  return montrer(
    message,
    demande,
    champs,
    professionnels.filter(({ carte }) => estPersonne(carte)),
    { choisi: indice ?? '', essais: 0 },
  )
}

/** The page's form: who connects, or why nobody does. */
export async function repondre(message: Message, world: World, exchange: Exchange): Promise<Answer> {
  exchange.name('Pro Santé Connect · connexion')
  const lue = lire(message)
  if ('page' in lue) return refuserPage(exchange, lue.page)
  const { champs, demande, refus } = lue
  exchange.from(demande.client)
  if (refus) return renvoyerErreur(exchange, demande, refus)
  const geste = champs.get('geste')
  if (geste === 'refuser') return renvoyerErreur(exchange, demande, REFUSE)
  const { professionnels } = await castOf(world)
  const identifiant = champs.get('identifiant') ?? ''
  const connu = professionnelDe(professionnels, identifiant)
  const essais = Number(/^[0-2]$/.exec(champs.get('essais') ?? '')?.[0] ?? 0) + (geste === 'mauvais-code' ? 1 : 0)
  if (essais >= ESSAIS) return renvoyerErreur(exchange, demande, { ...REFUSE, description: 'Trois codes erronés : carte bloquée (simulation).' })
  if (connu && geste === 'connecter') return await renvoyerCode(world, exchange, demande, identifiant)
  const avis =
    geste === 'mauvais-code'
      ? `Code erroné (simulation). Il reste ${ESSAIS - essais === 1 ? 'un essai' : `${ESSAIS - essais} essais`}.`
      : 'Choisissez une personne de la liste.'
  exchange.summarise(avis)
  return montrer(
    message,
    demande,
    champs,
    professionnels.filter(({ carte }) => estPersonne(carte)),
    { choisi: identifiant, essais, avis },
  )
}

const REFUSE: RefusPsc = { error: 'access_denied', description: 'La personne a refusé de se connecter.', rule: reglesPsc['PSC-REFUS'] }

type Lue =
  /** Nothing may be sent to `redirect_uri`: the page says why. */
  { readonly page: RefusPsc } | { readonly champs: URLSearchParams; readonly demande: DemandeAutorisation; readonly refus: RefusPsc | undefined }

function lire(message: Message): Lue {
  const champs = message.method === 'POST' ? lireFormulaire(message) : lireRequete(message.query)
  if (!(champs instanceof URLSearchParams)) return { page: champs }
  const client = champs.get('client_id') ?? ''
  if (!/^[\x21-\x7e]{1,100}$/.test(client))
    return { page: { error: 'invalid_request', description: '« client_id » manque, ou dépasse 100 caractères sans espace ni accent.' } }
  const redirectUri = champs.get('redirect_uri') ?? ''
  const redirection = lireRedirection(redirectUri)
  if (!redirection)
    return {
      page: {
        error: 'invalid_request',
        description: '« redirect_uri » : une adresse http(s) complète et sans fragment, ou le schéma privé d’une application (avec un point).',
        rule: reglesPsc['PSC-REDIRECTION'],
      },
    }
  const valeur = champs.get('code_challenge')
  const methode = champs.get('code_challenge_method') === 'S256' ? 'S256' : 'plain'
  const demande: DemandeAutorisation = {
    client,
    redirection,
    redirectUri,
    scope: (champs.get('scope') ?? '').trim(),
    state: champs.get('state'),
    nonce: champs.get('nonce'),
    loginHint: champs.get('login_hint'),
    prompt: champs.get('prompt'),
    ...(valeur === null ? {} : { defi: { methode, valeur } }),
  }
  return { champs, demande, refus: refusDemande(champs) ?? refusScope(demande.scope) }
}

function lireRequete(query: string): URLSearchParams | RefusPsc {
  if (query.length > 8_192) return { error: 'invalid_request', description: 'La demande dépasse 8 ko.' }
  const champs = new URLSearchParams(query)
  const noms = [...champs.keys()]
  return new Set(noms).size === noms.length ? champs : { error: 'invalid_request', description: 'Un paramètre est donné deux fois.' }
}

/** What a request may not ask, told at its `redirect_uri`. @see RFC 6749 §4.1.2.1 */
function refusDemande(champs: URLSearchParams): RefusPsc | undefined {
  if (champs.has('request')) return { error: 'request_not_supported', description: 'Objet de demande non simulé.' }
  if (champs.has('request_uri')) return { error: 'request_uri_not_supported', description: 'Objet de demande non simulé.' }
  if (champs.get('response_type') !== 'code') return { error: 'unsupported_response_type', description: '« response_type » : code.' }
  if ((champs.get('response_mode') ?? 'query') !== 'query') return { error: 'invalid_request', description: '« response_mode » : query.' }
  const long = [...champs].find(([, value]) => value.length > LONGUEUR_MAXIMUM)
  if (long) return { error: 'invalid_request', description: `Un paramètre dépasse ${LONGUEUR_MAXIMUM} caractères.` }
  const defi = champs.get('code_challenge')
  if (!['S256', 'plain', null].includes(champs.get('code_challenge_method')))
    return { error: 'invalid_request', description: '« code_challenge_method » : S256 ou plain.', rule: reglesPsc['PSC-PKCE'] }
  if (defi !== null && !estPkce(defi))
    return { error: 'invalid_request', description: '« code_challenge » : 43 à 128 caractères.', rule: reglesPsc['PSC-PKCE'] }
  return undefined
}

async function renvoyerCode(world: World, exchange: Exchange, demande: DemandeAutorisation, identifiant: string): Promise<Answer> {
  const professionnel = professionnelDe((await castOf(world)).professionnels, identifiant)!
  const id = world.newId()
  const { client, redirectUri, scope, nonce, defi } = demande
  await world.atomically(async (inside) => {
    await balayer(inside)
    const expireLe = inside.now() + CODE_DUREE * 1_000
    await inside.store.put(codes, {
      id,
      client,
      redirectUri,
      identifiant,
      scope,
      expireLe,
      ...(nonce === null ? {} : { nonce }),
      ...(defi === undefined ? {} : { defi }),
    })
  })
  exchange.from(`${nomDe(professionnel)}, par ${client}`)
  exchange.respected(reglesPsc['PSC-IDENTITE-CONNUE'])
  exchange.summarise(`${nomDe(professionnel)} se connecte`)
  return renvoyer(demande, { code: id })
}

function renvoyerErreur(exchange: Exchange, demande: DemandeAutorisation, { error, description, rule }: RefusPsc): Answer {
  if (rule) exchange.refused(rule, description)
  exchange.ended('refusé')
  exchange.summarise(`Refusé (${error}) : ${description}`)
  return renvoyer(demande, { error, error_description: enAscii(rule ? `${rule.code} : ${description}` : description) })
}

/** `error_description` has no accents on this way. @see RFC 6749 §4.1.2.1 */
const enAscii = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll('’', "'")
    .replaceAll(/[«»"\\]\s?|\s?»/g, '')
    .replaceAll(/[^\x20-\x7e]/g, '')

function renvoyer({ redirection, state }: DemandeAutorisation, valeurs: Record<string, string>): Answer {
  const url = new URL(redirection)
  for (const [nom, valeur] of Object.entries(valeurs)) url.searchParams.set(nom, valeur)
  if (state !== null) url.searchParams.set('state', state.slice(0, LONGUEUR_MAXIMUM))
  return { status: 303, headers: { location: url.href, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' }, body: '' }
}

function refuserPage(exchange: Exchange, { description, rule }: RefusPsc): Answer {
  if (rule) exchange.refused(rule, description)
  exchange.ended('refusé')
  exchange.summarise(`Refusé : ${description}`)
  return pageErreur(rule ? `${description} (${rule.code})` : description)
}

function montrer(
  message: Message,
  { client, redirection }: DemandeAutorisation,
  champs: URLSearchParams,
  personnes: Parameters<typeof pageConnexion>[0]['personnes'],
  etat: { readonly choisi: string; readonly essais: number; readonly avis?: string },
): Answer {
  const portes = PORTES.flatMap((nom) => (champs.has(nom) ? [[nom, champs.get(nom)!] as const] : []))
  const retour = redirection.protocol.startsWith('http') ? redirection.origin : redirection.protocol
  return html(pageConnexion({ action: message.base + CONNEXION, client, portes, personnes, ...etat }), 200, retour)
}

export const ADRESSE_WALLET = '/psc/wallet/auth'
export const autorisations = [ADRESSES_PSC.autorisation, ADRESSE_WALLET]

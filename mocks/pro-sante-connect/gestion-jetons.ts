import { json } from '../kit/answers.ts'
import type { Exchange } from '../kit/exchange.ts'
import type { Answer, Message } from '../kit/message.ts'
import type { World } from '../world.ts'
import { SANS_SECRET } from './ciba.ts'
import { type AppelPsc, lireClient, lireFormulaire, refuser } from './client.ts'
import { jetonValable, lireJeton, sujetDe } from './jetons.ts'
import { pageDeconnexion } from './pages.ts'
import { lireRedirection } from './rules.ts'
import { reglesPsc } from './rules-register.ts'
import type { SessionPsc } from './objets.ts'
import { finir, sessions } from './store.ts'

/** Whether a token is worth something now, and for whom. @see RFC 7662 */
export async function introspecter({ world, exchange, formulaire, client }: AppelPsc): Promise<Answer> {
  if (client.publique) return refuser(exchange, SANS_SECRET)
  const jeton = formulaire.get('token') ?? ''
  const valable = await jetonValable(world, jeton)
  if (typeof valable !== 'string') {
    const { charge, session } = valable
    exchange.summarise('Jeton d’accès valable')
    return json({ active: true, token_type: 'Bearer', iss: charge.iss, jti: charge.jti, exp: charge.expireLe / 1_000, ...deSession(session) })
  }
  const session = await sessionParRenouvellement(world, jeton)
  const vivante = session && !session.finie && session.renouvellement === jeton && session.expireLe > world.now()
  exchange.summarise(vivante ? 'Jeton de renouvellement valable' : `Jeton ${valable}`)
  if (!vivante) return json({ active: false })
  return json({ active: true, token_type: 'Refresh', exp: Math.floor(session.expireLe / 1_000), ...deSession(session) })
}

const deSession = ({ identifiant, client, scope, id }: SessionPsc) => ({
  sub: sujetDe(identifiant),
  username: identifiant,
  preferred_username: identifiant,
  SubjectNameID: identifiant,
  client_id: client,
  scope,
  sid: id,
})

async function sessionParRenouvellement({ store }: Pick<World, 'store'>, jeton: string): Promise<SessionPsc | undefined> {
  const [, id] = /^([\w-]{1,64})\.[\w-]{1,64}$/.exec(jeton) ?? []
  return id === undefined ? undefined : await store.get(sessions, id)
}

/** PSC-JETON-RETIRE: a refresh token takes its session with it. A token of nobody is no error. @see RFC 7009 */
export async function revoquer({ world, exchange, formulaire, client }: AppelPsc): Promise<Answer> {
  const jeton = formulaire.get('token') ?? ''
  const charge = await lireJeton(world, jeton)
  await world.atomically(async (inside) => {
    const session = charge ? await inside.store.get(sessions, charge.sid) : await sessionParRenouvellement(inside, jeton)
    if (session?.client !== client.id || (client.publique && !session.publique)) return
    if (charge) await inside.store.put(sessions, { ...session, jetons: session.jetons.filter(({ jti }) => jti !== charge.jti) })
    else await finir(inside, session)
  })
  exchange.respected(reglesPsc['PSC-JETON-RETIRE'])
  exchange.summarise(charge ? 'Jeton d’accès révoqué' : 'Jeton de renouvellement révoqué : la session est finie')
  return { status: 200, headers: { 'cache-control': 'no-store' }, body: '' }
}

/** PSC-DECONNEXION. By the browser with `id_token_hint`, or by the software with its refresh token. @see RP-Initiated Logout */
export async function deconnecter(message: Message, world: World, exchange: Exchange): Promise<Answer> {
  exchange.name('Pro Santé Connect · fin de session')
  const champs = message.method === 'POST' ? lireFormulaire(message) : new URLSearchParams(message.query.slice(0, 16_384))
  if (!(champs instanceof URLSearchParams)) return refuser(exchange, champs)
  if (champs.has('refresh_token')) return await deconnecterLogiciel(message, world, exchange, champs)
  const indice = await lireJeton(world, champs.get('id_token_hint') ?? '', 'JWT')
  if (!indice) {
    exchange.refused(reglesPsc['PSC-DECONNEXION'])
    exchange.ended('refusé')
    exchange.summarise('Aucune session nommée : rien n’a changé')
    return pageDeconnexion(false)
  }
  await world.atomically(async (inside) => {
    const session = await inside.store.get(sessions, indice.sid)
    if (session) await finir(inside, session)
  })
  exchange.respected(reglesPsc['PSC-DECONNEXION'])
  exchange.summarise('Session finie')
  const retour = lireRedirection(champs.get('post_logout_redirect_uri') ?? '')
  if (!retour) return pageDeconnexion(true)
  const state = champs.get('state')
  if (state !== null) retour.searchParams.set('state', state.slice(0, 2_000))
  return { status: 303, headers: { location: retour.href, 'cache-control': 'no-store' }, body: '' }
}

async function deconnecterLogiciel(message: Message, world: World, exchange: Exchange, champs: URLSearchParams): Promise<Answer> {
  const client = lireClient(message, champs)
  if ('error' in client) return refuser(exchange, client)
  await world.atomically(async (inside) => {
    const session = await sessionParRenouvellement(inside, champs.get('refresh_token') ?? '')
    if (session?.client === client.id && (session.publique || !client.publique)) await finir(inside, session)
  })
  exchange.from(client.id)
  exchange.summarise('Session finie')
  return { status: 204, headers: { 'cache-control': 'no-store' }, body: '' }
}

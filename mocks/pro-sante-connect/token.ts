import { GRANT_CIBA, ROYAUME } from '#standards/psc/adresses.ts'
import { json } from '../kit/answers.ts'
import type { Answer, Message } from '../kit/message.ts'
import type { World } from '../world.ts'
import { servirDemande } from './ciba.ts'
import { type AppelPsc, refuser } from './client.ts'
import { type Octroi, octroyer, ouvrirSession, signer } from './jetons.ts'
import { type PreuvePkce, preuveDe } from './pkce.ts'
import { estRefus, refusCode, type RefusPsc } from './rules.ts'
import { reglesPsc } from './rules-register.ts'
import { codes, finir, sessions } from './store.ts'

/** The issuer as this caller knows it: it names the world. */
export const emetteur = ({ base }: Pick<Message, 'base'>): string => base + ROYAUME

type Inside = Pick<AppelPsc, 'formulaire' | 'client'> & { readonly world: World; readonly preuve: PreuvePkce }

const parType: Readonly<Record<string, (appel: Inside) => Promise<Octroi | RefusPsc>>> = {
  authorization_code: parCode,
  [GRANT_CIBA]: ({ world, formulaire, client }) => servirDemande(world, client, formulaire.get('auth_req_id') ?? ''),
  refresh_token: renouveler,
}

/** Token endpoint. @see RFC 6749 §3.2 */
export async function jeton({ message, world, exchange, formulaire, client }: AppelPsc): Promise<Answer> {
  const type = formulaire.get('grant_type') ?? ''
  const servir = Object.hasOwn(parType, type) ? parType[type] : undefined
  if (!servir) return refuser(exchange, { error: 'unsupported_grant_type', description: `« grant_type » : ${Object.keys(parType).join(', ')}.` })
  const preuve = await preuveDe(formulaire.get('code_verifier'))
  const octroi = await world.atomically((inside) => servir({ world: inside, formulaire, client, preuve }))
  if (estRefus(octroi)) return refuser(exchange, octroi)
  exchange.summarise(`Jeton remis à ${client.id} pour ${octroi.session.identifiant}`)
  return json(await signer(octroi, emetteur(message)), 200, { pragma: 'no-cache' })
}

/** PSC-CODE-UNIQUE, PSC-REDIRECTION, PSC-PKCE, PSC-CLIENT-PUBLIC. Inside a transaction. */
async function parCode({ world, formulaire, client, preuve }: Inside): Promise<Octroi | RefusPsc> {
  const id = formulaire.get('code') ?? ''
  const code = /^[\w-]{1,64}$/.test(id) ? await world.store.get(codes, id) : undefined
  if (code?.client !== client.id) return { error: 'invalid_grant', description: '« code » inconnu de ce client.' }
  if (code.session !== undefined) {
    const session = await world.store.get(sessions, code.session)
    if (session) await finir(world, session)
  }
  const refus = refusCode(code, { redirectUri: formulaire.get('redirect_uri') ?? '', publique: client.publique, preuve }, world.now())
  if (refus) return refus
  const { identifiant, scope, nonce } = code
  const octroi = await ouvrirSession(world, { identifiant, scope, client, ...(nonce === undefined ? {} : { nonce }) })
  await world.store.put(codes, { ...code, session: octroi.session.id })
  return octroi
}

/** PSC-RENOUVELLEMENT-UNIQUE. Inside a transaction. */
async function renouveler({ world, formulaire, client }: Inside): Promise<Octroi | RefusPsc> {
  const donne = (formulaire.get('refresh_token') ?? '').slice(0, 200)
  const id = donne.slice(0, donne.indexOf('.'))
  const session = id === '' ? undefined : await world.store.get(sessions, id)
  const inconnu: RefusPsc = { error: 'invalid_grant', description: 'Jeton de renouvellement inconnu, ou dont la session est finie.' }
  if (session?.client !== client.id || (client.publique && !session.publique) || session.finie || session.expireLe <= world.now()) return inconnu
  if (session.renouvellement === donne) return await octroyer(world, session)
  await finir(world, session)
  return {
    error: 'invalid_grant',
    description: 'Jeton de renouvellement déjà utilisé : la session est finie.',
    rule: reglesPsc['PSC-RENOUVELLEMENT-UNIQUE'],
  }
}

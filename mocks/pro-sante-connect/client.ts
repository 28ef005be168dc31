import { SECRET_DU_BAC_A_SABLE } from '#standards/psc/adresses.ts'
import { json } from '../kit/answers.ts'
import type { Exchange } from '../kit/exchange.ts'
import type { Answer, Message, Route } from '../kit/message.ts'
import type { World } from '../world.ts'
import { type RefusPsc } from './rules.ts'
import { reglesPsc } from './rules-register.ts'

/** The software that asks. `publique`: it gave no secret. */
export interface ClientPsc {
  readonly id: string
  readonly publique: boolean
}

export interface AppelPsc {
  readonly message: Message
  readonly world: World
  readonly exchange: Exchange
  readonly formulaire: URLSearchParams
  readonly client: ClientPsc
}

const FORMULAIRE_MAXIMUM = 16_384

/** Answers an OAuth error. @see RFC 6749 §5.2 */
export function refuser(exchange: Exchange, { error, description, rule, statut = 400 }: RefusPsc): Answer {
  if (rule) exchange.refused(rule, description)
  exchange.ended('refusé')
  exchange.summarise(`Refusé (${error}) : ${description}`)
  const defi: Record<string, string> = statut === 401 ? { 'www-authenticate': 'Basic realm="esante-wallet"' } : {}
  return json({ error, error_description: rule ? `${rule.code} : ${description}` : description }, statut, { pragma: 'no-cache', ...defi })
}

/** The form of the body, or what is wrong with it. A parameter given twice is an error. @see RFC 6749 §3.2 */
export function lireFormulaire({ headers, body }: Message): URLSearchParams | RefusPsc {
  const type = (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase()
  if (type !== 'application/x-www-form-urlencoded' || body.length > FORMULAIRE_MAXIMUM)
    return { error: 'invalid_request', description: 'Le corps est un formulaire (application/x-www-form-urlencoded) de 16 ko au plus.' }
  const formulaire = new URLSearchParams(new TextDecoder().decode(body))
  const noms = [...formulaire.keys()]
  if (new Set(noms).size !== noms.length) return { error: 'invalid_request', description: 'Un paramètre est donné deux fois.' }
  return formulaire
}

/** PSC-CLIENT: `client_secret_basic`, `client_secret_post`, or nothing for a public client. @see RFC 6749 §2.3.1 */
export function lireClient({ headers }: Message, formulaire: URLSearchParams): ClientPsc | RefusPsc {
  const basic = headers['authorization'] === undefined ? undefined : identifiantsBasic(headers['authorization'])
  const id = basic ? basic.id : (formulaire.get('client_id') ?? '')
  const secret = basic ? basic.secret : formulaire.get('client_secret')
  const mauvais = { error: 'invalid_client', rule: reglesPsc['PSC-CLIENT'], statut: 401 }
  if (!/^[\x21-\x7e]{1,100}$/.test(id)) return { ...mauvais, description: '« client_id » manque, ou dépasse 100 caractères sans espace ni accent.' }
  if (secret === null) return { id, publique: true }
  if (secret !== SECRET_DU_BAC_A_SABLE) return { ...mauvais, description: `Mauvais secret : celui du bac à sable est ${SECRET_DU_BAC_A_SABLE}.` }
  return { id, publique: false }
}

function identifiantsBasic(authorization: string): { id: string; secret: string } {
  const [, base64 = ''] = /^Basic\s+([A-Za-z0-9+/=]{1,1000})$/i.exec(authorization) ?? []
  try {
    const [id = '', ...reste] = atob(base64).split(':')
    const decode = (text: string) => decodeURIComponent(text.replaceAll('+', ' '))
    return { id: decode(id), secret: decode(reste.join(':')) }
  } catch {
    return { id: '', secret: '' }
  }
}

/** Reads the form and the client for an endpoint that software calls. */
export const pourClient =
  (operation: string, repondre: (appel: AppelPsc) => Promise<Answer>): Route['handle'] =>
  async (message, world, exchange) => {
    exchange.name(`Pro Santé Connect · ${operation}`)
    const formulaire = lireFormulaire(message)
    if (!(formulaire instanceof URLSearchParams)) return refuser(exchange, formulaire)
    const client = lireClient(message, formulaire)
    if ('error' in client) return refuser(exchange, client)
    exchange.from(client.id)
    return await repondre({ message, world, exchange, formulaire, client })
  }

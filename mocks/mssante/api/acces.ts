import { problem } from '../../kit/answers.ts'
import type { Exchange } from '../../kit/exchange.ts'
import type { Answer, Message, PathParameters, Route } from '../../kit/message.ts'
import type { World } from '../../world.ts'
import { reglesMss } from '../rules-register.ts'
import { boitePour } from '../ouverture.ts'
import { estRefusMss, type Identite, type RefusMss } from '../rules/acces.ts'
import type { BoiteEnregistree } from '../store.ts'

/** Who calls the operator's HTTP interface, and with which mailbox. */

export interface AppelMss {
  readonly world: World
  readonly exchange: Exchange
  readonly message: Message
  readonly parameters: PathParameters
  readonly identite: Identite
}

export interface AppelBoite extends AppelMss {
  readonly boite: BoiteEnregistree
}

/**
 * A Pro Santé Connect access token as a Bearer; or, in the place of the client certificate that HTTP in a page cannot carry, the header
 * `X-Sandbox-Certificat` with the OU of an organisation's certificate (`Struct_IdNat`).
 */
async function identifier(world: World, { headers }: Message): Promise<Identite | Answer> {
  const certificat = headers['x-sandbox-certificat']
  if (certificat !== undefined) return { moyen: 'certificat', identifiant: certificat.trim(), nom: certificat.trim() }
  const [, jeton = ''] = /^Bearer +([\w.:~+/-]+=*)$/i.exec(headers['authorization'] ?? '') ?? []
  const identite = jeton === '' ? 'inconnu' : await world.ask.identiteDuJeton(jeton)
  if (typeof identite !== 'string') return { moyen: 'PSC', identifiant: identite.identifiant, nom: identite.nom }
  const detail =
    jeton === ''
      ? 'Donnez un jeton d’accès Pro Santé Connect : « Authorization: Bearer … ».'
      : identite === 'expiré'
        ? 'Ce jeton a expiré : demandez-en un autre.'
        : 'Ce jeton n’a pas été délivré par le Pro Santé Connect de ce monde.'
  return problem(
    { status: 401, title: reglesMss['MSS-JETON'].sentence, detail, rule: 'MSS-JETON' },
    { 'www-authenticate': `Bearer realm="mssante"${jeton === '' ? '' : ', error="invalid_token"'}` },
  )
}

const estReponse = (value: Identite | Answer): value is Answer => 'status' in value

export const appel =
  (operation: string, page: (appel: AppelMss) => Answer | Promise<Answer>): Route['handle'] =>
  async (message, world, exchange, parameters) => {
    exchange.name(`MSSanté · ${operation}`)
    const identite = await identifier(world, message)
    if (estReponse(identite)) {
      exchange.refused(reglesMss['MSS-JETON'])
      return identite
    }
    exchange.from(identite.nom)
    exchange.respected(reglesMss['MSS-JETON'])
    return await page({ world, exchange, message, parameters, identite })
  }

/** The same, for one mailbox that this person may open. */
export const dansLaBoite = (operation: string, page: (appel: AppelBoite) => Answer | Promise<Answer>): Route['handle'] =>
  appel(operation, async (recu) => {
    const { world, exchange, parameters, identite } = recu
    const adresse = (parameters['adresse'] ?? '').toLowerCase()
    const boite = await boitePour(world, identite, adresse)
    if (estRefusMss(boite)) return refuser(boite, exchange)
    exchange.respected(reglesMss[boite.type === 'APP' ? 'MSS-BAL-APP-CERTIFICAT' : 'MSS-BAL-TITULAIRE'])
    return await page({ ...recu, boite })
  })

/** 403: not yours. 422: cannot be sent so. */
export function refuser({ refused, code, etendu, about }: RefusMss, exchange: Exchange): Answer {
  exchange.refused(refused, about)
  exchange.summarise(`Refusé : ${about}`)
  return problem({
    status: code === 535 ? 403 : 422,
    title: refused.sentence,
    detail: about.charAt(0).toUpperCase() + about.slice(1),
    rule: refused.code,
    smtp: `${code} ${etendu}`,
  })
}

export const absent = (title: string, detail: string): Answer => problem({ status: 404, title, detail })
export const mauvaise = (detail: string): Answer => problem({ status: 400, title: 'Demande illisible', detail })

/** The JSON object of a small body, or what is wrong, in French. */
export function corpsDe({ body }: Message): Readonly<Record<string, unknown>> | string {
  if (body.length > 16_384) return 'Le corps dépasse 16 384 octets.'
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch {
    // not JSON: said below
  }
  return 'Le corps doit être un objet JSON en UTF-8.'
}

import type { Rule } from '#standards/rule.ts'
import type { Anomalie, Objet } from '#standards/fhir/types.ts'
import type { Exchange } from './exchange.ts'
import type { Answer, Message } from './message.ts'

/** Codes of our rules, in `issue.details`. */
export const REGISTRE = 'urn:bac-a-sante:regles'

/** A refusal of a FHIR interface. */
export interface RefusFhir {
  readonly statut: 400 | 401 | 403 | 404 | 405 | 406 | 409 | 410 | 412 | 413 | 415 | 422 | 429
  readonly refused: Rule
  readonly about: string
}

export const CODES_ANOMALIE: Readonly<Record<RefusFhir['statut'], Anomalie['code']>> = {
  400: 'invalid',
  401: 'login',
  403: 'forbidden',
  404: 'not-found',
  405: 'not-supported',
  406: 'not-supported',
  409: 'conflict',
  410: 'not-found',
  412: 'conflict',
  413: 'too-long',
  415: 'not-supported',
  422: 'business-rule',
  429: 'throttled',
}

export function fhir(ressource: Objet, statut = 200, entetes: Readonly<Record<string, string>> = {}): Answer {
  return {
    status: statut,
    headers: { 'content-type': 'application/fhir+json; charset=utf-8', 'cache-control': 'no-store', ...entetes },
    body: JSON.stringify(ressource),
  }
}

/** A rule says no. */
export function refuserFhir({ statut, refused, about }: RefusFhir, exchange: Exchange, entetes?: Readonly<Record<string, string>>): Answer {
  exchange.refused(refused, about)
  exchange.summarise(`Refusé : ${about}`)
  const details = { coding: [{ system: REGISTRE, code: refused.code }], text: refused.sentence }
  return fhir(
    { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: CODES_ANOMALIE[statut], diagnostics: majuscule(about), details }] },
    statut,
    entetes,
  )
}

const majuscule = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const JSON_FHIR = ['application/fhir+json', 'application/json', 'application/*', '*/*', 'json', 'text/json']

/** Only JSON is spoken; `_format` wins over `Accept`. @see https://hl7.org/fhir/R4/http.html#mime-type */
export function veutDuJson({ query, headers }: Pick<Message, 'query' | 'headers'>): boolean {
  const demande = new URLSearchParams(query).get('_format') ?? headers['accept'] ?? '*/*'
  const types = demande.split(',').map((un) => un.split(';')[0]!.trim().replace(' ', '+').toLowerCase())
  return demande === '' || types.some((un) => JSON_FHIR.includes(un))
}

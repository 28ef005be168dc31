import type { Anomalie, Objet, OperationOutcome } from '#standards/fhir/types.ts'
import type { Exchange } from '../../kit/exchange.ts'
import type { Answer } from '../../kit/message.ts'
import { REGLE_DU_MOTIF, type RefusFhir } from './rules.ts'

/** Codes of our rules, in `issue.details`. */
const REGISTRE = 'urn:bac-a-sante:regles'

export function fhir(ressource: Objet, statut = 200, entetes: Readonly<Record<string, string>> = {}): Answer {
  return {
    status: statut,
    headers: { 'content-type': 'application/fhir+json; charset=utf-8', 'cache-control': 'no-store', ...entetes },
    body: JSON.stringify(ressource),
  }
}

const CODES: Readonly<Record<RefusFhir['statut'], Anomalie['code']>> = {
  400: 'invalid',
  401: 'login',
  403: 'forbidden',
  404: 'not-found',
  405: 'not-supported',
  406: 'not-supported',
  409: 'conflict',
  412: 'conflict',
  413: 'too-long',
  415: 'not-supported',
  422: 'business-rule',
  429: 'throttled',
}

/** A rule says no. */
export function refuserFhir({ statut, refused, about }: RefusFhir, exchange: Exchange, entetes?: Readonly<Record<string, string>>): Answer {
  exchange.refused(refused, about)
  exchange.summarise(`Refusé : ${about}`)
  const details = { coding: [{ system: REGISTRE, code: refused.code }], text: refused.sentence }
  return fhir(
    { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: CODES[statut], diagnostics: majuscule(about), details }] },
    statut,
    entetes,
  )
}

/** What is wrong with a message, each with its place. */
export function anomalies(liste: readonly Anomalie[], statut: RefusFhir['statut'], exchange: Exchange): Answer {
  for (const { motif, diagnostics } of liste) if (motif) exchange.refused(REGLE_DU_MOTIF[motif], diagnostics)
  exchange.ended('refusé')
  exchange.summarise(`Refusé : ${liste[0]?.diagnostics ?? 'message non valide'}`)
  return fhir(issueDe(liste), statut)
}

export function issueDe(liste: readonly Anomalie[]): OperationOutcome & Objet {
  return {
    resourceType: 'OperationOutcome',
    issue: liste.map(({ code, diagnostics, expression, motif }) => ({
      severity: code === 'informational' ? ('information' as const) : ('error' as const),
      code,
      diagnostics,
      ...(expression !== undefined && { expression: [expression] }),
      ...(motif && { details: { coding: [{ system: REGISTRE, code: REGLE_DU_MOTIF[motif].code }], text: REGLE_DU_MOTIF[motif].sentence } }),
    })),
  }
}

/** An error of the message itself, that no rule of the country names. */
export const erreur = (statut: RefusFhir['statut'], diagnostics: string, exchange: Exchange, code?: Anomalie['code']): Answer =>
  anomalies([{ code: code ?? CODES[statut], diagnostics }], statut, exchange)

const majuscule = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

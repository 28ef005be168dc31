import type { Anomalie, Objet, OperationOutcome } from '#standards/fhir/types.ts'
import { CODES_ANOMALIE, fhir, REGISTRE, type RefusFhir } from '../../kit/fhir.ts'
import type { Exchange } from '../../kit/exchange.ts'
import type { Answer } from '../../kit/message.ts'
import { REGLE_DU_MOTIF } from './rules.ts'

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
  anomalies([{ code: code ?? CODES_ANOMALIE[statut], diagnostics }], statut, exchange)

import type { Rule } from '#standards/rule.ts'

/** How an exchange ended, as a person would say it. */
export type Outcome =
  /** Done as asked. */
  | 'accepté'
  /** A rule of the service said no; the world did not change. */
  | 'refusé'
  /** The message could not be understood, or a fault was asked for. */
  | 'en erreur'

/** A rule met on the way and what it said. */
export interface AppliedRule {
  readonly code: string
  readonly verdict: 'respectée' | 'refusée'
  /** What was compared, in plain French; never a personal trait of somebody else. */
  readonly about?: string
}

/**
 * What a service tells of the exchange it is answering, for the journal: who, which transaction, which rules fired.
 * It never changes the answer.
 */
export interface Exchange {
  /** Names the transaction: `INSi · recherche par traits`, `DMP · TD2.1 alimentation`. */
  name(operation: string): void
  /** Who asks, as the message says it: `Dr Claire FICTIF (CPS)`. */
  from(actor: string): void
  /** The patient concerned, as the 15 characters of the matricule or the name searched. */
  about(patient: string): void
  /** One sentence in French saying what happened: `Identité trouvée`. */
  summarise(sentence: string): void
  ended(outcome: Outcome): void
  respected(rule: Rule, about?: string): void
  refused(rule: Rule, about?: string): void
  /** A fault that was asked for by header (`X-Sandbox-Outcome`), path or control API and that this service must play itself. */
  readonly askedOutcome: string | undefined
}

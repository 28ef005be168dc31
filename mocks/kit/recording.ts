import { reglesIns } from '#standards/ins/rules-ins.ts'
import type { Rule } from '#standards/rule.ts'
import type { AppliedRule, Exchange, Outcome } from './exchange.ts'
import { type Journal, keepMessage } from './journal.ts'
import type { Answer, Message } from './message.ts'

/** A message refused because it could name a real person is not kept, not even here. @see SANDBOX-FICTIF-SEULEMENT */
const FICTIF = reglesIns['SANDBOX-FICTIF-SEULEMENT'].code
const WITHHELD_PATH = '(adresse non gardée)'
const WITHHELD = keepMessage({}, 'Message non gardé : il portait un matricule qui pourrait être celui d’une personne réelle.')

/** What one service says of the exchange it answers, until the journal has it. */
export class Recording implements Exchange {
  readonly #message: Message
  readonly #service: string
  readonly #at: number
  readonly #wallAt = Date.now()
  readonly #started = performance.now()
  readonly #rules: AppliedRule[] = []
  readonly #askedOutcome: string | undefined
  #operation = ''
  #from = ''
  #patient = ''
  #summary = ''
  #outcome: Outcome | undefined
  #askedOutcomeRead = false
  /** Fault played on the way, by its name. */
  fault: string | undefined

  constructor(message: Message, service: string, at: number, askedOutcome: string | undefined) {
    this.#message = message
    this.#service = service
    this.#at = at
    this.#askedOutcome = askedOutcome
  }

  name(operation: string): void {
    this.#operation = operation
  }

  from(actor: string): void {
    this.#from = actor
  }

  about(patient: string): void {
    this.#patient = patient
  }

  summarise(sentence: string): void {
    this.#summary = sentence
  }

  ended(outcome: Outcome): void {
    this.#outcome = outcome
  }

  respected(rule: Rule, about?: string): void {
    this.#apply(rule, 'respectée', about)
  }

  refused(rule: Rule, about?: string): void {
    this.#outcome ??= 'refusé'
    this.#apply(rule, 'refusée', about)
  }

  get askedOutcome(): string | undefined {
    this.#askedOutcomeRead = true
    return this.#askedOutcome
  }

  /** An outcome was asked for and the service never looked at it. */
  get ignoredOutcome(): boolean {
    return this.#askedOutcome !== undefined && !this.#askedOutcomeRead
  }

  /** Hands the exchange over, with what was said of it or what the status tells. */
  writeTo(journal: Journal, { status, headers, body }: Answer): void {
    const { method, path, query } = this.#message
    const streamed = typeof body !== 'string' && !(body instanceof Uint8Array)
    const withheld = this.#rules.some(({ code, verdict }) => code === FICTIF && verdict === 'refusée')
    journal.record({
      at: this.#at,
      wallAt: this.#wallAt,
      durationMs: performance.now() - this.#started,
      service: this.#service,
      operation: this.#operation || `${method} ${path}`,
      from: this.#from,
      patient: withheld ? '' : this.#patient,
      summary: this.#summary,
      outcome: this.#outcome ?? outcomeOf(status),
      status,
      method,
      path: withheld ? WITHHELD_PATH : query === '' ? path : `${path}?${query}`,
      ...(this.fault === undefined ? {} : { fault: this.fault }),
      rules: this.#rules,
      request: withheld ? WITHHELD : keepMessage(this.#message.headers, this.#message.body),
      response: keepMessage(headers, streamed ? undefined : body),
    })
  }

  #apply({ code }: Rule, verdict: AppliedRule['verdict'], about: string | undefined): void {
    this.#rules.push(about === undefined ? { code, verdict } : { code, verdict, about })
  }
}

function outcomeOf(status: number): Outcome {
  if (status >= 500 || status === 0) return 'en erreur'
  return status >= 400 ? 'refusé' : 'accepté'
}

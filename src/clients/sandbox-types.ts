import type { CarteProfessionnelle } from './carte.ts'

/** What the sandbox's own API says, as read over HTTP. @see /_sandbox/openapi.json */

export interface Presentation {
  readonly name: string
  readonly version: string
  readonly notice: string
  readonly host: 'page' | 'node' | 'server'
  readonly world: string
  readonly base: string
  /** ISO 8601. */
  readonly now: string
  readonly clock: 'running' | 'frozen'
  readonly dataset: string
  readonly datasets: readonly { readonly name: string; readonly title: string }[]
  readonly seed: number
  readonly journal: { readonly last: number }
  readonly services: readonly {
    readonly name: string
    readonly title: string
    readonly paths: readonly string[]
    readonly faults: readonly string[]
  }[]
}

interface AppliedRule {
  readonly code: string
  readonly verdict: 'respectée' | 'refusée'
  readonly about?: string
}

/** One exchange in the list. */
export interface JournalSummary {
  readonly seq: number
  /** Simulated milliseconds. */
  readonly at: number
  /** Real milliseconds. */
  readonly wallAt: number
  readonly durationMs: number
  readonly service: string
  readonly operation: string
  readonly from: string
  readonly patient: string
  readonly summary: string
  readonly outcome: 'accepté' | 'refusé' | 'en erreur'
  readonly status: number
  readonly method: string
  readonly path: string
  readonly fault?: string
  readonly rules: readonly AppliedRule[]
  readonly requestSize: number
  readonly responseSize: number
}

export interface ShownBody {
  readonly size: number
  readonly truncated: boolean
  readonly text?: string
  readonly base64?: string
  readonly parts?: readonly { readonly headers: Readonly<Record<string, string>>; readonly size: number; readonly text?: string }[]
}

interface ShownRule extends AppliedRule {
  readonly sentence?: string
  readonly source?: string
  readonly certainty?: string
  readonly enforcedIn?: string
}

/** One exchange, with its raw messages. */
export interface JournalDetail extends Omit<JournalSummary, 'rules'> {
  readonly rules: readonly ShownRule[]
  readonly request: { readonly headers: Readonly<Record<string, string>>; readonly body: ShownBody }
  readonly response: { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: ShownBody }
}

export interface JournalPage {
  readonly entries: readonly JournalSummary[]
  readonly more: boolean
  readonly last: number
}

export interface Fault {
  readonly id: string
  readonly kind: 'latency' | 'status' | 'drop' | 'protocol'
  readonly service?: string
  readonly path?: string
  readonly times?: number
  readonly ms?: number
  readonly status?: number
  readonly after?: boolean
  readonly name?: string
}

export interface IdentityCard {
  readonly id: string
  readonly name: string
  readonly kind: 'patient' | 'professionnel' | 'structure' | 'carte'
  readonly send: Readonly<Record<string, string>>
  readonly triggers: string
  readonly service: string
  readonly source: string
}

export interface RegisteredRule {
  readonly code: string
  readonly sentence: string
  readonly source: string
  readonly certainty: string
  readonly enforcedIn: string
}

export interface Setting {
  readonly code: string
  readonly service: string
  readonly title: string
  readonly source: string
  readonly initial: boolean | number | string
  readonly value: boolean | number | string
}

export interface ClockReading {
  /** ISO 8601. */
  readonly now: string
  readonly mode: 'running' | 'frozen'
}

/** What would happen if the clock moved. Nothing has changed. */
export interface ApercuHorloge {
  /** ISO 8601. */
  readonly from: string
  readonly to: string
  readonly total: number
  /** False when there are more than `events` shows. */
  readonly complete: boolean
  /** In order; `title` is a French sentence, `rule` the code of the rule that sets the delay. */
  readonly events: readonly {
    readonly at: string
    readonly service: string
    readonly what: string
    readonly subject: string
    readonly name: string
    readonly title: string
    readonly rule: string
  }[]
}

/** What happens in the world, told live. */
export type SandboxEvent =
  | { readonly type: 'journal'; readonly data: JournalSummary }
  | { readonly type: 'records'; readonly data: { readonly collections: readonly string[] } }
  | { readonly type: 'clock'; readonly data: ClockReading }
  | { readonly type: 'reset'; readonly data: { readonly dataset: string } }
  | { readonly type: 'faults'; readonly data: { readonly faults: readonly Fault[] } }

/** A patient of the cast, as its card at the counter would say. */
export interface PatientDeLaDistribution {
  readonly id: string
  readonly nomAffiche: string
  /** What this person shows in a demonstration, in French. */
  readonly montre: string
  readonly personne: {
    readonly nomNaissance: string
    readonly listePrenom: string
    readonly sexe: 'M' | 'F'
    /** `AAAA-MM-JJ`. */
    readonly dateNaissance: string
    readonly lieuNaissance: string
    readonly ins: { readonly matricule: string; readonly cle: string; readonly oid: string }
  }
  readonly liens: readonly { readonly lien: string; readonly patient: string }[]
}

/** Everybody the scenarios share. */
export interface Distribution {
  readonly patients: readonly PatientDeLaDistribution[]
  readonly professionnels: readonly {
    readonly id: string
    readonly nomAffiche: string
    readonly role: string
    readonly structure: string
    readonly carte: CarteProfessionnelle
  }[]
}

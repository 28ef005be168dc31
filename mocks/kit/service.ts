import type { Rule } from '#standards/rule.ts'
import type { Collection } from '../database/store.ts'
import type { Answers, Reactions, Timer, World } from '../world.ts'
import type { Answer, Message, Route } from './message.ts'
import type { SmtpService } from './smtp.ts'
import type { WireLink, WireSession } from './wire.ts'

export type ServiceName =
  | 'registre'
  | 'insi'
  | 'dmp'
  | 'mes'
  | 'mssante'
  | 'annuaire-sante'
  | 'pro-sante-connect'
  | 'ordonnance-numerique'
  | 'carte-vitale'
  | 'control'

/** A fault of a service's own protocol that can be asked for by name: `insi-indisponible`. */
export interface NamedFault {
  /** French, for the switchboard. */
  readonly title: string
  /** What to answer in the service's place; undefined: this fault does not strike this request. */
  answer(message: Message, world: World): Answer | undefined | Promise<Answer | undefined>
}

/** One test identity and what it triggers, as `/_sandbox/identities` lists it. */
export interface IdentityCard {
  readonly id: string
  readonly name: string
  readonly kind: 'patient' | 'professionnel' | 'structure' | 'carte'
  /** What to send to meet it, as name/value pairs in the service's words. */
  readonly send: Readonly<Record<string, string>>
  /** What then happens, in French. */
  readonly triggers: string
  readonly service: ServiceName
  readonly source: string
}

/** A documented choice, where sources differ or the real service may be tuned. */
export interface Setting {
  readonly title: string
  readonly initial: boolean | number | string
  readonly source: string
}

/** What a timer is about to do, for the trainer who moves the clock. */
export interface Annonce {
  /** A French sentence. */
  readonly title: string
  /** Of the person, or of whom it is about. */
  readonly name: string
  /** Code of the rule that sets the delay. */
  readonly rule: string
}

/** One kind of delay. Both parts are there by construction: nothing happens with time that is not said beforehand. */
export interface TimerKind {
  /** What happens when the delay is over. */
  readonly fire: (timer: Timer, world: World) => Promise<void>
  /** The same in words, asked just before, the clock at the due date. Undefined: nothing that anybody would see, this time. */
  readonly describe: (timer: Timer, world: World) => Promise<Annonce | undefined>
}

/** Identical anatomy for each national service; `mocks/routes.ts` lists them. */
export interface Service {
  readonly name: ServiceName
  /** French. */
  readonly title: string
  readonly routes: readonly Route[]
  /** Paths where one begins, for the list that the server prints; each of its routes when absent. */
  readonly entrances?: readonly string[]
  readonly rules: Readonly<Record<string, Rule>>
  // oxlint-disable-next-line no-explicit-any -- rows differ from one collection to the next
  readonly collections: readonly Collection<any>[]
  readonly faults?: Readonly<Record<string, NamedFault>>
  readonly settings?: Readonly<Record<string, Setting>>
  /** Questions of `World.ask` this service answers. */
  readonly answers?: Answers
  /** What it does when another service tells something. */
  readonly reactions?: Reactions
  /** The delays it asks for, by the timer's `what`. */
  readonly timers?: Readonly<Record<string, TimerKind>>
  identities?(world: World): Promise<IdentityCard[]>
  /** What a mail client reads its mailbox with, one session for each connection. Loaded by hosts that have ports only. */
  imap?(): Promise<(link: WireLink) => WireSession>
  /** Takes the mail that a client hands in. Loaded by hosts that have ports only. */
  smtp?(): Promise<SmtpService>
  /** Structures whose softwares connect to the mail ports with a certificate of their own. */
  organisations?(world: World): Promise<readonly { readonly id: string; readonly name: string }[]>
  /** Paths it adds to `/_sandbox/openapi.json`, in OpenAPI 3.1. */
  readonly openapi?: Readonly<Record<string, object>>
  /** Puts the named dataset (`mocks/database/datasets.ts`) in an empty world. One transaction: await only the world given. */
  seed?(world: World, dataset: string): Promise<void>
}

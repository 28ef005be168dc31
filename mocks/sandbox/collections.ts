import { defineCollection } from '../database/store.ts'
import type { Fault } from '../kit/faults.ts'
import type { Timer } from '../world.ts'

/** Where the world comes from. */
export interface Origin {
  readonly dataset: string
  readonly seed: number
  /** How many times it was filled: 1 at first, one more at each reset or import. */
  readonly generation: number
}

/** `running`: the machine's time plus `offset`. `frozen`: stands at `at`. Milliseconds. */
export type ClockState = { readonly mode: 'running'; readonly offset: number } | { readonly mode: 'frozen'; readonly at: number }

export type SettingValues = Readonly<Record<string, boolean | number | string>>

/** What a world knows of itself. */
export type Particular =
  | { readonly id: 'origin'; readonly value: Origin }
  | { readonly id: 'clock'; readonly value: ClockState }
  | { readonly id: 'settings'; readonly value: SettingValues }
  /** How many times the world was opened: each opening draws ids of its own. */
  | { readonly id: 'sessions'; readonly value: number }

export const particulars = defineCollection<Particular>('sandbox', 'id')
export const timers = defineCollection<Timer>('sandbox-timers', 'id', { byDueAt: ['dueAt'] })
export const faults = defineCollection<Fault>('sandbox-faults', 'id')

/** The sandbox's own collections, beside those of the services. */
export const ownCollections = [particulars, timers, faults]

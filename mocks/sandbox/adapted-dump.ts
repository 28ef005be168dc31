import type { StoreDump } from '../database/store.ts'
import { type ClockState, type Origin, type Particular, type SettingValues, particulars } from './collections.ts'

/** How many sessions the world of a dump has had. */
export function sessionsOf(dump: StoreDump): number {
  const row = (dump.collections[particulars.name] as Particular[] | undefined)?.find(({ id }) => id === 'sessions')
  return row?.id === 'sessions' && Number.isInteger(row.value) ? row.value : 0
}

interface Adaptation {
  readonly generation: number
  readonly session: number
  readonly origin: Origin
  clock(mode: ClockState['mode']): ClockState
}

/** The dump with what this world knows of itself: its generation, its sessions, a clock that reads the time of the dump. */
export function adapted(dump: StoreDump, { generation, session, origin, clock }: Adaptation): StoreDump {
  const rows = (dump.collections[particulars.name] ?? []) as readonly Partial<Particular>[]
  const value = (id: Particular['id']) => rows.find((row) => row.id === id)?.value as Record<string, unknown> | undefined
  const { dataset = origin.dataset, seed = origin.seed } = value('origin') ?? {}
  const own: Particular[] = [
    { id: 'origin', value: { dataset: String(dataset), seed: Number(seed), generation } },
    { id: 'clock', value: clock(value('clock')?.['mode'] === 'frozen' ? 'frozen' : 'running') },
    { id: 'sessions', value: session },
    { id: 'settings', value: settingValues(value('settings')) },
  ]
  return { ...dump, collections: { ...dump.collections, [particulars.name]: own } }
}

const settingValues = (values: Record<string, unknown> = {}): SettingValues =>
  Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, boolean | number | string] => ['boolean', 'number', 'string'].includes(typeof entry[1])),
  )

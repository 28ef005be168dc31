import { openSqliteStore } from '../database/sqlite-store.ts'
import { DEFAULT_DATASET, type Dataset } from '../database/datasets.ts'
import { readInstant } from '../kit/instant.ts'
import { MemoryJournal } from '../kit/memory-journal.ts'
import type { Service } from '../kit/service.ts'
import { services as everyService } from '../routes.ts'
import { Sandbox } from '../sandbox/sandbox.ts'

export interface NodeSandboxOptions {
  /** Every service when absent. */
  readonly services?: readonly Service[]
  readonly dataset?: Dataset
  /** Simulated time worlds begin at, ISO 8601 (a day alone: 9:00 in Paris) or milliseconds; the machine's when absent. */
  readonly date?: string | number
  /** The clock stands still until it is moved; true by default, so that a test gives the same bytes each time. */
  readonly frozen?: boolean
  readonly seed?: number
  /** 200 when absent. */
  readonly maxWorlds?: number
  /** The machine's clock, milliseconds. */
  readonly realNow?: () => number
  readonly onBug?: (error: unknown, where: string) => void
}

/**
 * Worlds in memory, opened at the first request under `/w/<name>`. Timers fire when the clock is moved.
 * @throws {RangeError} the date is none.
 */
export function createSandbox({
  services = everyService,
  dataset = DEFAULT_DATASET,
  date,
  frozen = true,
  seed = 1,
  ...rest
}: NodeSandboxOptions = {}): Sandbox {
  const time = typeof date === 'string' ? (readInstant(date) ?? Number.NaN) : date
  if (time !== undefined && !Number.isFinite(time)) throw new RangeError(`date "${date}": ISO 8601 expected`)
  return new Sandbox({
    host: 'node',
    services,
    beginning: { dataset, seed, frozen, ...(time !== undefined && { date: time }) },
    openStore: async (_name, schema) => openSqliteStore({ schema }),
    openJournal: async () => new MemoryJournal(),
    ...rest,
  })
}

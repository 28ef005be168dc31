import { Dexie, type EntityTable } from 'dexie'
import {
  DEFAULT_BOUNDS,
  type Journal,
  type JournalBounds,
  type JournalEntry,
  type JournalPage,
  type JournalQuery,
  type JournalRecord,
  type JournalSummary,
  type KeptMessage,
  matches,
  summaryOf,
  weightOf,
} from '../kit/journal.ts'

/** `total` is the weight of this entry and of all before it: the difference of two tells what lies between. */
type EntryRow = JournalSummary & { readonly total: number }

interface MessagesRow {
  readonly seq: number
  readonly request: KeptMessage
  readonly response: KeptMessage
}

class JournalDatabase extends Dexie {
  declare entries: EntityTable<EntryRow, 'seq'>
  declare messages: EntityTable<MessagesRow, 'seq'>
  declare marks: EntityTable<{ id: string; seq: number }, 'id'>

  constructor(name: string) {
    super(name, { chromeTransactionDurability: 'relaxed' })
    this.version(1).stores({ entries: '++seq, total', messages: 'seq', marks: 'id' })
  }
}

/**
 * A journal all tabs of an origin write and read: the database gives the numbers, so an exchange has the same one everywhere. An exchange
 * is written just after its answer left; the other tabs are told by `BroadcastChannel`.
 */
export async function openDexieJournal(name: string, bounds: JournalBounds = DEFAULT_BOUNDS): Promise<Journal> {
  const database = new JournalDatabase(name)
  await database.open()
  return new DexieJournal(database, bounds)
}

class DexieJournal implements Journal {
  readonly #database: JournalDatabase
  readonly #bounds: JournalBounds
  readonly #channel: BroadcastChannel
  readonly #listeners = new Set<(entry: JournalSummary) => void>()
  #waiting: JournalRecord[] = []
  /** Ends when all that was recorded is written. */
  #writing: Promise<void> = Promise.resolve()

  constructor(database: JournalDatabase, bounds: JournalBounds) {
    this.#database = database
    this.#bounds = bounds
    this.#channel = new BroadcastChannel(`${database.name} entries`)
    this.#channel.addEventListener('message', (event: MessageEvent<JournalSummary[]>) => this.#tell(event.data))
  }

  record(record: JournalRecord): void {
    this.#waiting.push(record)
    if (this.#waiting.length === 1) this.#writing = this.#writing.then(() => this.#write()).catch((error: unknown) => console.error('journal', error))
  }

  async list(query: JournalQuery): Promise<JournalPage> {
    const { after, before = Number.MAX_SAFE_INTEGER, limit } = query
    const { entries } = this.#database
    const selected = entries.where('seq').between(after ?? -1, before, false, false)
    // oxlint-disable-next-line unicorn/no-array-reverse -- a Dexie collection
    const found = await (after === undefined ? selected.reverse() : selected)
      .filter((entry) => matches(entry, query))
      .limit(limit + 1)
      .toArray()
    const page = found.slice(0, limit).map(({ total: _total, ...entry }) => entry)
    return { entries: after === undefined ? page.toReversed() : page, more: found.length > limit }
  }

  async get(seq: number): Promise<JournalEntry | undefined> {
    const [entry, messages] = await Promise.all([this.#database.entries.get(seq), this.#database.messages.get(seq)])
    if (!entry || !messages) return undefined
    const { total: _total, ...summary } = entry
    return { ...summary, request: messages.request, response: messages.response }
  }

  async clear(): Promise<void> {
    await this.settled()
    const { entries, messages, marks } = this.#database
    await this.#database.transaction('rw', [entries, messages, marks], async () => {
      const last = await entries.orderBy(':id').last()
      if (last) await marks.put({ id: 'last', seq: last.seq })
      await entries.clear()
      await messages.clear()
    })
  }

  subscribe(listener: (entry: JournalSummary) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  settled(): Promise<void> {
    return this.#writing
  }

  async last(): Promise<number> {
    const last = await this.#database.entries.orderBy(':id').last()
    return last?.seq ?? (await this.#database.marks.get('last'))?.seq ?? 0
  }

  async close(): Promise<void> {
    await this.settled()
    this.#listeners.clear()
    this.#channel.close()
    this.#database.close()
  }

  async #write(): Promise<void> {
    const records = this.#waiting
    this.#waiting = []
    const { entries, messages } = this.#database
    const written = await this.#database.transaction('rw', [entries, messages], async () => {
      const summaries: JournalSummary[] = []
      let total = (await entries.orderBy(':id').last())?.total ?? 0
      for (const record of records) {
        const { seq: _unknownYet, ...summary } = summaryOf(0, record)
        total += weightOf(record)
        const seq = await entries.add({ ...summary, total } as EntryRow)
        await messages.add({ seq, request: record.request, response: record.response })
        summaries.push({ seq, ...summary })
      }
      await this.#forgetOld(summaries.at(-1)!.seq, total)
      return summaries
    })
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none
    this.#channel.postMessage(written)
    this.#tell(written)
  }

  async #forgetOld(last: number, total: number): Promise<void> {
    const { entries, messages } = this.#database
    const tooMany = await entries
      .where('seq')
      .belowOrEqual(last - this.#bounds.count)
      .primaryKeys()
    const tooHeavy = await entries
      .where('total')
      .below(total - this.#bounds.bytes)
      .primaryKeys()
    const old = [...new Set([...tooMany, ...tooHeavy])].filter((seq) => seq !== last)
    if (old.length === 0) return
    await entries.bulkDelete(old)
    await messages.bulkDelete(old)
  }

  #tell(written: readonly JournalSummary[]): void {
    for (const entry of written) for (const listener of this.#listeners) listener(entry)
  }
}

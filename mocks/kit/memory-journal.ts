import {
  DEFAULT_BOUNDS,
  type Journal,
  type JournalBounds,
  type JournalEntry,
  type JournalPage,
  type JournalQuery,
  type JournalRecord,
  type JournalSummary,
  matches,
  summaryOf,
  weightOf,
} from './journal.ts'

/** Keeps the last exchanges in memory. Recording costs a push: what is derived is derived when read. */
export class MemoryJournal implements Journal {
  readonly #bounds: JournalBounds
  readonly #listeners = new Set<(entry: JournalSummary) => void>()
  #records: JournalRecord[] = []
  /** Place of the oldest record kept in `#records`; what precedes it is forgotten. */
  #start = 0
  /** Seq of `#records[0]`. */
  #firstSeq = 1
  #weight = 0

  constructor(bounds: JournalBounds = DEFAULT_BOUNDS) {
    this.#bounds = bounds
  }

  record(record: JournalRecord): void {
    this.#records.push(record)
    this.#weight += weightOf(record)
    while (this.#records.length - this.#start > 1 && (this.#records.length - this.#start > this.#bounds.count || this.#weight > this.#bounds.bytes))
      this.#forgetOldest()
    if (this.#listeners.size === 0) return
    const summary = summaryOf(this.#lastSeq(), record)
    for (const listener of this.#listeners) listener(summary)
  }

  async list(query: JournalQuery): Promise<JournalPage> {
    const { after, before = Number.POSITIVE_INFINITY, limit } = query
    const oldest = this.#firstSeq + this.#start
    const newest = this.#lastSeq()
    const entries: JournalSummary[] = []
    const look = (seq: number) => {
      const record = this.#records[seq - this.#firstSeq]!
      if (!matches(record, query)) return false
      if (entries.length === limit) return true
      entries.push(summaryOf(seq, record))
      return false
    }
    let more = false
    if (after !== undefined) for (let seq = Math.max(oldest, after + 1); seq <= newest && seq < before && !more; seq++) more = look(seq)
    else {
      for (let seq = Math.min(newest, before - 1); seq >= oldest && !more; seq--) more = look(seq)
      entries.reverse()
    }
    return { entries, more }
  }

  async get(seq: number): Promise<JournalEntry | undefined> {
    const place = seq - this.#firstSeq
    const record = place >= this.#start ? this.#records[place] : undefined
    return record && { ...summaryOf(seq, record), request: record.request, response: record.response }
  }

  async clear(): Promise<void> {
    this.#firstSeq = this.#lastSeq() + 1
    this.#records = []
    this.#start = 0
    this.#weight = 0
  }

  subscribe(listener: (entry: JournalSummary) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async settled(): Promise<void> {}

  async last(): Promise<number> {
    return this.#lastSeq()
  }

  async close(): Promise<void> {
    this.#listeners.clear()
    await this.clear()
  }

  #lastSeq(): number {
    return this.#firstSeq + this.#records.length - 1
  }

  #forgetOldest(): void {
    this.#weight -= weightOf(this.#records[this.#start]!)
    this.#records[this.#start] = undefined as never
    this.#start += 1
    if (this.#start < 1_024) return
    this.#records = this.#records.slice(this.#start)
    this.#firstSeq += this.#start
    this.#start = 0
  }
}

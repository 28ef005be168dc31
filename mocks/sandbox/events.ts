import type { Fault } from '../kit/faults.ts'
import type { JournalSummary } from '../kit/journal.ts'

/** What somebody who watches a world is told. */
export type SandboxEvent =
  /** An exchange ended. */
  | { readonly type: 'journal'; readonly data: JournalSummary }
  /** Collections written since the last such event. */
  | { readonly type: 'records'; readonly data: { readonly collections: readonly string[] } }
  /** The clock was set, moved, stopped or started. `now` is ISO 8601. */
  | { readonly type: 'clock'; readonly data: { readonly now: string; readonly mode: 'running' | 'frozen' } }
  /** The world was filled anew. */
  | { readonly type: 'reset'; readonly data: { readonly dataset: string } }
  | { readonly type: 'faults'; readonly data: { readonly faults: readonly Fault[] } }

/** An event and its rank in this tab or process. */
export interface NumberedEvent {
  readonly cursor: number
  readonly event: SandboxEvent
}

/** Events kept for who asks again later. */
const KEPT = 1_000

/** Tells everybody what happens in one world, and remembers a little for those who poll. */
export class EventHub {
  readonly #listeners = new Set<(event: NumberedEvent) => void>()
  readonly #closed = new AbortController()
  #kept: NumberedEvent[] = []
  #cursor = 0

  /** Aborted when the world is closed: nothing more will come. */
  get closed(): AbortSignal {
    return this.#closed.signal
  }

  get cursor(): number {
    return this.#cursor
  }

  emit(event: SandboxEvent): void {
    const numbered = { cursor: ++this.#cursor, event }
    this.#kept.push(numbered)
    if (this.#kept.length >= KEPT * 2) this.#kept = this.#kept.slice(-KEPT)
    for (const listener of this.#listeners) listener(numbered)
  }

  close(): void {
    this.#closed.abort()
    this.#listeners.clear()
  }

  subscribe(listener: (event: NumberedEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Events after this cursor, or undefined when some are forgotten or the cursor is of another tab. */
  since(cursor: number): readonly NumberedEvent[] | undefined {
    if (cursor > this.#cursor || cursor < this.#cursor - this.#kept.length) return undefined
    return this.#kept.filter((numbered) => numbered.cursor > cursor)
  }
}

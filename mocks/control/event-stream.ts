import type { RunningWorld } from '../sandbox/running-world.ts'
import type { NumberedEvent, SandboxEvent } from '../sandbox/events.ts'

/** A comment is sent this often (real milliseconds), so that proxies and readers know the stream lives. */
const HEARTBEAT_MS = 15_000

/** Events waiting for a slow reader; beyond, the stream ends and the reader resumes by its last id. */
const MAX_WAITING = 5_000

/** Entries given back in one reading of the journal, when a reader resumes. */
const REPLAY = 500

/**
 * Server-sent events as plain text chunks: first the journal entries after `after`, when given, then what happens.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export async function* eventStream(running: RunningWorld, after: number | undefined, signal: AbortSignal | undefined): AsyncGenerator<string> {
  const inbox = new Inbox(running, signal)
  try {
    yield `retry: 2000\n: monde ${running.name}\n\n`
    yield written({ type: 'clock', data: { now: new Date(running.now()).toISOString(), mode: running.clock.mode } })
    let seen = after ?? 0
    if (after !== undefined) {
      await running.journal.settled()
      for (let more = true; more;) {
        const page = await running.journal.list({ after: seen, limit: REPLAY })
        for (const entry of page.entries) yield written({ type: 'journal', data: entry })
        seen = page.entries.at(-1)?.seq ?? seen
        more = page.more
      }
    }
    for (;;) {
      const events = await inbox.next(HEARTBEAT_MS)
      if (!events) return
      if (events.length === 0) yield ': toujours là\n\n'
      let chunk = ''
      for (const { event } of events) {
        if (event.type === 'journal' && event.data.seq <= seen) continue
        chunk += written(event)
      }
      if (chunk) yield chunk
    }
  } finally {
    inbox.close()
  }
}

const written = ({ type, data }: SandboxEvent) => `${type === 'journal' ? `id: ${data.seq}\n` : ''}event: ${type}\ndata: ${JSON.stringify(data)}\n\n`

/** Waits for the events after a cursor, at most `waitMs`; undefined when they are forgotten. */
export async function nextEvents(
  running: RunningWorld,
  cursor: number,
  waitMs: number,
  signal: AbortSignal | undefined,
): Promise<readonly NumberedEvent[] | undefined> {
  const waiting = running.events.since(cursor)
  if (!waiting || waiting.length > 0) return waiting
  const inbox = new Inbox(running, signal)
  try {
    return (await inbox.next(waitMs)) ?? []
  } finally {
    inbox.close()
  }
}

/** Events as they come, kept until asked for. */
class Inbox {
  #waiting: NumberedEvent[] = []
  #wake: (() => void) | undefined
  #ended = false
  readonly #stop: () => void

  constructor(running: RunningWorld, signal: AbortSignal | undefined) {
    const end = () => {
      this.#ended = true
      this.#wake?.()
    }
    const unsubscribe = running.events.subscribe((event) => {
      this.#add(event)
      this.#wake?.()
    })
    const over = signal ? AbortSignal.any([signal, running.events.closed]) : running.events.closed
    over.addEventListener('abort', end)
    if (over.aborted) this.#ended = true
    this.#stop = () => {
      unsubscribe()
      over.removeEventListener('abort', end)
    }
  }

  close(): void {
    this.#stop()
  }

  /** Undefined once the reader is gone or too late; empty when nothing came in time. */
  async next(waitMs: number): Promise<readonly NumberedEvent[] | undefined> {
    if (this.#waiting.length === 0 && !this.#ended) await this.#sleep(waitMs)
    if (this.#ended) return undefined
    const events = this.#waiting
    this.#waiting = []
    return events
  }

  #sleep(waitMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, waitMs)
      this.#wake = () => {
        clearTimeout(timer)
        this.#wake = undefined
        resolve()
      }
    })
  }

  /** Writings that follow one another are told once. */
  #add(numbered: NumberedEvent): void {
    const last = this.#waiting.at(-1)
    if (last?.event.type === 'records' && numbered.event.type === 'records') {
      const collections = [...new Set([...last.event.data.collections, ...numbered.event.data.collections])]
      this.#waiting[this.#waiting.length - 1] = { cursor: numbered.cursor, event: { type: 'records', data: { collections } } }
      return
    }
    this.#waiting.push(numbered)
    if (this.#waiting.length > MAX_WAITING) this.#ended = true
  }
}

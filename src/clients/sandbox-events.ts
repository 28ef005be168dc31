import type { Acces } from './http.ts'
import { callJson } from './json.ts'
import type { SandboxEvent } from './sandbox-types.ts'

/** Called for each event, in order; `'repris'` when some may have been missed and what is shown should be read again. */
export type SandboxListener = (event: SandboxEvent | { readonly type: 'repris' }) => void

export interface EventOptions {
  /** Resume after this exchange. */
  readonly after?: number
  /** How long a stream may stay silent at its start before long polling takes over, real milliseconds; 4 000 when absent. */
  readonly silenceMs?: number
  /** Wait before trying again after a failure, real milliseconds; 1 000 when absent. */
  readonly retryMs?: number
}

interface Poll {
  readonly cursor: number
  readonly last: number
  readonly missed: boolean
  readonly events: readonly SandboxEvent[]
}

/**
 * Follows `/_sandbox/events` until stopped: a stream where one passes, long polling where it does not (a service worker without
 * transferable streams, a buffering proxy). Comes back by itself after a failure. EventSource is not used: requests intercepted in the
 * page do not pass through it.
 * @returns how to stop.
 */
export function followEvents(acces: Acces, listener: SandboxListener, options: EventOptions = {}): () => void {
  const stopped = new AbortController()
  void follow(acces, listener, options, stopped.signal)
  return () => stopped.abort()
}

async function follow(
  acces: Acces,
  listener: SandboxListener,
  { after, silenceMs = 4_000, retryMs = 1_000 }: EventOptions,
  signal: AbortSignal,
): Promise<void> {
  let seen = after
  const tell: SandboxListener = (event) => {
    if (event.type === 'journal') seen = event.data.seq
    if (!signal.aborted) listener(event)
  }
  let streams = true
  for (let first = true; !signal.aborted; first = false) {
    if (!first) {
      await pause(retryMs, signal)
      if (signal.aborted) return
      tell({ type: 'repris' })
    }
    try {
      if (streams) streams = await readStream(acces, seen, tell, silenceMs, signal)
      else await pollEvents(acces, tell, signal)
    } catch {
      // Cut or not there yet: the loop comes back.
    }
  }
}

/** Reads the stream to its end. False when nothing comes through: streams do not pass here. */
async function readStream(acces: Acces, after: number | undefined, tell: SandboxListener, silenceMs: number, signal: AbortSignal): Promise<boolean> {
  const attempt = new AbortController()
  const abort = () => attempt.abort()
  signal.addEventListener('abort', abort, { once: true })
  let alive = false
  let silent = false
  const timer = setTimeout(() => {
    silent = !alive
    if (silent) attempt.abort()
  }, silenceMs)
  try {
    const query = after === undefined ? '' : `?after=${after}`
    const response = await acces.fetch(`${acces.base}/_sandbox/events${query}`, { headers: { Accept: 'text/event-stream' }, signal: attempt.signal })
    if (!response.ok || !response.body) return true
    const parser = new EventParser(tell)
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return true
      alive = true
      parser.push(value)
    }
  } catch (error) {
    if (silent) return false
    throw error
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', abort)
  }
}

/** Long polling until a failure. */
async function pollEvents(acces: Acces, tell: SandboxListener, signal: AbortSignal): Promise<void> {
  let { cursor } = await callJson<Poll>(acces, 'GET', '/_sandbox/events?poll=1', undefined, signal)
  while (!signal.aborted) {
    const answer = await callJson<Poll>(acces, 'GET', `/_sandbox/events?poll=1&cursor=${cursor}`, undefined, signal)
    if (answer.missed) tell({ type: 'repris' })
    for (const event of answer.events) tell(event)
    cursor = answer.cursor
  }
}

/** Cuts a stream of server-sent events into events; comments and `retry` are left out. @see HTML Standard §9.2.6 */
export class EventParser {
  readonly #tell: SandboxListener
  #rest = ''

  constructor(tell: SandboxListener) {
    this.#tell = tell
  }

  push(chunk: string): void {
    const blocks = (this.#rest + chunk).split(/\r?\n\r?\n/)
    this.#rest = blocks.pop()!
    for (const block of blocks) this.#dispatch(block)
  }

  #dispatch(block: string): void {
    let type = ''
    let data = ''
    for (const line of block.split(/\r?\n/)) {
      if (line.startsWith('event:')) type = line.slice(6).trim()
      else if (line.startsWith('data:')) data += line.slice(5)
    }
    if (type && data) this.#tell({ type, data: JSON.parse(data) } as SandboxEvent)
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done, { once: true })
  })
}

import { dispatch } from '../mocks/kit/dispatch.ts'
import type { JournalEntry } from '../mocks/kit/journal.ts'
import type { Service } from '../mocks/kit/service.ts'
import { createSandbox } from '../mocks/server/in-memory.ts'
import { services as everyService } from '../mocks/routes.ts'
import type { Dataset } from '../mocks/database/datasets.ts'
import type { RunningWorld } from '../mocks/sandbox/running-world.ts'
import type { Sandbox } from '../mocks/sandbox/sandbox.ts'
import { addDuration, readDuration } from '../mocks/kit/duration.ts'
import type { World } from '../mocks/world.ts'

/** When test worlds begin: a Monday, 9:00 in Paris. */
export const TEST_DATE = '2026-11-23T08:00:00.000Z'

export interface TestWorldOptions {
  /** Every service when absent. */
  services?: readonly Service[]
  dataset?: Dataset
  /** ISO 8601. */
  date?: string
  seed?: number
}

/** What a test sends. A body that is neither text nor bytes is sent as JSON. */
interface TestRequest {
  body?: string | Uint8Array | object
  headers?: Record<string, string>
}

/** An answer read to its end (streams apart: see `TestWorld.raw`). */
export interface TestAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly bytes: Uint8Array
  readonly text: string
  json<T = Record<string, unknown>>(): T
}

/** A fresh world in memory, its clock standing still, and the requests of a test on it. A mistake of ours makes the test fail. */
export interface TestWorld {
  readonly sandbox: Sandbox
  readonly running: RunningWorld
  /** What services are given. */
  readonly world: World
  /** `send('POST', '/insi/lps', { body })` */
  send(method: string, target: string, request?: TestRequest): Promise<TestAnswer>
  /** Moves the clock by an ISO 8601 duration; timers fire. */
  advance(duration: string): Promise<void>
  /** The newest exchange of the journal. */
  lastExchange(): Promise<JournalEntry>
  close(): Promise<void>
}

export async function createTestWorld({ services = everyService, date = TEST_DATE, ...options }: TestWorldOptions = {}): Promise<TestWorld> {
  const bugs: unknown[] = []
  const sandbox = createSandbox({ services, date, ...options, onBug: (error) => bugs.push(error) })
  const running = await sandbox.open('default')
  const failOnBug = () => {
    const [bug] = bugs.splice(0)
    if (bug) throw bug
  }
  return {
    sandbox,
    running,
    world: running.world,
    async send(method, target, { body = '', headers = {} } = {}) {
      const isText = typeof body === 'string' || body instanceof Uint8Array
      const bytes = body instanceof Uint8Array ? body : new TextEncoder().encode(isText ? (body as string) : JSON.stringify(body))
      const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
      const answer = await dispatch(
        { method, origin: 'http://bac.test', target, headers: isText ? lower : { 'content-type': 'application/json', ...lower }, body: bytes },
        sandbox,
      )
      failOnBug()
      return await read(answer)
    },
    async advance(text) {
      const duration = readDuration(text)
      if (!duration) throw new RangeError(`"${text}" is no ISO 8601 duration`)
      await running.time.advance((now) => addDuration(now, duration))
      failOnBug()
    },
    async lastExchange() {
      const entry = await running.journal.get(await running.journal.last())
      if (!entry) throw new Error('nothing in the journal')
      return entry
    },
    close: () => sandbox.close(),
  }
}

async function read({ status, headers, body }: Awaited<ReturnType<typeof dispatch>>): Promise<TestAnswer> {
  const chunks: Uint8Array[] = []
  const encoder = new TextEncoder()
  if (typeof body === 'string' || body instanceof Uint8Array) chunks.push(typeof body === 'string' ? encoder.encode(body) : body)
  else for await (const chunk of body) chunks.push(typeof chunk === 'string' ? encoder.encode(chunk) : chunk)
  const bytes = new Uint8Array(Buffer.concat(chunks))
  const text = new TextDecoder().decode(bytes)
  return { status, headers, bytes, text, json: <T>() => JSON.parse(text) as T }
}

import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, describe } from 'vitest'
import { createHandlers } from '../../mocks/handlers.ts'
import type { Service } from '../../mocks/kit/service.ts'
import type { Sandbox } from '../../mocks/sandbox/sandbox.ts'
import { startServer } from '../../mocks/server.ts'
import { createSandbox } from '../../mocks/server/in-memory.ts'
import { TEST_DATE } from '../world.ts'

/** One way of reaching the same services. */
export interface Host {
  readonly name: 'node' | 'server'
  /** Before any path: `http://…`. */
  readonly base: string
  readonly sandbox: Sandbox
  /** Mistakes of ours met so far: the test fails unless it takes them out. */
  readonly bugs: unknown[]
  fetch(path: string, init?: RequestInit): Promise<Response>
  json<T = Record<string, unknown>>(path: string, init?: RequestInit): Promise<T>
  /** Sends JSON. */
  send(method: string, path: string, body: unknown): Promise<Response>
}

interface Started {
  readonly base: string
  readonly sandbox: Sandbox
  stop(): Promise<void>
}

async function startNode(services: readonly Service[], onBug: (error: unknown) => void): Promise<Started> {
  const sandbox = createSandbox({ services, date: TEST_DATE, onBug })
  const server = setupServer(...createHandlers(sandbox))
  server.listen({ onUnhandledFrame: 'error' })
  return {
    base: 'http://bac.test',
    sandbox,
    async stop() {
      server.close()
      await sandbox.close()
    },
  }
}

async function startHttp(services: readonly Service[], onBug: (error: unknown) => void): Promise<Started> {
  const { origin, sandbox, stop } = await startServer({ port: 0, services, date: Date.parse(TEST_DATE), onBug })
  return { base: origin, sandbox, stop }
}

/** Runs the suite on MSW in Node, then on a real port. The browser host is covered by the journeys. */
export function describeEachHost(title: string, services: readonly Service[], suite: (host: Host) => void): void {
  for (const [name, start] of [
    ['node', startNode],
    ['server', startHttp],
  ] as const) {
    describe(`${title}, on the ${name} host`, () => {
      let started: Started
      const bugs: unknown[] = []
      beforeAll(async () => {
        started = await start(services, (error) => bugs.push(error))
      })
      afterAll(() => started.stop())
      afterEach(() => {
        const [bug] = bugs.splice(0)
        if (bug) throw bug
      })
      const call = (path: string, init?: RequestInit) => fetch(started.base + path, init)
      suite({
        name,
        get base() {
          return started.base
        },
        get sandbox() {
          return started.sandbox
        },
        bugs,
        fetch: call,
        json: async (path, init) => (await (await call(path, init)).json()) as never,
        send: (method, path, body) => call(path, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      })
    })
  }
}

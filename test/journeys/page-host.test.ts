import { type BrowserContext, type Page, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest'
import { startPage } from '../../mocks/server/page-server.ts'

const APP = new URL('../../dist', import.meta.url).pathname
const ABSENT_MESSAGE = '<absent/>'

let browser: Awaited<ReturnType<typeof chromium.connect>>
let site: Awaited<ReturnType<typeof startPage>>

beforeAll(async () => {
  browser = await chromium.connect(inject('browserEndpoint'))
  site = await startPage({ port: 0, app: APP })
})
afterAll(async () => {
  await browser.close()
  await site.stop()
})

interface Reply {
  status: number
  json: Record<string, unknown>
}

async function newContext(options: Parameters<typeof browser.newContext>[0] = {}): Promise<BrowserContext> {
  const context = await browser.newContext(options)
  onTestFinished(() => context.close())
  return context
}

/** A tab in which the services answer. */
async function openTab(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  await page.goto(site.origin)
  await expect.poll(async () => (await call(page, '/_sandbox/health')).status, { timeout: 15_000 }).toBe(200)
  return page
}

/** What `fetch` gives in this tab; status 0 when it throws. */
const call = (page: Page, path: string, method = 'GET', body?: unknown): Promise<Reply> =>
  page.evaluate(
    async ({ path, method, body }) => {
      try {
        const response = await fetch(path, {
          method,
          ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
        })
        return { status: response.status, json: await response.json().catch(() => ({})) }
      } catch {
        return { status: 0, json: {} }
      }
    },
    { path, method, body },
  )

/** Numbers of the exchanges this suite made: the app makes its own. */
const seqs = async (page: Page) => ((await call(page, '/_sandbox/journal?service=insi')).json['entries'] as { seq: number }[]).map(({ seq }) => seq)

describe('the services in the page', () => {
  test('two tabs see one world: its clock, faults, journal, and each other’s events', async () => {
    const context = await newContext()
    const [here, there] = [await openTab(context), await openTab(context)]
    await call(here, '/_sandbox/clock', 'PUT', { now: '2030-01-01', mode: 'frozen' })
    expect((await call(there, '/_sandbox/clock')).json).toEqual({ now: '2030-01-01T08:00:00.000Z', mode: 'frozen' })
    await there.evaluate(async () => {
      const heard: [string, number][] = []
      Object.assign(globalThis, { heard })
      const response = await fetch('/_sandbox/events')
      const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
      void (async () => {
        for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read())
          for (const [, type] of chunk.value.matchAll(/^event: (\w+)$/gm)) heard.push([type!, performance.timeOrigin + performance.now()])
      })()
    })
    await call(here, '/insi/lps', 'POST', ABSENT_MESSAGE)
    const sent = await here.evaluate(() => performance.timeOrigin + performance.now())
    const heard = async () =>
      (await there.evaluate(() => (globalThis as unknown as { heard: [string, number][] }).heard)).find(([type]) => type === 'journal')
    await expect.poll(heard, { timeout: 5_000, interval: 20 }).toBeDefined()
    // Measured in docs/bench.md (7 to 20 ms); here only that nothing waits for a poll.
    expect((await heard())![1] - sent).toBeLessThan(2_000)
    await call(there, '/insi/lps', 'POST', ABSENT_MESSAGE)
    await expect.poll(() => seqs(here)).toHaveLength(2)
    expect(await seqs(here)).toEqual(await seqs(there))
    await call(here, '/_sandbox/faults', 'POST', { kind: 'status', status: 502, times: 2 })
    const statuses = [
      await call(here, '/insi/lps', 'POST', ABSENT_MESSAGE),
      await call(there, '/insi/lps', 'POST', ABSENT_MESSAGE),
      await call(here, '/insi/lps', 'POST', ABSENT_MESSAGE),
    ]
    expect(statuses.filter(({ status }) => status === 502)).toHaveLength(2)
  })

  test('a reload finds the world as it was', async () => {
    const page = await openTab(await newContext())
    await call(page, '/_sandbox/clock', 'PUT', { now: '2031-01-01', mode: 'frozen' })
    await call(page, '/insi/lps', 'POST', ABSENT_MESSAGE)
    await page.reload()
    await expect.poll(async () => (await call(page, '/_sandbox/clock')).json['now'], { timeout: 15_000 }).toBe('2031-01-01T08:00:00.000Z')
    expect(await seqs(page)).toHaveLength(1)
  })

  test('worlds have names, and are isolated', async () => {
    const page = await openTab(await newContext())
    await call(page, '/w/atelier/_sandbox/clock', 'PUT', { now: '2032-01-01', mode: 'frozen' })
    expect((await call(page, '/_sandbox/clock')).json['mode']).toBe('running')
    expect((await call(page, '/_sandbox/worlds')).json).toEqual({
      worlds: [
        { name: 'atelier', open: true },
        { name: 'default', open: true },
      ],
    })
    expect((await call(page, '/_sandbox/worlds/atelier', 'DELETE')).status).toBe(204)
    expect((await call(page, '/w/atelier/_sandbox/clock')).json['mode']).toBe('running')
  })

  test('faults reach the page as a network would give them', async () => {
    const page = await openTab(await newContext())
    expect((await call(page, '/sim/drop/insi/lps', 'POST', ABSENT_MESSAGE)).status).toBe(0)
    expect((await call(page, '/sim/status-503/insi/lps', 'POST', ABSENT_MESSAGE)).status).toBe(503)
  })

  test('without service worker, the page intercepts its own requests', async () => {
    const page = await openTab(await newContext({ serviceWorkers: 'block' }))
    expect((await call(page, '/_sandbox')).json).toMatchObject({ host: 'page' })
    expect(await page.evaluate(() => navigator.serviceWorker.controller)).toBeNull()
    await call(page, '/insi/lps', 'POST', ABSENT_MESSAGE)
    expect(await seqs(page)).toHaveLength(1)
  })

  test('offline, the app opens and the services answer', async () => {
    const context = await newContext()
    const own = await startPage({ port: 0, app: APP })
    const first = await context.newPage()
    await first.goto(own.origin)
    await expect.poll(async () => (await call(first, '/_sandbox/health')).status, { timeout: 15_000 }).toBe(200)
    await first.close()
    await own.stop()
    const page = await context.newPage()
    await page.goto(own.origin)
    await expect.poll(async () => (await call(page, '/_sandbox/health')).status, { timeout: 15_000 }).toBe(200)
  })
})

import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { chromium } from 'playwright-core'
import { BROWSER_ARGS, findBrowser } from '../test/browser.ts'
import { startServer } from './load.ts'
import { insiSearch } from './messages.ts'

export interface PageFigures {
  readonly browser: string
  readonly mode: string
  /** Milliseconds of each INSi search from the page. */
  readonly calls: number[]
  /** Milliseconds from navigation to a scene that answers. */
  readonly cold: number[]
  readonly warm: number[]
  readonly firstLoad: { file: string; gzip: number }[]
}

/** Says when the scene answers: the banner of the network mode is set once the services in the page are up. */
const USABLE = '[data-sandbox-ready]'

/** Serves the built app statically, opens it in a real browser and measures what a visitor waits for. */
export async function measurePage({ visits, calls }: { visits: number; calls: number }): Promise<PageFigures> {
  const server = await startServer(new URL('../bin/bac-a-sante.ts', import.meta.url).pathname, 'page', '--port', '0')
  const browser = await chromium.launch({ executablePath: findBrowser(), headless: true, args: BROWSER_ARGS })
  const cold: number[] = []
  const warm: number[] = []
  let firstLoad: PageFigures['firstLoad'] = []
  let durations: number[] = []
  let mode = ''
  for (let visit = 0; visit < visits; visit++) {
    const context = await browser.newContext()
    const page = await context.newPage()
    const scripts = new Set<string>()
    page.on('response', (response) => {
      const path = new URL(response.url()).pathname
      if (path.endsWith('.js') && !response.fromServiceWorker()) scripts.add(path)
    })
    const open = async () => {
      const started = performance.now()
      await page.goto(server.origin, { waitUntil: 'commit' })
      await page.waitForSelector(USABLE, { state: 'attached' })
      return performance.now() - started
    }
    cold.push(await open())
    if (visit === 0)
      firstLoad = [...scripts]
        .filter((path) => !/sw\.js|mockServiceWorker/.test(path))
        .map(weigh)
        .toSorted((a, b) => b.gzip - a.gzip)
    warm.push(await open())
    if (visit === visits - 1) {
      mode = (await page.getAttribute(USABLE, 'data-sandbox-ready')) ?? ''
      durations = await page.evaluate(callRepeatedly, { headers: insiSearch.headers, body: insiSearch.body.toString('utf8'), calls })
    }
    await context.close()
  }
  const version = browser.version()
  await browser.close()
  await server.stop()
  return { browser: version, mode, calls: durations, cold, warm, firstLoad }
}

function weigh(path: string) {
  return { file: path.slice(1), gzip: gzipSync(readFileSync(new URL(`../dist${path}`, import.meta.url)), { level: 9 }).length }
}

/** Runs in the page. */
async function callRepeatedly({ headers, body, calls }: { headers: Record<string, string>; body: string; calls: number }): Promise<number[]> {
  const durations: number[] = []
  for (let n = 0; n < calls + 20; n++) {
    const started = performance.now()
    const answer = await fetch('/insi/lps', { method: 'POST', headers, body })
    const text = await answer.text()
    if (!text.includes('<CodeCR>00</CodeCR>')) throw new Error(text)
    if (n >= 20) durations.push(performance.now() - started)
  }
  return durations
}

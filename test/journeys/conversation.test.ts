import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PscClient } from '../../src/clients/psc-client.ts'
import { startPage } from '../../mocks/server/page-server.ts'
import { Comptoir, lignes, type Monde } from '../conversation-rows.ts'
import { APP, openBrowser } from './app.ts'

let browser: Browser
let site: Awaited<ReturnType<typeof startPage>>
let page: Page

beforeAll(async () => {
  browser = await openBrowser()
  site = await startPage({ port: 0, app: APP })
  page = await (await browser.newContext()).newPage()
  await page.goto(site.origin)
  while (!(await repond())) await new Promise((resolve) => setTimeout(resolve, 50))
})
afterAll(async () => {
  await browser.close()
  await site.stop()
})

/** Whether the services answer in the page yet. */
const repond = (): Promise<boolean> =>
  page.evaluate(async () => {
    const { status, headers } = await fetch('/_sandbox/health')
    return status === 200 && (headers.get('content-type') ?? '').includes('json')
  })

interface Envoi {
  readonly method: string
  readonly url: string
  readonly headers: Record<string, string>
  /** One character for each byte. */
  readonly octets: string | undefined
}

/** `fetch` of the page, where the services answer. */
const dansLaPage = (envoi: Envoi): Promise<{ status: number; text: string; type: string }> =>
  page.evaluate(async ({ method, url, headers, octets }) => {
    const body = octets === undefined ? {} : { body: Uint8Array.from(octets, (caractere) => caractere.charCodeAt(0)) }
    const reponse = await fetch(url, { method, headers, ...body })
    return { status: reponse.status, text: await reponse.text(), type: reponse.headers.get('content-type') ?? '' }
  }, envoi)

const enBinaire = (octets: Uint8Array): string => Buffer.from(octets).toString('latin1')

/** A world of its own in the page, and nothing outside of it. */
function monde(nom: string): Monde {
  const psc = new PscClient(
    {
      base: `/w/${nom}`,
      fetch: async (url, init) => {
        const headers = Object.fromEntries(new Headers(init?.headers))
        const { status, text, type } = await dansLaPage({
          method: init?.method ?? 'GET',
          url: String(url),
          headers,
          octets: enBinaire(new TextEncoder().encode(String(init?.body ?? ''))),
        })
        return new Response(text, { status, headers: { 'content-type': type } })
      },
    },
    { attendre: async () => {} },
  )
  return {
    async appeler(method, chemin, { headers = {}, body } = {}) {
      const octets =
        body === undefined
          ? undefined
          : body instanceof Uint8Array
            ? body
            : new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body))
      const reponse = await dansLaPage({ method, url: `/w/${nom}${chemin}`, headers, octets: octets && enBinaire(octets) })
      return { ...reponse, json: reponse.text.startsWith('{') ? JSON.parse(reponse.text) : {} }
    },
    async jeton(identifiant) {
      const session = await psc.connecter(identifiant)
      const jeton = 'issue' in session ? session : await session.jeton()
      if (typeof jeton !== 'string') throw new Error(JSON.stringify(jeton))
      return jeton
    },
    // oxlint-disable-next-line no-standalone-expect -- called by the rows, inside their test
    attendre: (vu, attendu) => expect(vu).toEqual(attendu),
  }
}

describe('la conversation avec un patient (mssante.md §4.3), dans la page', () => {
  test.each(lignes.map((ligne, rang) => ({ ...ligne, rang })))('$titre', async ({ rang, jouer }) => {
    expect.hasAssertions()
    await jouer(new Comptoir(monde(`ligne-${rang}`)))
  })
})

import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { type IncomingHttpHeaders, request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningServer, startServer } from '../../mocks/server.ts'
import { startPage } from '../../mocks/server/page-server.ts'
import { toy } from './toy-service.ts'

const app = mkdtempSync(join(tmpdir(), 'bac-app-'))
const INDEX = '<!doctype html><html><head><meta name="bac-a-sante-host" content="page"></head><body></body></html>'
const SCRIPT = `console.log(${JSON.stringify('é'.repeat(5000))})`
let server: RunningServer

interface Raw {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

/** `fetch` forbids the Host header and undoes the compression. */
function raw(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Raw> {
  return new Promise((resolve, reject) => {
    request(server.origin + path, { headers, method }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(chunks).toString() }))
    })
      .on('error', reject)
      .end()
  })
}

beforeAll(async () => {
  mkdirSync(join(app, 'assets'))
  writeFileSync(join(app, 'index.html'), INDEX)
  writeFileSync(join(app, 'assets', 'index-Ab3_x-Z9.js'), SCRIPT)
  writeFileSync(join(app, 'sw.js'), 'original worker')
  server = await startServer({ port: 0, services: [toy], app })
})
afterAll(async () => {
  await server.stop()
  rmSync(app, { recursive: true })
})

describe('the app on a server', () => {
  test('is marked as hosted by a server, under / and /w/<world>/', async () => {
    for (const path of ['/', '/index.html', '/?x=1', '/w/atelier', '/w/atelier/']) {
      const { status, headers, body } = await raw(path)
      expect([path, status]).toEqual([path, 200])
      expect(body).toContain('<meta name="bac-a-sante-host" content="server">')
      expect(headers['cache-control']).toBe('no-cache')
      expect(headers['content-security-policy']).toContain("script-src 'self';")
      expect(headers['x-content-type-options']).toBe('nosniff')
    }
  })

  test('hashed files are kept for ever, others are checked each time', async () => {
    const { headers } = await raw('/assets/index-Ab3_x-Z9.js')
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable')
    const first = await raw('/')
    expect((await raw('/', { 'if-none-match': first.headers.etag! })).status).toBe(304)
  })

  test('is compressed for those who accept it, and the same once read', async () => {
    expect((await raw('/assets/index-Ab3_x-Z9.js', { 'accept-encoding': 'gzip' })).headers['content-encoding']).toBe('gzip')
    expect((await raw('/assets/index-Ab3_x-Z9.js', { 'accept-encoding': 'br, gzip' })).headers['content-encoding']).toBe('br')
    expect(await (await fetch(`${server.origin}/assets/index-Ab3_x-Z9.js`)).text()).toBe(SCRIPT)
    const head = await raw('/assets/index-Ab3_x-Z9.js', {}, 'HEAD')
    expect([head.status, head.body]).toEqual([200, ''])
  })

  test('gives nothing outside its folder', async () => {
    for (const path of ['/../package.json', '/assets/../../package.json', '/%2e%2e/package.json', '/assets', '//index.html', '/index.html/'])
      expect((await raw(path)).status).toBe(404)
  })

  test('retires the service worker that played the services in the page', async () => {
    const { body } = await raw('/sw.js')
    expect(body).toContain('unregister')
  })

  test('alone, is served as it was built', async () => {
    const page = await startPage({ port: 0, app })
    expect(await (await fetch(page.origin)).text()).toBe(INDEX)
    expect(await (await fetch(`${page.origin}/sw.js`)).text()).toBe('original worker')
    expect((await fetch(`${page.origin}/insi/lps`)).status).toBe(404)
    expect((await fetch(page.origin, { method: 'POST' })).status).toBe(405)
    await page.stop()
  })
})

describe('the port', () => {
  test('answers only to the names of this machine', async () => {
    for (const host of ['localhost:8080', '127.0.0.1', 'bac.localhost', '[::1]:80']) expect((await raw('/toy/base', { host })).status).toBe(200)
    for (const host of ['evil.test', 'localhost.evil.test', '127.0.0.1.evil.test', '192.168.1.10:8080']) {
      const { status, headers } = await raw('/toy/base', { host })
      expect([host, status]).toEqual([host, 421])
      expect(headers['content-type']).toMatch(/^application\/problem\+json/)
    }
  })

  test('builds addresses on the name its caller used', async () => {
    expect(JSON.parse((await raw('/toy/base', { host: 'bac.localhost:99' })).body)).toMatchObject({ base: 'http://bac.localhost:99' })
  })

  /** Sends exactly these bytes and reads until the server closes. */
  function exchange(text: string): Promise<string> {
    return new Promise((resolve) => {
      let got = ''
      const socket = connect(server.port, '127.0.0.1', () => socket.write(text))
      socket.on('data', (chunk) => (got += chunk.toString()))
      socket.on('close', () => resolve(got))
      socket.on('error', () => {})
    })
  }

  test('an announced body that is too large is refused before it is sent', async () => {
    const before = performance.now()
    const answer = await exchange('POST /toy/length HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000000\r\nExpect: 100-continue\r\n\r\n')
    expect(answer).toMatch(/^HTTP\/1\.1 413 /)
    expect(performance.now() - before).toBeLessThan(6_000)
  })

  test('a body that grows too large without saying so is refused when it does', async () => {
    const endless = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(new Uint8Array(1_000_000)) })
    const answer = await fetch(`${server.origin}/toy/length`, { method: 'POST', body: endless, duplex: 'half' } as RequestInit).then(
      ({ status }) => status,
      () => 'cut',
    )
    expect([413, 'cut']).toContain(answer)
    expect((await raw('/toy/base')).status).toBe(200)
  })

  test('a client that goes away in the middle breaks nothing', async () => {
    const socket = connect(server.port, '127.0.0.1', () => {
      socket.write('POST /toy/notes HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf')
      socket.destroy()
    })
    await new Promise((resolve) => socket.on('close', resolve))
    expect(await exchange('GET /toy/base HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 200/)
    expect(await exchange('NONSENSE\r\n\r\n')).toMatch(/^HTTP\/1\.1 400/)
  })
})

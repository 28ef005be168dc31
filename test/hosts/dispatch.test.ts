import { beforeEach, describe, expect, test } from 'vitest'
import { describeEachHost } from './describe-each-host.ts'
import { toy } from './toy-service.ts'

interface Problem {
  type: string
  title: string
  status: number
  detail: string
}

describeEachHost('dispatch', [toy], (host) => {
  beforeEach(async () => {
    await host.fetch('/_sandbox/reset', { method: 'POST' })
  })

  const write = (text: string, path = '/toy/notes', headers: Record<string, string> = {}) => host.fetch(path, { method: 'POST', body: text, headers })
  /** Texts other than the one of the dataset. */
  const written = async (prefix = '') =>
    (await host.json<{ text: string }[]>(`${prefix}/toy/notes`))
      .map(({ text }) => text)
      .filter((text) => text !== 'jeu depart')
      .sort()
  const problem = async (response: Response): Promise<Problem> => {
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/)
    const body = (await response.json()) as Problem
    expect(body).toMatchObject({ type: expect.any(String), title: expect.any(String), status: response.status })
    return body
  }

  describe('paths', () => {
    test('a request reaches its service, and the answer comes back whole', async () => {
      const response = await write('bonjour é')
      expect(response.status).toBe(201)
      expect(await response.json()).toMatchObject({ text: 'bonjour é' })
      const bytes = crypto.getRandomValues(new Uint8Array(1000))
      const echo = await host.fetch('/toy/echo', { method: 'POST', body: bytes })
      expect(new Uint8Array(await echo.arrayBuffer())).toEqual(bytes)
    })

    test('an unknown path under a service is a problem 404; a wrong method a 405 that says what is allowed', async () => {
      const unknown = await host.fetch('/toy/absent')
      expect(unknown.status).toBe(404)
      expect((await problem(unknown)).detail).toContain('/toy/absent')
      const wrong = await host.fetch('/toy/notes', { method: 'DELETE' })
      expect(wrong.status).toBe(405)
      expect(wrong.headers.get('allow')).toBe('GET, HEAD, OPTIONS, POST')
      await problem(wrong)
    })

    test('HEAD answers as GET without a body, OPTIONS says what is allowed', async () => {
      const head = await host.fetch('/toy/notes', { method: 'HEAD' })
      expect([head.status, await head.text()]).toEqual([200, ''])
      const options = await host.fetch('/toy/notes', { method: 'OPTIONS' })
      expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS, POST'])
    })

    test('pages of any origin may call', async () => {
      const origin = 'https://editeur.test'
      const preflight = await host.fetch('/toy/notes', {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'soapaction' },
      })
      expect(preflight.status).toBe(204)
      expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
      expect(preflight.headers.get('access-control-allow-headers')).toBe('soapaction')
      const answer = await host.fetch('/toy/absent', { headers: { origin } })
      expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    })

    test('the service knows the address its caller used', async () => {
      expect(await host.json('/w/atelier/sim/latency-0/toy/base?wsdl')).toEqual({ base: `${host.base}/w/atelier/sim/latency-0`, query: 'wsdl' })
      expect(await host.json('/toy/base')).toEqual({ base: host.base, query: '' })
      expect(await host.json('/toy/files/a/b%20c')).toEqual({ path: 'a/b c' })
    })
  })

  describe('worlds', () => {
    test('do not see each other', async () => {
      await write('ici')
      await write('là', '/w/atelier-1/toy/notes')
      expect(await written()).toEqual(['ici'])
      expect(await written('/w/atelier-1')).toEqual(['là'])
      expect(await written('/w/atelier-2')).toEqual([])
      const { worlds } = await host.json<{ worlds: { name: string }[] }>('/_sandbox/worlds')
      expect(worlds.map(({ name }) => name)).toEqual(expect.arrayContaining(['atelier-1', 'atelier-2', 'default']))
      for (const name of ['atelier-1', 'atelier-2']) expect((await host.fetch(`/_sandbox/worlds/${name}`, { method: 'DELETE' })).status).toBe(204)
      expect((await host.fetch('/_sandbox/worlds/atelier-1', { method: 'DELETE' })).status).toBe(404)
      expect(await written('/w/atelier-1')).toEqual([])
    })
  })

  describe('faults', () => {
    test('asked for in the path: status, latency, cut connection, protocol fault', async () => {
      const status = await write('x', '/sim/status-503/toy/notes')
      expect([status.status, status.headers.get('retry-after')]).toEqual([503, '5'])
      await problem(status)
      const before = performance.now()
      expect((await write('lent', '/sim/latency-120/toy/notes')).status).toBe(201)
      expect(performance.now() - before).toBeGreaterThanOrEqual(115)
      await expect(write('perdu', '/sim/drop/toy/notes')).rejects.toThrow(TypeError)
      await expect(write('reçu', '/w/default/sim/drop-after/toy/notes')).rejects.toThrow(TypeError)
      const protocol = await write('x', '/sim/toy-indisponible/w/default/toy/notes')
      expect([protocol.status, await protocol.text()]).toEqual([500, 'panne du jouet'])
      expect(await written()).toEqual(['lent', 'reçu'])
    })

    test('unknown in the path: refused, and nothing happens', async () => {
      for (const name of ['absent', 'status-200', 'latency-99999', 'toString']) {
        const response = await write('x', `/sim/${name}/toy/notes`)
        expect(response.status).toBe(400)
        await problem(response)
      }
      expect(await written()).toEqual([])
    })

    test('asked for by header: a fault is played, another word is handed to the service', async () => {
      const headers = { 'X-Sandbox-Outcome': 'status-500' }
      expect((await host.fetch('/toy/asked', { headers })).status).toBe(500)
      expect(await host.json('/toy/asked', { headers: { 'X-Sandbox-Outcome': 'insi-102' } })).toEqual({ asked: 'insi-102' })
      const ignored = await host.fetch('/toy/notes', { headers: { 'X-Sandbox-Outcome': 'insi-102' } })
      expect(ignored.headers.get('x-sandbox-outcome')).toBe('ignored')
    })

    test('asked for by the control API: n times, or until removed, on a service or a path', async () => {
      const twice = await host.send('POST', '/_sandbox/faults', { kind: 'status', status: 502, path: '/toy/notes', times: 2 })
      expect(twice.status).toBe(201)
      expect((await host.fetch('/toy/base')).status).toBe(200)
      expect([(await write('a')).status, (await write('b')).status, (await write('c')).status]).toEqual([502, 502, 201])
      const created = (await (
        await host.send('POST', '/_sandbox/faults', { kind: 'protocol', name: 'toy-indisponible', service: 'insi' })
      ).json()) as { id: string }
      for (let n = 0; n < 3; n++) expect((await write('d')).status).toBe(500)
      expect((await host.json<{ faults: unknown[] }>('/_sandbox/faults')).faults).toEqual([created])
      expect((await host.fetch(`/_sandbox/faults/${created.id}`, { method: 'DELETE' })).status).toBe(204)
      expect((await host.fetch(`/_sandbox/faults/${created.id}`, { method: 'DELETE' })).status).toBe(404)
      expect((await write('e')).status).toBe(201)
    })

    test('a fault that makes no sense is refused', async () => {
      for (const fault of [
        {},
        { kind: 'fire' },
        { kind: 'status', status: 200 },
        { kind: 'latency', ms: -1 },
        { kind: 'latency', ms: '5' },
        { kind: 'protocol', name: 'absent' },
        { kind: 'drop', times: 0 },
        { kind: 'drop', service: 'absent' },
        { kind: 'drop', path: 'x' },
      ]) {
        const response = await host.send('POST', '/_sandbox/faults', fault)
        expect(response.status).toBe(400)
        await problem(response)
      }
      expect(await host.json('/_sandbox/faults')).toEqual({ faults: [] })
      const { faults } = await host.json<{ faults: { url: string }[] }>('/_sandbox/faults/catalogue')
      expect(faults.map(({ url }) => url)).toEqual(['latency-<ms>', 'status-<code>', 'drop', 'drop-after', 'toy-indisponible'])
    })
  })

  describe('hostile input', () => {
    test('a body of 30 MB is taken, one above 32 MiB is refused at once', async () => {
      const large = new Uint8Array(30_000_000)
      expect(await (await host.fetch('/toy/length', { method: 'POST', body: large })).json()).toEqual({ length: 30_000_000 })
      const tooLarge = await host.fetch('/toy/length', { method: 'POST', body: new Uint8Array(33_554_433) })
      expect(tooLarge.status).toBe(413)
      await problem(tooLarge)
      expect((await host.fetch('/toy/base')).status).toBe(200)
    })

    test('a mistake of ours is a 500 that tells nothing of the inside, and changes nothing', async () => {
      const response = await host.fetch('/toy/bug')
      expect(response.status).toBe(500)
      const text = await response.text()
      expect(text).not.toMatch(/secret|stack|at .*:\d+/)
      expect(host.bugs.splice(0)).toHaveLength(1)
      expect(await written()).toEqual([])
      const { entries } = await host.json<{ entries: { outcome: string; summary: string }[] }>('/_sandbox/journal?q=/toy/bug')
      expect(entries).toMatchObject([{ outcome: 'en erreur', summary: expect.stringContaining('secret of the stack') }])
    })

    test('bad JSON, bad UTF-8 and foreign shapes are refused by the control API', async () => {
      for (const body of ['{', '[]', '"x"', 'null', new Uint8Array([0x7b, 0xff, 0x7d])])
        for (const [method, path] of [
          ['POST', 'clock/advance'],
          ['PUT', 'clock'],
          ['POST', 'faults'],
          ['PATCH', 'settings'],
          ['POST', 'reset'],
          ['POST', 'import'],
        ] as const) {
          const response = await host.fetch(`/_sandbox/${path}`, { method, body })
          expect(response.status).toBe(400)
          await problem(response)
        }
    })
  })
})

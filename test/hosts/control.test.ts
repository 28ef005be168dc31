import { beforeEach, describe, expect, test } from 'vitest'
import { TEST_DATE } from '../world.ts'
import { describeEachHost } from './describe-each-host.ts'
import { toy } from './toy-service.ts'

interface Entry {
  seq: number
  operation: string
  outcome: string
  rules: { code: string; verdict: string }[]
}

describeEachHost('the control API', [toy], (host) => {
  beforeEach(async () => {
    await host.fetch('/_sandbox/reset', { method: 'POST' })
    await host.send('PUT', '/_sandbox/clock', { now: TEST_DATE, mode: 'frozen' })
  })

  const write = (text: string) => host.fetch('/toy/notes', { method: 'POST', body: text })
  const written = async () => await host.json<{ id: string; text: string; writtenAt: number }[]>('/toy/notes')
  const journal = async (query = '') => await host.json<{ entries: Entry[]; more: boolean; last: number }>(`/_sandbox/journal${query}`)

  test('presents the sandbox, and is healthy', async () => {
    expect(await host.json('/_sandbox')).toMatchObject({
      host: host.name,
      world: 'default',
      now: TEST_DATE,
      dataset: 'depart',
      services: [{ name: 'insi', paths: expect.arrayContaining(['/toy/notes']) }],
    })
    expect(await host.json('/w/x/_sandbox')).toMatchObject({ world: 'x', base: `${host.base}/w/x` })
    expect(await host.json('/_sandbox/health')).toEqual({ status: 'ok', world: 'default' })
    expect((await host.fetch('/_sandbox/absent')).status).toBe(404)
    expect((await host.fetch('/_sandbox/clock', { method: 'DELETE' })).headers.get('allow')).toBe('GET, HEAD, OPTIONS, PUT')
  })

  describe('clock', () => {
    test('advances by an ISO 8601 duration, and says what fired, in order, each at its own time', async () => {
      await host.fetch('/toy/later/b?seconds=3000000', { method: 'POST' })
      await host.fetch('/toy/later/a?seconds=60', { method: 'POST' })
      await host.fetch('/toy/later/c?seconds=9000000', { method: 'POST' })
      const { timers } = await host.json<{ timers: { id: string }[] }>('/_sandbox/clock/timers?limit=2')
      expect(timers.map(({ id }) => id)).toEqual(['a', 'b'])
      const moved = await (await host.send('POST', '/_sandbox/clock/advance', { duration: 'P6W' })).json()
      expect(moved).toMatchObject({
        from: TEST_DATE,
        now: '2027-01-04T08:00:00.000Z',
        mode: 'frozen',
        firedCount: 2,
        fired: [{ id: 'a', dueAt: '2026-11-23T08:01:00.000Z' }, { id: 'b' }],
      })
      const start = Date.parse(TEST_DATE)
      expect((await written()).filter(({ text }) => 'ab'.includes(text)).map(({ writtenAt }) => (writtenAt - start) / 1000)).toEqual([60, 3_000_000])
    })

    test('is read and set, running or frozen', async () => {
      expect(await host.json('/_sandbox/clock')).toEqual({ now: TEST_DATE, mode: 'frozen' })
      await host.send('PUT', '/_sandbox/clock', { now: '2030-01-01', mode: 'running' })
      const { now, mode } = await host.json<{ now: string; mode: string }>('/_sandbox/clock')
      expect(mode).toBe('running')
      expect(Date.parse(now) - Date.parse('2030-01-01T08:00:00Z')).toBeLessThan(5_000)
    })

    test('refuses what is no time or duration', async () => {
      for (const duration of ['6 weeks', '', 'P', '-P1D', 5, null, 'P9999Y'])
        expect((await host.send('POST', '/_sandbox/clock/advance', { duration })).status).toBe(400)
      for (const body of [{ now: 'demain' }, { now: '2026-02-30' }, { mode: 'off' }, { now: 12 }])
        expect((await host.send('PUT', '/_sandbox/clock', body)).status).toBe(400)
      expect(await host.json('/_sandbox/clock')).toEqual({ now: TEST_DATE, mode: 'frozen' })
    })
  })

  describe('journal', () => {
    test('keeps each exchange with its raw messages and the rules applied', async () => {
      await host.fetch('/toy/notes', {
        method: 'POST',
        body: 'bonjour',
        headers: { 'content-type': 'text/plain', 'x-own': 'é'.normalize('NFD').slice(0, 1) },
      })
      await write('')
      const { entries, last } = await journal()
      expect(entries).toMatchObject([
        {
          operation: 'Jouet · écrire',
          from: 'Dr JOUET',
          patient: 'TOTO Élodie',
          summary: 'Note écrite',
          outcome: 'accepté',
          status: 201,
          method: 'POST',
          path: '/toy/notes',
          requestSize: 7,
        },
        { outcome: 'refusé', status: 422, rules: [{ code: 'TOY-TEXT', verdict: 'refusée', about: 'texte vide' }] },
      ])
      expect(last).toBe(entries[1]!.seq)
      const whole = await host.json(`/_sandbox/journal/${entries[0]!.seq}`)
      expect(whole).toMatchObject({
        at: Date.parse(TEST_DATE),
        request: { headers: { 'x-own': 'e' }, body: { text: 'bonjour', size: 7, truncated: false } },
        response: { status: 201, body: { text: expect.stringContaining('bonjour') } },
        rules: [{ code: 'TOY-TEXT', verdict: 'respectée', sentence: 'Une note a un texte.', certainty: 'propre au bac à sable' }],
      })
      expect((await host.fetch('/_sandbox/journal/999999')).status).toBe(404)
      expect((await host.fetch('/_sandbox/journal/abc')).status).toBe(404)
    })

    test('shows the parts of a multipart body, and base64 of what is not text', async () => {
      const body = '--b\r\ncontent-type: text/xml\r\n\r\n<a/>\r\n--b\r\nContent-Type: application/pdf\r\nContent-ID: <x>\r\n\r\n\x00\x01\x02\r\n--b--'
      await host.fetch('/toy/echo', { method: 'POST', body, headers: { 'content-type': 'multipart/related; type="text/xml"; boundary="b"' } })
      const { request, response } = await host.json<{ request: object; response: object }>(`/_sandbox/journal/${(await journal()).last}`)
      expect(request).toMatchObject({
        body: {
          parts: [
            { headers: { 'content-type': 'text/xml' }, size: 4, text: '<a/>' },
            { headers: { 'content-id': '<x>' }, size: 3 },
          ],
        },
      })
      expect(response).toMatchObject({ body: { base64: expect.stringMatching(/^LS1i/) } })
    })

    test('is filtered and paged; control calls are not in it', async () => {
      for (const text of ['a', 'b', '', 'c']) await write(text)
      const first = (await journal()).entries[0]!.seq
      expect((await journal('?limit=2')).entries.map(({ seq }) => seq - first)).toEqual([2, 3])
      expect(await journal(`?limit=2&after=${first}`)).toMatchObject({ entries: [{ seq: first + 1 }, { seq: first + 2 }], more: true })
      expect((await journal(`?before=${first + 1}`)).entries.map(({ seq }) => seq - first)).toEqual([0])
      expect((await journal('?outcome=refus%C3%A9')).entries).toHaveLength(1)
      expect((await journal('?patient=elodie')).entries).toHaveLength(4)
      expect((await journal('?q=note%20ecrite')).entries).toHaveLength(3)
      expect((await journal('?service=dmp')).entries).toEqual([])
      for (const query of ['limit=0', 'limit=501', 'limit=x', 'after=-1', 'after=1.5'])
        expect((await host.fetch(`/_sandbox/journal?${query}`)).status).toBe(400)
      expect((await host.fetch('/_sandbox/journal', { method: 'DELETE' })).status).toBe(204)
      expect((await journal()).entries).toEqual([])
      await write('d')
      expect((await journal()).entries.map(({ seq }) => seq - first)).toEqual([4])
    })

    test('keeps a played fault and its name', async () => {
      await host.fetch('/sim/status-503/toy/notes', { method: 'POST', body: 'x' })
      expect((await journal()).entries).toMatchObject([{ fault: 'status-503', outcome: 'en erreur', status: 503 }])
    })
  })

  describe('reset', () => {
    test('brings back the dataset, whole and quickly', async () => {
      const before = await written()
      for (let n = 0; n < 50; n++) await write(`n${n}`)
      await host.send('POST', '/_sandbox/faults', { kind: 'drop', path: '/toy/bug' })
      await host.send('PATCH', '/_sandbox/settings', { 'toy-shout': true })
      const started = performance.now()
      const response = await host.send('POST', '/_sandbox/reset', {})
      expect(performance.now() - started).toBeLessThan(1_000)
      expect(response.status).toBe(200)
      expect((await written()).map(({ id }) => id)).toEqual(before.map(({ id }) => id))
      expect(await host.json('/_sandbox/faults')).toEqual({ faults: [] })
      expect(await host.json('/_sandbox/settings')).toMatchObject({ settings: [{ code: 'toy-shout', value: false }] })
      expect((await journal('?q=n1')).entries).toEqual([])
    })

    test('takes the name of a dataset, and refuses one that does not exist', async () => {
      await host.send('POST', '/_sandbox/reset', { dataset: 'vierge' })
      expect((await written()).map(({ text }) => text)).toEqual(['jeu vierge'])
      expect((await host.send('POST', '/_sandbox/reset', { dataset: 'absent' })).status).toBe(400)
      expect((await host.send('POST', '/_sandbox/reset', { dataset: 'toString' })).status).toBe(400)
      await host.send('POST', '/_sandbox/reset', { dataset: 'depart' })
    })
  })

  describe('export and import', () => {
    test('a world goes from one name to another as one file, clock included', async () => {
      await write('gardé')
      await host.fetch('/toy/later/a?seconds=60', { method: 'POST' })
      const file = await host.fetch('/_sandbox/export')
      expect(file.headers.get('content-disposition')).toContain('bac-a-sante-default.json')
      const imported = await host.fetch('/w/copie/_sandbox/import', { method: 'POST', body: await file.text() })
      expect(imported.status).toBe(200)
      expect(await host.json('/w/copie/toy/notes')).toEqual(await written())
      expect(await host.json('/w/copie/_sandbox/clock')).toEqual({ now: TEST_DATE, mode: 'frozen' })
      expect(await host.json('/w/copie/_sandbox/clock/timers')).toMatchObject({ timers: [{ id: 'a' }] })
      const fresh = (await (await host.fetch('/w/copie/toy/notes', { method: 'POST', body: 'neuf' })).json()) as { id: string }
      expect((await written()).map(({ id }) => id)).not.toContain(fresh.id)
      expect(await host.json<unknown[]>('/w/copie/toy/notes')).toHaveLength((await written()).length + 1)
    })

    test('a file that cannot be taken changes nothing', async () => {
      await write('gardé')
      const before = await written()
      const good = (await host.json('/_sandbox/export')) as { dump: { collections: Record<string, unknown[]>; bytes: Record<string, string> } }
      const files: unknown[] = [
        {},
        { ...good, version: 2 },
        { ...good, at: 'hier' },
        { ...good, dump: null },
        { ...good, dump: { collections: { 'toy-notes': [{ text: 'sans clé' }] }, bytes: {} } },
        { ...good, dump: { collections: { absent: [] }, bytes: {} } },
        { ...good, dump: { collections: { 'toy-notes': [1] }, bytes: {} } },
        { ...good, dump: { collections: good.dump.collections, bytes: { a: '*' } } },
        { ...good, dump: { collections: { ...good.dump.collections, 'sandbox-faults': [{ id: 'x', kind: 'fire' }] }, bytes: {} } },
      ]
      for (const file of files) expect((await host.send('POST', '/_sandbox/import', file)).status).toBe(400)
      expect(await written()).toEqual(before)
    })
  })

  describe('reference', () => {
    test('identities, rules, settings, fidelity, OpenAPI', async () => {
      expect(await host.json('/_sandbox/identities')).toMatchObject({ cards: [{ id: 'toto', triggers: 'rien' }] })
      expect(await host.json('/_sandbox/rules')).toMatchObject({ rules: [{ code: 'TOY-TEXT', service: 'insi' }] })
      expect(await host.json('/_sandbox/rules/TOY-TEXT')).toMatchObject({ sentence: 'Une note a un texte.' })
      expect((await host.fetch('/_sandbox/rules/ABSENT')).status).toBe(404)
      expect(await host.json('/_sandbox/fidelity')).toMatchObject({ rules: [{ code: 'TOY-TEXT' }], settings: [{ code: 'toy-shout' }] })
      const page = await host.fetch('/_sandbox/fidelity', { headers: { accept: 'text/html,*/*' } })
      expect(page.headers.get('content-type')).toMatch(/^text\/html/)
      expect(await page.text()).toContain('TOY-TEXT')
      const openapi = await host.json<{ openapi: string; paths: Record<string, Record<string, unknown>> }>('/w/x/_sandbox/openapi.json')
      expect(openapi.openapi).toBe('3.1.0')
      for (const [path, operations] of Object.entries(openapi.paths))
        for (const method of Object.keys(operations)) {
          const answer = await host.fetch(path.replaceAll(/\{\w+\}/g, 'zz') + (path.endsWith('/events') ? '?poll=1' : ''), { method: 'OPTIONS' })
          expect(answer.headers.get('allow')).toContain(method.toUpperCase())
        }
    })

    test('settings are changed by their code, with a value of their type', async () => {
      expect((await host.send('PATCH', '/_sandbox/settings', { 'toy-shout': true })).status).toBe(200)
      expect(await (await write('fort')).json()).toMatchObject({ text: 'FORT' })
      for (const values of [{ absent: true }, { 'toy-shout': 1 }, { 'toy-shout': null }])
        expect((await host.send('PATCH', '/_sandbox/settings', values)).status).toBe(400)
    })
  })
})

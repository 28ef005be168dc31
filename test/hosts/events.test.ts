import { expect, test } from 'vitest'
import { describeEachHost } from './describe-each-host.ts'
import { toy } from './toy-service.ts'

interface Received {
  id?: string
  event: string
  data: Record<string, unknown>
}

/** Reads a stream of server-sent events, one after the other. */
async function* read(response: Response): AsyncGenerator<Received> {
  let rest = ''
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + chunk).split('\n\n')
    rest = blocks.pop()!
    for (const block of blocks) {
      const fields = Object.fromEntries(block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]))
      if (fields['event'])
        yield { ...(fields['id'] && { id: fields['id'] }), event: fields['event'], data: JSON.parse(fields['data']!) as Record<string, unknown> }
    }
  }
}

describeEachHost('events', [toy], (host) => {
  const write = (text: string) => host.fetch('/toy/notes', { method: 'POST', body: text })
  const lastSeq = async () => (await host.json<{ last: number }>('/_sandbox/journal')).last
  /** Events until one of this type passes the test. */
  async function until(
    stream: AsyncGenerator<Received>,
    event: string,
    wanted: (data: Record<string, unknown>) => boolean = () => true,
  ): Promise<Received[]> {
    const met: Received[] = []
    for (;;) {
      const { value, done } = await stream.next()
      if (done) throw new Error(`the stream ended before "${event}"`)
      met.push(value)
      if (value.event === event && wanted(value.data)) return met
    }
  }

  async function follow(query = '', headers: Record<string, string> = {}) {
    const stop = new AbortController()
    const response = await host.fetch(`/_sandbox/events${query}`, { headers: { accept: 'text/event-stream', ...headers }, signal: stop.signal })
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
    const stream = read(response)
    await until(stream, 'clock')
    return { stream, stop: () => stop.abort() }
  }

  test('tell exchanges, records, clock, faults and resets as they happen', async () => {
    const { stream, stop } = await follow()
    await write('bonjour')
    const met = await until(stream, 'journal')
    expect(met.find(({ event }) => event === 'records')?.data).toEqual({ collections: ['toy-notes'] })
    expect(met.at(-1)).toMatchObject({ id: String(await lastSeq()), data: { operation: 'Jouet · écrire', outcome: 'accepté' } })
    await host.send('PUT', '/_sandbox/clock', { now: '2030-01-01', mode: 'frozen' })
    expect((await until(stream, 'clock')).at(-1)!.data).toEqual({ now: '2030-01-01T08:00:00.000Z', mode: 'frozen' })
    await host.send('POST', '/_sandbox/faults', { kind: 'drop', path: '/nowhere' })
    expect((await until(stream, 'faults')).at(-1)!.data).toMatchObject({ faults: [{ kind: 'drop' }] })
    await host.send('POST', '/_sandbox/reset', {})
    expect((await until(stream, 'reset')).at(-1)!.data).toEqual({ dataset: 'depart' })
    stop()
  })

  test('resume after an exchange, by ?after or Last-Event-ID, without gap nor double', async () => {
    await write('a')
    const after = await lastSeq()
    await write('b')
    await write('c')
    for (const [query, headers] of [
      [`?after=${after}`, {}],
      ['', { 'last-event-id': String(after) }],
    ] as const) {
      const { stream, stop } = await follow(query, headers)
      const last = await lastSeq()
      await write('d')
      const seqs = (await until(stream, 'journal', ({ seq }) => seq === last + 1))
        .filter(({ event }) => event === 'journal')
        .map(({ data }) => data['seq'])
      expect(seqs).toEqual(Array.from({ length: last + 1 - after }, (_, n) => after + 1 + n))
      stop()
    }
    expect((await host.fetch('/_sandbox/events?after=x')).status).toBe(400)
  })

  test('end with their world', async () => {
    const response = await host.fetch('/w/passage/_sandbox/events')
    const ended = response.text()
    await host.fetch('/_sandbox/worlds/passage', { method: 'DELETE' })
    expect(await ended).toContain('event: clock')
  })

  test('can be polled where streams do not pass', async () => {
    const { cursor } = await host.json<{ cursor: number }>('/_sandbox/events?poll=1')
    const waiting = host.json<{ cursor: number; missed: boolean; events: Received[] }>(`/_sandbox/events?poll=1&cursor=${cursor}&wait=5000`)
    await write('e')
    const answer = await waiting
    expect(answer.missed).toBe(false)
    const more = await host.json<{ events: unknown[] }>(`/_sandbox/events?poll=1&cursor=${answer.cursor}&wait=50`)
    expect([...answer.events, ...more.events]).toEqual(expect.arrayContaining([expect.objectContaining({ type: 'journal' })]))
    expect(await host.json('/_sandbox/events?poll=1&cursor=999999999')).toMatchObject({ missed: true, events: [] })
  })
})

import { describe, expect, test, vi } from 'vitest'
import { EventParser, followEvents, type SandboxListener } from './sandbox-events.ts'

const CLOCK = { type: 'clock', data: { now: '2026-11-23T08:00:00Z', mode: 'running' } } as const
const written = (event: { type: string; data: unknown }) => `event: ${event.type}\ndata: ${JSON.stringify(event.data)}\n\n`

test('events are cut wherever the network cuts them', () => {
  const told: unknown[] = []
  const text = `retry: 2000\n: hello\n\n${written(CLOCK)}: still there\n\nid: 7\n${written({ type: 'reset', data: { dataset: 'demo' } })}`
  for (let size = 1; size < 40; size++) {
    told.length = 0
    const parser = new EventParser((event) => told.push(event))
    for (let at = 0; at < text.length; at += size) parser.push(text.slice(at, at + size))
    expect(told).toEqual([CLOCK, { type: 'reset', data: { dataset: 'demo' } }])
  }
})

describe('following', () => {
  const collect = () => {
    const told: Parameters<SandboxListener>[0][] = []
    return { told, listener: (event: Parameters<SandboxListener>[0]) => void told.push(event) }
  }

  test('reads the stream, and comes back after a cut from the last exchange seen', async () => {
    const { told, listener } = collect()
    const urls: string[] = []
    const fetch = async (input: RequestInfo | URL) => {
      urls.push(String(input))
      const text = urls.length === 1 ? written({ type: 'journal', data: { seq: 12 } }) : written(CLOCK)
      return new Response(text)
    }
    const stop = followEvents({ base: '/w/x', fetch }, listener, { retryMs: 1 })
    await vi.waitFor(() => expect(told.at(-1)).toEqual(CLOCK))
    stop()
    expect(urls.slice(0, 2)).toEqual(['/w/x/_sandbox/events', '/w/x/_sandbox/events?after=12'])
    expect(told[1]).toEqual({ type: 'repris' })
  })

  test('takes to long polling when no stream comes through', async () => {
    const { told, listener } = collect()
    const fetch: typeof globalThis.fetch = (input, init) => {
      const url = String(input)
      if (!url.includes('poll=1'))
        return new Promise((_, reject) => init?.signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError'))))
      const answer = url.includes('cursor=')
        ? { cursor: 5, last: 1, missed: url.includes('cursor=5'), events: [CLOCK] }
        : { cursor: 3, last: 0, missed: false, events: [] }
      return new Promise((resolve) => setTimeout(() => resolve(new Response(JSON.stringify(answer))), 2))
    }
    const stop = followEvents({ base: '', fetch }, listener, { silenceMs: 5, retryMs: 1 })
    await vi.waitFor(() => expect(told.filter(({ type }) => type === 'clock').length).toBeGreaterThan(1))
    stop()
    expect(told.some(({ type }) => type === 'repris')).toBe(true)
  })

  test('stopping ends it', async () => {
    const { told, listener } = collect()
    let calls = 0
    const stop = followEvents({ base: '', fetch: async () => (calls++, new Response(written(CLOCK))) }, listener, { retryMs: 1 })
    await vi.waitFor(() => expect(told.length).toBeGreaterThan(0))
    stop()
    const before = calls
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(calls - before).toBeLessThanOrEqual(1)
  })
})

import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { type Journal, type JournalRecord, MAX_KEPT_BODY, keepMessage } from '../kit/journal.ts'
import { MemoryJournal } from '../kit/memory-journal.ts'
import { openDexieJournal } from './dexie-journal.ts'

const record = (summary: string, more: Partial<JournalRecord> = {}): JournalRecord => ({
  at: 0,
  wallAt: 0,
  durationMs: 1,
  service: 'insi',
  operation: 'INSi · recherche',
  from: 'Dr É. MARTIN',
  patient: 'DURAND Zoé',
  summary,
  outcome: 'accepté',
  status: 200,
  method: 'POST',
  path: '/insi/lps',
  rules: [],
  request: keepMessage({}, new TextEncoder().encode('question')),
  response: keepMessage({}, 'réponse'),
  ...more,
})

let fresh = 0
const engines: [string, (bounds?: { count: number; bytes: number }) => Promise<Journal>][] = [
  ['in memory', async (bounds) => new MemoryJournal(bounds)],
  ['in IndexedDB', (bounds) => openDexieJournal(`journal-${fresh++}`, bounds)],
]

for (const [engine, open] of engines) {
  const filled = async (count: number, bounds?: { count: number; bytes: number }) => {
    const journal = await open(bounds)
    for (let n = 1; n <= count; n++) journal.record(record(`n°${n}`))
    await journal.settled()
    return journal
  }
  const seqs = async (journal: Journal, query: object) => (await journal.list({ limit: 100, ...query })).entries.map(({ seq }) => seq)

  test(`the journal ${engine} gives pages in order, from either end`, async () => {
    const journal = await filled(10)
    expect(await journal.list({ limit: 3 })).toMatchObject({ entries: [{ seq: 8 }, { seq: 9 }, { seq: 10 }], more: true })
    expect(await journal.list({ limit: 3, before: 4 })).toMatchObject({ entries: [{ seq: 1 }, { seq: 2 }, { seq: 3 }], more: false })
    expect(await journal.list({ limit: 3, after: 6 })).toMatchObject({ entries: [{ seq: 7 }, { seq: 8 }, { seq: 9 }], more: true })
    expect(await seqs(journal, { after: 10 })).toEqual([])
    expect(await journal.last()).toBe(10)
    await journal.close()
  })

  test(`the journal ${engine} filters, whatever the case and the accents`, async () => {
    const journal = await open()
    journal.record(record('a'))
    journal.record(record('b', { service: 'dmp', outcome: 'refusé', patient: 'AUTRE' }))
    await journal.settled()
    expect(await seqs(journal, { service: 'dmp' })).toEqual([2])
    expect(await seqs(journal, { outcome: 'refusé' })).toEqual([2])
    expect(await seqs(journal, { patient: 'zoe' })).toEqual([1])
    expect(await seqs(journal, { text: 'MARTIN' })).toEqual([1, 2])
    expect(await seqs(journal, { text: 'dr e. martin', service: 'insi' })).toEqual([1])
    await journal.close()
  })

  test(`the journal ${engine} forgets the oldest beyond its bounds, never the newest`, async () => {
    const byCount = await filled(8, { count: 3, bytes: 1e9 })
    expect(await seqs(byCount, {})).toEqual([6, 7, 8])
    expect(await byCount.get(5)).toBeUndefined()
    const byWeight = await open({ count: 100, bytes: 300_000 })
    for (let n = 0; n < 5; n++) {
      byWeight.record(record('', { request: keepMessage({}, new Uint8Array(120_000)) }))
      await byWeight.settled()
    }
    expect((await seqs(byWeight, {})).length).toBeLessThanOrEqual(3)
    byWeight.record(record('', { request: keepMessage({}, new Uint8Array(MAX_KEPT_BODY)), response: keepMessage({}, new Uint8Array(MAX_KEPT_BODY)) }))
    await byWeight.settled()
    expect(await seqs(byWeight, {})).toEqual([6])
    await Promise.all([byCount.close(), byWeight.close()])
  })

  test(`the journal ${engine}, emptied, goes on counting, and tells each new entry`, async () => {
    const journal = await filled(3)
    const told: number[] = []
    const stop = journal.subscribe(({ seq }) => told.push(seq))
    await journal.clear()
    expect(await journal.last()).toBe(3)
    expect(await seqs(journal, {})).toEqual([])
    journal.record(record('x'))
    await journal.settled()
    stop()
    journal.record(record('y'))
    await journal.settled()
    expect(told).toEqual([4])
    expect(await seqs(journal, {})).toEqual([4, 5])
    await journal.close()
  })

  test(`the journal ${engine} keeps whole messages up to 256 kB, then their beginning`, async () => {
    const journal = await open()
    journal.record(record('', { request: keepMessage({}, new Uint8Array(MAX_KEPT_BODY + 1)), response: keepMessage({}, 'é'.repeat(MAX_KEPT_BODY)) }))
    await journal.settled()
    const entry = await journal.get(1)
    expect(entry).toMatchObject({ requestSize: MAX_KEPT_BODY + 1, request: { truncated: true } })
    expect(entry?.request.body?.length).toBe(MAX_KEPT_BODY)
    expect(entry?.responseSize).toBe(2 * MAX_KEPT_BODY)
    await journal.close()
  })
}

test('two tabs write one journal: same numbers, each told of the other', async () => {
  const [here, there] = [await openDexieJournal('shared'), await openDexieJournal('shared')]
  const told: string[] = []
  const heard = new Promise<void>((resolve) =>
    there.subscribe(({ seq, summary }) => {
      told.push(`${seq} ${summary}`)
      if (told.length === 3) resolve()
    }),
  )
  here.record(record('a'))
  await here.settled()
  there.record(record('b'))
  await there.settled()
  here.record(record('c'))
  await heard
  expect(told).toEqual(['1 a', '2 b', '3 c'])
  expect(await here.list({ limit: 9 })).toEqual(await there.list({ limit: 9 }))
  await Promise.all([here.close(), there.close()])
})

import { describe, expect, test } from 'vitest'
import { type Schema, schemaOf } from './schema.ts'
import { type Store, type StoreChange, defineCollection } from './store.ts'

interface Act {
  id: string
  patient: string
  at?: number
  kind?: string
}

const acts = defineCollection<Act>('acts', 'id', { byPatient: ['patient', 'at'], byKind: ['kind'], byKindAt: ['kind', 'patient', 'at'] })
const others = defineCollection<{ code: string; value: unknown }>('others', 'code')

export const contractSchema: Schema = schemaOf([acts, others])

const act = (id: string, patient: string, at?: number, kind?: string): Act => ({
  id,
  patient,
  ...(at === undefined ? {} : { at }),
  ...(kind === undefined ? {} : { kind }),
})
const ids = (rows: Act[]) => rows.map(({ id }) => id)

/** What every engine keeps. `open` gives a fresh, empty store each time. */
export function describeStore(engine: string, open: () => Promise<Store>): void {
  const withStore = async (work: (store: Store) => Promise<void>) => {
    const store = await open()
    try {
      await work(store)
    } finally {
      await store.close()
    }
  }

  describe(`the store on ${engine}`, () => {
    test('gives back what was put, as a copy of the caller', () =>
      withStore(async (store) => {
        const row = { code: 'a', value: { deep: ['é', 1, null, true] } }
        await store.put(others, row)
        const first = await store.get(others, 'a')
        expect(first).toEqual(row)
        ;(first!.value as { deep: unknown[] }).deep.push('mine')
        expect(await store.get(others, 'a')).toEqual(row)
        expect(await store.get(others, 'b')).toBeUndefined()
      }))

    test('replaces a row that has the same key, and its place in the indexes', () =>
      withStore(async (store) => {
        await store.put(acts, act('1', 'p', 5, 'x'))
        await store.put(acts, act('1', 'p', 6, 'y'))
        expect(await store.count(acts)).toBe(1)
        expect(await store.range(acts, { index: 'byKind', equals: ['x'], limit: 10 })).toEqual([])
        expect(ids(await store.range(acts, { index: 'byKind', equals: ['y'], limit: 10 }))).toEqual(['1'])
      }))

    test('deletes, and deleting what is absent is no error', () =>
      withStore(async (store) => {
        await store.putAll(acts, [act('1', 'p', 5), act('2', 'p', 6)])
        await store.delete(acts, '1')
        await store.delete(acts, '1')
        expect(ids(await store.range(acts, { limit: 10 }))).toEqual(['2'])
      }))

    test('orders by index then key, both ways, within bounds included', () =>
      withStore(async (store) => {
        await store.putAll(acts, [act('d', 'p', 2), act('b', 'p', 1), act('a', 'p', 2), act('c', 'q', 0), act('e', 'p', 10)])
        const read = (range: object) => store.range(acts, { index: 'byPatient', limit: 10, ...range }).then(ids)
        expect(await read({})).toEqual(['b', 'a', 'd', 'e', 'c'])
        expect(await read({ equals: ['p'] })).toEqual(['b', 'a', 'd', 'e'])
        expect(await read({ equals: ['p'], reverse: true })).toEqual(['e', 'd', 'a', 'b'])
        expect(await read({ equals: ['p'], from: 2 })).toEqual(['a', 'd', 'e'])
        expect(await read({ equals: ['p'], to: 2 })).toEqual(['b', 'a', 'd'])
        expect(await read({ equals: ['p'], from: 2, to: 2 })).toEqual(['a', 'd'])
        expect(await read({ equals: ['p', 2] })).toEqual(['a', 'd'])
        expect(await read({ from: 'q' })).toEqual(['c'])
        expect(await read({ to: 'p', limit: 2 })).toEqual(['b', 'a'])
        expect(ids(await store.range(acts, { from: 'b', to: 'd', limit: 10 }))).toEqual(['b', 'c', 'd'])
        expect(ids(await store.range(acts, { reverse: true, limit: 2 }))).toEqual(['e', 'd'])
        expect(ids(await store.range(acts, { equals: ['c'], limit: 2 }))).toEqual(['c'])
      }))

    test('reads one column of an index, in its order, between bounds', () =>
      withStore(async (store) => {
        await store.putAll(acts, [act('1', 'p', 5), act('2', 'p', 3), act('3', 'q', 4), act('4', 'p', 9), act('5', 'p')])
        expect(await store.column(acts, { index: 'byPatient', equals: ['p'] })).toEqual([3, 5, 9])
        expect(await store.column(acts, { index: 'byPatient', equals: ['p'], from: 4, to: 8 })).toEqual([5])
        await store.transaction(async (access) => {
          await access.delete(acts, '2')
          expect(await access.column(acts, { index: 'byPatient', equals: ['p'] })).toEqual([5, 9])
        })
        await expect(store.column(acts, { index: 'byPatient', equals: ['p', 5] })).rejects.toThrow(/no property/)
      }))

    test('counts with the same bounds', () =>
      withStore(async (store) => {
        await store.putAll(acts, [act('a', 'p', 1), act('b', 'p', 2), act('c', 'q', 1)])
        expect(await store.count(acts)).toBe(3)
        expect(await store.count(acts, { index: 'byPatient', equals: ['p'] })).toBe(2)
        expect(await store.count(acts, { index: 'byPatient', equals: ['p'], from: 2 })).toBe(1)
      }))

    test('leaves out of an index a row that lacks one of its properties', () =>
      withStore(async (store) => {
        await store.putAll(acts, [act('a', 'p'), act('b', 'p', 1), act('c', 'p', 1, 'k')])
        expect(ids(await store.range(acts, { index: 'byPatient', limit: 10 }))).toEqual(['b', 'c'])
        expect(ids(await store.range(acts, { index: 'byKind', limit: 10 }))).toEqual(['c'])
        expect(ids(await store.range(acts, { index: 'byKindAt', equals: ['k'], limit: 10 }))).toEqual(['c'])
      }))

    test('orders numbers before strings, and strings by UTF-16 code units', () =>
      withStore(async (store) => {
        const kinds = ['Z', 'a', 'é', '', 'aa', '\u{1F600}', '\uFB01', '\uFFFD', '\u{10FFFF}', '\uE000']
        await store.putAll(
          acts,
          kinds.map((kind, at) => act(`k${at}`, 'p', 1, kind)),
        )
        await store.put(acts, { ...act('n', 'p', 1), kind: 7 as unknown as string })
        const found = await store.range(acts, { index: 'byKind', limit: 100 })
        const expected = [...kinds].sort((a, b) => (a < b ? -1 : 1))
        expect(found.map(({ kind }) => kind)).toEqual([7, ...expected])
        await store.putAll(
          acts,
          kinds.filter(Boolean).map((id) => act(id, 'keys')),
        )
        const keys = ids(await store.range(acts, { limit: 100 })).filter((id) => kinds.includes(id))
        expect(keys).toEqual(expected.filter(Boolean))
      }))

    test('a transaction is all or nothing', () =>
      withStore(async (store) => {
        await store.put(acts, act('a', 'p', 1))
        const failing = store.transaction(async (access) => {
          await access.put(acts, act('b', 'p', 2))
          await access.delete(acts, 'a')
          await access.putBytes('f', new Uint8Array([1]))
          expect(await access.count(acts)).toBe(1)
          throw new Error('changed my mind')
        })
        await expect(failing).rejects.toThrow('changed my mind')
        expect(ids(await store.range(acts, { limit: 10 }))).toEqual(['a'])
        expect(await store.getBytes('f')).toBeUndefined()
      }))

    test('transactions run one after the other, and nobody else sees their middle', () =>
      withStore(async (store) => {
        await store.put(others, { code: 'n', value: 0 })
        const add = () =>
          store.transaction(async (access) => {
            const row = await access.get(others, 'n')
            await access.get(others, 'unrelated')
            await access.put(others, { code: 'n', value: (row!.value as number) + 1 })
          })
        const half = store.transaction(async (access) => {
          await access.put(others, { code: 'x', value: 'half' })
          await access.get(others, 'n')
          await access.put(others, { code: 'x', value: 'whole' })
        })
        const seen = store.get(others, 'x')
        await Promise.all([half, add(), add(), add(), add()])
        expect((await store.get(others, 'n'))?.value).toBe(4)
        expect([undefined, 'whole']).toContain((await seen)?.value)
      }))

    test('using the store inside its own transaction is refused at once, not waited for', () =>
      withStore(async (store) => {
        await expect(
          store.transaction(async () => {
            await store.get(acts, 'a')
          }),
        ).rejects.toThrow(/inside a transaction/)
        await expect(store.transaction(async () => store.transaction(async () => 1))).rejects.toThrow(/inside a transaction/)
        await store.put(acts, act('a', 'p', 1))
        expect(await store.count(acts)).toBe(1)
      }))

    test('tells what changed, after the commit only', () =>
      withStore(async (store) => {
        const changes: StoreChange[] = []
        const stop = store.subscribe((change) => changes.push(change))
        await store.put(acts, act('a', 'p', 1))
        await store.transaction(async (access) => {
          await access.put(acts, act('b', 'p', 1))
          await access.put(others, { code: 'c', value: 1 })
          expect(changes).toHaveLength(1)
        })
        await store
          .transaction(async (access) => {
            await access.put(acts, act('z', 'p', 1))
            throw new Error('no')
          })
          .catch(() => {})
        await store.transaction((access) => access.get(acts, 'a'))
        stop()
        await store.delete(acts, 'a')
        expect(changes.map(({ collections }) => [...collections].sort())).toEqual([['acts'], ['acts', 'others']])
      }))

    test('a reading made before a write is never given for one made after', () =>
      withStore(async (store) => {
        const read = async () => [
          (await store.get(acts, 'a'))?.at,
          ids(await store.range(acts, { index: 'byPatient', equals: ['p'], limit: 9 })).join(''),
          await store.count(acts),
        ]
        expect(await read()).toEqual([undefined, '', 0])
        await store.put(acts, act('a', 'p', 1))
        expect(await read()).toEqual([1, 'a', 1])
        await store.transaction((access) => access.putAll(acts, [act('a', 'p', 2), act('b', 'p', 1)]))
        expect(await read()).toEqual([2, 'ba', 2])
        const failing = store.transaction(async (access) => {
          await access.delete(acts, 'a')
          throw new Error('no')
        })
        await expect(failing).rejects.toThrow('no')
        expect(await read()).toEqual([2, 'ba', 2])
        await store.delete(acts, 'a')
        expect(await read()).toEqual([undefined, 'b', 1])
        await store.clear()
        expect(await read()).toEqual([undefined, '', 0])
      }))

    test('keeps bytes, and a view only as what it shows', () =>
      withStore(async (store) => {
        const whole = new Uint8Array([0, 1, 2, 255])
        await store.putBytes('f', whole.subarray(1, 3))
        const kept = await store.getBytes('f')
        expect(kept && [...kept]).toEqual([1, 2])
        expect(kept?.buffer.byteLength).toBe(2)
        await store.deleteBytes('f')
        expect(await store.getBytes('f')).toBeUndefined()
      }))

    test('refuses what it could not give back: keys, limits, unknown indexes', () =>
      withStore(async (store) => {
        const refused = async (work: () => Promise<unknown>) => await expect((async () => await work())()).rejects.toThrow(/./)
        await refused(() => store.put(acts, act('', 'p', 1)))
        await refused(() => store.put(acts, act('\uD800', 'p', 1)))
        await refused(() => store.put(acts, act('a', '\uD800', 1)))
        await refused(() => store.put(acts, { patient: 'p' } as unknown as Act))
        for (const limit of [0, -1, 1.5, 10_001, Number.NaN]) await refused(() => store.range(acts, { limit }))
        await refused(() => store.range(acts, { index: 'absent', limit: 1 }))
        await refused(() => store.range(acts, { index: 'byKind', equals: ['a'], from: 'b', limit: 1 }))
        expect(await store.count(acts)).toBe(0)
      }))

    test('is emptied, exported and restored whole', () =>
      withStore(async (store) => {
        await store.putAll(acts, [act('a', 'p', 1), act('b', 'q', 2)])
        await store.putBytes('f', new Uint8Array([9, 8]))
        const dump = await store.dump()
        await store.clear()
        expect(await store.count(acts)).toBe(0)
        expect(await store.getBytes('f')).toBeUndefined()
        await store.restore(JSON.parse(JSON.stringify(dump)))
        expect(await store.dump()).toEqual(dump)
        expect(ids(await store.range(acts, { index: 'byPatient', equals: ['q'], limit: 1 }))).toEqual(['b'])
        await expect(store.restore({ collections: { acts: [{ id: 'x', patient: 'p' }, { patient: 'no key' }] }, bytes: {} })).rejects.toThrow(/key/)
        await expect(store.restore({ collections: { absent: [] }, bytes: {} })).rejects.toThrow(/absent/)
        expect(await store.dump()).toEqual(dump)
      }))

    test('is refilled in one go: what was there is gone, unless the work fails', () =>
      withStore(async (store) => {
        await store.put(acts, act('old', 'p', 1))
        await expect(
          store.refill(async (access) => {
            expect(await access.count(acts)).toBe(0)
            throw new Error('no')
          }),
        ).rejects.toThrow('no')
        expect(await store.count(acts)).toBe(1)
        await store.refill((access) => access.put(acts, act('new', 'p', 1)))
        expect(ids(await store.range(acts, { limit: 9 }))).toEqual(['new'])
      }))
  })
}

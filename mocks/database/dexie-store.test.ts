import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { openDexieStore } from './dexie-store.ts'
import { schemaOf } from './schema.ts'
import { contractSchema, describeStore } from './store.contract.ts'
import { type StoreChange, defineCollection } from './store.ts'

let fresh = 0
const versions = [{ version: 1, schema: contractSchema }]

describeStore('IndexedDB', () => openDexieStore({ name: `contract-${fresh++}`, versions }))

const notes = defineCollection<{ id: string; text: string }>('notes', 'id')
const noteVersions = [{ version: 1, schema: schemaOf([notes]) }]

test('another tab sees a commit and is told of it within 200 ms', async () => {
  const here = await openDexieStore({ name: 'tabs', versions: noteVersions })
  const there = await openDexieStore({ name: 'tabs', versions: noteVersions })
  const told = new Promise<StoreChange>((resolve) => there.subscribe(resolve))
  const before = performance.now()
  await here.put(notes, { id: 'a', text: 'bonjour' })
  expect(await told).toEqual({ collections: ['notes'] })
  expect(performance.now() - before).toBeLessThan(200)
  expect(await there.get(notes, 'a')).toEqual({ id: 'a', text: 'bonjour' })
  await Promise.all([here.close(), there.close()])
})

test('what was written is found again by the next opening', async () => {
  const first = await openDexieStore({ name: 'reload', versions: noteVersions })
  await first.put(notes, { id: 'a', text: 'x' })
  await first.close()
  const second = await openDexieStore({ name: 'reload', versions: noteVersions })
  expect(await second.count(notes)).toBe(1)
  await second.close()
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { schemaOf } from './schema.ts'
import { openSqliteStore } from './sqlite-store.ts'
import { contractSchema, describeStore } from './store.contract.ts'
import { defineCollection } from './store.ts'

describeStore('SQLite in memory', async () => openSqliteStore({ schema: contractSchema }))

const folder = () => {
  const path = mkdtempSync(join(tmpdir(), 'bac-store-'))
  onTestFinished(() => rmSync(path, { recursive: true }))
  return path
}

test('a file keeps its rows, and follows a change of indexes', async () => {
  const file = join(folder(), 'world.sqlite')
  interface Row {
    id: string
    name: string
    rank: number
  }
  const before = defineCollection<Row>('rows', 'id', { byName: ['name'] })
  const dropped = defineCollection<{ id: string }>('dropped', 'id')
  const first = openSqliteStore({ file, schema: schemaOf([before, dropped]) })
  await first.putAll(before, [
    { id: 'a', name: '\uFB01n', rank: 2 },
    { id: 'b', name: 'x', rank: 1 },
  ])
  await first.put(dropped, { id: 'z' })
  await first.close()
  const after = defineCollection<Row>('rows', 'id', { byRank: ['rank'], byName: ['name', 'rank'] })
  const second = openSqliteStore({ file, schema: schemaOf([after]) })
  expect((await second.range(after, { index: 'byRank', limit: 9 })).map(({ id }) => id)).toEqual(['b', 'a'])
  expect((await second.range(after, { index: 'byName', equals: ['\uFB01n'], limit: 9 })).map(({ id }) => id)).toEqual(['a'])
  await second.close()
})

test('a file is open once: a second opening is refused', async () => {
  const file = join(folder(), 'world.sqlite')
  const store = openSqliteStore({ file, schema: contractSchema })
  expect(() => openSqliteStore({ file, schema: contractSchema })).toThrow(/locked/)
  await store.close()
})

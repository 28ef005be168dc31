import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { schemaOf } from '../../mocks/database/schema.ts'
import { openSqliteStore } from '../../mocks/database/sqlite-store.ts'
import { ownCollections } from '../../mocks/sandbox/collections.ts'
import { notes, toy } from './toy-service.ts'

const KILLS = 12
const WRITERS = 4

function start(data: string): Promise<{ child: ChildProcess; origin: string }> {
  const child = spawn(process.execPath, [new URL('./toy-server.ts', import.meta.url).pathname, data], { stdio: ['ignore', 'pipe', 'inherit'] })
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
    child.stdout!.once('data', (line: Buffer) => resolve({ child, origin: line.toString().trim() }))
  })
}

/** Writes one note after the other until the server is gone; returns the ids it acknowledged. */
async function writeUntilKilled(origin: string, text: string): Promise<string[]> {
  const acknowledged: string[] = []
  for (let n = 0; ; n++) {
    try {
      const response = await fetch(`${origin}/toy/notes`, { method: 'POST', body: `${text} ${n}` })
      acknowledged.push(((await response.json()) as { id: string }).id)
    } catch {
      return acknowledged
    }
  }
}

test(`nothing acknowledged is lost when the server is killed (${KILLS} times, at random points)`, async () => {
  const data = mkdtempSync(join(tmpdir(), 'bac-kill-'))
  onTestFinished(() => rmSync(data, { recursive: true }))
  const acknowledged: string[] = []
  for (let round = 0; round < KILLS; round++) {
    const { child, origin } = await start(data)
    const writing = Array.from({ length: WRITERS }, (_, writer) => writeUntilKilled(origin, `${round}/${writer}`))
    await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 150))
    const gone = new Promise((resolve) => child.removeAllListeners('exit').once('exit', resolve))
    child.kill('SIGKILL')
    await gone
    for (const ids of await Promise.all(writing)) acknowledged.push(...ids)
  }
  const store = openSqliteStore({ file: join(data, 'default.sqlite'), schema: schemaOf([...ownCollections, ...toy.collections]) })
  const missing: string[] = []
  for (const id of acknowledged) if (!(await store.get(notes, id))) missing.push(id)
  expect(missing).toEqual([])
  // A second session never draws the ids of the first: as many rows as acknowledgements, and the one of the dataset; at most one more for each writer killed before its answer.
  expect(new Set(acknowledged).size).toBe(acknowledged.length)
  expect(acknowledged.length).toBeGreaterThan(KILLS)
  expect(await store.count(notes)).toBeLessThanOrEqual(acknowledged.length + 1 + KILLS * WRITERS)
  await store.close()
}, 60_000)

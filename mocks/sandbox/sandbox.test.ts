import { describe, expect, onTestFinished, test } from 'vitest'
import { notes, toy, type Note } from '../../test/hosts/toy-service.ts'
import { TEST_DATE, createTestWorld } from '../../test/world.ts'
import { createSandbox } from '../server/in-memory.ts'

const open = async (options: Parameters<typeof createTestWorld>[0] = {}) => {
  const world = await createTestWorld({ services: [toy], ...options })
  onTestFinished(() => world.close())
  return world
}
const texts = (rows: Note[]) => rows.map(({ text }) => text)
const start = Date.parse(TEST_DATE)

describe('a world', () => {
  test('begins filled, at its date, and draws the same ids for the same seed', async () => {
    const [a, b, other] = [await open(), await open(), await open({ seed: 2 })]
    expect(a.world.now()).toBe(start)
    expect(await a.running.store.range(notes, { limit: 9 })).toEqual(await b.running.store.range(notes, { limit: 9 }))
    const ids = (world: typeof a) => Array.from({ length: 100 }, () => world.world.newId())
    const [ofA, ofB, ofOther] = [ids(a), ids(b), ids(other)]
    expect(ofA).toEqual(ofB)
    expect(new Set([...ofA, ...ofOther]).size).toBe(200)
    for (const id of ofA) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  test('is the same after a reset, ids included, quickly', async () => {
    const world = await open()
    const first = await world.send('POST', '/toy/notes', { body: 'un' })
    const before = performance.now()
    await world.running.reset()
    expect(performance.now() - before).toBeLessThan(1_000)
    const again = await world.send('POST', '/toy/notes', { body: 'un' })
    expect(again.text).toBe(first.text)
    expect(await world.running.store.count(notes)).toBe(2)
  })

  test('is all or nothing: a failing transaction leaves nothing, reactions included', async () => {
    const { world } = await open()
    const before = await world.store.count(notes)
    await expect(
      world.atomically(async (inside) => {
        await inside.tell({ type: 'acces.retire', matriculeIns: '1', acteur: 'x', structure: 'y' })
        await inside.atomically(async (nested) => await nested.store.put(notes, { id: 'n', text: 'n', writtenAt: 0 }))
        expect(await inside.store.count(notes)).toBe(before + 2)
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    expect(await world.store.count(notes)).toBe(before)
    await world.tell({ type: 'acces.retire', matriculeIns: '1', acteur: 'x', structure: 'y' })
    expect(await world.store.count(notes)).toBe(before + 1)
  })

  test('answers a question through the service that knows, and says so when none does', async () => {
    const { world } = await open()
    expect(await world.ask.personneParMatricule('1')).toBeUndefined()
    expect(() => world.ask.situationDossier('1')).toThrow(/situationDossier/)
  })

  test('a timer that sets itself again for the same instant does not go on for ever', async () => {
    const bugs: string[] = []
    const sandbox = createSandbox({ services: [toy], date: TEST_DATE, onBug: (_, where) => bugs.push(where) })
    onTestFinished(() => sandbox.close())
    const running = await sandbox.open('default')
    await running.world.schedule({ id: 'boucle', dueAt: start + 1, service: 'insi', what: 'write', subject: 'boucle', data: 'now' })
    await running.world.schedule({ id: 'suivant', dueAt: start + 2, service: 'insi', what: 'write', subject: 'suivant' })
    expect(await running.time.set(start + 3, 'frozen')).toMatchObject({ complete: true })
    expect(bugs).toEqual(['timer boucle'])
    expect(texts(await running.store.range(notes, { index: 'byTime', reverse: true, limit: 1 }))).toEqual(['suivant'])
  })

  test('an unknown setting is a mistake', async () => {
    const { world } = await open()
    expect(world.setting('toy-shout')).toBe(false)
    expect(() => world.setting('absent')).toThrow(/absent/)
  })
})

describe('the clock', () => {
  test('fires timers in order, each at its own time, those set on the way included', async () => {
    const world = await open()
    for (const [subject, seconds, data] of [
      ['b', 20, ''],
      ['a', 10, 'again'],
      ['late', 100, ''],
    ])
      await world.send('POST', `/toy/later/${subject}?seconds=${seconds}&data=${data}`)
    await world.advance('PT30S')
    const rows = await world.running.store.range(notes, { index: 'byTime', from: start + 1, limit: 9 })
    expect(rows.map(({ text, writtenAt }) => [text, (writtenAt - start) / 1000])).toEqual([
      ['a', 10],
      ['a+', 11],
      ['b', 20],
    ])
    expect(world.world.now()).toBe(start + 30_000)
    expect((await world.running.time.upcoming(Number.MAX_SAFE_INTEGER, 9)).map(({ id }) => id)).toEqual(['late'])
  })

  test('a timer that fails leaves nothing, is reported, and does not stop the others', async () => {
    const world = await open()
    await world.send('POST', '/toy/later/bad?seconds=1&data=fail')
    await world.send('POST', '/toy/later/good?seconds=2&data=')
    await expect(world.advance('PT10S')).rejects.toThrow('this timer fails')
    expect(texts(await world.running.store.range(notes, { index: 'byTime', from: start + 1, limit: 9 }))).toEqual(['good'])
  })

  test('a timer set again replaces the former one; a cancelled one does not fire', async () => {
    const { world, running, advance } = await open()
    const timer = { id: 't', service: 'insi', what: 'write', subject: 's' }
    await world.schedule({ ...timer, dueAt: start + 1000 })
    await world.schedule({ ...timer, dueAt: start + 5000 })
    await advance('PT2S')
    expect(await running.store.count(notes)).toBe(1)
    await world.cancel('t')
    await advance('PT10S')
    expect(await running.store.count(notes)).toBe(1)
  })

  test('running, it follows the machine and fires what it has passed at the next tick', async () => {
    let now = 1_000_000
    const sandbox = createSandbox({ services: [toy], frozen: false, date: start, realNow: () => now })
    const { world, store } = await sandbox.open('default')
    expect(world.now()).toBe(start)
    await world.schedule({ id: 't', dueAt: start + 500, service: 'insi', what: 'write', subject: 's' })
    now += 400
    await sandbox.tick()
    expect(await store.count(notes)).toBe(1)
    now += 4000
    await sandbox.tick()
    const [, note] = await store.range(notes, { index: 'byTime', limit: 9 })
    expect(note).toMatchObject({ text: 's', writtenAt: start + 500 })
    expect(world.now()).toBe(start + 4400)
    await sandbox.close()
  })
})

test('worlds share nothing, and their number is bounded', async () => {
  const sandbox = createSandbox({ services: [toy], maxWorlds: 2 })
  const [a, b] = await Promise.all([sandbox.open('a'), sandbox.open('b')])
  await a.store.put(notes, { id: 'x', text: 'x', writtenAt: 1 })
  expect(await b.store.get(notes, 'x')).toBeUndefined()
  expect(await sandbox.open('a')).toBe(a)
  await expect(sandbox.open('c')).rejects.toThrow(/2 worlds/)
  expect(await sandbox.remove('a')).toBe(true)
  expect(await sandbox.remove('a')).toBe(false)
  await sandbox.open('c')
  expect((await sandbox.worlds()).map(({ name }) => name)).toEqual(['b', 'c'])
  await sandbox.close()
})

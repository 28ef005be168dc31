import { peuplerProfils } from '../test/profils.ts'
import { addDuration, readDuration } from '../mocks/kit/duration.ts'
import type { RunningWorld } from '../mocks/sandbox/running-world.ts'
import { createSandbox } from '../mocks/server/in-memory.ts'

/** Moving the clock over many people in mixed states. */
export interface ClockFigures {
  readonly people: number
  /** Delays that fell. */
  readonly fired: number
  /** Milliseconds, one for each round. */
  readonly atOnce: number[]
  readonly dayByDay: number
  /** The two worlds, compared row by row, ids included. */
  readonly same: boolean
}

const DAY = 86_400_000

async function inhabited(people: number): Promise<{ running: RunningWorld; close(): Promise<void> }> {
  const sandbox = createSandbox({ date: '2026-11-23T08:00:00.000Z' })
  const running = await sandbox.open('default')
  await peuplerProfils(running.world, people)
  return { running, close: () => sandbox.close() }
}

/** Twelve years over `people`, in one jump and day by day. */
export async function measureClock({ rounds, people }: { rounds: number; people: number }): Promise<ClockFigures> {
  const atOnce: number[] = []
  let fired = 0
  let jumped: string | undefined
  for (let round = 0; round < rounds; round++) {
    const { running, close } = await inhabited(people)
    const end = addDuration(running.now(), readDuration('P12Y')!)
    const before = performance.now()
    fired = (await running.time.set(end, 'frozen')).fired.length
    atOnce.push(performance.now() - before)
    jumped ??= JSON.stringify(await running.store.dump())
    await close()
  }
  const { running, close } = await inhabited(people)
  const end = addDuration(running.now(), readDuration('P12Y')!)
  const before = performance.now()
  for (let at = running.now() + DAY; at < end; at += DAY) await running.time.set(at, 'frozen')
  await running.time.set(end, 'frozen')
  const dayByDay = performance.now() - before
  const same = JSON.stringify(await running.store.dump()) === jumped
  await close()
  return { people, fired, atOnce, dayByDay, same }
}

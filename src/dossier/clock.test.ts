import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ManualClock, SandboxClock } from './clock.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000 })
})
afterEach(() => {
  vi.useRealTimers()
})

const JOUR = 86_400_000

test('a moved clock calls what became due', () => {
  const clock = new SandboxClock()
  const called = vi.fn()
  clock.at(clock.now() + 60 * JOUR, called)
  clock.set(clock.now() + 59 * JOUR)
  vi.advanceTimersByTime(0)
  expect(called).not.toHaveBeenCalled()
  clock.set(clock.now() + JOUR)
  vi.advanceTimersByTime(0)
  expect(called).toHaveBeenCalledOnce()
})

test('a delay longer than the platform’s timers does not fire at once', () => {
  const clock = new SandboxClock()
  const called = vi.fn()
  clock.at(clock.now() + 60 * JOUR, called)
  vi.advanceTimersByTime(30 * JOUR)
  expect(called).not.toHaveBeenCalled()
  vi.advanceTimersByTime(30 * JOUR)
  expect(called).toHaveBeenCalledOnce()
})

test('a frozen clock calls nobody until it is moved, and a given-up wait is never called', () => {
  const clock = new SandboxClock()
  const [called, givenUp] = [vi.fn(), vi.fn()]
  clock.set(5_000, true)
  clock.at(6_000, called)
  clock.at(6_000, givenUp)()
  vi.advanceTimersByTime(JOUR)
  expect([clock.now(), called.mock.calls.length]).toEqual([5_000, 0])
  clock.set(6_000, true)
  vi.advanceTimersByTime(0)
  expect([called.mock.calls.length, givenUp.mock.calls.length]).toEqual([1, 0])
})

test('the manual clock calls in order of time', () => {
  const clock = new ManualClock(0)
  const order: string[] = []
  clock.at(20, () => order.push('b'))
  clock.at(10, () => order.push('a'))
  clock.advance(30)
  expect(order).toEqual(['a', 'b'])
})

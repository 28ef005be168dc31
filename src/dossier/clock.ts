/** The practice's only source of time: the sandbox's simulated clock in the app, a hand-moved one in tests. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number
  /** Calls back once, as soon as `now()` has reached `time`; at once (asynchronously) when it already has. Returns how to give up. */
  at(time: number, callback: () => void): () => void
}

/** Longest real wait between two looks at the clock: the platform's timers overflow after 24.8 days. */
const LONGEST_WAIT_MS = 3_600_000

/**
 * Runs with the machine's time plus an offset. The sandbox moves the offset when its own clock is set or advanced, and everything
 * that became due then fires.
 */
export class OffsetClock implements Clock {
  #offset = 0
  readonly #waiting = new Set<{ time: number; callback: () => void; timer?: ReturnType<typeof setTimeout> }>()
  readonly #realNow: () => number

  constructor(realNow: () => number = Date.now) {
    this.#realNow = realNow
  }

  now(): number {
    return this.#realNow() + this.#offset
  }

  /** Makes `now()` read this time, from here on. */
  set(time: number): void {
    this.#offset = time - this.#realNow()
    for (const wait of this.#waiting) this.#arm(wait)
  }

  at(time: number, callback: () => void): () => void {
    const wait: { time: number; callback: () => void; timer?: ReturnType<typeof setTimeout> } = { time, callback }
    this.#waiting.add(wait)
    this.#arm(wait)
    return () => {
      clearTimeout(wait.timer)
      this.#waiting.delete(wait)
    }
  }

  #arm(wait: { time: number; callback: () => void; timer?: ReturnType<typeof setTimeout> }): void {
    clearTimeout(wait.timer)
    const left = Math.max(0, wait.time - this.now())
    wait.timer = setTimeout(
      () => {
        if (this.now() < wait.time) return this.#arm(wait)
        this.#waiting.delete(wait)
        wait.callback()
      },
      Math.min(left, LONGEST_WAIT_MS),
    )
  }
}

/** Stands still until moved: for tests and for a demonstration played step by step. */
export class ManualClock implements Clock {
  #now: number
  readonly #waiting = new Set<{ time: number; callback: () => void }>()

  constructor(now: number) {
    this.#now = now
  }

  now(): number {
    return this.#now
  }

  at(time: number, callback: () => void): () => void {
    const wait = { time, callback }
    this.#waiting.add(wait)
    if (time <= this.#now) queueMicrotask(() => this.#fire())
    return () => this.#waiting.delete(wait)
  }

  /** Moves forward; what became due is called in order of time. */
  advance(milliseconds: number): void {
    this.#now += milliseconds
    this.#fire()
  }

  #fire(): void {
    const due = [...this.#waiting].filter(({ time }) => time <= this.#now).toSorted((a, b) => a.time - b.time)
    for (const wait of due) if (this.#waiting.delete(wait)) wait.callback()
  }
}

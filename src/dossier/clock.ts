/** The practice's only source of time: the sandbox's simulated clock in the app, a hand-moved one in tests. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number
  /** Calls back once, as soon as `now()` has reached `time`; at once (asynchronously) when it already has. Returns how to give up. */
  at(time: number, callback: () => void): () => void
}

/** Longest real wait between two looks at the clock: the platform's timers overflow after 24.8 days. */
const LONGEST_WAIT_MS = 3_600_000

interface Wait {
  readonly time: number
  readonly callback: () => void
  timer?: ReturnType<typeof setTimeout>
}

/**
 * Follows the sandbox's clock, which runs with the machine's time plus an offset, or stands still. When it is set or advanced,
 * everything that became due is called.
 */
export class SandboxClock implements Clock {
  #offset = 0
  #frozenAt: number | undefined
  readonly #waiting = new Set<Wait>()
  readonly #realNow: () => number

  constructor(realNow: () => number = Date.now) {
    this.#realNow = realNow
  }

  now(): number {
    return this.#frozenAt ?? this.#realNow() + this.#offset
  }

  /** Makes `now()` read this time, from here on or for good. */
  set(time: number, frozen = false): void {
    this.#offset = time - this.#realNow()
    this.#frozenAt = frozen ? time : undefined
    for (const wait of this.#waiting) this.#arm(wait)
  }

  at(time: number, callback: () => void): () => void {
    const wait: Wait = { time, callback }
    this.#waiting.add(wait)
    this.#arm(wait)
    return () => {
      clearTimeout(wait.timer)
      this.#waiting.delete(wait)
    }
  }

  #arm(wait: Wait): void {
    clearTimeout(wait.timer)
    const left = Math.max(0, wait.time - this.now())
    // A clock that stands still calls nobody before it is moved.
    if (left > 0 && this.#frozenAt !== undefined) return
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

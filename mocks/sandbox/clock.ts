import type { ClockState } from './collections.ts'

/** Simulated time of one world, as this tab or this process last knew it. */
export class SimulatedClock {
  readonly #realNow: () => number
  state: ClockState

  constructor(realNow: () => number, state: ClockState) {
    this.#realNow = realNow
    this.state = state
  }

  /** Milliseconds since the Unix epoch. */
  now(): number {
    return this.state.mode === 'frozen' ? this.state.at : Math.floor(this.#realNow() + this.state.offset)
  }

  /** The state that makes the clock read `time` now, in this mode. */
  reading(time: number, mode: ClockState['mode'] = this.state.mode): ClockState {
    return mode === 'frozen' ? { mode, at: time } : { mode, offset: time - this.#realNow() }
  }
}

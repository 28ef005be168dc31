import type { Store, StoreAccess } from '../database/store.ts'
import type { Timer, World } from '../world.ts'
import { type SimulatedClock } from './clock.ts'
import { type ClockState, particulars, timers } from './collections.ts'
import type { Country } from './country.ts'

/** Most timers fired by one move of the clock. */
const MAX_FIRED = 1_000_000
/** Most times one timer fires at the same instant: one that sets itself again for now must not go on for ever. */
const MAX_REPEATS = 100

/** What a move of the clock did. */
export interface Move {
  /** Milliseconds since the Unix epoch. */
  readonly from: number
  readonly now: number
  /** In the order they fired. */
  readonly fired: readonly Timer[]
  /** False when timers were left because there were too many; the clock then stands at the last one fired. */
  readonly complete: boolean
}

/** A timer that would fire, in words. */
interface PreviewedTimer {
  readonly timer: Timer
  /** French sentence. */
  readonly title: string
  /** Whom it is about, as shown; `''` when it is about nobody. */
  readonly name: string
  /** Code of the rule that sets the delay. */
  readonly rule: string
}

export interface Preview {
  readonly events: readonly PreviewedTimer[]
  /** Timers known to follow, not played. */
  readonly left: number
}

/** Thrown at the end of a preview: everything it wrote is rolled back. */
class Undo extends Error {
  readonly preview: Preview

  constructor(preview: Preview) {
    super('undo')
    this.preview = preview
  }
}

/** Counts how often the same timer fires at the same instant. */
class Repeats {
  #at = Number.NaN
  #counts = new Map<string, number>()

  tooMany({ id, dueAt }: Timer): boolean {
    if (dueAt !== this.#at) {
      this.#at = dueAt
      this.#counts = new Map()
    }
    const count = (this.#counts.get(id) ?? 0) + 1
    this.#counts.set(id, count)
    return count > MAX_REPEATS
  }
}

interface Needs {
  readonly store: Store
  readonly clock: SimulatedClock
  readonly country: Country
  /** The world at this time, inside this transaction. */
  viewAt(access: StoreAccess, at: number): World
  /** The same for what will be undone: it draws no id of the world's sequence. */
  previewAt(access: StoreAccess, at: number): World
  onBug(error: unknown, where: string): void
}

/** Moves the clock of a world and fires what becomes due: in order, each at its own time, each in its own transaction. */
export class Timekeeper {
  readonly #needs: Needs
  /** Moves follow one another. */
  #last: Promise<unknown> = Promise.resolve()
  #ticking = false

  constructor(needs: Needs) {
    this.#needs = needs
  }

  /** Sets the clock. Going back fires nothing and brings nothing back. */
  set(time: number, mode: ClockState['mode']): Promise<Move> {
    return this.#inTurn(() => this.#move(() => time, mode))
  }

  /** @param target the time to go to, from the present one */
  advance(target: (now: number) => number): Promise<Move> {
    return this.#inTurn(() => this.#move(target, this.#needs.clock.state.mode))
  }

  /** Fires what the running clock has passed. Cheap when there is nothing; skipped while the clock is being moved. */
  async tick(): Promise<void> {
    if (this.#ticking) return
    this.#ticking = true
    try {
      await this.#inTurn(() => this.#fireUpTo(this.#needs.clock.now()))
    } finally {
      this.#ticking = false
    }
  }

  async upcoming(until: number, limit: number): Promise<Timer[]> {
    return await this.#needs.store.range(timers, { index: 'byDueAt', to: until, limit })
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work)
    this.#last = turn.catch(() => {})
    return turn
  }

  async #move(target: (now: number) => number, mode: ClockState['mode']): Promise<Move> {
    const { clock, store } = this.#needs
    const from = clock.now()
    const to = target(from)
    const { fired, complete } = await this.#fireUpTo(to)
    const reached = complete ? to : (fired.at(-1)?.dueAt ?? to)
    const state = clock.reading(reached, mode)
    await store.put(particulars, { id: 'clock', value: state })
    clock.state = state
    return { from, now: clock.now(), fired, complete }
  }

  async #fireUpTo(time: number): Promise<{ fired: Timer[]; complete: boolean }> {
    const fired: Timer[] = []
    const repeats = new Repeats()
    while (fired.length < MAX_FIRED) {
      const [next] = await this.#needs.store.range(timers, { index: 'byDueAt', to: time, limit: 1 })
      if (!next) return { fired, complete: true }
      if (repeats.tooMany(next)) {
        this.#needs.onBug(new Error(`it sets itself again for the same instant more than ${MAX_REPEATS} times`), `timer ${next.id}`)
        await this.#needs.store.delete(timers, next.id)
        continue
      }
      const timer = await this.#fire(next.id, time)
      if (timer) fired.push(timer)
    }
    return { fired, complete: false }
  }

  /**
   * What would fire up to this time, with all that it sets off, without changing anything: it is really played, then undone.
   * @param limit most timers played; the others are only counted
   */
  async preview(until: number, limit: number): Promise<Preview> {
    return await this.#inTurn(async () => {
      const events: PreviewedTimer[] = []
      try {
        return await this.#needs.store.transaction(async (access) => {
          const repeats = new Repeats()
          while (events.length < limit) {
            const [next] = await access.range(timers, { index: 'byDueAt', to: until, limit: 1 })
            if (!next) break
            await access.delete(timers, next.id)
            if (repeats.tooMany(next)) continue
            const world = this.#needs.previewAt(access, next.dueAt)
            const kind = this.#needs.country.timerKind(next)
            const said = await kind?.describe(next, world)
            if (said) events.push({ timer: next, ...said })
            await kind?.fire(next, world)
          }
          throw new Undo({ events, left: await access.count(timers, { index: 'byDueAt', to: until }) })
        })
      } catch (error) {
        if (error instanceof Undo) return error.preview
        throw error
      }
    })
  }

  /** Another tab may have fired it meanwhile: then undefined. */
  async #fire(id: string, time: number): Promise<Timer | undefined> {
    const { store, country, viewAt, onBug } = this.#needs
    try {
      return await store.transaction(async (access) => {
        const timer = await access.get(timers, id)
        if (!timer || timer.dueAt > time) return undefined
        const kind = country.timerKind(timer)
        if (!kind) throw new Error(`No service handles the timer ${timer.service}/${timer.what}.`)
        await access.delete(timers, id)
        await kind.fire(timer, viewAt(access, timer.dueAt))
        return timer
      })
    } catch (error) {
      onBug(error, `timer ${id}`)
      await store.delete(timers, id)
      return undefined
    }
  }
}

import type { Store, StoreAccess, StoreChange, StoreDump } from '../database/store.ts'
import type { Journal } from '../kit/journal.ts'
import type { World } from '../world.ts'
import { SimulatedClock } from './clock.ts'
import { adapted, sessionsOf } from './adapted-dump.ts'
import { type ClockState, type Origin, type SettingValues, faults, particulars } from './collections.ts'
import type { Country } from './country.ts'
import { EventHub } from './events.ts'
import { FaultBoard } from './fault-board.ts'
import { Ids } from './ids.ts'
import { Timekeeper } from './timekeeper.ts'
import { type Backdrop, WorldView } from './world-view.ts'

/** How a world begins, and begins again at each reset. */
export interface Beginning {
  readonly dataset: string
  readonly seed: number
  /** Simulated time, milliseconds; the machine's when absent. */
  readonly date?: number
  /** The clock stands still until it is moved. */
  readonly frozen?: boolean
}

export interface RunningWorldOptions {
  readonly name: string
  readonly country: Country
  readonly store: Store
  readonly journal: Journal
  readonly beginning: Beginning
  readonly realNow: () => number
  readonly onBug: (error: unknown, where: string) => void
}

/** One world, open in this tab or process: what the dispatcher and the control API work on. */
export class RunningWorld implements Backdrop {
  readonly name: string
  readonly country: Country
  readonly store: Store
  readonly journal: Journal
  readonly events = new EventHub()
  readonly faults: FaultBoard
  readonly time: Timekeeper
  /** The world outside any transaction. */
  readonly world: World
  readonly #options: RunningWorldOptions
  readonly #clock: SimulatedClock
  readonly #stops: (() => void)[] = []
  #origin: Origin = { dataset: '', seed: 0, generation: 0 }
  #settings: SettingValues = {}
  #session = 0
  #ids = new Ids(0, 0)
  #announcedClock = ''
  /** This tab is filling the world: what the store then tells is no news. */
  #filling = false

  /** Fills the world if nobody ever opened it. */
  static async open(options: RunningWorldOptions): Promise<RunningWorld> {
    const running = new RunningWorld(options)
    await running.#begin()
    return running
  }

  private constructor(options: RunningWorldOptions) {
    this.#options = options
    this.name = options.name
    this.country = options.country
    this.store = options.store
    this.journal = options.journal
    this.faults = new FaultBoard(options.store)
    this.#clock = new SimulatedClock(options.realNow, { mode: 'running', offset: 0 })
    this.world = new WorldView(this, { store: options.store, inTransaction: false, nextId: () => this.#ids.uuid() })
    const preview = new Ids(0, Number.MAX_SAFE_INTEGER)
    this.time = new Timekeeper({
      store: options.store,
      clock: this.#clock,
      country: options.country,
      viewAt: (access, at) => new WorldView(this, { store: access, inTransaction: true, nextId: () => this.#ids.uuid(), at }),
      previewAt: (access, at) => new WorldView(this, { store: access, inTransaction: true, nextId: () => preview.uuid(), at }),
      onBug: options.onBug,
    })
  }

  get origin(): Origin {
    return this.#origin
  }

  get clock(): ClockState {
    return this.#clock.state
  }

  now(): number {
    return this.#clock.now()
  }

  setting(code: string): boolean | number | string {
    const declared = this.country.settings.get(code)
    if (!declared) throw new Error(`No service declares the setting ${code}.`)
    const value = this.#settings[code]
    return value !== undefined && typeof value === typeof declared.initial ? value : declared.initial
  }

  /** Values already checked against what the services declare. */
  async changeSettings(values: SettingValues): Promise<void> {
    const next = { ...this.#settings, ...values }
    await this.store.put(particulars, { id: 'settings', value: next })
    this.#settings = next
  }

  transaction<T>(work: (access: StoreAccess) => Promise<T>): Promise<T> {
    return this.store.transaction(work)
  }

  /** Back to the beginning: records, clock, timers, faults, settings. The journal is emptied; its numbering goes on. */
  async reset(dataset: string = this.#origin.dataset): Promise<void> {
    await this.#refill(async (generation, sessions) => {
      this.#settings = {}
      await this.store.refill((access) => this.#fill(access, dataset, generation, sessions))
    })
    this.#takeSession(this.#session)
  }

  /**
   * Replaces everything by a dump; the ids drawn afterwards are others than those it holds.
   * @param at simulated time at which it was made, milliseconds: the clock goes on from there
   * @throws {StoreValueError} rows that cannot be kept; nothing has changed.
   */
  async restore(dump: StoreDump, at: number): Promise<void> {
    let session = 0
    await this.#refill(async (generation, sessions) => {
      session = Math.max(sessions, sessionsOf(dump)) + 1
      await this.store.restore(adapted(dump, { generation, session, clock: (mode) => this.#clock.reading(at, mode), origin: this.#origin }))
    })
    this.#takeSession(session)
  }

  async close(): Promise<void> {
    for (const stop of this.#stops) stop()
    this.events.close()
    await this.journal.close()
    await this.store.close()
  }

  #takeSession(session: number): void {
    this.#session = session
    this.#ids = new Ids(this.#origin.seed, session)
  }

  async #begin(): Promise<void> {
    const { beginning } = this.#options
    const session = await this.store.transaction(async (access) => {
      const origin = await access.get(particulars, 'origin')
      if (!origin) await this.#fill(access, beginning.dataset, 1, 0)
      const session = (await this.#sessions(access)) + 1
      await access.put(particulars, { id: 'sessions', value: session })
      return session
    })
    await this.#refresh()
    this.#takeSession(session)
    this.#stops.push(
      this.store.subscribe((change) => this.#hear(change)),
      this.journal.subscribe((entry) => this.events.emit({ type: 'journal', data: entry })),
    )
  }

  /** Everything a fresh world holds, with ids of its own sequence: the same bytes whoever opens it. */
  async #fill(access: StoreAccess, dataset: string, generation: number, sessions: number): Promise<void> {
    const { beginning, realNow, country } = this.#options
    const { seed } = generation === 1 ? beginning : this.#origin
    const date = beginning.date ?? realNow()
    const clock = new SimulatedClock(realNow, { mode: 'running', offset: 0 })
    const state = clock.reading(date, beginning.frozen ? 'frozen' : 'running')
    await access.put(particulars, { id: 'origin', value: { dataset, seed, generation } })
    await access.put(particulars, { id: 'clock', value: beginning.date === undefined && !beginning.frozen ? { mode: 'running', offset: 0 } : state })
    await access.put(particulars, { id: 'sessions', value: sessions })
    const ids = new Ids(seed, 0)
    const world = new WorldView(this, { store: access, inTransaction: true, nextId: () => ids.uuid(), at: Math.floor(date) })
    for (const service of country.services) await service.seed?.(world, dataset)
  }

  async #sessions(access: StoreAccess): Promise<number> {
    const kept = await access.get(particulars, 'sessions')
    return kept?.id === 'sessions' ? kept.value : 0
  }

  async #refill(work: (generation: number, sessions: number) => Promise<void>): Promise<void> {
    this.#filling = true
    try {
      await work(this.#origin.generation + 1, await this.#sessions(this.store))
      await this.journal.clear()
    } finally {
      this.#filling = false
      await this.#refresh()
    }
  }

  /** Reads again what is kept at hand, and tells what changed. */
  async #refresh(): Promise<void> {
    const rows = await this.store.range(particulars, { limit: 10 })
    let settings: SettingValues = {}
    let origin = this.#origin
    for (const row of rows) {
      if (row.id === 'origin') origin = row.value
      else if (row.id === 'clock') this.#clock.state = row.value
      else if (row.id === 'settings') settings = row.value
    }
    this.#settings = settings
    await this.faults.refresh()
    const refilled = this.#origin.generation !== 0 && origin.generation !== this.#origin.generation
    this.#origin = origin
    if (refilled) this.events.emit({ type: 'reset', data: { dataset: origin.dataset } })
    this.#announceClock()
  }

  #announceClock(): void {
    const state = JSON.stringify(this.#clock.state)
    if (state === this.#announcedClock) return
    this.#announcedClock = state
    this.events.emit({ type: 'clock', data: { now: new Date(this.now()).toISOString(), mode: this.#clock.state.mode } })
  }

  #hear({ collections }: StoreChange): void {
    const records = collections.filter((name) => !OWN_NAMES.has(name))
    if (records.length > 0) this.events.emit({ type: 'records', data: { collections: records } })
    if (collections.includes(faults.name)) void this.#hearFaults()
    if (collections.includes(particulars.name) && !this.#filling) void this.#refreshAfterOthers()
  }

  async #hearFaults(): Promise<void> {
    await this.faults.refresh()
    this.events.emit({ type: 'faults', data: { faults: this.faults.all } })
  }

  /** Another tab may have refilled the world: from then on this one draws ids of a new session. */
  async #refreshAfterOthers(): Promise<void> {
    const { generation } = this.#origin
    await this.#refresh()
    if (this.#origin.generation === generation) return
    const session = await this.store.transaction(async (access) => {
      const next = (await this.#sessions(access)) + 1
      await access.put(particulars, { id: 'sessions', value: next })
      return next
    })
    this.#takeSession(session)
  }
}

/** Told by events of their own. */
const OWN_NAMES = new Set([particulars.name, faults.name])

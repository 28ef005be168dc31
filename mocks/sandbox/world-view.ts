import type { StoreAccess } from '../database/store.ts'
import type { Questions, Timer, World, WorldEvent } from '../world.ts'
import { timers } from './collections.ts'
import type { Country } from './country.ts'

/** What a view needs of the world behind it. */
export interface Backdrop {
  readonly name: string
  readonly country: Country
  now(): number
  setting(code: string): boolean | number | string
  transaction<T>(work: (access: StoreAccess) => Promise<T>): Promise<T>
}

/** What differs from one view to the next. */
export interface Frame {
  readonly store: StoreAccess
  /** The store is a transaction's own. */
  readonly inTransaction: boolean
  nextId(): string
  /** Time it is, when it is not the clock's: a timer that fires late fires at its own time. */
  readonly at?: number
}

/** The world as a service sees it: on the store itself, or inside one transaction. */
export class WorldView implements World {
  readonly name: string
  readonly store: StoreAccess
  readonly #backdrop: Backdrop
  readonly #frame: Frame
  #ask: Questions | undefined

  constructor(backdrop: Backdrop, frame: Frame) {
    this.name = backdrop.name
    this.store = frame.store
    this.#backdrop = backdrop
    this.#frame = frame
  }

  now(): number {
    return this.#frame.at ?? this.#backdrop.now()
  }

  newId(): string {
    return this.#frame.nextId()
  }

  setting(code: string): boolean | number | string {
    return this.#backdrop.setting(code)
  }

  get ask(): Questions {
    return (this.#ask ??= this.#backdrop.country.questionsOf(this))
  }

  async tell(event: WorldEvent): Promise<void> {
    if (!this.#frame.inTransaction) return await this.atomically((world) => world.tell(event))
    for (const reaction of this.#backdrop.country.reactionsTo(event)) await reaction(event, this)
  }

  async schedule(timer: Timer): Promise<void> {
    await this.store.put(timers, timer)
  }

  async cancel(timerId: string): Promise<void> {
    await this.store.delete(timers, timerId)
  }

  async atomically<T>(work: (world: World) => Promise<T>): Promise<T> {
    if (this.#frame.inTransaction) return await work(this)
    return await this.#backdrop.transaction((store) => work(new WorldView(this.#backdrop, { ...this.#frame, store, inTransaction: true })))
  }
}

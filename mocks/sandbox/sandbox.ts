import { schemaOf, type Schema } from '../database/schema.ts'
import type { Store } from '../database/store.ts'
import type { Journal } from '../kit/journal.ts'
import type { Service } from '../kit/service.ts'
import { ownCollections } from './collections.ts'
import { Country } from './country.ts'
import { type Beginning, RunningWorld } from './running-world.ts'

/** What a host brings: where worlds are kept, and how they begin. */
export interface SandboxOptions {
  readonly host: 'page' | 'node' | 'server'
  readonly services: readonly Service[]
  readonly beginning: Beginning
  /** @param lost to be called when the store was closed by somebody else: the next request opens it again */
  openStore(world: string, schema: Schema, lost: () => void): Promise<Store>
  openJournal(world: string): Promise<Journal>
  /** Names of the worlds kept from former runs. */
  stored?(): Promise<readonly string[]>
  /** Forgets a world that is closed. */
  erase?(world: string): Promise<void>
  /** Most worlds, open or kept; 200 when absent. */
  readonly maxWorlds?: number
  /** The machine's clock, milliseconds; `Date.now` when absent. */
  readonly realNow?: () => number
  /** Where a mistake of ours is reported, since it never goes on the wire. */
  readonly onBug?: (error: unknown, where: string) => void
}

/** There are as many worlds as this sandbox may hold. */
export class TooManyWorldsError extends Error {
  readonly limit: number
  constructor(limit: number) {
    super(`${limit} worlds exist already`)
    this.name = 'TooManyWorldsError'
    this.limit = limit
  }
}

/** Worlds by name, all with the same services and nothing in common. */
export class Sandbox {
  readonly host: 'page' | 'node' | 'server'
  readonly country: Country
  readonly beginning: Beginning
  readonly onBug: (error: unknown, where: string) => void
  readonly #options: SandboxOptions
  readonly #schema: Schema
  readonly #opened = new Map<string, RunningWorld>()
  readonly #opening = new Map<string, Promise<RunningWorld>>()

  constructor(options: SandboxOptions) {
    this.#options = options
    this.host = options.host
    this.beginning = options.beginning
    this.country = new Country(options.services)
    this.onBug = options.onBug ?? ((error, where) => console.error(where, error))
    this.#schema = schemaOf([...ownCollections, ...options.services.flatMap(({ collections }) => collections)])
  }

  /** The world when it is open already: the way of nearly every request. */
  opened(name: string): RunningWorld | undefined {
    return this.#opened.get(name)
  }

  /** Opens it, fills it when it is new. @throws {TooManyWorldsError} */
  async open(name: string): Promise<RunningWorld> {
    const ready = this.#opened.get(name) ?? this.#opening.get(name)
    if (ready) return await ready
    const opening = this.#openNew(name).finally(() => this.#opening.delete(name))
    this.#opening.set(name, opening)
    return await opening
  }

  async worlds(): Promise<readonly { readonly name: string; readonly open: boolean }[]> {
    const names = new Set([...this.#opened.keys(), ...((await this.#options.stored?.()) ?? [])])
    return [...names].sort().map((name) => ({ name, open: this.#opened.has(name) }))
  }

  /** @returns whether there was such a world. */
  async remove(name: string): Promise<boolean> {
    const known = (await this.worlds()).some((world) => world.name === name)
    await this.#forget(name)
    await this.#options.erase?.(name)
    return known
  }

  /** Fires, in every open world, the timers its clock has passed. Hosts that run in real time call it every second. */
  async tick(): Promise<void> {
    for (const running of this.#opened.values())
      if (running.clock.mode === 'running') await running.time.tick().catch((error: unknown) => this.onBug(error, `clock of ${running.name}`))
  }

  /** Ends the event streams, which have no end of their own. */
  endEvents(): void {
    for (const running of this.#opened.values()) running.events.close()
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#opening.values())
    for (const running of this.#opened.values()) await running.close()
    this.#opened.clear()
  }

  async #forget(name: string): Promise<void> {
    const running = this.#opened.get(name)
    this.#opened.delete(name)
    await running?.close()
  }

  async #openNew(name: string): Promise<RunningWorld> {
    const { maxWorlds = 200, openStore, openJournal, realNow = Date.now } = this.#options
    if (this.#opened.size + this.#opening.size >= maxWorlds) throw new TooManyWorldsError(maxWorlds)
    if (this.#options.stored) {
      const others = (await this.worlds()).filter((world) => world.name !== name)
      if (others.length >= maxWorlds) throw new TooManyWorldsError(maxWorlds)
    }
    const store = await openStore(name, this.#schema, () => void this.#forget(name))
    try {
      const journal = await openJournal(name)
      const running = await RunningWorld.open({ name, country: this.country, store, journal, beginning: this.beginning, realNow, onBug: this.onBug })
      this.#opened.set(name, running)
      return running
    } catch (error) {
      await store.close()
      throw error
    }
  }
}

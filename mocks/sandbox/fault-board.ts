import type { Store } from '../database/store.ts'
import type { Fault } from '../kit/faults.ts'
import { faults } from './collections.ts'

/** Most faults asked for at the same time. */
export const MAX_FAULTS = 100

/** Faults asked for in one world. Kept in the store, so that every tab plays them and `times` is counted once. */
export class FaultBoard {
  readonly #store: Store
  #known: readonly Fault[] = []

  constructor(store: Store) {
    this.#store = store
  }

  get all(): readonly Fault[] {
    return this.#known
  }

  /** Reads them again, after another tab (or this one) wrote. */
  async refresh(): Promise<void> {
    this.#known = await this.#store.range(faults, { limit: MAX_FAULTS })
  }

  async add(fault: Fault): Promise<void> {
    await this.#store.put(faults, fault)
    await this.refresh()
  }

  async remove(id: string): Promise<boolean> {
    const existed = (await this.#store.get(faults, id)) !== undefined
    await this.#store.delete(faults, id)
    await this.refresh()
    return existed
  }

  async clear(): Promise<void> {
    for (const { id } of this.#known) await this.#store.delete(faults, id)
    await this.refresh()
  }

  /** Those that apply to this request; each `times` is counted down. */
  async take(service: string, path: string): Promise<readonly Fault[]> {
    const concerned = this.#known.filter((fault) => (!fault.service || fault.service === service) && (!fault.path || path.startsWith(fault.path)))
    const taken: Fault[] = []
    for (const fault of concerned) if (fault.times === undefined || (await this.#countDown(fault.id))) taken.push(fault)
    return taken
  }

  async #countDown(id: string): Promise<boolean> {
    const played = await this.#store.transaction(async (access) => {
      const fault = await access.get(faults, id)
      if (!fault?.times) return false
      if (fault.times === 1) await access.delete(faults, id)
      else await access.put(faults, { ...fault, times: fault.times - 1 })
      return true
    })
    await this.refresh()
    return played
  }
}

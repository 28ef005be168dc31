import type { Acces } from './http.ts'
import { callJson } from './json.ts'
import { type EventOptions, followEvents, type SandboxListener } from './sandbox-events.ts'
import type {
  ApercuHorloge,
  ClockReading,
  Distribution,
  Fault,
  IdentityCard,
  JournalDetail,
  JournalPage,
  Presentation,
  RegisteredRule,
  Setting,
} from './sandbox-types.ts'

export interface JournalFilter {
  readonly after?: number
  readonly before?: number
  /** 1 to 500. */
  readonly limit?: number
  readonly service?: string
  readonly outcome?: string
  readonly patient?: string
  /** Text sought. */
  readonly q?: string
}

/** The trainer's hand on the world. Every method throws `ApiRefusal` with a French sentence when the sandbox says no. */
export class SandboxClient {
  readonly acces: Acces

  constructor(acces: Acces) {
    this.acces = acces
  }

  presentation(): Promise<Presentation> {
    return this.#call('GET', '')
  }

  async identities(): Promise<readonly IdentityCard[]> {
    return (await this.#call<{ cards: IdentityCard[] }>('GET', '/identities')).cards
  }

  /** The named people of the scenarios, with the dates this world gives them. */
  async distribution(): Promise<Distribution> {
    return (await this.#call<{ cast: Distribution }>('GET', '/identities')).cast
  }

  async rules(): Promise<readonly RegisteredRule[]> {
    return (await this.#call<{ rules: RegisteredRule[] }>('GET', '/rules')).rules
  }

  async settings(): Promise<readonly Setting[]> {
    return (await this.#call<{ settings: Setting[] }>('GET', '/settings')).settings
  }

  async changeSettings(values: Readonly<Record<string, Setting['value']>>): Promise<readonly Setting[]> {
    return (await this.#call<{ settings: Setting[] }>('PATCH', '/settings', values)).settings
  }

  journal(filter: JournalFilter = {}): Promise<JournalPage> {
    const query = new URLSearchParams(Object.entries(filter).map(([name, value]) => [name, String(value)]))
    return this.#call('GET', `/journal${query.size > 0 ? `?${query}` : ''}`)
  }

  exchange(seq: number): Promise<JournalDetail> {
    return this.#call('GET', `/journal/${seq}`)
  }

  clearJournal(): Promise<void> {
    return this.#call('DELETE', '/journal')
  }

  clock(): Promise<ClockReading> {
    return this.#call('GET', '/clock')
  }

  setClock(reading: Partial<ClockReading>): Promise<ClockReading> {
    return this.#call('PUT', '/clock', reading)
  }

  /** @param duration ISO 8601: `P6W`, `PT5M`. */
  advanceClock(duration: string): Promise<ClockReading> {
    return this.#call('POST', '/clock/advance', { duration })
  }

  /** What would happen up to there, without moving. */
  previewClock(but: { readonly advance: string } | { readonly until: string }): Promise<ApercuHorloge> {
    const query = new URLSearchParams('advance' in but ? { advance: but.advance } : { until: but.until })
    return this.#call('GET', `/clock/preview?${query}`)
  }

  async faults(): Promise<readonly Fault[]> {
    return (await this.#call<{ faults: Fault[] }>('GET', '/faults')).faults
  }

  addFault(fault: Omit<Fault, 'id'>): Promise<Fault> {
    return this.#call('POST', '/faults', fault)
  }

  removeFault(id: string): Promise<void> {
    return this.#call('DELETE', `/faults/${encodeURIComponent(id)}`)
  }

  clearFaults(): Promise<void> {
    return this.#call('DELETE', '/faults')
  }

  reset(dataset?: string): Promise<void> {
    return this.#call('POST', '/reset', dataset === undefined ? {} : { dataset })
  }

  /** The whole world, as the file to keep. */
  export(): Promise<unknown> {
    return this.#call('GET', '/export')
  }

  import(file: unknown): Promise<void> {
    return this.#call('POST', '/import', file)
  }

  /** Follows what happens until stopped. */
  follow(listener: SandboxListener, options?: EventOptions): () => void {
    return followEvents(this.acces, listener, options)
  }

  #call<T>(method: string, path: string, body?: unknown): Promise<T> {
    return callJson(this.acces, method, `/_sandbox${path}`, body)
  }
}

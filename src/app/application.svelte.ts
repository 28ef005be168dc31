import type { Acces } from '../clients/http.ts'
import { SandboxClient } from '../clients/sandbox-client.ts'
import type { Fault, JournalSummary, Presentation, SandboxEvent } from '../clients/sandbox-types.ts'
import { SandboxClock } from '../dossier/clock.ts'
import type { Demarrage } from './demarrage.ts'

/** Exchanges kept on screen; the journal itself holds more. */
const EXCHANGES_SHOWN = 400

type Ecouteur = (event: SandboxEvent | { readonly type: 'repris' }) => void

/**
 * What the whole app shares: the way to the services, the simulated clock, the thread of exchanges, and one feed of what changes.
 * Nothing here decides anything; every figure was read over HTTP.
 */
export class Application {
  readonly monde: string
  readonly acces: Acces
  readonly sandbox: SandboxClient
  readonly clock = new SandboxClock()
  /** Null until the services answer. */
  presentation = $state.raw<Presentation | null>(null)
  demarrage = $state.raw<Demarrage | null>(null)
  /** French, when the services could not be started. */
  echec = $state('')
  journal = $state.raw<readonly JournalSummary[]>([])
  faults = $state.raw<readonly Fault[]>([])
  /** Simulated milliseconds, moved every second and at each change of the clock. */
  maintenant = $state(0)
  /** Grows each time the world was put back to its start. */
  resets = $state(0)
  /** Seq of the last exchange when the services answered: what came before is history. */
  debut = 0
  readonly pret: Promise<void>
  readonly #ecouteurs = new Set<Ecouteur>()

  constructor(monde: string, demarrage: Promise<Demarrage>) {
    this.monde = monde
    const started = demarrage.then((started) => {
      this.demarrage = started
    })
    // A call made while the services start waits for them instead of reaching nobody.
    const gated: typeof fetch = async (...call) => {
      await started
      return await fetch(...call)
    }
    this.acces = { base: monde === 'default' ? '' : `/w/${monde}`, fetch: gated }
    this.sandbox = new SandboxClient(this.acces)
    this.pret = started.then(() => this.#connect())
    this.pret.catch((error: unknown) => {
      this.echec = error instanceof Error ? error.message : String(error)
    })
  }

  /** Follows what happens, until the returned function is called. */
  ecouter(ecouteur: Ecouteur): () => void {
    this.#ecouteurs.add(ecouteur)
    return () => this.#ecouteurs.delete(ecouteur)
  }

  async #connect(): Promise<void> {
    await this.relire()
    this.debut = this.presentation?.journal.last ?? 0
    this.sandbox.follow((event) => this.#apply(event), { after: this.debut })
    setInterval(() => (this.maintenant = this.clock.now()), 1_000)
  }

  /** Reads everything again: at the start, after a cut, after a reset. */
  async relire(): Promise<void> {
    const [presentation, page, faults] = await Promise.all([this.sandbox.presentation(), this.sandbox.journal({ limit: 200 }), this.sandbox.faults()])
    this.presentation = presentation
    this.journal = page.entries.toSorted((a, b) => a.seq - b.seq)
    this.faults = faults
    this.#setClock(presentation.now, presentation.clock === 'frozen')
  }

  #setClock(now: string, frozen: boolean): void {
    this.clock.set(Date.parse(now), frozen)
    this.maintenant = this.clock.now()
  }

  #apply(event: SandboxEvent | { readonly type: 'repris' }): void {
    switch (event.type) {
      case 'journal':
        if ((this.journal.at(-1)?.seq ?? 0) < event.data.seq) this.journal = [...this.journal.slice(1 - EXCHANGES_SHOWN), event.data]
        break
      case 'clock':
        this.#setClock(event.data.now, event.data.mode === 'frozen')
        break
      case 'faults':
        this.faults = event.data.faults
        break
      case 'reset':
        this.journal = []
        this.resets += 1
        void this.relire()
        break
      case 'repris':
        void this.relire()
        break
      case 'records':
        break
    }
    for (const ecouteur of this.#ecouteurs) ecouteur(event)
  }
}

import { cartesDuCabinet, cartesVitales } from '../clients/distribution.ts'
import { DmpClient } from '../clients/dmp-client.ts'
import type { Acces } from '../clients/http.ts'
import { InsiClient } from '../clients/insi-client.ts'
import type { SandboxClient } from '../clients/sandbox-client.ts'
import type { IdentityCard, SandboxEvent } from '../clients/sandbox-types.ts'
import { exclusifEntreOnglets } from '../dossier/boite-envoi.ts'
import type { Clock } from '../dossier/clock.ts'
import { CabinetDatabase } from '../dossier/database.ts'
import { ecrireCda } from '../dossier/ecrire-cda.ts'
import { Poste } from './poste.ts'

export interface OptionsCabinet {
  /** Name of the world: each has a practice with records of its own. */
  readonly monde: string
  readonly acces: Acces
  readonly sandbox: Pick<SandboxClient, 'identities'>
  readonly clock: Clock
  /** UUIDs; `crypto.randomUUID` when absent. */
  readonly newId?: () => string
  /** Its own records; opened by the name of the world when absent. */
  readonly db?: CabinetDatabase
}

/** The practice of one world: its desk, and what keeps it in step with the sandbox. */
export class Cabinet {
  readonly poste: Poste
  readonly #sandbox: OptionsCabinet['sandbox']
  #renouvellement: Promise<void> | undefined
  /** As the sandbox lists them: the team, the cartes Vitale, the people of the scenarios. */
  identities: readonly IdentityCard[] = []

  constructor({ monde, acces, sandbox, clock, newId = randomUuid, db = new CabinetDatabase(monde) }: OptionsCabinet) {
    this.#sandbox = sandbox
    const client = { acces, now: () => clock.now(), newId }
    const exclusif = exclusifEntreOnglets(monde)
    this.poste = new Poste({ db, clock, newId, insi: new InsiClient(client), dmp: new DmpClient(client), ecrireCda, ...(exclusif && { exclusif }) })
  }

  /** Puts the team's cards and the cartes Vitale at hand. Call it once the services answer. */
  async installer(): Promise<void> {
    this.identities = await this.#sandbox.identities()
    await this.poste.installer(cartesDuCabinet(this.identities), cartesVitales(this.identities))
  }

  /** A world put back to its start has a new practice too, and other dates of birth. Told twice at once, it is done once. */
  surEvenement(event: SandboxEvent | { readonly type: 'repris' }): Promise<void> {
    if (event.type === 'records' && vientDuPatient(event.data.collections)) this.poste.actualiserDmp()
    if (event.type !== 'reset') return Promise.resolve()
    this.#renouvellement ??= this.#renouveler().finally(() => (this.#renouvellement = undefined))
    return this.#renouvellement
  }

  async #renouveler(): Promise<void> {
    await this.poste.vider()
    await this.installer()
  }

  fermer(): void {
    this.poste.arreter()
  }
}

/**
 * Whether what changed is the patient's doing: profile, blocks, or a document masked. No real software is told so; here the desk asks the DMP
 * again by itself, so that a trainer sees both sides at once. What the practice itself deposits also notifies the patient.
 */
const vientDuPatient = (collections: readonly string[]): boolean =>
  collections.includes('mes-profils') ||
  collections.includes('mes-blocages') ||
  (collections.includes('dmp-documents') && collections.includes('mes-activites') && !collections.includes('mes-notifications'))

/** `crypto.randomUUID` is missing on a plain http origin. */
export function randomUuid(): string {
  const { crypto } = globalThis
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return Array.from(bytes, (byte, at) => ([4, 6, 8, 10].includes(at) ? '-' : '') + byte.toString(16).padStart(2, '0')).join('')
}

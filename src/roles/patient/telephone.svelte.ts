import { ApiRefusal } from '../../clients/json.ts'
import type { MesClient } from '../../clients/mes/mes-client.ts'
import type { DocumentsDuPatient } from '../../clients/mes/documents.ts'
import type { DocumentPatient, NotificationPatient, ProfilPatient } from '../../clients/mes/mes-types.ts'

/** French, for whoever holds the phone. */
export const phraseDe = (error: unknown): string =>
  error instanceof ApiRefusal ? error.message : 'Mon espace santé ne répond pas. Réessayez dans un instant.'

/** What one person's phone shows of Mon espace santé. Reads again when told that something changed; never decides. */
export class Telephone {
  readonly matriculeIns: string
  /** For the pages: they read and write what is theirs, then `lire()`. */
  readonly mes: MesClient
  profil = $state.raw<ProfilPatient | null>(null)
  documents = $state.raw<readonly DocumentPatient[]>([])
  /** Categories and settings of the documents; null until read. */
  rayons = $state.raw<Omit<DocumentsDuPatient, 'documents'> | null>(null)
  notifications = $state.raw<readonly NotificationPatient[]>([])
  /** Documents that came while the phone was on. */
  nouveaux = $state.raw<ReadonlySet<string>>(new Set())
  /** French: why nothing is shown; `''` when all is well. */
  refus = $state('')
  /** One more each time something may have changed: what a page read before is to be read again. @see suivi.svelte.ts */
  version = $state(0)
  #vus: ReadonlySet<string> | undefined
  #lecture: Promise<void> | undefined
  #encore = false

  constructor(mes: MesClient, matriculeIns: string) {
    this.mes = mes
    this.matriculeIns = matriculeIns
  }

  get nonLues(): number {
    return this.notifications.filter(({ lue }) => !lue).length
  }

  /** One reading at a time; what changes meanwhile is read once more. */
  lire(): Promise<void> {
    if (this.#lecture) {
      this.#encore = true
      return this.#lecture
    }
    this.#lecture = this.#relire().finally(() => (this.#lecture = undefined))
    return this.#lecture
  }

  async #relire(): Promise<void> {
    do {
      this.#encore = false
      this.version++
      try {
        this.profil = await this.mes.profil(this.matriculeIns)
        this.refus = ''
        if (this.profil.patient !== 'tout') {
          this.documents = []
          this.notifications = []
          continue
        }
        const [{ documents, ...rayons }, notifications] = await Promise.all([
          this.mes.documents(this.matriculeIns),
          this.mes.notifications(this.matriculeIns),
        ])
        this.#signaler(documents)
        this.documents = documents
        this.rayons = rayons
        this.notifications = notifications
      } catch (error) {
        this.refus = phraseDe(error)
      }
    } while (this.#encore)
  }

  #signaler(documents: readonly DocumentPatient[]): void {
    const vus = this.#vus
    if (vus) this.nouveaux = new Set([...this.nouveaux, ...documents.map(({ id }) => id).filter((id) => !vus.has(id))])
    this.#vus = new Set(documents.map(({ id }) => id))
  }

  vu(id: string): void {
    this.nouveaux = new Set([...this.nouveaux].filter((un) => un !== id))
  }

  /** Does something, shows what refuses it, then reads again. @returns whether it was done */
  async faire(travail: () => Promise<unknown>): Promise<boolean> {
    let refus = ''
    try {
      await travail()
    } catch (error) {
      refus = phraseDe(error)
    }
    await this.lire()
    this.refus ||= refus
    return refus === ''
  }

  agir(acte: string, donnees: object = {}): Promise<boolean> {
    return this.faire(() => this.mes.agir(this.matriculeIns, acte, donnees))
  }

  /** A call on this profile. @param path after the profile: `/mesures`. @throws {ApiRefusal} */
  appeler<T>(method: string, path: string, body?: unknown): Promise<T> {
    return this.mes.appeler(method, this.matriculeIns, path, body)
  }

  async lireNotification(id: string): Promise<void> {
    await this.mes.marquerLue(this.matriculeIns, id)
    await this.lire()
  }

  contenu(id: string): Promise<{ mimeType: string; bytes: Uint8Array }> {
    return this.mes.contenu(this.matriculeIns, id)
  }
}

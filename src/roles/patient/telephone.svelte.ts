import { ApiRefusal } from '../../clients/json.ts'
import { boitePersonnelle, type CourrierPersonnel, type ProfilRattache, profilsRattaches } from '../../clients/mes/delegations.ts'
import type { MesClient } from '../../clients/mes/mes-client.ts'
import { conversations, type ConversationPatient } from '../../clients/mes/messagerie.ts'
import type { DocumentsDuPatient } from '../../clients/mes/documents.ts'
import type { DocumentPatient, NotificationPatient, ProfilPatient } from '../../clients/mes/mes-types.ts'

/** French, for whoever holds the phone. */
export const phraseDe = (error: unknown): string =>
  error instanceof ApiRefusal ? error.message : 'Mon espace santé ne répond pas. Réessayez dans un instant.'

/** Messages shown at once above what is on screen: the newest hides little of it. */
const PUSHS = 1

/** What one person's phone shows of Mon espace santé. Reads again when told that something changed; never decides. */
export class Telephone {
  /** Whose phone it is, 15 characters. */
  readonly proprietaire: string
  /** Whose profile it shows: the owner's own, or one they may open. */
  matriculeIns = $state('')
  /** For the pages: they read and write what is theirs, then `lire()`. It says who acts. */
  mes: MesClient = $state.raw()!
  readonly #sien: MesClient
  /** The other profiles that the owner may open. */
  profils = $state.raw<readonly ProfilRattache[]>([])
  /** What the owner received outside Mon espace santé, newest first. */
  boite = $state.raw<readonly CourrierPersonnel[]>([])
  /** Mail that came while the phone was on and was not looked at. */
  courriersNeufs = $state.raw<ReadonlySet<string>>(new Set())
  /** Messages on the lock screen, newest last. */
  pushs = $state.raw<readonly CourrierPersonnel[]>([])
  #recus: ReadonlySet<string> | undefined
  /** French: what changed by itself for the owner. */
  annonce = $state('')
  profil = $state.raw<ProfilPatient | null>(null)
  documents = $state.raw<readonly DocumentPatient[]>([])
  /** Categories and settings of the documents; null until read. */
  rayons = $state.raw<Omit<DocumentsDuPatient, 'documents'> | null>(null)
  notifications = $state.raw<readonly NotificationPatient[]>([])
  conversations = $state.raw<readonly ConversationPatient[]>([])
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
    this.#sien = mes
    this.mes = mes
    this.proprietaire = matriculeIns
    this.matriculeIns = matriculeIns
  }

  /** Shows another profile, of which nothing of the former stays. */
  afficher(matriculeIns: string): Promise<void> {
    if (matriculeIns !== this.matriculeIns) this.#changerDeProfil(matriculeIns)
    return this.lire()
  }

  #changerDeProfil(matriculeIns: string): void {
    this.matriculeIns = matriculeIns
    this.mes = matriculeIns === this.proprietaire ? this.#sien : this.#sien.auNomDe(this.proprietaire)
    this.profil = null
    this.#encore = true
    this.#vider()
    this.#vus = undefined
    this.nouveaux = new Set()
    this.refus = ''
    this.annonce = ''
  }

  #vider(): void {
    this.documents = []
    this.notifications = []
    this.conversations = []
  }

  get nonLues(): number {
    return this.notifications.filter(({ lue }) => !lue).length
  }

  get messagesNonLus(): number {
    return this.conversations.reduce((total, { nonLus }) => total + nonLus, 0)
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
      const { mes, matriculeIns } = this
      // Another profile may be chosen while this one is read.
      const partie = () => matriculeIns !== this.matriculeIns
      try {
        await this.#lireLeSien()
        if (partie()) continue
        const profil = await mes.profil(matriculeIns)
        if (partie()) continue
        this.profil = profil
        this.refus = ''
        if (profil.patient !== 'tout') {
          this.#vider()
          continue
        }
        const [{ documents, ...rayons }, notifications, fils] = await Promise.all([
          mes.documents(matriculeIns),
          mes.notifications(matriculeIns),
          conversations(mes, matriculeIns),
        ])
        if (partie()) continue
        this.#signaler(documents)
        this.documents = documents
        this.rayons = rayons
        this.notifications = notifications
        this.conversations = fils
      } catch (error) {
        if (!partie()) this.refus = phraseDe(error)
      }
    } while (this.#encore)
  }

  /** What is the owner's, whichever profile is shown. An access that ended brings back to their own. */
  async #lireLeSien(): Promise<void> {
    const [profils, boite] = await Promise.all([profilsRattaches(this.#sien, this.proprietaire), boitePersonnelle(this.#sien, this.proprietaire)])
    this.profils = profils
    this.#recevoir(boite)
    if (this.matriculeIns === this.proprietaire || profils.some(({ matriculeIns }) => matriculeIns === this.matriculeIns)) return
    this.#changerDeProfil(this.proprietaire)
    this.annonce = 'Vous n’avez plus accès à ce profil : voici le vôtre.'
  }

  #recevoir(boite: readonly CourrierPersonnel[]): void {
    const neufs = this.#recus ? boite.filter(({ id }) => !this.#recus?.has(id)) : []
    this.#recus = new Set(boite.map(({ id }) => id))
    this.boite = boite
    if (neufs.length === 0) return
    this.courriersNeufs = new Set([...this.courriersNeufs, ...neufs.map(({ id }) => id)])
    const pushs = neufs.filter(({ canal, pour }) => canal === 'push' && pour === '')
    this.pushs = [...this.pushs, ...pushs.toReversed()].slice(-PUSHS)
  }

  /** Takes a message off the lock screen. */
  balayer(id: string): void {
    this.pushs = this.pushs.filter((un) => un.id !== id)
  }

  /** The mailbox is on screen: nothing in it is new any more. */
  releverLaBoite(): void {
    if (this.courriersNeufs.size > 0) this.courriersNeufs = new Set()
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

  effacerNotification(id: string): Promise<boolean> {
    return this.faire(() => this.mes.effacerNotification(this.matriculeIns, id))
  }

  contenu(id: string): Promise<{ mimeType: string; bytes: Uint8Array }> {
    return this.mes.contenu(this.matriculeIns, id)
  }
}

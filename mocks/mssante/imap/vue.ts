import { placeOf } from '#standards/imap/sequence-set.ts'
import type { World } from '../../world.ts'
import { type DossierEnregistre, dossiers, messages, type MessageEnregistre } from '../store.ts'

/** What changed in the folder since the client was last told; sequence numbers are those of the moment each line is said. */
export interface Nouvelles {
  /** The folder is gone, or another one has its name. */
  readonly disparu?: boolean
  /** Sequence numbers, largest first. */
  readonly expurges: readonly number[]
  /** UIDs of what left. */
  readonly uidsExpurges: readonly number[]
  /** How many there are now, when some arrived. */
  readonly existe?: number
  readonly marques: readonly { readonly numero: number; readonly message: MessageEnregistre }[]
}

const RIEN: Nouvelles = { expurges: [], uidsExpurges: [], marques: [] }
/** Changed rows read at a time. */
const PAGE = 500

/** The folder a client has selected, as it knows it: one number for each message, brought up to date by what changed. */
export class Vue {
  readonly id: string
  readonly nom: string
  readonly boite: string
  readonly lectureSeule: boolean
  /** Ascending; the sequence number of a message is its place, plus one. */
  readonly uids: number[]
  /** Keywords told to the client. */
  readonly motsCles: Set<string>
  /** What this client did itself, UID by modseq: it has been told, or asked not to be. */
  readonly siens = new Map<number, number>()
  /** Messages that arrived under its eyes have this UID at least. @see RFC 3501 §2.3.2 (\Recent) */
  readonly recentDes: number
  #dossier: DossierEnregistre
  #dernierUid: number

  private constructor(dossier: DossierEnregistre, uids: number[], lectureSeule: boolean, motsCles: Iterable<string>) {
    this.id = dossier.id
    this.nom = dossier.nom
    this.boite = dossier.boite
    this.lectureSeule = lectureSeule
    this.uids = uids
    this.motsCles = new Set(motsCles)
    this.#dossier = dossier
    this.recentDes = dossier.uidNext
    this.#dernierUid = uids.at(-1) ?? 0
  }

  static async ouvrir(world: World, id: string, lectureSeule: boolean, motsCles: Iterable<string>): Promise<Vue | undefined> {
    const dossier = await world.store.get(dossiers, id)
    if (!dossier) return undefined
    const uids = dossier.messages === 0 ? [] : await world.store.column(messages, { index: 'parUid', equals: [id], to: dossier.uidNext - 1 })
    return new Vue(dossier, uids, lectureSeule, motsCles)
  }

  /** As last read. */
  get dossier(): DossierEnregistre {
    return this.#dossier
  }

  /** Sequence number of a UID, 0 when the client does not know it. */
  numeroDe(uid: number): number {
    const place = placeOf(this.uids, uid)
    return this.uids[place] === uid ? place + 1 : 0
  }

  recent = ({ uid }: Pick<MessageEnregistre, 'uid'>): boolean => uid >= this.recentDes

  /**
   * Costs what changed, not what the folder holds; only a departure makes the list of UIDs be read again.
   * @param departs whether the client may be told that messages left. @see RFC 3501 §7.4.1
   */
  async actualiser(world: World, departs: boolean): Promise<Nouvelles> {
    const avant = this.#dossier
    const dossier = await world.store.get(dossiers, this.id)
    if (!dossier || dossier.uidValidity !== avant.uidValidity) return { ...RIEN, disparu: true }
    if (dossier.modseq === avant.modseq && (!departs || dossier.messages === this.uids.length)) return RIEN
    this.#dossier = dossier
    const connus = this.#dernierUid
    const neufs = await world.store.column(messages, { index: 'parUid', equals: [this.id], from: connus + 1 })
    this.uids.push(...neufs)
    this.#dernierUid = this.uids.at(-1) ?? connus
    if (this.#dernierUid < connus) this.#dernierUid = connus
    const marques = dossier.modseq === avant.modseq ? [] : await this.#marques(world, avant.modseq, connus)
    const { expurges, uidsExpurges } = departs && this.uids.length !== dossier.messages ? await this.#departs(world) : RIEN
    return {
      expurges,
      uidsExpurges,
      ...(neufs.length > 0 && { existe: this.uids.length }),
      marques: marques.flatMap((message) => {
        const numero = this.numeroDe(message.uid)
        return numero > 0 ? [{ numero, message }] : []
      }),
    }
  }

  /** Changed since, among those that were known, and not by this client. */
  async #marques(world: World, depuis: number, connus: number): Promise<MessageEnregistre[]> {
    const trouves: MessageEnregistre[] = []
    for (let from = depuis + 1; ;) {
      const page = await world.store.range(messages, { index: 'parModseq', equals: [this.id], from, limit: PAGE })
      for (const message of page) if (message.uid <= connus && this.siens.get(message.uid) !== message.modseq) trouves.push(message)
      if (page.length < PAGE) break
      from = page.at(-1)!.modseq + 1
    }
    this.siens.clear()
    return trouves
  }

  async #departs(world: World): Promise<Pick<Nouvelles, 'expurges' | 'uidsExpurges'>> {
    const restent = new Set(await world.store.column(messages, { index: 'parUid', equals: [this.id], to: this.#dernierUid }))
    const expurges: number[] = []
    const uidsExpurges: number[] = []
    const gardes: number[] = []
    this.uids.forEach((uid, place) => {
      if (restent.has(uid)) gardes.push(uid)
      else {
        expurges.push(place + 1)
        uidsExpurges.push(uid)
      }
    })
    this.uids.length = 0
    for (const uid of gardes) this.uids.push(uid)
    return { expurges: expurges.toReversed(), uidsExpurges }
  }
}

import { Cursor, ImapSyntaxError } from '#standards/imap/cursor.ts'
import { CommandReader, MAX_LITERAL, type Read } from '#standards/imap/command-reader.ts'
import { bytesOf, plainText, type Written } from '#standards/imap/write.ts'
import type { WireLink, WireSession, WireWorld } from '../../kit/wire.ts'
import type { World } from '../../world.ts'
import type { Identite } from '../rules/acces.ts'
import type { BoiteEnregistree } from '../store.ts'
import type { Commande } from './commande.ts'
import { marquesDe } from './marques.ts'
import type { EnMain } from './en-main.ts'
import { type Fin, mal, non } from './fin.ts'
import type { Nouvelles, Vue } from './vue.ts'

/** The mailbox this connection opened, and for whom. */
export interface Ouverture {
  readonly monde: WireWorld
  readonly world: World
  readonly adresse: string
  readonly type: BoiteEnregistree['type']
  readonly identite: Identite
  /** Simulated milliseconds; undefined for a certificate. */
  readonly expireLe: number | undefined
}

/** Commands before a mailbox is opened, refused openings, and unreadable commands in a row, after which the connection is ended. */
const MAX_AVANT = 50
const MAX_REFUS = 5
const MAX_ILLISIBLES = 20
/** Literal bytes of one command before a mailbox is opened. */
const MAX_LITERAL_AVANT = 8_192
/** Bytes of literals of one command, APPEND apart. */
const MAX_LITERAUX = 262_144
/** Bytes kept before they are handed to the host. */
const TAMPON = 65_536

/** One IMAP connection. Commands are answered one after the other; what others change is told between two of them. @see RFC 3501 */
export class SessionImap implements WireSession {
  readonly link: WireLink
  readonly #commandes: ReadonlyMap<string, Commande>
  readonly #lecteur = new CommandReader()
  #ouverture: Ouverture | undefined
  vue: Vue | undefined
  /** Asked for by ENABLE, or by a command that implies it. @see RFC 7162 §3.1 */
  condstore = false
  refus = 0
  /** Tag of the command being answered. */
  tag = ''
  /** The message last read. */
  enMain: EnMain | undefined
  #avant = 0
  #illisibles = 0
  #tampon: Written[] = []
  #poids = 0
  #finie = false
  #suite: ((line: string) => Promise<Fin | undefined>) | undefined
  #oisive = false
  #cesser: (() => void) | undefined
  #file: Promise<void> = Promise.resolve()
  #reveilPrevu = false

  /** @param commandes by name: what a client may say */
  constructor(link: WireLink, commandes: ReadonlyMap<string, Commande>) {
    this.link = link
    this.#commandes = commandes
  }

  get authenticated(): boolean {
    return this.#ouverture !== undefined
  }

  /** Once authenticated. */
  get ouverture(): Ouverture {
    if (!this.#ouverture) throw new Error('no mailbox is open')
    return this.#ouverture
  }

  get world(): World {
    return this.ouverture.world
  }

  greet(): Promise<void> {
    return this.#enFile(async () => {
      this.dire(`* OK [CAPABILITY ${this.capacites()}] Bac a sante : messagerie fictive, aucune donnee reelle`)
      await this.vider()
    })
  }

  receive(bytes: Uint8Array): Promise<void> {
    return this.#enFile(async () => {
      this.#lecteur.push(bytes)
      await this.#avancer()
    })
  }

  /** A token that has expired ends the connection. @see MSS-IMAP-EXPIRATION */
  tick(): Promise<void> {
    return this.#enFile(async () => {
      if (this.expiree()) await this.prendreConge('Le jeton Pro Sante Connect a expire : reconnectez-vous avec un autre', 'AUTHENTICATIONFAILED')
    })
  }

  dismiss(bye: string): Promise<void> {
    return this.#enFile(() => this.prendreConge(bye))
  }

  end(): void {
    this.#finie = true
    this.#cesser?.()
    this.#cesser = undefined
    this.vue = undefined
  }

  // --- For the commands

  /** What the connection can do now; it differs before and after TLS, and after the opening. */
  capacites(): string {
    const toujours = 'IMAP4rev1 LITERAL+ ID ENABLE SASL-IR'
    if (this.#ouverture) return `${toujours} IDLE NAMESPACE UIDPLUS MOVE SPECIAL-USE UNSELECT CHILDREN CONDSTORE ESEARCH`
    if (!this.link.secure) return `${toujours}${this.link.startTls ? ' STARTTLS' : ''} LOGINDISABLED`
    return `${toujours} AUTH=XOAUTH2 AUTH=PLAIN`
  }

  ouvrir(ouverture: Ouverture): void {
    this.#ouverture = ouverture
    this.#cesser = ouverture.monde.listen(() => this.#reveiller())
    ouverture.monde.closed.addEventListener('abort', () => void this.dismiss('Ce monde est ferme'), { once: true })
  }

  /** One line; pieces may be bytes. */
  dire(...ligne: Written[]): void {
    for (const piece of ligne) this.#poids += piece.length
    this.#tampon.push(...ligne, '\r\n')
  }

  /** To be awaited between long answers: waits for a client that reads slowly. */
  async respirer(): Promise<void> {
    if (this.#poids >= TAMPON) await this.vider()
  }

  get finie(): boolean {
    return this.#finie
  }

  /** Asks the client for one more line, then for as many as the answer is undefined. */
  async demander(invite: string, recue: (line: string) => Promise<Fin | undefined>): Promise<undefined> {
    this.dire(`+ ${invite}`)
    this.#suite = recue
    return undefined
  }

  /** From now on changes are told as they come. @see RFC 2177 */
  async attendre(): Promise<void> {
    this.#oisive = true
    await this.actualiser(true)
  }

  oublierRecu(): void {
    this.#lecteur.clear()
  }

  expiree(): boolean {
    const expireLe = this.#ouverture?.expireLe
    return expireLe !== undefined && expireLe <= this.world.now()
  }

  /** Tells what changed in the selected folder. @param departs not while a command that names sequence numbers is answered */
  async actualiser(departs: boolean): Promise<void> {
    const { vue } = this
    if (!vue) return
    const nouvelles = await vue.actualiser(this.world, departs)
    if (nouvelles.disparu) return await this.prendreConge('Le dossier ouvert a ete supprime ou renomme')
    this.#annoncer(vue, nouvelles)
  }

  async prendreConge(texte: string, code?: string): Promise<void> {
    if (this.#finie) return
    this.dire(`* BYE ${code === undefined ? '' : `[${code}] `}${plainText(texte)}`)
    await this.partir()
  }

  /** Ends without a word more. */
  async partir(): Promise<void> {
    await this.vider()
    this.end()
    this.link.close()
  }

  #annoncer(vue: Vue, { expurges, existe, marques }: Nouvelles): void {
    for (const numero of expurges) this.dire(`* ${numero} EXPUNGE`)
    if (existe !== undefined) {
      this.dire(`* ${vue.uids.length} EXISTS`)
      this.dire(`* ${vue.uids.filter((uid) => uid >= vue.recentDes).length} RECENT`)
    }
    for (const { numero, message } of marques)
      this.dire(`* ${numero} FETCH (UID ${message.uid} FLAGS ${marquesDe(vue, message)}${this.condstore ? ` MODSEQ (${message.modseq})` : ''})`)
  }

  #reveiller(): void {
    if (this.#reveilPrevu || this.#finie) return
    this.#reveilPrevu = true
    void this.#enFile(async () => {
      this.#reveilPrevu = false
      if (!this.#oisive) return
      await this.actualiser(true)
      await this.vider()
    })
  }

  /** One thing after the other. A bug of ours ends this connection and is told to the host. */
  #enFile(work: () => Promise<void>): Promise<void> {
    const next = this.#file.then(async () => {
      if (!this.#finie) await work()
    })
    this.#file = next.catch(() => {})
    return next
  }

  async vider(): Promise<void> {
    const pieces = this.#tampon
    this.#tampon = []
    this.#poids = 0
    if (pieces.length > 0 && !this.#finie) await this.link.write(bytesOf(pieces))
  }

  async #avancer(): Promise<void> {
    while (!this.#finie) {
      const lu = this.#suite ? this.#lecteur.nextLine() : this.#lecteur.next()
      if (!lu) break
      await this.#traiter(lu)
    }
    await this.vider()
  }

  async #traiter(lu: Read): Promise<void> {
    switch (lu.type) {
      case 'overflow':
        return await this.prendreConge('Ligne trop longue')
      case 'literal':
        return await this.#litteral(lu)
      case 'line':
        return await this.#ligne(lu.line)
      case 'command':
        return await this.#commande(new Cursor(lu.pieces))
    }
  }

  async #litteral({ size, synchronizing, pieces }: Extract<Read, { type: 'literal' }>): Promise<void> {
    const [, tag = '*', nom = ''] = /^([^\s()]{1,100}) ([A-Za-z]{1,20})/.exec(typeof pieces[0] === 'string' ? pieces[0] : '') ?? []
    const deja = pieces.reduce((sum, piece) => sum + (typeof piece === 'string' ? 0 : piece.length), 0)
    const max = !this.#ouverture ? MAX_LITERAL_AVANT : nom.toUpperCase() === 'APPEND' ? MAX_LITERAL : MAX_LITERAUX
    if (deja + size <= max) {
      this.#lecteur.accept(size)
      if (!synchronizing) return
      this.dire('+ OK')
      return await this.vider()
    }
    // Its bytes are on their way already, and nobody wants them.
    if (!synchronizing) return await this.prendreConge('Litteral trop long', 'TOOBIG')
    this.#lecteur.refuse()
    this.#clore(tag, non(`Litteral trop long : ${max} octets au plus ici`, 'TOOBIG'))
    await this.vider()
  }

  async #ligne(line: string): Promise<void> {
    const suite = this.#suite
    if (!suite) return
    const fin = await suite(line)
    if (!fin) return
    this.#suite = undefined
    this.#oisive = false
    await this.#terminer(this.tag, fin, true)
  }

  async #commande(lu: Cursor): Promise<void> {
    let tag = '*'
    try {
      tag = lu.match(/[^\0-\x20\x7f-\xff(){%*"\\+]{1,100}(?= )/y)?.[0] ?? tag
      if (tag === '*') throw new ImapSyntaxError('tag expected')
      lu.space()
      const nom = lu.atom().toUpperCase()
      await this.#executer(tag, nom, lu)
    } catch (error) {
      if (!(error instanceof ImapSyntaxError)) throw error
      this.#clore(tag, mal(error.message))
      if (++this.#illisibles >= MAX_ILLISIBLES) await this.prendreConge('Trop de commandes illisibles')
    }
  }

  async #executer(tag: string, nom: string, lu: Cursor): Promise<void> {
    if (!this.#ouverture && ++this.#avant > MAX_AVANT) return await this.prendreConge('Trop de commandes avant l’ouverture d’une boite')
    if (this.expiree()) return await this.prendreConge('Le jeton Pro Sante Connect a expire : reconnectez-vous avec un autre', 'AUTHENTICATIONFAILED')
    const commande = this.#commandes.get(nom)
    if (!commande) throw new ImapSyntaxError('unknown command')
    const { etat } = commande
    if (etat === 'avant' && this.#ouverture) throw new ImapSyntaxError('already authenticated')
    if ((etat === 'ouverte' || etat === 'choisie') && !this.#ouverture) throw new ImapSyntaxError('not authenticated')
    if (etat === 'choisie' && !this.vue) throw new ImapSyntaxError('no mailbox is selected')
    this.tag = tag
    const fin = await commande.faire(this, lu)
    if (!fin) return
    this.#illisibles = 0
    await this.#terminer(tag, fin, !commande.numeros)
    await commande.apres?.(this)
    if (this.refus >= MAX_REFUS) await this.prendreConge('Trop d’ouvertures refusees')
  }

  async #terminer(tag: string, fin: Fin, departs: boolean): Promise<void> {
    if (fin.statut !== 'BAD') await this.actualiser(departs)
    this.#clore(tag, fin)
    if (!this.#ouverture && this.refus >= MAX_REFUS) await this.prendreConge('Trop d’ouvertures refusees')
  }

  #clore(tag: string, { statut, code, texte }: Fin): void {
    if (this.#finie) return
    this.dire(`${tag} ${statut} ${code === undefined ? '' : `[${code}] `}${plainText(texte)}`)
  }
}

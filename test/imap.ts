import { fromBinary, toBinary } from '#standards/imap/bytes.ts'
import type { WireLink, WireSession } from '../mocks/kit/wire.ts'
import { ouvrirSession } from '../mocks/mssante/imap/ouvrir-session.ts'
import { ajouter, dossierDe } from '../mocks/mssante/dossier.ts'
import type { MessageEnregistre } from '../mocks/mssante/store.ts'
import { castOf } from '../mocks/database/registre.ts'
import { jetonPour } from './jetons.ts'
import type { TestWorld } from './world.ts'

export interface ConnexionOptions {
  /** TLS is established, or not needed; true when absent. */
  readonly secure?: boolean
  /** OU of the client's certificate. */
  readonly structure?: string
}

/** A connection without a network: what is said to the session, what it answers. One byte in each character. */
export class ConnexionImap {
  readonly session: WireSession
  fermee = false
  #recu = ''
  #retenue: Promise<void> | undefined
  #laisser = () => {}
  #secure: boolean
  #tag = 0

  constructor(monde: TestWorld, { secure = true, structure }: ConnexionOptions = {}) {
    this.#secure = secure
    const isSecure = () => this.#secure
    const startTls = async () => void (this.#secure = true)
    const link: WireLink = {
      write: async (bytes) => {
        this.#recu += toBinary(bytes)
        await this.#retenue
      },
      get secure() {
        return isSecure()
      },
      get startTls() {
        return isSecure() ? undefined : startTls
      },
      structure,
      async world(name) {
        const known = name === 'default' || (await monde.sandbox.worlds()).some((one) => one.name === name)
        const running = known ? await monde.sandbox.open(name) : undefined
        return running && { world: running.world, listen: (listener) => running.store.subscribe(() => listener()), closed: running.events.closed }
      },
      close: () => void (this.fermee = true),
    }
    this.session = ouvrirSession(link)
  }

  /** Takes nothing more, as a client that reads slowly. */
  retenir(): void {
    this.#retenue = new Promise((resolve) => (this.#laisser = resolve))
  }

  relacher(): void {
    this.#laisser()
    this.#retenue = undefined
  }

  get octetsRecus(): number {
    return this.#recu.length
  }

  /** Lines said since the last time. */
  lignes(): string[] {
    const recu = this.#recu
    this.#recu = ''
    return recu === '' ? [] : recu.replace(/\r\n$/, '').split('\r\n')
  }

  /** Sends as it is, and gives the lines answered. */
  async brut(octets: string | Uint8Array): Promise<string[]> {
    await this.session.receive(typeof octets === 'string' ? fromBinary(octets) : octets)
    return this.lignes()
  }

  /** One command with a tag of its own, put back as `.` in the answer. */
  async dit(commande: string): Promise<string[]> {
    const tag = `t${++this.#tag}`
    return (await this.brut(`${tag} ${commande}\r\n`)).map((ligne) => (ligne.startsWith(`${tag} `) ? `.${ligne.slice(tag.length)}` : ligne))
  }

  /** What the tagged answer says: `OK [READ-WRITE] …`. */
  async fin(commande: string): Promise<string> {
    return (await this.dit(commande)).findLast((ligne) => ligne.startsWith('. '))?.slice(2) ?? ''
  }
}

export const xoauth2 = (adresse: string, jeton: string): string => btoa(`user=${adresse}\x01auth=Bearer ${jeton}\x01\x01`)

/** `PS_IdNat` of somebody of the cast. */
export const identifiantDe = async ({ world }: TestWorld, id: string): Promise<string> =>
  (await castOf(world)).professionnels.find((un) => un.id === id)!.carte.identifiant

/** A connection on which this mailbox is open. */
export async function boiteOuverte(monde: TestWorld, adresse: string, id: string): Promise<ConnexionImap> {
  const connexion = new ConnexionImap(monde)
  await connexion.session.greet()
  const [derniere] = (await connexion.dit(`AUTHENTICATE XOAUTH2 ${xoauth2(adresse, await jetonPour(monde, await identifiantDe(monde, id)))}`)).slice(
    -1,
  )
  if (!derniere?.startsWith('. OK')) throw new Error(derniere)
  return connexion
}

export const PRIMIDI = 'claire.primidi@medecins.bac.mssante.fr'
export const DUODI = 'bastien.duodi@medecins.bac.mssante.fr'

export const messageDeTest = (objet: string, corps = 'Texte', champs: readonly string[] = []): Uint8Array =>
  new TextEncoder().encode(
    [
      `From: Dr Bastien DUODI <${DUODI}>`,
      `To: ${PRIMIDI}`,
      `Subject: ${objet}`,
      'Date: Mon, 23 Nov 2026 09:00:00 +0100',
      ...champs,
      '',
      corps,
      '',
    ].join('\r\n'),
  )

export interface PoserOptions {
  readonly corps?: string
  readonly champs?: readonly string[]
  readonly marques?: readonly string[]
  /** INTERNALDATE, simulated milliseconds. */
  readonly le?: number
}

/** A message in the INBOX, as if it had been delivered. */
export const poserDansInbox = (
  { world }: TestWorld,
  boite: string,
  objet: string,
  { corps = 'Texte', champs = [], marques = [], le }: PoserOptions = {},
): Promise<MessageEnregistre> =>
  world.atomically(async (inside) => {
    const inbox = await dossierDe(inside, boite, 'INBOX')
    return await ajouter(inside, inbox!, { octets: messageDeTest(objet, corps, champs), marques, ...(le !== undefined && { le }) })
  })

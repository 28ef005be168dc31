import { DOMAINE_PATIENT, adressePatient, readAdresse } from '#standards/mssante/adresses.ts'
import type { World } from '../../world.ts'
import type { EtatContact } from '../lifecycle.ts'
import { type DernierDuProfessionnel, type Vue, vueDe } from '../rules/conversation.ts'
import { boites, cleDossier, contactsDe, type ContactEnregistre, messages, type MessageEnregistre, parArrivee } from '../store.ts'

/** Conversations of a patient's mailbox, out of its folders. */

/** Messages of one conversation, and of one mailbox, that are looked at. */
const MAX_FIL = 500
const MAX_BOITE = 2_000

const VISIBLES = ['INBOX', 'Sent']

export const boiteDe = (matriculeIns: string): string => adressePatient(matriculeIns)

const visible = (boite: string) => {
  const dossiers = new Set(VISIBLES.map((nom) => cleDossier(boite, nom)))
  return ({ dossier }: MessageEnregistre): boolean => dossiers.has(dossier)
}

/** Newest first, what is in the bin left out. */
export async function messagesVisibles({ store }: World, boite: string): Promise<MessageEnregistre[]> {
  const recents = await store.range(messages, { index: 'parDate', equals: [boite], reverse: true, limit: MAX_BOITE })
  return recents.filter(visible(boite)).toSorted((a, b) => parArrivee(b, a))
}

/** Oldest first. */
export async function messagesDuFil({ store }: World, boite: string, fil: string): Promise<MessageEnregistre[]> {
  const recents = await store.range(messages, { index: 'parFil', equals: [boite, fil], reverse: true, limit: MAX_FIL })
  return recents.filter(visible(boite)).toSorted(parArrivee)
}

export const duPatient = (boite: string, { dossier }: MessageEnregistre): boolean => dossier === cleDossier(boite, 'Sent')

/** Reports have no author. */
export const automatique = ({ entete }: MessageEnregistre): boolean => entete.rapport !== undefined

/** What decides of an answer: the last message of a professional. */
function dernierDuProfessionnel(boite: string, fil: readonly MessageEnregistre[]): DernierDuProfessionnel | undefined {
  const dernier = fil.findLast((message) => !duPatient(boite, message) && !automatique(message))
  const de = dernier?.entete.de[0]?.adresse
  if (!dernier || de === undefined) return undefined
  const repondreA = dernier.entete.repondreA[0]?.adresse
  return { de, ...(repondreA === undefined ? {} : { repondreA }), autres: professionnelsDe(dernier) }
}

/** To and Cc without the patients, whoever they are. */
const professionnelsDe = ({ entete: { a, cc } }: MessageEnregistre): string[] =>
  [...new Set([...a, ...cc].map(({ adresse }) => adresse))].filter((adresse) => {
    const domaine = readAdresse(adresse)?.domaine
    return domaine !== undefined && domaine !== DOMAINE_PATIENT
  })

/** The contacts of a patient and what they are called: names only, addresses stay on this side. */
export class Carnet {
  readonly #contacts: ReadonlyMap<string, ContactEnregistre>
  readonly #noms = new Map<string, string>()

  private constructor(tous: readonly ContactEnregistre[]) {
    this.#contacts = new Map(tous.map((contact) => [contact.bal, contact]))
  }

  static async de(world: World, boite: string, fils: readonly MessageEnregistre[] = []): Promise<Carnet> {
    const carnet = new Carnet(await contactsDe(world, boite))
    for (const { entete } of fils)
      for (const { nom, adresse } of [...entete.a, ...entete.cc, ...entete.repondreA, ...entete.de]) if (nom !== '') carnet.#noms.set(adresse, nom)
    const inconnus = new Set(fils.flatMap(({ entete }) => [...entete.de, ...entete.a, ...entete.cc].map(({ adresse }) => adresse)))
    for (const adresse of inconnus)
      if (!carnet.#noms.has(adresse)) {
        const une = await world.store.get(boites, adresse || '-')
        if (une) carnet.#noms.set(adresse, une.libelle)
      }
    return carnet
  }

  get tous(): ContactEnregistre[] {
    return [...this.#contacts.values()]
  }

  readonly etatDe = (bal: string): EtatContact => this.#contacts.get(bal)?.etat ?? 'NONE'

  nomDe(adresse: string): string {
    return this.#noms.get(adresse) ?? this.#contacts.get(adresse)?.nom ?? 'Correspondant MSSanté'
  }
}

export const vueDuFil = (world: World, boite: string, fil: readonly MessageEnregistre[], carnet: Carnet): Vue =>
  vueDe(dernierDuProfessionnel(boite, fil), carnet.etatDe, world.setting('MSS-REPONSE-A-TOUS-APRES-FIN') === true)

export const contactParReference = async (world: World, boite: string, reference: string): Promise<ContactEnregistre | undefined> =>
  (await contactsDe(world, boite)).find((contact) => contact.reference === reference)

import { defineCollection } from '../database/store.ts'
import type { World } from '../world.ts'

/** Kinds of mailbox. @see mssante.md §2 ; TRE_R257 */
type TypeBal = 'PER' | 'ORG' | 'APP' | 'CAB'

/** A domain and the operator that serves it. */
export interface DomaineEnregistre {
  /** Lower case: `decade.bac.mssante.fr`. */
  readonly nom: string
  readonly operateur: string
  /** In the list of the trust space: what alone decides who belongs to it. */
  readonly listeBlanche: boolean
  /** Distinguished names of the operator's certificates; the OU is the national id of a structure. */
  readonly certificats: readonly string[]
  /** Meets the requirements of the API LPS: otherwise its mailboxes cannot be opened by a Ségur software. @see S-059 */
  readonly conforme: boolean
  /** Largest message, bytes. */
  readonly tailleMax: number
  /** Simulated milliseconds. */
  readonly majLe: number
}

/** A professional mailbox (BAL). Patients' mailboxes follow from their profile and have no row here. */
export interface BoiteEnregistree {
  /** Lower case. */
  readonly adresse: string
  readonly type: TypeBal
  readonly domaine: string
  /** Shown as the sender: « Dr Claire PRIMIDI Cabinet médical du Calendrier ». */
  readonly libelle: string
  /** `Struct_IdNat` that answers for it; of the practice, for a PER in a structure. */
  readonly structure: string
  /** National ids of those who may open it: the holder, co-holders, and by delegation a secretary. */
  readonly titulaires: readonly string[]
  readonly delegues: readonly string[]
  readonly listeRouge: boolean
  /** Taken out of the directory for want of use; it still works. */
  readonly depubliee: boolean
  /** The operator closed it: nothing gets in or out. */
  readonly fermee: boolean
  /** Its professional no longer practises; it still works. */
  readonly cesseActivite: boolean
  readonly description: string
  readonly service: string
  /** Preferred mailbox of its owner first. */
  readonly rang: number
  /** Bytes it may hold, and holds. */
  readonly quota: number
  readonly octets: number
  /** Simulated milliseconds of the last opening; null: never. */
  readonly ouverteLe: number | null
  /** Human mailbox to answer to, for an APP. */
  readonly repondreA?: string
}

/** A folder of a mailbox, professional or patient. */
export interface DossierEnregistre {
  /** `<adresse>|<nom>` */
  readonly id: string
  readonly boite: string
  /** `INBOX`, `Sent`, `Archives/2026`. */
  readonly nom: string
  readonly uidValidity: number
  readonly uidNext: number
  readonly messages: number
  readonly nonLus: number
  /** Special use of RFC 6154: `\Sent`. */
  readonly usage?: string
  readonly abonne: boolean
  /** One more at each change of its messages. @see RFC 7162 */
  readonly modseq: number
}

/** One message in one folder. Its bytes are shared by its copies. */
export interface MessageEnregistre {
  readonly id: string
  readonly boite: string
  /** Id of the folder. */
  readonly dossier: string
  readonly uid: number
  /** System flags and keywords: `\Seen`, `$Forwarded`. */
  readonly marques: readonly string[]
  /** INTERNALDATE, simulated milliseconds. */
  readonly le: number
  /** Bytes. */
  readonly taille: number
  /** Id of the bytes. */
  readonly corps: string
  readonly modseq: number
  /** Conversation it belongs to, in this mailbox. */
  readonly fil: string
  /** Message-ID with its brackets; absent when there is none. */
  readonly messageId?: string
  readonly entete: EnteteRetenu
}

/** What lists, searches and rules need of a header, decoded. */
export interface EnteteRetenu {
  readonly de: readonly { readonly nom: string; readonly adresse: string }[]
  readonly a: readonly { readonly nom: string; readonly adresse: string }[]
  readonly cc: readonly { readonly nom: string; readonly adresse: string }[]
  readonly repondreA: readonly { readonly nom: string; readonly adresse: string }[]
  readonly objet: string
  /** Date field, milliseconds; null when absent or unreadable. */
  readonly date: number | null
  readonly enReponseA: readonly string[]
  readonly references: readonly string[]
  /** X-MSS-NIL, X-MSS-INS, X-MSS-CODECDA, X-MSS-MES, as written. */
  readonly mss: Readonly<Partial<Record<'NIL' | 'INS' | 'CODECDA' | 'MES', string>>>
  /** Asks for a read receipt: the address to send it to. */
  readonly accuseLecture?: string
  /** First content type: `multipart/mixed`, `multipart/report`. */
  readonly type: string
  /** `report-type` of a report: `delivery-status`, `disposition-notification`. */
  readonly rapport?: string
}

/** How many messages share these bytes. */
export interface CorpsEnregistre {
  readonly id: string
  readonly references: number
  readonly taille: number
}

/** Right of one patient to write to one mailbox, kept by Mon espace santé « à la maille de la BAL ». */
export interface ContactEnregistre {
  /** `<adresse du patient>|<BAL>` */
  readonly id: string
  readonly patient: string
  readonly bal: string
  readonly etat: 'OPEN' | 'CLOSED'
  /** Name shown to the patient, who never sees the address. */
  readonly nom: string
  /** What the patient's side calls it by. */
  readonly reference: string
  readonly depuis: number
}

/** Last report that the fictive laboratory sent for somebody to a mailbox: what the next version takes the place of. */
export interface CompteRenduEnvoye {
  /** `<boite>|<patient>` */
  readonly id: string
  /** OID. */
  readonly uniqueId: string
  readonly serie: string
  readonly version: number
  /** uniqueId, `''` for a first version. */
  readonly remplace: string
}

export const domaines = defineCollection<DomaineEnregistre>('mss-domaines', 'nom')
export const boites = defineCollection<BoiteEnregistree>('mss-boites', 'adresse', { parDomaine: ['domaine'], parStructure: ['structure'] })
export const dossiers = defineCollection<DossierEnregistre>('mss-dossiers', 'id', { parBoite: ['boite', 'nom'] })
export const messages = defineCollection<MessageEnregistre>('mss-messages', 'id', {
  parUid: ['dossier', 'uid'],
  parModseq: ['dossier', 'modseq'],
  parFil: ['boite', 'fil', 'le'],
  parMessageId: ['boite', 'messageId'],
  parDate: ['boite', 'le'],
})
export const corps = defineCollection<CorpsEnregistre>('mss-corps', 'id')
export const contacts = defineCollection<ContactEnregistre>('mss-contacts', 'id', { parPatient: ['patient', 'bal'] })

export const comptesRendus = defineCollection<CompteRenduEnvoye>('mss-comptes-rendus', 'id')

export const collections = [domaines, boites, dossiers, messages, corps, contacts, comptesRendus]

export const cleDossier = (boite: string, nom: string): string => `${boite}|${nom}`
export const cleContact = (patient: string, bal: string): string => `${patient}|${bal}`

type Lecteur = Pick<World, 'store'>

export const dossiersDe = ({ store }: Lecteur, boite: string): Promise<DossierEnregistre[]> =>
  store.range(dossiers, { index: 'parBoite', equals: [boite], limit: 1_000 })

export const contactsDe = ({ store }: Lecteur, patient: string): Promise<ContactEnregistre[]> =>
  store.range(contacts, { index: 'parPatient', equals: [patient], limit: 1_000 })

/** In the order they came; of the same millisecond, an answer follows what it answers, then UIDs tell. */
export const parArrivee = (a: MessageEnregistre, b: MessageEnregistre): number =>
  a.le - b.le || a.entete.references.length - b.entete.references.length || a.uid - b.uid

import type { PersonneIdentifiee, TraitsRecherche } from '#standards/ins/traits.ts'
import type { Rule } from '#standards/rule.ts'
import type { StoreAccess } from './database/store.ts'

/**
 * Everything that changes between two runs comes in through this one value. A service holds nothing of its own:
 * no module state, no timer of the platform, no clock, no random number.
 */
export interface World {
  /** `default`, or the name in `/w/<name>`. */
  readonly name: string
  readonly store: StoreAccess
  /** Simulated time, milliseconds since the Unix epoch. */
  now(): number
  /** A fresh UUID (lower case), the same sequence for the same seed. */
  newId(): string
  /** Documented choices where the sources differ, by the code a service declared in `Service.settings`. */
  setting(code: string): boolean | number | string
  /** Questions one service may put to another without importing it. */
  readonly ask: Questions
  /** Tells the other services that something happened; their reactions are part of the same transaction. */
  tell(event: WorldEvent): Promise<void>
  /** Asks to be called back when the simulated clock passes `dueAt`. A timer with the same id replaces the former one. */
  schedule(timer: Timer): Promise<void>
  cancel(timerId: string): Promise<void>
  /** All or nothing. Inside, use the world given and await only its store: see `Store.transaction`. */
  atomically<T>(work: (world: World) => Promise<T>): Promise<T>
}

/** A delay of the rules, kept in the store. */
export interface Timer {
  readonly id: string
  /** Simulated time, milliseconds since the Unix epoch. */
  readonly dueAt: number
  readonly service: string
  /** Key of `Service.timers`. */
  readonly what: string
  /** Whom it is about. */
  readonly subject: string
  readonly data?: unknown
}

/** What a professional's service may know of a patient's record, decided by the profile's machine in `mocks/mes`. */
export interface SituationDossier {
  /** `inexistant`: never created, or the patient opposed, which is not told. */
  readonly etat: 'inexistant' | 'ouvert' | 'fermé'
  /** Attached to Mon espace santé. */
  readonly rattacheEns: boolean
  /** Simulated time of the closing, when closed. */
  readonly fermeLe?: number
  readonly motif?: string
  readonly raison?: string
}

/** Status of one professional (or structure) on one record. @see dmp.md §5.3 */
export type StatutAutorisation = 'VALIDE' | 'EXPIRE' | 'INTERDIT' | 'NON_EXISTE'

/** What the patient allows beforehand in an emergency. @see functional.md §3.6 */
export interface ReglagesUrgence {
  /** SAMU, centre 15. */
  readonly ETREAT: boolean
  /** Bris de glace by any other professional. */
  readonly BTG: boolean
  /** Masked documents too, in either case. */
  readonly MASKED: boolean
}

/** A document as the patient's side needs it. Times are simulated milliseconds. */
export interface DocumentPourPatient {
  /** The document's uniqueId (an OID). */
  readonly id: string
  readonly titre: string
  readonly typeCode: string
  readonly typeLibelle: string
  readonly classCode: string
  /** Name of the author as displayed, professional or patient. */
  readonly auteur: string
  readonly structure: string
  readonly deposeLe: number
  /** Date of the act. */
  readonly dateActe: number
  readonly mimeType: string
  readonly taille: number
  /** Theirs: they may delete it. */
  readonly duPatient: boolean
  /** Written by Mon espace santé itself, in the patient's name. */
  readonly duSysteme: boolean
  /** Whether the patient may have it masked to professionals. */
  readonly masquable: boolean
  readonly masque: boolean
  readonly statut: 'actuel' | 'remplacé' | 'archivé'
}

/** A document that the patient, or whoever acts for them, puts in the record. */
export interface DepotDuPatient {
  readonly titre: string
  /** `DOCPAT01` to `DOCPAT09`, `EXPPAT_1` to `EXPPAT_3`. @see dmp.md §4 */
  readonly typeCode: string
  readonly mimeType: string
  /** At most 5 MB. */
  readonly bytes: Uint8Array
  /** Simulated milliseconds; now when absent. */
  readonly dateActe?: number
  /** Name shown of who puts it there. */
  readonly auteur: string
  readonly masque?: boolean
  /** Written by Mon espace santé itself: nobody deletes it. */
  readonly duSysteme?: true
}

/** A professional mailbox as the directory needs it. */
export interface BoiteMss {
  /** Lower case. */
  readonly adresse: string
  readonly type: 'PER' | 'ORG' | 'APP' | 'CAB'
  /** What its messages are signed with: « Dr Claire PRIMIDI Cabinet médical du Calendrier ». */
  readonly libelle: string
  /** `Struct_IdNat`. */
  readonly structure: string
  /** `PS_IdNat` of its holder and co-holders. */
  readonly titulaires: readonly string[]
  readonly listeRouge: boolean
  /** Taken out of the directory for want of use. */
  readonly depubliee: boolean
  readonly fermee: boolean
  readonly description: string
  readonly service: string
  /** The preferred one of its owner is 1. */
  readonly rang: number
}

/** Whom a Pro Santé Connect token speaks for. */
export interface IdentitePsc {
  /** `PS_IdNat`, or that of an employee. */
  readonly identifiant: string
  /** « Dr Claire PRIMIDI » */
  readonly nom: string
  /** Simulated milliseconds. */
  readonly expireLe: number
}

/** A conversation of the patient's mailbox; who takes part is named, never by address. Times are simulated milliseconds. */
export interface ConversationDuPatient {
  readonly id: string
  readonly objet: string
  readonly interlocuteurs: readonly string[]
  readonly dernierLe: number
  readonly nombre: number
  readonly nonLus: number
  /** `ACTIVE`: it can be answered. `FINALISED`: the professional ended it. `NO_REPLY`: it never could. @see mssante.md §4.3 */
  readonly etat: 'ACTIVE' | 'FINALISED' | 'NO_REPLY'
  /** Who ended it. */
  readonly finPar?: string
}

export interface PieceJointe {
  /** 0, 1, 2… in the message. */
  readonly rang: number
  readonly nom: string
  readonly mimeType: string
  /** Bytes. */
  readonly taille: number
}

export interface MessageDuPatient {
  readonly id: string
  readonly de: string
  readonly a: readonly string[]
  readonly duPatient: boolean
  /** Written by the mail system: a message that came back. */
  readonly automatique: boolean
  readonly le: number
  readonly lu: boolean
  readonly objet: string
  readonly texte: string
  readonly piecesJointes: readonly PieceJointe[]
}

export interface ConversationLue extends ConversationDuPatient {
  readonly messages: readonly MessageDuPatient[]
  readonly reponse: {
    readonly options: readonly ('REPLY' | 'REPLY_TO_ALL')[]
    readonly destinataires: readonly string[]
    readonly tous: readonly string[]
    /** Of those, who no longer practises. */
    readonly inactifs: readonly string[]
    /** Bytes that a message may still weigh, attachments included. */
    readonly octetsMax: number
  }
}

/** Somebody the patient may look for when writing. */
export interface ContactDuPatient {
  /** Opaque; stable in a world. */
  readonly reference: string
  readonly nom: string
  /** `contact`: wrote already; `pharmacie`: may be written to first; `autre`: has to write first. */
  readonly genre: 'contact' | 'pharmacie' | 'autre'
  readonly possible: boolean
  /** Why not, in French. */
  readonly motif?: string
  readonly inactif: boolean
}

export interface EnvoiDuPatient {
  /** Name shown as the sender. */
  readonly nom: string
  /** Name of who writes for the patient. */
  readonly pour?: string
  /** Conversation answered; otherwise `reference` of a contact. */
  readonly conversation?: string
  readonly reference?: string
  readonly aTous: boolean
  readonly objet: string
  readonly texte: string
  readonly pieces: readonly { readonly nom: string; readonly mimeType: string; readonly bytes: Uint8Array }[]
}

/** A rule of another service says no. */
export interface RefusAilleurs {
  readonly refused: Rule
  /** French. */
  readonly about: string
}

/** One question, one service that answers it. */
export interface Questions {
  /** Answered by `mssante`: conversations of the patient's mailbox, newest first, at most 200. */
  conversationsDuPatient(matriculeIns: string): Promise<ConversationDuPatient[]>
  /** Answered by `mssante`. Not to be asked inside a transaction: the messages are read. */
  conversationDuPatient(matriculeIns: string, id: string): Promise<ConversationLue | undefined>
  /** Answered by `mssante`: its messages are read, receipts that were asked for go out. Inside a transaction. */
  ouvrirConversation(matriculeIns: string, id: string): Promise<void>
  /** Answered by `mssante`: to the bin, for the patient alone. False: unknown. Inside a transaction. */
  supprimerConversation(matriculeIns: string, id: string): Promise<boolean>
  /** Answered by `mssante`: contacts, then whoever has a published mailbox and this text in their name, at most 50. */
  contactsDuPatient(matriculeIns: string, cherche: string): Promise<ContactDuPatient[]>
  /** Answered by `mssante`. Undefined: unknown conversation or contact. Inside a transaction. */
  envoyerPourPatient(
    matriculeIns: string,
    envoi: EnvoiDuPatient,
  ): Promise<{ conversation: string; regles: readonly Rule[] } | RefusAilleurs | undefined>
  /** Answered by `mssante`. Not to be asked inside a transaction. */
  pieceJointeDuPatient(matriculeIns: string, messageId: string, rang: number): Promise<(PieceJointe & { bytes: Uint8Array }) | undefined>
  /** Answered by `mssante`: every mailbox of professionals, by address, those that are not published included. */
  boitesMss(): Promise<BoiteMss[]>
  /** Answered by `mssante`: a new mailbox, or other particulars of one; its address and type never change. False: refused. Inside a transaction. */
  inscrireBoiteMss(boite: BoiteMss): Promise<boolean>
  /** Answered by `mssante`. False: unknown. Inside a transaction. */
  retirerBoiteMss(adresse: string): Promise<boolean>
  /** Answered by `pro-sante-connect`: `inconnu` when it did not sign this access token, or withdrew it. Never inside a transaction: verifying waits for the platform. */
  identiteDuJeton(jeton: string): Promise<IdentitePsc | 'expiré' | 'inconnu'>
  /** Answered by the people registry. Up to 3 persons: more would change nothing for the caller. */
  chercherPersonnes(traits: TraitsRecherche): Promise<PersonneIdentifiee[]>
  /** Person whose active matricule (13 characters) or one of whose former ones is this. */
  personneParMatricule(matricule: string): Promise<PersonneIdentifiee | undefined>
  /** Answered by `mes`. `matriculeIns`: 15 characters. */
  situationDossier(matriculeIns: string): Promise<SituationDossier>
  /** Answered by `mes`: whether the patient blocked this professional (PS_IdNat or Struct_IdNat). */
  estBloque(matriculeIns: string, identifiant: string): Promise<boolean>
  /** Answered by `mes`: whether the patient named this professional (PS_IdNat) administrateur. */
  estAdministrateur(matriculeIns: string, identifiant: string): Promise<boolean>
  /** Answered by `mes`. */
  reglagesUrgence(matriculeIns: string): Promise<ReglagesUrgence>
  /** Answered by `dmp`: documents the patient may see, newest first, at most 500. */
  documentsDuPatient(matriculeIns: string, representant?: boolean): Promise<DocumentPourPatient[]>
  /** Answered by `mes`: whether new documents are masked to professionals. */
  masqueParDefaut(matriculeIns: string): Promise<boolean>
  /** Answered by `dmp`. Undefined: unknown person or type. Inside a transaction. */
  deposerPourPatient(matriculeIns: string, depot: DepotDuPatient): Promise<{ documentId: string } | undefined>
  /** Answered by `dmp`. False: not theirs, or unknown. Inside a transaction. */
  supprimerPourPatient(matriculeIns: string, documentId: string): Promise<boolean>
  /** Answered by `dmp`. False: unknown, or a document that is never masked. Inside a transaction. */
  masquerPourPatient(matriculeIns: string, documentId: string, masque: boolean): Promise<boolean>
  /** Answered by `dmp`: bytes of a document the patient may see. */
  contenuPourPatient(matriculeIns: string, documentId: string, representant?: boolean): Promise<{ mimeType: string; bytes: Uint8Array } | undefined>
}

/** What services tell each other. `acteur` is the name shown to the patient; `invisibleRepresentants`: nothing of it is for a legal representative. */
export type WorldEvent =
  | {
      type: 'document.ajoute'
      matriculeIns: string
      documentId: string
      invisibleRepresentants?: boolean
      titre: string
      acteur: string
      structure: string
      visiblePatient: boolean
    }
  | {
      type: 'document.remplace'
      matriculeIns: string
      documentId: string
      invisibleRepresentants?: boolean
      remplace: string
      titre: string
      acteur: string
      structure: string
      visiblePatient: boolean
    }
  | {
      type: 'document.supprime'
      matriculeIns: string
      documentId: string
      invisibleRepresentants?: boolean
      titre: string
      acteur: string
      structure: string
      visiblePatient: boolean
    }
  /** An invisible document was announced: the patient sees it from now on, and for good. */
  | {
      type: 'document.renduVisible'
      matriculeIns: string
      documentId: string
      invisibleRepresentants?: boolean
      titre: string
      acteur: string
      structure: string
      visiblePatient: boolean
    }
  /** A professional masked, unmasked, archived it…: `modification` says it as a French participle. */
  | {
      type: 'document.modifie'
      matriculeIns: string
      documentId: string
      invisibleRepresentants?: boolean
      titre: string
      acteur: string
      structure: string
      visiblePatient: boolean
      modification: string
    }
  /** An invisible document has waited two weeks: which one, from whom, is not said. */
  | { type: 'document.annonceAttendue'; matriculeIns: string }
  /** An invisible document became visible by itself; `acteur` is its author. */
  | {
      type: 'document.visibleAuto'
      matriculeIns: string
      documentId: string
      invisibleRepresentants?: boolean
      titre: string
      acteur: string
      structure: string
    }
  | {
      type: 'document.consulte'
      matriculeIns: string
      documentId: string
      invisibleRepresentants?: boolean
      titre: string
      acteur: string
      structure: string
      visiblePatient: boolean
    }
  | { type: 'dossier.recherche'; matriculeIns: string; acteur: string; structure: string }
  /** `identifiant`: PS_IdNat or Struct_IdNat, what the patient's side needs to block this access. */
  | { type: 'acces.autorise'; matriculeIns: string; acteur: string; structure: string; premier: boolean; identifiant?: string }
  | { type: 'acces.retire'; matriculeIns: string; acteur: string; structure: string; identifiant?: string }
  | { type: 'acces.brisDeGlace'; matriculeIns: string; acteur: string; structure: string; motif: string }
  /** The centre 15 reads the record during a call: nobody asked the patient. */
  | { type: 'acces.regulation'; matriculeIns: string; acteur: string; structure: string }
  /** The patient blocks a professional or a structure: authorisations given before are void, also after the unblocking. */
  | { type: 'acces.bloque'; matriculeIns: string; identifiant: string }
  /** A message arrived in the patient's mailbox. */
  | { type: 'message.recu'; matriculeIns: string }
  /** The profile is deleted, by delay or on request: its documents and authorisations go with it. */
  | { type: 'dossier.supprime'; matriculeIns: string }
  /** The holder comes of age. */
  | { type: 'profil.majorite'; matriculeIns: string }

export type Answers = { readonly [Q in keyof Questions]?: (world: World, ...args: Parameters<Questions[Q]>) => ReturnType<Questions[Q]> }

export type Reactions = { readonly [T in WorldEvent['type']]?: (event: Extract<WorldEvent, { type: T }>, world: World) => Promise<void> }

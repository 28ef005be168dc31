import type { PersonneIdentifiee, TraitsRecherche } from '#standards/ins/traits.ts'
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
  readonly masque: boolean
  readonly statut: 'actuel' | 'remplacé' | 'archivé'
}

/** One question, one service that answers it. */
export interface Questions {
  /** Answered by the people registry. Up to 3 persons: more would change nothing for the caller. */
  chercherPersonnes(traits: TraitsRecherche): Promise<PersonneIdentifiee[]>
  /** Person whose active matricule (13 characters) or one of whose former ones is this. */
  personneParMatricule(matricule: string): Promise<PersonneIdentifiee | undefined>
  /** Answered by `mes`. `matriculeIns`: 15 characters. */
  situationDossier(matriculeIns: string): Promise<SituationDossier>
  /** Answered by `mes`: whether the patient blocked this professional (PS_IdNat or Struct_IdNat). */
  estBloque(matriculeIns: string, identifiant: string): Promise<boolean>
  /** Answered by `dmp`: documents the patient may see, newest first, at most 500. */
  documentsDuPatient(matriculeIns: string): Promise<DocumentPourPatient[]>
  /** Answered by `dmp`: bytes of a document the patient may see. */
  contenuPourPatient(matriculeIns: string, documentId: string): Promise<{ mimeType: string; bytes: Uint8Array } | undefined>
  /** Answered by `dmp`: puts a file in the record. Undefined when there is no open record. */
  deposerPourPatient(
    matriculeIns: string,
    depot: {
      readonly titre: string
      readonly categorie: 'SYNTH_PML'
      readonly mimeType: string
      readonly bytes: Uint8Array
      readonly auteur: string
    },
  ): Promise<{ documentId: string } | undefined>
  /** Answered by `mes`: whether the patient wants every new document masked. */
  masqueParDefaut(matriculeIns: string): Promise<boolean>
}

/** What services tell each other. `acteur` is the name shown to the patient. */
export type WorldEvent =
  | { type: 'document.ajoute'; matriculeIns: string; documentId: string; titre: string; acteur: string; structure: string; visiblePatient: boolean }
  | {
      type: 'document.remplace'
      matriculeIns: string
      documentId: string
      remplace: string
      titre: string
      acteur: string
      structure: string
      visiblePatient: boolean
    }
  | { type: 'document.supprime'; matriculeIns: string; documentId: string; titre: string; acteur: string; structure: string; visiblePatient: boolean }
  | { type: 'document.consulte'; matriculeIns: string; documentId: string; titre: string; acteur: string; structure: string; visiblePatient: boolean }
  | { type: 'dossier.recherche'; matriculeIns: string; acteur: string; structure: string }
  /** `identifiant`: PS_IdNat or Struct_IdNat, what the patient's side needs to block this access. */
  | { type: 'acces.autorise'; matriculeIns: string; acteur: string; structure: string; premier: boolean; identifiant?: string }
  | { type: 'acces.retire'; matriculeIns: string; acteur: string; structure: string; identifiant?: string }
  | { type: 'acces.brisDeGlace'; matriculeIns: string; acteur: string; structure: string; motif: string }
  /** The patient blocks a professional or a structure: authorisations given before are void, also after the unblocking. */
  | { type: 'acces.bloque'; matriculeIns: string; identifiant: string }
  /** The profile is deleted, by delay or on request: its documents and authorisations go with it. */
  | { type: 'dossier.supprime'; matriculeIns: string }

export type Answers = { readonly [Q in keyof Questions]?: (world: World, ...args: Parameters<Questions[Q]>) => ReturnType<Questions[Q]> }

export type Reactions = { readonly [T in WorldEvent['type']]?: (event: Extract<WorldEvent, { type: T }>, world: World) => Promise<void> }

import type { IdentifiantNationalSante, TraitsIdentite } from '#standards/ins/traits.ts'
import type { CarteProfessionnelle } from './carte.ts'
import type { Panne, Refus } from './http.ts'

/** Answer to TD0.2: what the professional must see without a click. @see functional.md §2.3 ; dmp.md §6 */
export interface SituationDmp {
  readonly issue: 'situation'
  readonly etat: 'inexistant' | 'actif' | 'ferme'
  /** Status of my access authorisation; NON_EXISTE when the record does not exist. */
  readonly autorisation: 'VALIDE' | 'EXPIRE' | 'INTERDIT' | 'NON_EXISTE'
  readonly medecinTraitant: boolean
  readonly rattacheMes: boolean
  /** Of the closing, as the service gives them; `''` when not closed. */
  readonly fermeLe: string
  readonly motif: string
  readonly raison: string
}

/** A document to feed: everything the metadata need, and the bytes. */
export interface Depot {
  readonly ins: IdentifiantNationalSante
  readonly traits: TraitsIdentite
  /** The same at each attempt, so that a replay is recognised. */
  readonly lotUniqueId: string
  readonly lotTitre: string
  readonly document: {
    readonly uniqueId: string
    readonly typeCode: string
    readonly titre: string
    readonly masquePs: boolean
    readonly invisiblePatient: boolean
    /** Milliseconds since the Unix epoch. */
    readonly redigeLe: number
    readonly cda: Uint8Array
  }
  /** Who answers for the document: the professional who validated it, whoever sends it. */
  readonly auteur: CarteProfessionnelle
  /** uniqueId of the document it replaces. */
  readonly remplace?: string
}

/** A line of the list of documents (TD3.1), as the register gives it. */
export interface FicheDmp {
  readonly uniqueId: string
  readonly entryUuid: string
  readonly repositoryUniqueId: string
  readonly titre: string
  readonly typeCode: string
  readonly typeLibelle: string
  readonly classCode: string
  readonly formatCode: string
  readonly mimeType: string
  readonly auteur: string
  readonly structure: string
  /** `Struct_IdNat` of the author, `''` when the patient is. */
  readonly structureId: string
  /** `PS_IdNat` of the author, the INS when it is the patient. */
  readonly auteurId: string
  /** Milliseconds since the Unix epoch. */
  readonly creeLe: number
  readonly acteLe: number
  readonly statut: 'actuel' | 'remplacé' | 'archivé'
  readonly masquePs: boolean
  readonly invisiblePatient: boolean
  readonly invisibleRepresentants: boolean
  readonly taille: number
}

/** What a professional does to a document already in the DMP: TD3.3a mask, b make visible, c delete, d archive. */
export type ActeDmp = 'masquer' | 'demasquer' | 'montrerPatient' | 'montrerRepresentants' | 'supprimer' | 'archiver' | 'desarchiver'

export interface RechercheDmp {
  /** Oldest act wanted, milliseconds since the Unix epoch; everything, former versions included, when absent. */
  readonly depuis?: number
  /** Reason of an emergency access: the search is made in bris de glace. */
  readonly brisDeGlace?: string
}

/** What the practice asks of the DMP; `DmpClient` speaks it on the wire, tests answer for it. Nothing here throws. */
export interface Dmp {
  /** TD0.2. */
  situation(ins: IdentifiantNationalSante, carte: CarteProfessionnelle): Promise<SituationDmp | Refus | Panne>
  /** TD0.3. */
  autoriser(
    ins: IdentifiantNationalSante,
    carte: CarteProfessionnelle,
    action: 'AJOUT' | 'SUPPRESSION',
  ): Promise<{ issue: 'fait'; texte: string } | Refus | Panne>
  /** TD2.1 with a CPS, TD2.2 with a CPE. */
  deposer(depot: Depot, carte: CarteProfessionnelle): Promise<{ issue: 'accepte' } | Refus | Panne>
  /** TD3.1. */
  chercher(
    ins: IdentifiantNationalSante,
    carte: CarteProfessionnelle,
    recherche: RechercheDmp,
  ): Promise<{ issue: 'trouve'; fiches: readonly FicheDmp[] } | Refus | Panne>
  /** TD3.2. @param brisDeGlace reason of the emergency access under way */
  lire(
    ins: IdentifiantNationalSante,
    carte: CarteProfessionnelle,
    fiche: Pick<FicheDmp, 'uniqueId' | 'repositoryUniqueId'>,
    brisDeGlace?: string,
  ): Promise<{ issue: 'lu'; mimeType: string; bytes: Uint8Array } | Refus | Panne>
  /** TD3.3, on the current version, which is looked up just before. */
  modifier(
    ins: IdentifiantNationalSante,
    carte: CarteProfessionnelle,
    fiche: Pick<FicheDmp, 'uniqueId' | 'statut'>,
    acte: ActeDmp,
  ): Promise<{ issue: 'modifie' } | Refus | Panne>
}

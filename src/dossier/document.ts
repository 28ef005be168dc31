import type { CarteProfessionnelle } from '../clients/carte.ts'
import type { FicheDmp } from '../clients/dmp-port.ts'

/** A document written in the practice. Once validated it does not change: a correction is another document. */
export interface DocumentLocal {
  readonly id: string
  readonly patientId: string
  /** OID without extension: identifies the document here and in the DMP. */
  readonly uniqueId: string
  /** LOINC or national code of `TYPES_PROPOSES`. */
  readonly typeCode: string
  readonly titre: string
  readonly texte: string
  readonly visibilite: VisibiliteDocument
  /** Milliseconds since the Unix epoch. */
  readonly valideLe: number
  /** The professional who validated it, as the card said then. */
  readonly auteur: CarteProfessionnelle
  /** Of the version it replaces; absent for a first one. */
  readonly remplace?: {
    readonly documentId: string
    readonly uniqueId: string
    /** uniqueId of the first version, from which the series has its name. */
    readonly premier: string
    /** Of this document: 2 for the first replacement. */
    readonly version: number
  }
}

/** Who does not see the document at first. @see dmp.md §4, visibility codes */
export interface VisibiliteDocument {
  /** MASQUE_PS: hidden from the other professionals. */
  readonly masquePs: boolean
  /** INVISIBLE_PATIENT: hidden from the patient until the announcement. */
  readonly invisiblePatient: boolean
}

/** A document as it stands in the DMP: who does not see it, whether it is in force. */
export type AuDmp = Pick<FicheDmp, 'statut' | 'masquePs' | 'invisiblePatient' | 'invisibleRepresentants'>

/** A kind of document the practice writes. */
export interface TypePropose {
  /** Of JDV_J66. */
  readonly code: string
  /** How the practice calls it in daily life. */
  readonly courant: string
}

/** Short list of a general practice, among the types the DMP accepts. @see src/standards/dmp/types-document.ts ; functional.md §4.19 */
export const TYPES_PROPOSES: readonly TypePropose[] = [
  { code: '11488-4', courant: 'Compte rendu de consultation' },
  { code: '96349-6', courant: 'Lettre à un confrère' },
  { code: '57833-6', courant: 'Ordonnance de médicaments' },
  { code: 'PRESC-BIO', courant: 'Demande d’analyses' },
  { code: 'CERT_DECL', courant: 'Certificat médical' },
]

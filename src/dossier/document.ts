import type { CarteProfessionnelle } from '../clients/carte.ts'

/** A document written in the practice. Once validated it does not change: a correction is another document. */
export interface DocumentLocal {
  readonly id: string
  readonly patientId: string
  /** OID without extension: identifies the document here and in the DMP. */
  readonly uniqueId: string
  /** LOINC or national code of `TYPES_DOCUMENT`. */
  readonly typeCode: string
  readonly titre: string
  readonly texte: string
  readonly visibilite: VisibiliteDocument
  /** Milliseconds since the Unix epoch. */
  readonly valideLe: number
  /** The professional who validated it, as the card said then. */
  readonly auteur: CarteProfessionnelle
}

/** Who does not see the document at first. @see dmp.md §4, visibility codes */
export interface VisibiliteDocument {
  /** MASQUE_PS: hidden from the other professionals. */
  readonly masquePs: boolean
  /** INVISIBLE_PATIENT: hidden from the patient until the announcement. */
  readonly invisiblePatient: boolean
}

/** A kind of document the practice writes. @see src/standards/dmp, JDV_J66 */
export interface TypeDocument {
  readonly code: string
  readonly libelle: string
  /** How the practice calls it in daily life. */
  readonly courant: string
}

/** Short list of a general practice. @see JDV_J66-TypeCode-DMP (labels), functional.md §4.19 (compulsory documents) */
export const TYPES_DOCUMENT: readonly TypeDocument[] = [
  { code: '11488-4', libelle: 'CR ou fiche de consultation ou de visite', courant: 'Compte rendu de consultation' },
  { code: '96349-6', libelle: 'Lettre d’adressage', courant: 'Lettre à un confrère' },
  { code: '57833-6', libelle: 'Prescription de produits de santé', courant: 'Ordonnance de médicaments' },
  { code: 'CERT_DECL', libelle: 'Certificat, déclaration', courant: 'Certificat médical' },
  { code: 'PRESC-BIO', libelle: 'Prescription d’actes de biologie médicale', courant: 'Demande d’analyses' },
]

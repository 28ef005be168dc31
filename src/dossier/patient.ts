import { enMinuscules } from '../clients/carte.ts'
import type { IdentifiantNationalSante, Sexe, TraitsIdentite } from '#standards/ins/traits.ts'
import { type IdentiteLocale, insCommunicable } from './identite.ts'

/**
 * Strict traits as the practice holds them: upper case, no accent, no ligature.
 * @see RNIV 1, traits stricts ; INS/va1.21
 */
export interface TraitsLocaux {
  readonly nomNaissance: string
  readonly premierPrenom: string
  /** All birth given names, `''` until the paper or INSi gave them. */
  readonly listePrenom: string
  /** `I` (indeterminate) exists in a practice, never at INSi. */
  readonly sexe: Sexe | 'I'
  /** `AAAA-MM-JJ`. */
  readonly dateNaissance: string
  /** Code INSEE (COG), 5 characters; `99999` when unknown. */
  readonly lieuNaissance: string
}

/** What the person is called in daily life; never filled from the birth names. @see EXI ID 08 */
export interface TraitsComplementaires {
  readonly nomUtilise?: string
  readonly prenomUtilise?: string
  readonly telephone?: string
}

/** Who noted something, and when (milliseconds since the Unix epoch). */
interface Mention {
  readonly le: number
  readonly par: string
}

/** What the patient was told and said, kept by the practice. @see functional.md §4.11 */
export interface Volontes {
  /** Told once that documents are sent to Mon espace santé. @see SC.DMP/CONF.09 */
  readonly information: Mention | null
  /** Refuses the feeding, for a legitimate reason. @see CSP L.1111-15, R.1111-47 */
  readonly opposition: (Mention & { readonly motif: string }) | null
  /** Says yes or no to the consultation of the record; null until asked. @see CSP R.1111-46 */
  readonly consultation: (Mention & { readonly accord: boolean }) | null
}

export const VOLONTES_INITIALES: Volontes = { information: null, opposition: null, consultation: null }

export interface PatientLocal {
  readonly id: string
  readonly traits: TraitsLocaux
  readonly complementaires: TraitsComplementaires
  readonly identite: IdentiteLocale
  readonly volontes: Volontes
  readonly creeLe: number
  readonly modifieLe: number
  /** Copy of the trait, for the index. */
  readonly dateNaissance: string
  /** Matricule (15 characters) when the record holds an INS, `''` otherwise; for the index. */
  readonly matricule: string
}

/** `CORSE Anthony`, as shown on screen: the name in capitals, the given name in small letters. */
export function nomAffiche({ traits, complementaires }: Pick<PatientLocal, 'traits' | 'complementaires'>): string {
  const prenom = complementaires.prenomUtilise || traits.premierPrenom
  const nom = complementaires.nomUtilise || traits.nomNaissance
  return `${nom} ${enMinuscules(prenom)}`
}

export interface IdentiteQualifiee {
  readonly ins: IdentifiantNationalSante
  readonly traits: TraitsIdentite
}

/** What may leave the practice about this person: INS and traits together, only when the identity is qualifiée. @see EXI ID 29 */
export function identiteQualifiee({ identite, traits }: Pick<PatientLocal, 'identite' | 'traits'>): IdentiteQualifiee | null {
  const ins = insCommunicable(identite)
  const { nomNaissance, listePrenom, sexe, dateNaissance, lieuNaissance } = traits
  return ins && sexe !== 'I' ? { ins, traits: { nomNaissance, listePrenom, sexe, dateNaissance, lieuNaissance } } : null
}

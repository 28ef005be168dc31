import type { Oid } from './oids.ts'

/** `M` or `F`: INSi knows no other value. @see SEL-MP-043 EF_INS25_04 */
export type Sexe = 'M' | 'F'

/** An INS: matricule and the authority that assigned it always travel together. @see Référentiel INS */
export interface IdentifiantNationalSante {
  /** 13 characters, no key: `\d{6}[A-Z0-9]\d{6}`. */
  readonly matricule: string
  /** 2 digits; kept as the service published it, even when it does not compute (official test identity HERMANN). */
  readonly cle: string
  readonly oid: Oid
  /** `AAAA-MM-JJ`, only in the history. */
  readonly dateDeb?: string
  readonly dateFin?: string
}

/**
 * The strict identity traits as the national register holds them: upper case, no accent, no ligature.
 * @see RNIV 1, traits stricts; SEL-MP-043 §2
 */
export interface TraitsIdentite {
  readonly nomNaissance: string
  /** All birth given names, separated by one space; a compound given name keeps its hyphen. */
  readonly listePrenom: string
  readonly sexe: Sexe
  /** `AAAA-MM-JJ`; may be no calendar date (`1960-00-00`): the type is called DateLunaire. */
  readonly dateNaissance: string
  /** Code INSEE (COG), 5 characters, `99xxx` abroad. */
  readonly lieuNaissance: string
}

/** A person of the simulated national register. */
export interface PersonneIdentifiee extends TraitsIdentite {
  /** Stable name: slug for the published identities and the cast, `p<rank>` for the population. */
  readonly id: string
  readonly ins: IdentifiantNationalSante
  /** Former matricules as INSi returns them, oddities included. */
  readonly historique: readonly IdentifiantNationalSante[]
  readonly origine: 'identité de test publiée' | 'distribution' | 'population'
}

/** What a search by traits may say. */
export interface TraitsRecherche {
  readonly nomNaissance: string
  /** One or more `Prenom` as sent. */
  readonly prenoms: readonly string[]
  readonly sexe: Sexe
  readonly dateNaissance: string
  readonly lieuNaissance?: string
}

/** The 15 characters that circulate: matricule and key. */
export const matriculeIns = (ins: IdentifiantNationalSante): string => ins.matricule + ins.cle

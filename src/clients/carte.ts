/** A coded value: `code` in `systeme` (an OID). */
export interface Code {
  readonly code: string
  readonly systeme: string
  readonly libelle: string
}

/**
 * The card in the reader: who speaks to the national services, and for which structure. A CPS is a professional's own; a CPE belongs to
 * an employee of the structure and is nominative or not.
 * @see dmp.md §2.2 ; functional.md §4.12
 */
export interface CarteProfessionnelle {
  /** Stable name of the card in the sandbox. */
  readonly id: string
  readonly genre: 'CPS' | 'CPE'
  /** `PS_IdNat`: `8` + RPPS for a CPS, `3` + SIRET or FINESS + `/` + internal id for a CPE. */
  readonly identifiant: string
  /** Upper case. */
  readonly nom: string
  readonly prenom: string
  /** A CPE without a name on it may not ask INSi. @see S-050 */
  readonly nominative: boolean
  /** Profession G15, or `SECRETARIAT_MEDICAL` (A00) for a secretary. */
  readonly profession: Code
  /** Savoir-faire R01, compulsory for a doctor. */
  readonly savoirFaire?: Code
  /** Specialty code of the Assurance Maladie, compulsory for a doctor at INSi. @see SEL-MP-043 */
  readonly codeSpecialiteAmo?: string
  readonly structure: {
    /** `Struct_IdNat`: `1` + FINESS, `3` + SIRET, `4` + RPPS-rang. */
    readonly identifiant: string
    readonly nom: string
  }
  /** `SA07`. */
  readonly secteurActivite: string
}

/** `Dr FICTIF Claire`, `VASSEUR Nadia (secrétaire)`. */
export const nomDeLaCarte = ({ nom, prenom, genre }: Pick<CarteProfessionnelle, 'nom' | 'prenom' | 'genre'>): string =>
  genre === 'CPS' ? `Dr ${prenom} ${nom}` : `${prenom} ${nom} (secrétariat)`

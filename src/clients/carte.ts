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
  /** Upper case, as the given name; a card without a name on it bears the name of the post. */
  readonly nom: string
  readonly prenom: string
  /** A CPE without a name on it may not ask INSi. @see S-050 */
  readonly nominative: boolean
  /** Profession G15, or `SECRETARIAT_MEDICAL` (A00) for a secretary. */
  readonly profession: Code
  /** Savoir-faire R01, compulsory for a doctor. */
  readonly savoirFaire?: Code
  readonly structure: {
    /** `Struct_IdNat`: `1` + FINESS, `3` + SIRET, `4` + RPPS-rang. */
    readonly identifiant: string
    readonly nom: string
  }
  /** `SA07`. */
  readonly secteurActivite: string
}

/** `JEAN-CHRISTOPHE` → `Jean-Christophe`. */
export const enMinuscules = (nom: string): string =>
  nom.toLowerCase().replace(/(^|[ '-])(\p{L})/gu, (_, avant: string, lettre: string) => avant + lettre.toUpperCase())

/** `Dr Claire Primidi`, `Nadia Quartidi (secrétariat)`, `Accueil (carte sans nom)`. */
export function nomDeLaCarte({
  nom,
  prenom,
  genre,
  nominative,
  profession,
}: Pick<CarteProfessionnelle, 'nom' | 'prenom' | 'genre' | 'nominative' | 'profession'>): string {
  const personne = enMinuscules(`${prenom} ${nom}`.trim())
  if (!nominative) return `${personne} (carte sans nom)`
  if (genre === 'CPE') return `${personne} (secrétariat)`
  return profession.code === '10' ? `Dr ${personne}` : personne
}

/**
 * What the identity rules (RNIV) say, as plain predicates. The lifecycle that a record follows is the practice's own (`src/dossier`).
 * @see RNIV 1 ; guide d'implémentation de l'INS v3.0 (insi.md §6)
 */

/** Four statuses from two independent facts. */
export type StatutIdentite = 'provisoire' | 'recuperee' | 'validee' | 'qualifiee'

export type AttributIdentite = 'homonyme' | 'douteuse' | 'fictive'

export interface FaitsIdentite {
  /** INSi answered 00 and the user accepted the traits it returned. */
  readonly insObtenu: boolean
  /** Coherence checked against a document of high confidence. */
  readonly pieceVerifiee: boolean
}

export function statutIdentite({ insObtenu, pieceVerifiee }: FaitsIdentite): StatutIdentite {
  if (insObtenu) return pieceVerifiee ? 'qualifiee' : 'recuperee'
  return pieceVerifiee ? 'validee' : 'provisoire'
}

/** Only a qualified identity lets the matricule out: documents, DMP, messages, datamatrix. @see EXI ID 29 */
export const insCommunicable = (statut: StatutIdentite): boolean => statut === 'qualifiee'

/** The strict traits come from INSi and are locked. */
export const traitsVerrouilles = (statut: StatutIdentite): boolean => statut === 'recuperee' || statut === 'qualifiee'

/** What remains when a strict trait is changed or when INSi, asked to verify, does not agree: the INS is lost, the document stays. */
export const statutSansIns = (statut: StatutIdentite): StatutIdentite =>
  statut === 'qualifiee' ? 'validee' : statut === 'recuperee' ? 'provisoire' : statut

/** A doubtful or imaginary identity never leaves the status provisoire, and INSi is not called for it. @see EXI ID 26 */
export const bloqueInsi = (attributs: readonly AttributIdentite[]): boolean => attributs.includes('douteuse') || attributs.includes('fictive')

/** Only douteuse and homonyme stand together; fictive stands alone. @see EXI ID 24 */
export const attributsCompatibles = (attributs: readonly AttributIdentite[]): boolean => !(attributs.includes('fictive') && attributs.length > 1)

/**
 * What may be shown at the desk. Codes PA, CN, AN, LE are those of FR Core (mode de validation de l'identité); the others are ours.
 * @see RNIV 1 §3.3.3 ; https://www.identito-na.fr/dispositif-identification
 */
export const PIECES = {
  PA: { libelle: 'passeport', hauteConfiance: true, avecParent: false },
  CN: { libelle: 'carte nationale d’identité', hauteConfiance: true, avecParent: false },
  TS: { libelle: 'titre de séjour', hauteConfiance: true, avecParent: false },
  IE: { libelle: 'identité électronique de niveau substantiel ou élevé', hauteConfiance: true, avecParent: false },
  AN: { libelle: 'extrait d’acte de naissance', hauteConfiance: false, avecParent: true },
  LE: { libelle: 'livret de famille', hauteConfiance: false, avecParent: true },
  PC: { libelle: 'permis de conduire', hauteConfiance: false, avecParent: false },
  CV: { libelle: 'carte Vitale seule', hauteConfiance: false, avecParent: false },
} as const

export type CodePiece = keyof typeof PIECES

/** Whether this document proves an identity; for a minor, some do together with a high-confidence document of a parent or guardian. */
export function pieceSuffit(code: string, minorWithParent: boolean): boolean {
  const piece = Object.hasOwn(PIECES, code) ? PIECES[code as CodePiece] : undefined
  return piece !== undefined && (piece.hauteConfiance || (piece.avecParent && minorWithParent))
}

/** The professional who knows the patient may attest instead: only after the carte Vitale, in perfect agreement. @see insi.md §6.5 */
export const attestationPossible = (mode: 'carte Vitale' | 'traits', accordParfait: boolean): boolean => mode === 'carte Vitale' && accordParfait

/**
 * The first given name is the start of the list, hyphens and apostrophes counting as spaces: `JEAN-CHRISTOPHE` fits
 * `JEAN CHRISTOPHE PIERRE`, `PIERRE` does not.
 * @see EXI ID 10
 */
export function premierPrenomCoherent(premierPrenom: string, listePrenom: string): boolean {
  const words = (noms: string) => noms.split(/[ '-]+/).filter(Boolean)
  const liste = words(listePrenom)
  const premier = words(premierPrenom)
  return premier.length > 0 && premier.every((mot, rank) => liste[rank] === mot)
}

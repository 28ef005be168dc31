/**
 * What a person may show at the desk to prove who she is, and whether it reaches the level of confidence the identity rules ask for.
 * @see RNIV 1 §3.3.3 as summed up in insi.md §6.4 ; FR Core, mode de validation de l'identité (PA, CN, AN, LE)
 */
export interface PieceIdentite {
  readonly code: string
  readonly libelle: string
  /** Only these let an identity become validée or qualifiée. */
  readonly hauteConfiance: boolean
  /** Accepted for a minor only, together with a high-confidence document of a parent or guardian. */
  readonly pourMineur?: boolean
  readonly precision?: string
}

export const PIECES_IDENTITE: readonly PieceIdentite[] = [
  { code: 'PA', libelle: 'Passeport', hauteConfiance: true },
  { code: 'CN', libelle: 'Carte nationale d’identité', hauteConfiance: true, precision: 'France, Union européenne, Suisse et pays assimilés' },
  { code: 'TS', libelle: 'Titre de séjour', hauteConfiance: true },
  { code: 'IE', libelle: 'Identité numérique', hauteConfiance: true, precision: 'France Identité, L’Identité Numérique, application carte Vitale' },
  {
    code: 'LE',
    libelle: 'Livret de famille et pièce d’un parent',
    hauteConfiance: true,
    pourMineur: true,
    precision: 'pour un mineur sans pièce à son nom',
  },
  {
    code: 'AN',
    libelle: 'Extrait d’acte de naissance et pièce d’un parent',
    hauteConfiance: true,
    pourMineur: true,
    precision: 'pour un mineur sans pièce à son nom',
  },
  { code: 'PC', libelle: 'Permis de conduire', hauteConfiance: false, precision: 'ne suffit pas' },
  { code: 'CV', libelle: 'Carte Vitale seule', hauteConfiance: false, precision: 'ne suffit pas' },
]

export const pieceIdentite = (code: string): PieceIdentite | undefined => PIECES_IDENTITE.find((piece) => piece.code === code)

/** Age in whole years at a date, both as `AAAA-MM-JJ`; an unknown month or day (`00`) counts as the first. */
export function ageA(dateNaissance: string, jour: string): number {
  const [annee = 0, mois = 1, quantieme = 1] = dateNaissance.split('-').map((part) => Math.max(1, Number(part)))
  const [a = 0, m = 1, j = 1] = jour.split('-').map(Number)
  return a - annee - (m < mois || (m === mois && j < quantieme) ? 1 : 0)
}

/** The documents that may be recorded for this person. */
export function piecesPour(dateNaissance: string, jour: string): readonly PieceIdentite[] {
  const mineur = ageA(dateNaissance, jour) < 18
  return PIECES_IDENTITE.filter((piece) => !piece.pourMineur || mineur)
}

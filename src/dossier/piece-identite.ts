import { type CodePiece, PIECES, pieceSuffit } from '#standards/ins/statut-identite.ts'

/** A document as the desk offers it in its list. */
export interface PieceProposee {
  readonly code: CodePiece
  readonly libelle: string
  /** Whether it proves the identity of this person. */
  readonly suffit: boolean
}

/** Age in whole years at a date, both as `AAAA-MM-JJ`; an unknown month or day (`00`) counts as the first. */
export function ageA(dateNaissance: string, jour: string): number {
  const [annee = 0, mois = 1, quantieme = 1] = dateNaissance.split('-').map((part) => Math.max(1, Number(part)))
  const [a = 0, m = 1, j = 1] = jour.split('-').map(Number)
  return a - annee - (m < mois || (m === mois && j < quantieme) ? 1 : 0)
}

/** The practice's calendar day for a time, `AAAA-MM-JJ`, in France. */
export const jourDe = (time: number): string => new Intl.DateTimeFormat('fr-CA', { timeZone: 'Europe/Paris' }).format(time)

export const estMineur = (dateNaissance: string, jour: string): boolean => ageA(dateNaissance, jour) < 18

/** What may be recorded for this person, what suffices first; nothing is chosen by default. @see EXI ID 19 */
export function piecesPour(dateNaissance: string, jour: string): readonly PieceProposee[] {
  const mineur = estMineur(dateNaissance, jour)
  const proposees = (Object.keys(PIECES) as CodePiece[])
    .filter((code) => mineur || !PIECES[code].avecParent)
    .map((code) => ({
      code,
      libelle: PIECES[code].avecParent ? `${PIECES[code].libelle}, avec la pièce d’un parent` : PIECES[code].libelle,
      suffit: pieceSuffit(code, mineur),
    }))
  return proposees.toSorted((a, b) => Number(b.suffit) - Number(a.suffit))
}

/** Where things are drawn, in the units of the drawing. */
export interface Place {
  readonly x: number
  readonly y: number
}

export const BOITE = { largeur: 172, hauteur: 58 } as const
const COLONNE = 205
const LIGNE = 104
const MARGE = 14

/** Column and row of the states of the profile: the life of most people on the middle line, left to right. */
const GRILLE: Readonly<Record<string, readonly [colonne: number, ligne: number]>> = {
  notInformed: [0, 2],
  informed: [1, 2],
  opposed: [2, 0],
  openNotActivated: [2, 2],
  active: [3, 1],
  'active.cguBlocked': [4, 0],
  suspended: [4, 2],
  closed: [3, 3],
  deletionRequested: [4, 3],
  deleted: [5, 2],
  deceased: [4, 4],
}

/** Centres of the boxes; a state the grid does not know goes on a line below. */
export function placer(etats: readonly string[]): {
  readonly places: ReadonlyMap<string, Place>
  readonly largeur: number
  readonly hauteur: number
} {
  let inconnus = 0
  const cases = etats.map((etat) => [etat, GRILLE[etat] ?? ([inconnus++, 5] as const)] as const)
  const places = new Map(
    cases.map(([etat, [colonne, ligne]]) => [
      etat,
      { x: MARGE + BOITE.largeur / 2 + colonne * COLONNE, y: MARGE + BOITE.hauteur / 2 + ligne * LIGNE },
    ]),
  )
  const colonnes = Math.max(...cases.map(([, [colonne]]) => colonne))
  const lignes = Math.max(...cases.map(([, [, ligne]]) => ligne))
  return { places, largeur: 2 * MARGE + BOITE.largeur + colonnes * COLONNE, hauteur: 2 * MARGE + BOITE.hauteur + lignes * LIGNE }
}

/** How far a curve leaves the straight line: arrows both ways stay apart. */
const ECART = 26

/** An arrow from a box to another, as the `d` of a path; a loop above the box when they are the same. */
export function fleche(de: Place, vers: Place): string {
  if (de === vers) {
    const haut = de.y - BOITE.hauteur / 2
    return `M ${n(de.x - 26)} ${n(haut)} C ${n(de.x - 34)} ${n(haut - 30)}, ${n(de.x + 34)} ${n(haut - 30)}, ${n(de.x + 26)} ${n(haut - 2)}`
  }
  const [dx, dy] = [vers.x - de.x, vers.y - de.y]
  const longueur = Math.hypot(dx, dy)
  const milieu = { x: (de.x + vers.x) / 2 - (dy / longueur) * ECART, y: (de.y + vers.y) / 2 + (dx / longueur) * ECART }
  const depart = bord(de, milieu)
  const arrivee = bord(vers, milieu, 5)
  return `M ${n(depart.x)} ${n(depart.y)} Q ${n(milieu.x)} ${n(milieu.y)} ${n(arrivee.x)} ${n(arrivee.y)}`
}

/** Where the line from the centre of a box to a point leaves the box. @param jeu kept free outside it */
function bord(boite: Place, vers: Place, jeu = 0): Place {
  const [dx, dy] = [vers.x - boite.x, vers.y - boite.y]
  const t = Math.min((BOITE.largeur / 2 + jeu) / Math.abs(dx || 1e-9), (BOITE.hauteur / 2 + jeu) / Math.abs(dy || 1e-9))
  return { x: boite.x + dx * t, y: boite.y + dy * t }
}

const n = (valeur: number): string => valeur.toFixed(1)

/** A label on two lines at most, cut between words. @param largeur characters of a line */
export function couper(libelle: string, largeur = 22): string[] {
  const lignes: string[] = []
  for (const mot of libelle.split(' ')) {
    const derniere = lignes.at(-1)
    if (derniere !== undefined && (derniere.length + mot.length < largeur || lignes.length === 2)) lignes[lignes.length - 1] = `${derniere} ${mot}`
    else lignes.push(mot)
  }
  return lignes
}

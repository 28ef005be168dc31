import type { Machine } from '../../../clients/machines.ts'

/** Where things are drawn, in the units of the drawing. */
export interface Place {
  readonly x: number
  readonly y: number
}

/** A rectangle by its upper left corner. */
export interface Cadre extends Place {
  readonly largeur: number
  readonly hauteur: number
}

export const BOITE = { largeur: 172, hauteur: 58 } as const
const LIGNE = 104
/** Around the drawing; above, room for the loops of the first line and for their rules. */
const MARGE = { cote: 18, haut: 60, bas: 18 } as const
/** Around the states of a region; above, room for its name. */
const BORD = { cote: 40, haut: 38, bas: 14 } as const

type Case = readonly [colonne: number, ligne: number]

interface Plan {
  /** From a column to the next. */
  readonly colonne: number
  readonly cases: Readonly<Record<string, Case>>
}

const PLANS: Readonly<Record<string, Plan>> = {
  /** The life of most people on the middle line, left to right. */
  profil: {
    colonne: 205,
    cases: {
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
    },
  },
  /** The invitation on the left, what becomes of it around. */
  delegation: {
    colonne: 330,
    cases: {
      EXPIRED: [0, 0],
      PENDING: [0, 1.25],
      REFUSED: [0, 2.5],
      REVOKED_BY_AIDE: [1, 0],
      ACCEPTED: [1, 1.25],
      ENDED: [1, 2.5],
      REVOKED_BY_AIDANT: [2, 1.25],
    },
  },
  /** Every arrow back to the left ends the pairing. */
  appariement: {
    colonne: 330,
    cases: { sansSuite: [0, 1.5], demande: [0.7, 0], synchronise: [2, 0], aRenouveler: [2, 2.4], aConfirmer: [0.95, 3.4] },
  },
  document: {
    colonne: 320,
    cases: {
      approved: [0, 0],
      archived: [1, 0],
      deprecated: [0, 1.4],
      deleted: [1, 1.4],
      'professionnels.visible': [2.2, 0],
      'professionnels.masque': [2.2, 1.4],
      'patient.invisible': [0, 2.7],
      'patient.signale': [0.5, 4.1],
      'patient.visible': [1, 2.7],
      'representants.invisible': [2.2, 2.7],
      'representants.visible': [2.2, 4.1],
    },
  },
  contact: { colonne: 330, cases: { NONE: [0, 1], OPEN: [1.2, 0], CLOSED: [1.2, 2] } },
}

/** Where a drawing puts everything. */
export interface Disposition {
  /** Centres of the boxes. */
  readonly places: ReadonlyMap<string, Place>
  readonly regions: readonly (Cadre & { readonly libelle: string })[]
  readonly largeur: number
  readonly hauteur: number
}

/** A state that the plan does not know goes on a line below the others. */
export function placer({ nom, etats, regions = [] }: Pick<Machine, 'nom' | 'etats' | 'regions'>): Disposition {
  const { colonne, cases: plan }: Plan = PLANS[nom] ?? { colonne: 260, cases: {} }
  const derniere = Math.max(-1, ...Object.values(plan).map(([, ligne]) => ligne))
  let inconnus = 0
  const cases = etats.map(({ etat, region }) => ({ etat, region, case: plan[etat] ?? ([inconnus++, derniere + 1] satisfies Case) }))
  const origine = { x: MARGE.cote + (regions.length > 0 ? BORD.cote : 0), y: MARGE.haut }
  const places = new Map(
    cases.map(({ etat, case: [x, y] }) => [etat, { x: origine.x + BOITE.largeur / 2 + x * colonne, y: origine.y + BOITE.hauteur / 2 + y * LIGNE }]),
  )
  const droite = Math.max(...[...places.values()].map(({ x }) => x)) + BOITE.largeur / 2
  const bas = Math.max(...[...places.values()].map(({ y }) => y)) + BOITE.hauteur / 2
  return {
    places,
    regions: regions.map(({ region, libelle }) => ({
      libelle,
      ...autour(cases.filter((une) => une.region === region).map(({ etat }) => places.get(etat)!)),
    })),
    largeur: droite + origine.x,
    hauteur: bas + MARGE.bas + (regions.length > 0 ? BORD.bas : 0),
  }
}

function autour(centres: readonly Place[]): Cadre {
  const [xs, ys] = [centres.map(({ x }) => x), centres.map(({ y }) => y)]
  const x = Math.min(...xs) - BOITE.largeur / 2 - BORD.cote
  const y = Math.min(...ys) - BOITE.hauteur / 2 - BORD.haut
  return {
    x,
    y,
    largeur: Math.max(...xs) + BOITE.largeur / 2 + BORD.cote - x,
    hauteur: Math.max(...ys) + BOITE.hauteur / 2 + BORD.bas - y,
  }
}

/** An arrow. */
export interface Trait {
  /** Data of an SVG path. */
  readonly d: string
  /** A point of it, from 0 to 1: where a label may be; over a loop, which it would hide. */
  readonly en: (t: number) => Place
}

/** How far a curve leaves the straight line: arrows both ways stay apart. */
const ECART = 26

/** An arrow from a box to another; a loop above the box when they are the same. */
export function tracer(de: Place, vers: Place): Trait {
  if (de === vers) {
    const haut = de.y - BOITE.hauteur / 2
    const [a, b, c, d] = [
      { x: de.x - 26, y: haut },
      { x: de.x - 38, y: haut - 38 },
      { x: de.x + 38, y: haut - 38 },
      { x: de.x + 26, y: haut - 2 },
    ] as const
    return { d: `M ${p(a)} C ${p(b)}, ${p(c)}, ${p(d)}`, en: (t) => hausser(entre(courbe(a, b, c, t), courbe(b, c, d, t), t)) }
  }
  const [dx, dy] = [vers.x - de.x, vers.y - de.y]
  const longueur = Math.hypot(dx, dy)
  const milieu = { x: (de.x + vers.x) / 2 - (dy / longueur) * ECART, y: (de.y + vers.y) / 2 + (dx / longueur) * ECART }
  const depart = bord(de, milieu)
  const arrivee = bord(vers, milieu, 5)
  return { d: `M ${p(depart)} Q ${p(milieu)} ${p(arrivee)}`, en: (t) => courbe(depart, milieu, arrivee, t) }
}

const hausser = ({ x, y }: Place): Place => ({ x, y: y - 10 })

const entre = (a: Place, b: Place, t: number): Place => ({ x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t })

const courbe = (a: Place, b: Place, c: Place, t: number): Place => entre(entre(a, b, t), entre(b, c, t), t)

/** Where the line from the centre of a box to a point leaves the box. @param jeu kept free outside it */
function bord(boite: Place, vers: Place, jeu = 0): Place {
  const [dx, dy] = [vers.x - boite.x, vers.y - boite.y]
  const t = Math.min((BOITE.largeur / 2 + jeu) / Math.abs(dx || 1e-9), (BOITE.hauteur / 2 + jeu) / Math.abs(dy || 1e-9))
  return { x: boite.x + dx * t, y: boite.y + dy * t }
}

const p = ({ x, y }: Place): string => `${x.toFixed(1)} ${y.toFixed(1)}`

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

import type { TransitionDeMachine } from '../../../clients/machines.ts'
import { BOITE, type Cadre, type Place, type Trait } from './disposition.ts'

/** Every transition from a state to another, drawn as one arrow. */
export interface Fleche extends Trait {
  /** `de>vers` */
  readonly id: string
  readonly de: string
  readonly vers: string
  readonly transitions: readonly TransitionDeMachine[]
}

/** Codes written on an arrow; the list beside has them all. */
const CODES = 2
const LARGEUR = 19
/** Of a character and of a line of a label, in the units of the drawing. */
const CARACTERE = 6.3
export const INTERLIGNE = 13

/** The rules of an arrow, in lines short enough for a drawing: codes are cut after a hyphen, never shortened. */
export function lignesDe({ transitions }: Pick<Fleche, 'transitions'>): string[] {
  const codes = [...new Set(transitions.flatMap(({ regle, conditions = [] }) => [regle, ...conditions]))]
  const lignes = codes.slice(0, CODES).flatMap(couperCode)
  const reste = codes.length - CODES
  return reste > 0 ? [...lignes, `+ ${reste} règle${reste > 1 ? 's' : ''}`] : lignes
}

/** In lines of about the same length: two letters alone on the last one would look like another code. */
function couperCode(code: string): string[] {
  const voulue = code.length / Math.ceil(code.length / LARGEUR)
  const lignes = ['']
  for (const part of code.split(/(?<=-)/)) {
    if (lignes.at(-1)!.length >= voulue || lignes.at(-1)!.length + part.length > LARGEUR + 2) lignes.push('')
    lignes[lignes.length - 1] += part
  }
  return lignes
}

/** Where along the arrow, nearest the middle first, and how far from it, in label sizes. */
const LE_LONG = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82]
const A_COTE: readonly Place[] = [0, 0.62, 1.2].flatMap((pas) =>
  pas === 0
    ? [{ x: 0, y: 0 }]
    : [
        { x: 0, y: -pas },
        { x: 0, y: pas },
        { x: pas, y: 0 },
        { x: -pas, y: 0 },
        { x: pas, y: -pas },
        { x: -pas, y: pas },
        { x: pas, y: pas },
        { x: -pas, y: -pas },
      ],
)

export interface Etiquette extends Cadre {
  readonly id: string
  readonly lignes: readonly string[]
}

/**
 * Puts the label of each arrow near its middle, over no box and no other label: the first free place, else the least covered.
 * @param centres of the boxes
 */
export function poserEtiquettes(
  fleches: readonly Fleche[],
  centres: Iterable<Place>,
  { largeur, hauteur }: { largeur: number; hauteur: number },
): Etiquette[] {
  const pris: Cadre[] = [...centres].map(({ x, y }) => cadreAutour({ x, y }, BOITE.largeur + 6, BOITE.hauteur + 4))
  return fleches.map((fleche) => {
    const lignes = lignesDe(fleche)
    const l = Math.max(...lignes.map((ligne) => ligne.length)) * CARACTERE + 8
    const h = lignes.length * INTERLIGNE + 4
    const candidats = A_COTE.flatMap(({ x, y }) =>
      LE_LONG.map((t) => {
        const point = fleche.en(t)
        return cadreAutour({ x: point.x + x * l, y: point.y + y * h }, l, h)
      }),
    ).filter((un) => un.x >= 0 && un.y >= 0 && un.x + un.largeur <= largeur && un.y + un.hauteur <= hauteur)
    let meilleur = candidats[0] ?? cadreAutour(fleche.en(0.5), l, h)
    let moindre = Infinity
    for (const candidat of candidats) {
      const couvert = pris.reduce((total, un) => total + commun(candidat, un), 0)
      if (couvert < moindre) [meilleur, moindre] = [candidat, couvert]
      if (moindre === 0) break
    }
    pris.push(meilleur)
    return { id: fleche.id, lignes, ...meilleur }
  })
}

const cadreAutour = ({ x, y }: Place, largeur: number, hauteur: number): Cadre => ({ x: x - largeur / 2, y: y - hauteur / 2, largeur, hauteur })

/** Area that two rectangles share. */
export function commun(a: Cadre, b: Cadre): number {
  const x = Math.min(a.x + a.largeur, b.x + b.largeur) - Math.max(a.x, b.x)
  const y = Math.min(a.y + a.hauteur, b.y + b.hauteur) - Math.max(a.y, b.y)
  return x > 0 && y > 0 ? x * y : 0
}

/** A value at a time, both finite. */
export interface Point {
  readonly x: number
  readonly y: number
}

export interface Cadre {
  readonly largeur: number
  readonly hauteur: number
  readonly marge: number
}

/** Places of the points in the frame, largest value at the top; a value alone, or values all alike, in the middle. */
export function placer(points: readonly Point[], { largeur, hauteur, marge }: Cadre): Point[] {
  const echelle = (valeurs: readonly number[], de: number, a: number) => {
    const [min, max] = [Math.min(...valeurs), Math.max(...valeurs)]
    return (valeur: number) => (max === min ? (de + a) / 2 : de + ((valeur - min) / (max - min)) * (a - de))
  }
  const [x, y] = [
    echelle(
      points.map((un) => un.x),
      marge,
      largeur - marge,
    ),
    echelle(
      points.map((un) => un.y),
      hauteur - marge,
      marge,
    ),
  ]
  return points.map((un) => ({ x: x(un.x), y: y(un.y) }))
}

/** The same numbers for the same seed. @see mulberry32 */
export function random(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

/** Puts pieces in, takes characters out, writes over, repeats the end: up to three times. */
export function mutate(text: string, pieces: readonly string[], draw: (below: number) => number): string {
  let mutated = text
  for (let n = draw(4); n > 0; n--) {
    const at = draw(mutated.length + 1)
    const piece = pieces[draw(pieces.length)]!
    switch (draw(4)) {
      case 0:
        mutated = mutated.slice(0, at) + piece + mutated.slice(at)
        break
      case 1:
        mutated = mutated.slice(0, at) + mutated.slice(at + 1 + draw(5))
        break
      case 2:
        mutated = mutated.slice(0, at) + piece + mutated.slice(at + piece.length)
        break
      default:
        mutated = mutated.slice(0, at) + mutated.slice(at).repeat(1 + draw(3))
    }
  }
  return mutated
}

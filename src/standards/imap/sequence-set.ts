/** Inclusive bounds, in order. */
export type Bounds = readonly [from: number, to: number]

/** `1:4,7,9:*` as bounds, `*` being `last` (0 when there is none). @see RFC 3501 §9 (sequence-set) */
export function readSequence(text: string, last: number): Bounds[] {
  return text.split(',').map((range) => {
    const [one = '*', other = one] = range.split(':')
    const a = one === '*' ? last : Number(one)
    const b = other === '*' ? last : Number(other)
    return a <= b ? [a, b] : [b, a]
  })
}

/** Bounds sorted, those that touch made one. */
export function merged(bounds: readonly Bounds[]): Bounds[] {
  const all: [number, number][] = []
  for (const [from, to] of bounds.toSorted((a, b) => a[0] - b[0])) {
    const last = all.at(-1)
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to)
    else all.push([from, to])
  }
  return all
}

/** Numbers in ascending order as a sequence set: `1:4,7`. */
export function writeSequence(numbers: readonly number[]): string {
  const runs: string[] = []
  for (let at = 0; at < numbers.length; at++) {
    const from = numbers[at]!
    while (at + 1 < numbers.length && numbers[at + 1] === numbers[at]! + 1) at++
    runs.push(from === numbers[at] ? `${from}` : `${from}:${numbers[at]}`)
  }
  return runs.join(',')
}

/** First place of a sorted array whose value is at least `value`. */
export function placeOf(sorted: readonly number[], value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}

/** Values of a sorted array within some bounds, each once, in order. */
export function within(sorted: readonly number[], bounds: readonly Bounds[]): number[] {
  const found: number[] = []
  for (const [from, to] of merged(bounds)) for (let at = placeOf(sorted, from); at < sorted.length && sorted[at]! <= to; at++) found.push(sorted[at]!)
  return found
}

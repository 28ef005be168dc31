/** Widths of Helvetica for characters 32 to 126, in thousandths of the size. @see ISO 32000-1 §9.6.2.2 and the font's metrics */
const WIDTHS = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584,
  584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667,
  611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500,
  722, 500, 500, 500, 334, 260, 334, 584,
]

/** Characters of WinAnsiEncoding above 127 that are not where Latin-1 has them. @see ISO 32000-1 annex D.2 */
const MOVED: ReadonlyMap<string, number> = new Map([
  ['€', 0x80],
  ['‚', 0x82],
  ['„', 0x84],
  ['…', 0x85],
  ['‰', 0x89],
  ['Š', 0x8a],
  ['‹', 0x8b],
  ['Œ', 0x8c],
  ['Ž', 0x8e],
  ['‘', 0x91],
  ['’', 0x92],
  ['“', 0x93],
  ['”', 0x94],
  ['•', 0x95],
  ['–', 0x96],
  ['—', 0x97],
  ['™', 0x99],
  ['š', 0x9a],
  ['›', 0x9b],
  ['œ', 0x9c],
  ['ž', 0x9e],
  ['Ÿ', 0x9f],
  ['−', 0x2d],
  ['\u202f', 0x20],
  ['\u00a0', 0x20],
])

/** Width of characters above 127 that no letter without accent stands for. */
const OTHERS: ReadonlyMap<number, number> = new Map([
  [0x80, 556],
  [0x85, 1000],
  [0x8c, 1000],
  [0x91, 222],
  [0x92, 222],
  [0x95, 350],
  [0x97, 1000],
  [0x9c, 944],
  [0xb0, 400],
])

/** Bytes of a text in WinAnsiEncoding; `?` for what it cannot write. */
export function winAnsi(text: string): number[] {
  return Array.from(text.normalize('NFC'), (character) => {
    const code = character.codePointAt(0)!
    return MOVED.get(character) ?? ((code >= 0x20 && code < 0x7f) || (code >= 0xa1 && code <= 0xff) ? code : 0x3f)
  })
}

/** Width of a text, in points. Bold is a little wider: a tenth more is never too little. */
export function widthOf(text: string, size: number, bold: boolean): number {
  let thousandths = 0
  for (const character of text.normalize('NFC')) {
    const [code] = winAnsi(character)
    const base = character.normalize('NFD').charCodeAt(0)
    thousandths += OTHERS.get(code!) ?? WIDTHS[(base >= 0x20 && base < 0x7f ? base : code!) - 0x20] ?? 556
  }
  return (thousandths / 1000) * size * (bold ? 1.1 : 1)
}

import { describe, expect, test } from 'vitest'
import { type Bloc, writePdf } from './pdf.ts'
import { widthOf, winAnsi } from './winansi.ts'

const document = (blocs: readonly Bloc[]) =>
  writePdf({ titre: 'Synthèse', auteur: 'Camille Floréal', creeLe: Date.UTC(2026, 10, 23), pied: 'Fictif', blocs })
const ascii = (bytes: Uint8Array): string => new TextDecoder('ascii').decode(bytes)

describe('writePdf', () => {
  test('every offset of the table is where its object begins, every length is right', () => {
    const text = ascii(
      document([
        { genre: 'titre', texte: 'Titre (un) \\ deux' },
        ...Array.from({ length: 90 }, (_, at) => ({ genre: 'texte' as const, texte: `Ligne ${at}` })),
      ]),
    )
    const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1])
    expect(text.slice(start, start + 5)).toBe('xref\n')
    const offsets = [...text.slice(start).matchAll(/^(\d{10}) 00000 n $/gm)].map(([, offset]) => Number(offset))
    expect(offsets.length).toBe(Number(/\/Size (\d+)/.exec(text)?.[1]) - 1)
    offsets.forEach((offset, at) => expect(text.slice(offset)).toMatch(new RegExp(`^${at + 1} 0 obj\n`)))
    for (const [, length, stream] of text.matchAll(/<< \/Length (\d+) >>\nstream\n([\s\S]*?)\nendstream/g))
      expect(stream!.length).toBe(Number(length))
    expect(text).toContain('(Titre \\(un\\) \\\\ deux) Tj')
    expect(text).toContain('/Count 3 ')
  })

  test('accents are written in WinAnsi, what it lacks is a question mark, nothing escapes a string', () => {
    expect(winAnsi('é€œ’−\u00a0漢')).toEqual([0xe9, 0x80, 0x9c, 0x92, 0x2d, 0x20, 0x3f])
    expect(ascii(document([{ genre: 'texte', texte: 'été) Tj ET (' }]))).toContain('(\\351t\\351\\) Tj ET \\() Tj')
  })

  test('no line is wider than the page, a word of 3 000 characters included', () => {
    const long = `${'mot '.repeat(300)}${'W'.repeat(3_000)} ${'é'.repeat(500)}`
    for (const [, line] of ascii(document([{ genre: 'texte', texte: long }])).matchAll(/\(((?:[^()\\]|\\.)*)\) Tj/g)) {
      const read = line!.replace(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))
      expect(widthOf(read, 10.5, false)).toBeLessThanOrEqual(484)
    }
  })

  test('an empty document still has a page', () => {
    expect(ascii(document([]))).toContain('/Count 1 ')
  })
})

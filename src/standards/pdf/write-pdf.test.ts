import { expect, test } from 'vitest'
import { writePdf } from './write-pdf.ts'

const lire = (octets: Uint8Array): string => String.fromCharCode(...octets)

test('la table des objets dit où chacun commence, la fin dit où est la table', () => {
  const pdf = lire(
    writePdf([
      { texte: 'Synthèse', taille: 18, gras: true },
      ...Array.from({ length: 120 }, (_, n) => ({ texte: `Ligne ${n} ${'mot '.repeat(40)}` })),
    ]),
  )
  const table = Number(/startxref\n(\d+)/.exec(pdf)![1])
  expect(pdf.slice(table, table + 4)).toBe('xref')
  const debuts = [...pdf.slice(table).matchAll(/^(\d{10}) 00000 n $/gm)].map(([, debut]) => Number(debut))
  expect(debuts.length).toBeGreaterThan(6)
  for (const [n, debut] of debuts.entries()) expect(pdf.slice(debut, debut + 8)).toMatch(new RegExp(`^${n + 1} 0 obj`))
  for (const [, longueur, contenu] of pdf.matchAll(/<< \/Length (\d+) >>\nstream\n([\s\S]*?)\nendstream/g))
    expect(contenu).toHaveLength(Number(longueur))
  expect(Number(/\/Count (\d+)/.exec(pdf)![1])).toBeGreaterThan(1)
})

test('accents, parenthèses et caractères étrangers s’écrivent sans casser la page', () => {
  const pdf = lire(writePdf([{ texte: 'L’œuvre (été) \\ € 漢 \u0007' }]))
  expect(pdf).toContain(`(L\u0092\u009cuvre \\(\u00e9t\u00e9\\) \\\\ \u0080 ? ?)`)
})

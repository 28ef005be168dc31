import { expect, test } from 'vitest'
import { dateLue, dateSaisie, heureDeParis, instantDeParis } from './dates.ts'

test('a date is typed the French way, whole or in part, or the ISO way', () => {
  for (const [saisi, lu] of [
    ['3/4/2026', '2026-04-03'],
    [' 04/2026 ', '2026-04'],
    ['2026', '2026'],
    ['2026-04-03', '2026-04-03'],
    ['hier', 'hier'],
    ['', ''],
  ])
    expect(dateSaisie(saisi!)).toBe(lu)
  expect(dateLue('2026-04-03')).toBe('03/04/2026')
  expect(dateLue('2026')).toBe('2026')
})

test('a date field is read in Paris, winter and summer; an hour that does not exist is left to the rule', () => {
  expect(instantDeParis('2026-11-23T10:30')).toBe('2026-11-23T10:30:00+01:00')
  expect(instantDeParis('2026-07-14T10:30')).toBe('2026-07-14T10:30:00+02:00')
  expect(instantDeParis('2026-03-29T02:30')).toBe('2026-03-29T02:30')
  expect(instantDeParis('')).toBe('')
  expect(heureDeParis(Date.UTC(2026, 10, 23, 8))).toBe('2026-11-23T09:00')
})

import { expect, test } from 'vitest'
import { type ReglagePrenoms, REGLAGE_PRENOMS_INITIAL, prenomsCorrespondent } from './correspondance.ts'

const liste = 'PIERRE-ALAIN MURIEL FLORIANT'
const avec = (reglage: Partial<ReglagePrenoms>) => ({ ...REGLAGE_PRENOMS_INITIAL, ...reglage })

test('one given name of the list, or several in its order, match', () => {
  for (const prenom of ['PIERRE-ALAIN', 'MURIEL', 'MURIEL FLORIANT', liste]) expect(prenomsCorrespondent(liste, [prenom])).toBe(true)
  for (const prenom of ['PIERRE', 'FLORIANT MURIEL', `OLA ${liste}`, '', 'PIERRE ALAIN']) expect(prenomsCorrespondent(liste, [prenom])).toBe(false)
})

test('what the sources leave open is a setting', () => {
  expect(prenomsCorrespondent(liste, ['MURIEL'], avec({ admis: 'premier' }))).toBe(false)
  expect(prenomsCorrespondent(liste, [liste], avec({ admis: 'premier' }))).toBe(true)
  expect(prenomsCorrespondent(liste, ['PIERRE ALAIN'], avec({ tiretVautEspace: true }))).toBe(true)
  expect(prenomsCorrespondent(liste, ['MURIEL', 'OLA'])).toBe(false)
  expect(prenomsCorrespondent(liste, ['MURIEL', 'OLA'], avec({ plusieurs: 'un seul suffit' }))).toBe(true)
  expect(prenomsCorrespondent(liste, [])).toBe(false)
})

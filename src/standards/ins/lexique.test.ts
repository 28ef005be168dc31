import { assert, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { completerDate, defautNomNaissance, defautPrenom, estCodeLieu, estDateCalendaire, estDateLunaire, normaliserTrait } from './lexique.ts'

describe('what INSi accepts in a name', () => {
  test.each(['ADRUN', "D'ARTAGNAN DE L'HERAULT", 'DE VINCI', 'LE--GOFF', "'T HOOFT", 'PATB-QUATRE'])('%s is a birth name', (nom) => {
    expect(defautNomNaissance(nom)).toBeUndefined()
  })

  test.each([
    'Adrun',
    'ADRÛN',
    'CŒUR',
    'D’AEION',
    ' ADRUN',
    '-ADRUN',
    'ADRUN ',
    'DE  VINCI',
    "D' ARTAGNAN",
    "D''ARTAGNAN",
    'A---B',
    'ADR1',
    'A_B',
    'A/B',
    'A'.repeat(101),
  ])('"%s" is refused as a birth name', (nom) => {
    expect(defautNomNaissance(nom)).toBeTypeOf('string')
  })

  test.each(['PIERRE-ALAIN', 'PIERRE PAUL JACQUES', "D'ARCY"])('%s is a given name', (prenom) => {
    expect(defautPrenom(prenom)).toBeUndefined()
  })

  test.each(['PIERRE--ALAIN', 'PIERRE-', "PIERRE'", 'ZOÉ'])('%s is refused as a given name', (prenom) => {
    expect(defautPrenom(prenom)).toBeTypeOf('string')
  })
})

describe('what a keyboard gives', () => {
  test.each([
    ['D’Æion', "D'AEION"],
    ['cœur', 'COEUR'],
    ['  Zoé   Anaïs ', 'ZOE ANAIS'],
    ['Jean–Noël', 'JEAN-NOEL'],
    ['Weiß', 'WEISS'],
    ['ǼǢẞ', 'AEAESS'],
    ['Adrun2', 'ADRUN2'],
  ])('%s becomes %s', (typed, wanted) => {
    expect(normaliserTrait(typed)).toBe(wanted)
  })

  test('normalising twice changes nothing more, and every accented French letter ends accepted', () => {
    assert(
      property(string({ unit: 'grapheme' }), (typed) => {
        const once = normaliserTrait(typed)
        expect(normaliserTrait(once)).toBe(once)
      }),
    )
    expect(defautNomNaissance(normaliserTrait('àâäçéèêëîïôöùûüÿœæ'))).toBeUndefined()
  })
})

describe('dates and places', () => {
  test('a DateLunaire needs no calendar, a calendar date does', () => {
    expect(estDateLunaire('1960-00-00')).toBe(true)
    expect(estDateCalendaire('1960-00-00')).toBe(false)
    expect(estDateCalendaire('1960-02-31')).toBe(false)
    expect(estDateCalendaire('2000-02-29')).toBe(true)
    expect(estDateCalendaire('1900-02-29')).toBe(false)
    for (const text of ['', '31/12/1975', '1975-12-31T00:00:00', '1975-1-1']) expect(estDateLunaire(text)).toBe(false)
  })

  test('RNIV-DATE-INCOMPLETE : jour inconnu le 1er, mois inconnu janvier, les deux inconnus le 31 décembre, et un marqueur', () => {
    expect(completerDate('1960-05-00')).toEqual({ date: '1960-05-01', interpretee: true })
    expect(completerDate('1960-00-17')).toEqual({ date: '1960-01-17', interpretee: true })
    expect(completerDate('1960-00-00')).toEqual({ date: '1960-12-31', interpretee: true })
    expect(completerDate('1960-05-17')).toEqual({ date: '1960-05-17', interpretee: false })
  })

  test('a place is a COG code', () => {
    for (const code of ['63220', '2A020', '2B020', '99100', '97901']) expect(estCodeLieu(code)).toBe(true)
    for (const code of ['6322', '2C020', '2a020', 'PARIS', '']) expect(estCodeLieu(code)).toBe(false)
  })
})

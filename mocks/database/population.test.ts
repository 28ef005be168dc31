import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { estMatriculeReserve } from '#standards/ins/fictif.ts'
import { defautNomNaissance, defautPrenom, estDateCalendaire } from '#standards/ins/lexique.ts'
import { cleConforme } from '#standards/ins/matricule-ins.ts'
import { idDeRang, personneDeRang, rangDeId, rangDuMatricule, rangsParNaissance, TAILLE_POPULATION } from './population.ts'

const rang = fc.integer({ min: 0, max: TAILLE_POPULATION - 1 })

test('le matricule mène au rang, quel que soit le rang', () => {
  fc.assert(
    fc.property(rang, (r) => {
      expect(rangDuMatricule(personneDeRang(r).ins.matricule)).toBe(r)
    }),
    { numRuns: 5_000 },
  )
})

test('les traits mènent au rang, par n’importe quel prénom de la liste', () => {
  fc.assert(
    fc.property(rang, (r) => {
      const { nomNaissance, sexe, dateNaissance } = personneDeRang(r)
      expect(rangsParNaissance(nomNaissance, sexe, dateNaissance)).toContain(r)
    }),
    { numRuns: 2_000 },
  )
})

test('nom, premier prénom, sexe et date ne désignent qu’une personne de la population', () => {
  fc.assert(
    fc.property(rang, (r) => {
      const { nomNaissance, sexe, dateNaissance, listePrenom } = personneDeRang(r)
      const premiers = rangsParNaissance(nomNaissance, sexe, dateNaissance).map((other) => personneDeRang(other).listePrenom.split(' ')[0])
      expect(premiers.filter((premier) => premier === listePrenom.split(' ')[0])).toHaveLength(1)
    }),
    { numRuns: 2_000 },
  )
})

test('tout matricule que rangDuMatricule reconnaît est celui de la personne rendue', () => {
  const matricule = fc
    .tuple(fc.constantFrom('1', '2'), fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 99 }), fc.nat(99), fc.nat(999))
    .map(([sexe, annee, mois, lieu, ordre]) => `${sexe}${two(annee)}${two(mois)}979${two(lieu)}${String(ordre).padStart(3, '0')}`)
  fc.assert(
    fc.property(matricule, (m) => {
      const found = rangDuMatricule(m)
      expect(found === undefined ? m : personneDeRang(found).ins.matricule).toBe(m)
    }),
    { numRuns: 5_000 },
  )
})

test('les traits suivent les règles de l’INSi, le matricule est dans la plage réservée avec sa clé', () => {
  fc.assert(
    fc.property(rang, (r) => {
      const { nomNaissance, listePrenom, dateNaissance, lieuNaissance, sexe, ins } = personneDeRang(r)
      expect(defautNomNaissance(nomNaissance)).toBeUndefined()
      expect(defautPrenom(listePrenom)).toBeUndefined()
      expect(estDateCalendaire(dateNaissance)).toBe(true)
      expect(estMatriculeReserve(ins.matricule)).toBe(true)
      expect(cleConforme(ins.matricule, ins.cle)).toBe(true)
      expect(ins.matricule.startsWith(`${sexe === 'M' ? 1 : 2}${dateNaissance.slice(2, 4)}${dateNaissance.slice(5, 7)}${lieuNaissance}`)).toBe(true)
    }),
    { numRuns: 1_000 },
  )
})

test('un rang hors de la population est refusé', () => {
  for (const hors of [-1, TAILLE_POPULATION, 1.5, Number.NaN]) expect(() => personneDeRang(hors)).toThrow(RangeError)
  for (const id of ['p-1', 'p01', `p${TAILLE_POPULATION}`, 'p', 'x1']) expect(rangDeId(id)).toBeUndefined()
  expect(rangDeId(idDeRang(12))).toBe(12)
})

test('une naissance impossible ne trouve personne', () => {
  for (const date of ['1980-02-30', '1980-13-01', '1980-00-10', '1925-12-31', '2026-01-01', 'hier', '1960-00-00'])
    expect(rangsParNaissance('BALVAC', 'F', date)).toEqual([])
  expect(rangsParNaissance('DUPONT', 'F', '1980-02-03')).toEqual([])
})

const two = (n: number) => String(n).padStart(2, '0')

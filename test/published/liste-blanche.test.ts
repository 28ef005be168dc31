import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { lireListeBlanche } from '#standards/mssante/liste-blanche.ts'

const DATA = new URL('../../../shared/specs/data/mssante/liste-blanche/listeblanchemssante.extract-redacted.xml', import.meta.url)

test('the published extract is read: a domain once for each certificate, a structure in each OU', () => {
  const liste = lireListeBlanche(readFileSync(DATA, 'utf8'))
  if (typeof liste === 'string') throw new Error(liste)
  expect(liste.domaines).toHaveLength(10)
  expect(new Set(liste.domaines.map(({ nom }) => nom)).size).toBeLessThan(10)
  expect(liste.domaines.every(({ dnCertificat }) => /OU=[13]\d+/.test(dnCertificat))).toBe(true)
  expect(lireListeBlanche(readFileSync(DATA, 'utf8').slice(0, 5_000))).toContain('tronquée')
})

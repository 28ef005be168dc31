import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ADRESSES_PSC } from '#standards/psc/adresses.ts'
import { jetonPour } from '../jetons.ts'
import { createTestWorld, type TestWorld } from '../world.ts'

const DATA = fileURLToPath(new URL('../../../shared/specs/data/mssante/psc/', import.meta.url))
const publie = (fichier: string) => JSON.parse(readFileSync(DATA + fichier, 'utf8')) as Record<string, unknown>

let monde: TestWorld
beforeAll(async () => void (monde = await createTestWorld()))
afterAll(() => monde.close())

/** Names at every level, and the kind of each value: `SubjectRefPro.exercices[].codeProfession: string`. */
function formes(value: unknown, chemin = ''): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((un) => formes(un, `${chemin}[]`)))]
  if (typeof value !== 'object' || value === null) return [`${chemin}: ${typeof value}`]
  return Object.entries(value).flatMap(([nom, un]) => formes(un, chemin === '' ? nom : `${chemin}.${nom}`))
}

test('PSC-USERINFO : our claims are those of the published sample, no more and no less', async () => {
  const jeton = await jetonPour(monde, '899700979001')
  const reponse = await monde.send('GET', ADRESSES_PSC.identite, { headers: { authorization: `Bearer ${jeton}` } })
  expect(formes(reponse.json()).toSorted()).toEqual(formes(publie('userinfo-site-psc.json')).toSorted())
})

test('the configuration has only names of the published one, and offers nothing it does not', async () => {
  const notre = (await monde.send('GET', ADRESSES_PSC.configurationWallet)).json()
  const vraie = publie('psc-bas-openid-configuration.drimbox-copy.json')
  // `none` lets a public client in, and this sandbox says so; the sample's `acr_values_supported` is not filled in.
  for (const [nom, valeur] of Object.entries(notre)) {
    expect(vraie).toHaveProperty(nom)
    if (!Array.isArray(valeur) || nom === 'claims_supported' || nom === 'acr_values_supported') continue
    expect(vraie[nom]).toEqual(expect.arrayContaining(valeur.filter((un) => un !== 'none')))
  }
})

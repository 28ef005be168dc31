import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestWorld, type TestWorld } from '../world.ts'

const DATA = fileURLToPath(new URL('../../../shared/specs/data/annuaire/', import.meta.url))
const present = existsSync(DATA)
if (!present) console.warn('The published examples of the directory are not on this machine.')

const demandes = present
  ? readFileSync(`${DATA}doc-snippets-v2/requests.tsv`, 'utf8')
      .split('\n')
      .filter((ligne) => ligne.includes('[base]'))
      .map((ligne) => ligne.split('\t')[2]!.replace('[base]', '/annuaire/fhir/v2'))
  : []

let monde: TestWorld
const headers = { 'esante-api-key': 'fictive' }

beforeAll(async () => {
  monde = await createTestWorld()
})
afterAll(() => monde.close())

/** Requests that name somebody or something of the real directory: understood, nothing found here. */
const SANS_DONNEES =
  /MIGNOT|org-org-148|10001766123|002-4247117|93-93-67204|004-1014485|52-52-49883|001604103000|590064036|%7C101$|CategorieEtablissement\|101|SA02&?$|%7CSA02|75016|postalcode=78|%7C318|005-69329|1013186038|apycript|10001234567|003-32783|MASI|SM41|@medecin\.mssante|@ch-dax|%7CSA05|type=159/

describe.skipIf(!present)('example requests of the documentation', () => {
  test('there are 95 of them', () => expect(demandes).toHaveLength(95))

  test.each(demandes)('%s', async (demande) => {
    const reponse = await monde.send('GET', demande, { headers })
    expect([reponse.status, reponse.status === 200 ? '' : reponse.text]).toEqual([200, ''])
    const { resourceType, total = 1 } = reponse.json<{ resourceType: string; total?: number }>()
    expect(resourceType).toBe(demande.endsWith('/metadata') ? 'CapabilityStatement' : 'Bundle')
    expect([demande, total > 0]).toEqual([demande, !SANS_DONNEES.test(demande)])
  })
})

/** Paths of the leaves, indexes left out; a system or url is told with its value. */
function formes(value: unknown, chemin = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((part) => formes(part, chemin))
  if (typeof value !== 'object' || value === null) return [/\.(system|url)$/.test(chemin) ? `${chemin}=${String(value)}` : chemin]
  return Object.entries(value).flatMap(([nom, part]) => formes(part, `${chemin}.${nom}`))
}

/** What the examples have and ours have not: data the cast does not hold. */
const ABSENTS = [
  /TRE_R48-DiplomeEtatFrancais|TRE_R14-TypeDiplome/,
  /\.name\.prefix$/,
  /\.alias$|\.telecom\.system=fax/,
  /\.period|use-period|organization-period|valuePeriod/,
  /fr-core-address-insee-code|\.address\.extension/,
  /TRE_R13-Commune/,
]

describe.skipIf(!present)('shape of the resources', () => {
  const exemples = present ? readdirSync(`${DATA}derived-json`) : []

  test.each(exemples)('%s: ours have its paths and systems', async (fichier) => {
    const exemple = JSON.parse(readFileSync(`${DATA}derived-json/${fichier}`, 'utf8')) as { resourceType: string }
    const reponse = await monde.send('GET', `/annuaire/fhir/v2/${exemple.resourceType}`, { headers })
    const siennes = new Set(reponse.json<{ entry: { resource: object }[] }>().entry.flatMap(({ resource }) => formes(resource)))
    const manquants = [...new Set(formes(exemple))].filter((une) => !siennes.has(une) && !ABSENTS.some((absent) => absent.test(une)))
    expect(manquants).toEqual([])
  })
})

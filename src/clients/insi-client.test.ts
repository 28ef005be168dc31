import { afterAll, beforeAll, expect, test } from 'vitest'
import { CPE, countedIds, CPS } from '../../test/cabinet.ts'
import { createTestWorld, type TestWorld } from '../../test/world.ts'
import { fetchOn } from '../../test/world-fetch.ts'
import { InsiClient } from './insi-client.ts'
import { rechercherParTraits } from './insi-procedure.ts'
import { SandboxClient } from './sandbox-client.ts'

let monde: TestWorld
let insi: InsiClient
let sandbox: SandboxClient

beforeAll(async () => {
  monde = await createTestWorld()
  const acces = { base: '', fetch: fetchOn(monde.sandbox) }
  insi = new InsiClient({ acces, now: () => monde.world.now(), newId: countedIds() })
  sandbox = new SandboxClient(acces)
})
afterAll(() => monde.close())

test('le service simulé rend une identité de test publiée, à la secrétaire comme au médecin', async () => {
  const traits = { nomNaissance: 'ADRTROIS', prenoms: ['DOMINIQUE'], sexe: 'F', dateNaissance: '1997-02-26' } as const
  for (const carte of [CPE, CPS])
    expect(await insi.chercherParTraits(traits, carte)).toMatchObject({
      issue: 'trouvee',
      identite: { ins: { matricule: '297022A020778', cle: '78' }, traits: { listePrenom: 'DOMINIQUE', lieuNaissance: '2A020' } },
    })
})

test('la procédure officielle trouve Vinci par le lieu, et Houilles en quatre appels', async () => {
  const vinci = await rechercherParTraits(
    insi,
    { nomNaissance: 'DE VINCI', prenoms: ['LEONARDO'], sexe: 'M', dateNaissance: '2014-02-01', lieuNaissance: '63220' },
    CPE,
  )
  expect(vinci.essais.map(({ issue }) => issue)).toEqual(['plusieurs', 'trouvee'])
  const houilles = await rechercherParTraits(
    insi,
    { nomNaissance: 'HOUILLES', prenoms: ['PIERRE', 'PAUL', 'JACQUES'], sexe: 'M', dateNaissance: '1993-01-27' },
    CPE,
  )
  expect(houilles.essais.map(({ issue }) => issue)).toEqual(['aucune', 'aucune', 'aucune', 'aucune'])
})

test('une panne demandée et une faute du service se lisent', async () => {
  const traits = { nomNaissance: 'ADRTROIS', prenoms: ['DOMINIQUE'], sexe: 'F', dateNaissance: '1997-02-26' } as const
  await sandbox.addFault({ kind: 'drop', service: 'insi', times: 1 })
  expect(await insi.chercherParTraits(traits, CPE)).toMatchObject({ issue: 'panne' })
  await sandbox.addFault({ kind: 'status', status: 503, service: 'insi', times: 1 })
  expect(await insi.chercherParTraits(traits, CPE)).toMatchObject({ issue: 'panne', texte: expect.stringContaining('503') })
  expect(await insi.chercherParTraits({ ...traits, nomNaissance: 'minuscules' }, CPE)).toMatchObject({
    issue: 'refus',
    code: expect.stringMatching(/^insi_/),
  })
})

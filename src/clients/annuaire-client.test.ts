import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestWorld, type TestWorld } from '../../test/world.ts'
import { fetchOn } from '../../test/world-fetch.ts'
import { AnnuaireClient, type BalTrouvee, type FiltreBal } from './annuaire-client.ts'

let monde: TestWorld
let client: AnnuaireClient

beforeAll(async () => {
  monde = await createTestWorld()
  client = new AnnuaireClient({ base: '', fetch: fetchOn(monde.sandbox) })
})
afterAll(() => monde.close())

async function chercher(cherche: string, filtre?: FiltreBal): Promise<readonly BalTrouvee[]> {
  const trouvees = await client.chercherBal(cherche, filtre)
  if ('issue' in trouvees) throw new Error(trouvees.texte)
  return trouvees
}
const adresses = async (cherche: string, filtre?: FiltreBal) => (await chercher(cherche, filtre)).map(({ adresse }) => adresse)

test('un professionnel se trouve par son nom, sans accent ni casse, avec sa qualité et son lieu d’exercice', async () => {
  expect(await chercher('Élise tridi')).toEqual([
    {
      adresse: 'cabinet.tridi@medecins.bac.mssante.fr',
      type: 'CAB',
      nom: 'Elise TRIDI',
      qualite: 'Médecin — Dermatologie et vénéréologie',
      structure: 'CABINET DU DR TRIDI',
      ville: 'BOURG-LE-FICTIF',
    },
    expect.objectContaining({ adresse: 'elise.tridi@medecins.bac.mssante.fr', type: 'PER' }),
  ])
})

test('la boîte d’une activité a le nom de son professionnel', async () => {
  expect(await chercher('septidi')).toMatchObject([
    { adresse: 'anne.septidi@quatre-saisons.bac.mssante.fr', nom: 'Anne SEPTIDI', ville: 'VILLE-EXEMPLE' },
  ])
})

test('une structure se trouve par son nom, un morceau d’adresse ou sa ville, avec ceux qui y exercent', async () => {
  expect(await adresses('moisson')).toEqual(['pharmacie@moisson.bac.mssante.fr'])
  expect(await adresses('noreply-bio')).toEqual(['noreply-biologie@quatre-saisons.bac.mssante.fr'])
  expect(await adresses('saint-modele')).toEqual(['jules.nonidi@reseau-equinoxe.example', 'leo.octidi@medecins.bac.mssante.fr'])
})

test('la ville et la profession restreignent, ou suffisent', async () => {
  expect(await adresses('medecins', { ville: 'Saint', profession: '60' })).toEqual(['leo.octidi@medecins.bac.mssante.fr'])
  expect(await adresses('', { ville: 'saint' })).toHaveLength(2)
  expect(await adresses('', { profession: '60' })).toEqual(['leo.octidi@medecins.bac.mssante.fr'])
  expect(await adresses('primidi', { ville: 'ville-exemple' })).toEqual([])
  expect(await adresses('  ')).toEqual([])
})

test('une boîte en liste rouge ne se trouve pas, une virgule n’est pas un OU', async () => {
  expect(await adresses('mona.decadi')).toEqual([])
  expect(await adresses('primidi,tridi')).toEqual([])
})

test('un refus et une panne se disent', async () => {
  const acces = { base: '', fetch: fetchOn(monde.sandbox) }
  expect(await new AnnuaireClient(acces, 'cle-en-exces').chercherBal('primidi')).toMatchObject({ issue: 'refus', code: 'ANNUAIRE-QUOTA' })
  for (const panne of ['annuaire-erreur', 'status-503', 'drop'])
    expect(await new AnnuaireClient({ ...acces, base: `/sim/${panne}` }).chercherBal('primidi')).toMatchObject({ issue: 'panne' })
})

import { expect, test } from 'vitest'
import { createTestWorld } from '../../test/world.ts'
import { cartesVitales } from './cartes-vitales.ts'
import { castOf } from './registre.ts'

test('une carte porte son titulaire et ses enfants, un nouveau-né et un décédé n’en ont pas', async () => {
  const monde = await createTestWorld()
  const lignes = cartesVitales(await castOf(monde.world), monde.world.now())
  const germinal = lignes.filter(({ id }) => id.startsWith('vitale-sophie-germinal'))
  expect(germinal.map(({ send }) => send['Prenom'])).toEqual(['SOPHIE', 'INES', 'TOM'])
  expect(new Set(germinal.map(({ send }) => send['MatriculeOD'])).size).toBe(1)
  expect(germinal.map(({ send }) => 'MatriculeIndividu' in send)).toEqual([true, false, false])
  expect(lignes.map(({ id }) => id)).not.toContain('vitale-eve-brumaire')
  expect(lignes.map(({ id }) => id)).not.toContain('vitale-lucien-ventose')
  expect(new Set(lignes.map(({ id }) => id)).size).toBe(lignes.length)
  await monde.close()
})

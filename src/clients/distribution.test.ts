import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestWorld, type TestWorld } from '../../test/world.ts'
import { fetchOn } from '../../test/world-fetch.ts'
import { nomDeLaCarte } from './carte.ts'
import { cartesDuCabinet, cartesVitales, traitsDe } from './distribution.ts'
import { SandboxClient } from './sandbox-client.ts'
import type { IdentityCard } from './sandbox-types.ts'

let monde: TestWorld
let identities: readonly IdentityCard[]

beforeAll(async () => {
  monde = await createTestWorld()
  identities = await new SandboxClient({ base: '', fetch: fetchOn(monde.sandbox) }).identities()
})
afterAll(() => monde.close())

test('le cabinet a ses médecins, sa secrétaire et la carte sans nom de l’accueil', () => {
  const cartes = cartesDuCabinet(identities)
  expect(cartes.map(nomDeLaCarte)).toEqual(['Nadia Quartidi (secrétariat)', 'Dr Claire Primidi', 'Dr Bastien Duodi', 'Accueil (carte sans nom)'])
  expect(cartes[1]).toMatchObject({
    genre: 'CPS',
    identifiant: '899700979001',
    savoirFaire: { code: 'SM26' },
    structure: { nom: 'Cabinet médical du Calendrier' },
  })
})

test('la carte Vitale d’une mère porte ses enfants', () => {
  const sophie = cartesVitales(identities).find(({ titulaire }) => titulaire === 'Sophie Germinal')
  expect(sophie?.beneficiaires.map(({ prenom }) => prenom)).toEqual(['SOPHIE', 'INES', 'TOM'])
})

test('la personne d’un scénario a ses traits du jour', () => {
  expect(traitsDe(identities, 'camille-floreal')).toMatchObject({
    nomNaissance: 'FLOREAL',
    premierPrenom: 'CAMILLE',
    sexe: 'F',
    lieuNaissance: '97911',
  })
  expect(traitsDe(identities, 'personne')).toBeUndefined()
})

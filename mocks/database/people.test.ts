import { expect, test, beforeAll, afterAll, describe } from 'vitest'
import { cleConforme } from '#standards/ins/matricule-ins.ts'
import { estMatriculeFictif } from '#standards/ins/fictif.ts'
import { createTestWorld, type TestWorld } from '../../test/world.ts'
import { chercherPersonnes, correspondAuxTraits, personneParId, personneParMatricule } from './people.ts'
import { IDENTITES_PUBLIEES, PERSONNES_PUBLIEES } from './official-identities.ts'
import { personneDeRang } from './population.ts'
import { castOf, enregistrerPersonne, registre } from './registre.ts'

let monde: TestWorld
beforeAll(async () => {
  monde = await createTestWorld({ services: [registre] })
})
afterAll(() => monde.close())

const ids = async (traits: Parameters<typeof chercherPersonnes>[1]) => (await chercherPersonnes(monde.world, traits)).map(({ id }) => id)

describe('les identités de test publiées', () => {
  test('les identités publiées sont au complet, et toutes leurs INS sont fictives', () => {
    expect(IDENTITES_PUBLIEES).toHaveLength(19) // 18 entries and the homonym that INSi needs to answer 02
    for (const { ins } of PERSONNES_PUBLIEES) expect(estMatriculeFictif(ins)).toBe(true)
  })

  test('TCHITCHI : CATARINA trouve, OLA ne trouve pas', async () => {
    const tchitchi = { nomNaissance: 'TCHITCHI', sexe: 'F', dateNaissance: '1936-06-21' } as const
    expect(await ids({ ...tchitchi, prenoms: ['CATARINA'] })).toEqual(['tchitchi-catarina'])
    expect(await ids({ ...tchitchi, prenoms: ['OLA'] })).toEqual([])
  })

  test('LEONARDO : deux personnes sans le lieu, une avec', async () => {
    const leonardo = { nomNaissance: 'DE VINCI', prenoms: ['LEONARDO'], sexe: 'M', dateNaissance: '2014-02-01' } as const
    expect(await ids(leonardo)).toEqual(['de-vinci-leonardo', 'de-vinci-leonardo-homonyme'])
    expect(await ids({ ...leonardo, lieuNaissance: '63220' })).toEqual(['de-vinci-leonardo'])
  })

  test('HOUILLES n’est personne, avec aucun de ses prénoms', async () => {
    const houilles = { nomNaissance: 'HOUILLES', sexe: 'M', dateNaissance: '1993-01-27' } as const
    for (const prenom of ['PIERRE', 'PAUL', 'JACQUES', 'PIERRE PAUL JACQUES']) expect(await ids({ ...houilles, prenoms: [prenom] })).toEqual([])
  })

  test('un ancien matricule mène à la personne, un matricule actif l’emporte', async () => {
    expect((await personneParMatricule(monde.world, '2090763220834'))?.id).toBe('ecetinsi-pierre-alain')
    expect((await personneParMatricule(monde.world, '1810363220456'))?.ins.cle).toBe('60')
  })
})

describe('la distribution', () => {
  test('ses matricules sont dans la plage réservée, avec leur clé', async () => {
    const { patients } = await castOf(monde.world)
    for (const { personne } of patients) {
      expect(estMatriculeFictif(personne.ins)).toBe(true)
      expect(cleConforme(personne.ins.matricule, personne.ins.cle)).toBe(true)
      expect(await personneParMatricule(monde.world, personne.ins.matricule)).toEqual(personne)
      expect(await ids({ ...personne, prenoms: [personne.listePrenom] })).toContain(personne.id)
    }
    expect(new Set(patients.map(({ personne }) => personne.ins.matricule)).size).toBe(patients.length)
  })

  test('les dates de naissance restent quand l’horloge avance', async () => {
    const other = await createTestWorld({ services: [registre] })
    const avant = await castOf(other.world)
    await other.advance('P3Y')
    expect(await castOf(other.world)).toEqual(avant)
    await other.close()
  })

  test('les âges sont ceux annoncés, quel que soit le jour où le monde commence', async () => {
    for (const date of ['2026-11-23T08:00:00Z', '2028-02-29T23:30:00Z', '2031-01-01T00:00:00Z']) {
      const other = await createTestWorld({ services: [registre], date })
      const { patients } = await castOf(other.world)
      const ines = patients.find(({ id }) => id === 'ines-germinal')!.personne.dateNaissance
      expect(Math.floor((Date.parse(date) - Date.parse(ines)) / (365.25 * 86_400_000))).toBe(16)
      await other.close()
    }
  })

  test('des homonymes parfaits se distinguent par le lieu, des jumelles par le prénom', async () => {
    const [nadia] = (await castOf(monde.world)).patients.filter(({ id }) => id === 'nadia-vendemiaire')
    const { nomNaissance, sexe, dateNaissance, lieuNaissance } = nadia!.personne
    expect(await ids({ nomNaissance, sexe, dateNaissance, prenoms: ['NADIA'] })).toHaveLength(2)
    expect(await ids({ nomNaissance, sexe, dateNaissance, lieuNaissance, prenoms: ['NADIA'] })).toEqual(['nadia-vendemiaire'])
    const lina = (await castOf(monde.world)).patients.find(({ id }) => id === 'lina-fructidor')!.personne
    expect(await ids({ ...lina, prenoms: ['LINA'] })).toEqual(['lina-fructidor'])
    expect(await ids({ ...lina, prenoms: ['ZOE'] })).toEqual(['zoe-fructidor'])
  })

  test('chaque lien mène à un patient qui a le lien en retour', async () => {
    const { patients, professionnels, structures } = await castOf(monde.world)
    const par = new Map(patients.map((patient) => [patient.id, patient]))
    for (const { id, liens, medecinTraitant, bloques } of patients) {
      for (const { patient } of liens) expect(par.get(patient)?.liens.map((lien) => lien.patient)).toContain(id)
      for (const pro of [...bloques, ...(medecinTraitant ? [medecinTraitant] : [])]) expect(professionnels.map((p) => p.id)).toContain(pro)
    }
    for (const { structure, carte } of professionnels)
      expect(structures.find(({ id }) => id === structure)?.identifiant).toBe(carte.structure.identifiant)
  })
})

describe('la population', () => {
  test('une personne de la population se trouve par ses traits et par son matricule', async () => {
    for (const rang of [0, 1, 42_000_000, 66_299_999]) {
      const personne = personneDeRang(rang)
      expect(await personneParMatricule(monde.world, personne.ins.matricule)).toEqual(personne)
      expect(await personneParId(monde.world, `p${rang}`)).toEqual(personne)
      const prenoms = personne.listePrenom.split(' ')
      for (const prenom of [...prenoms, personne.listePrenom]) expect(await ids({ ...personne, prenoms: [prenom] })).toContain(`p${rang}`)
    }
  })

  test('une ligne enregistrée cache ce que la personne était', async () => {
    const avant = personneDeRang(777)
    const matricule = avant.ins.matricule.replace(/\d{3}$/, '950')
    const apres = { ...avant, nomNaissance: 'NOUVEAU', ins: { ...avant.ins, matricule }, historique: [avant.ins] }
    await enregistrerPersonne(monde.world, apres)
    expect(await ids({ ...avant, prenoms: [avant.listePrenom] })).toEqual([])
    expect(await ids({ ...apres, prenoms: [avant.listePrenom] })).toEqual(['p777'])
    expect(await personneParMatricule(monde.world, avant.ins.matricule)).toEqual(apres)
    expect(await personneParMatricule(monde.world, matricule)).toEqual(apres)
  })

  test('qui n’est pas encore né n’est pas trouvé', async () => {
    const tot = await createTestWorld({ services: [registre], date: '1990-06-01T00:00:00Z' })
    const rang = [...Array(100).keys()].find((r) => personneDeRang(r).dateNaissance > '1990-06-01')!
    expect(await personneParMatricule(tot.world, personneDeRang(rang).ins.matricule)).toBeUndefined()
    await tot.close()
  })
})

test('un texte qui n’est pas un matricule ne trouve personne', async () => {
  for (const texte of ['', 'x', '2751263220', "'; DROP TABLE"]) expect(await personneParMatricule(monde.world, texte)).toBeUndefined()
  expect(await personneParId(monde.world, '')).toBeUndefined()
  expect(await personneParId(monde.world, 'p99999999')).toBeUndefined()
})

test('le prénom seul au milieu de la liste dépend du réglage', () => {
  const personne = { nomNaissance: 'X', listePrenom: 'ANNE LUCIE', sexe: 'F', dateNaissance: '1990-01-01', lieuNaissance: '97911' } as const
  const traits = { nomNaissance: 'X', prenoms: ['LUCIE'], sexe: 'F', dateNaissance: '1990-01-01' } as const
  expect(correspondAuxTraits(personne, traits, { admis: 'tous', plusieurs: 'chacun', tiretVautEspace: false })).toBe(true)
  expect(correspondAuxTraits(personne, traits, { admis: 'premier', plusieurs: 'chacun', tiretVautEspace: false })).toBe(false)
})

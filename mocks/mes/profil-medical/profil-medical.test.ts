import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { ACTIONS, CONTENT_TYPE, DMP_PATHS, enveloppe, patientCx, rechercher, td02, td03, vihfDe } from '../../../test/dmp.ts'
import { createTestMes, regle, type TestMes } from '../../../test/mes.ts'
import { createTestWorld } from '../../../test/world.ts'
import { castOf } from '../../database/registre.ts'
import { services } from '../../routes.ts'
import { completude, lireValeurs, refusSoin } from './rules.ts'
import { sectionDe, SECTIONS } from './sections.ts'

const CAMILLE = 'camille-floreal'
/** Activated, and nothing written. */
const AUTRE = 'sophie-germinal'

let mes: TestMes
beforeEach(async () => {
  mes = await createTestMes()
})
afterEach(() => mes.close())

const ajouter = (id: string, section: string, valeurs: object, auteur?: string) =>
  mes.appeler('POST', id, `/profil-medical/${section}/entrees`, { valeurs }, auteur)
const section = (id: string, nom: string) =>
  mes.lire<{ entrees: { id: string; valeurs: object }[]; nonConcerne: boolean; masque?: boolean }>(id, `/profil-medical/${nom}`)
/** Of the documents of the record. */
const synthesesDe = async (id: string) =>
  (await mes.monde.world.ask.documentsDuPatient(mes.matricule(id))).filter(({ typeCode }) => typeCode === 'DOCPAT08')

describe('les rubriques', () => {
  test('MES-PROFIL-SECTIONS : quinze rubriques, dont on ajoute, change et supprime les lignes', async () => {
    const { sections } = await mes.lire<{ sections: { id: string }[] }>(AUTRE, '/profil-medical')
    expect(sections.map(({ id }) => id)).toEqual(SECTIONS.map(({ id }) => id))
    expect(sections).toHaveLength(15)
    const { id } = (await ajouter(AUTRE, 'allergies', { nom: ' Arachide ', gravite: 'Grave' })).json<{ id: string }>()
    const une = `/profil-medical/allergies/entrees/${id}`
    expect((await section(AUTRE, 'allergies')).entrees).toMatchObject([{ valeurs: { nom: 'Arachide', gravite: 'Grave' } }])
    expect((await mes.appeler('PUT', AUTRE, une, { valeurs: { nom: 'Noix' } })).json()).toMatchObject({ valeurs: { nom: 'Noix' } })
    // Another profile, another section: not there.
    expect((await mes.appeler('PUT', CAMILLE, une, { valeurs: { nom: 'Noix' } })).status).toBe(404)
    expect((await mes.appeler('DELETE', AUTRE, `/profil-medical/traitements/entrees/${id}`)).status).toBe(404)
    expect((await mes.appeler('DELETE', AUTRE, une)).status).toBe(204)
    expect((await section(AUTRE, 'allergies')).entrees).toEqual([])
  })

  test('MES-PROFIL-LIMITES : ce qui ne tient pas dans les champs est refusé, et rien ne change', async () => {
    const refusees: [string, object][] = [
      ['allergies', {}],
      ['allergies', { nom: '   ' }],
      ['allergies', { nom: 'x'.repeat(101) }],
      ['allergies', { nom: 1 }],
      ['allergies', { nom: 'Pollen', gravite: 'Énorme' }],
      ['allergies', { nom: 'Pollen', __proto__x: 'y' }],
      ['allergies', { nom: 'Pol\u0000len' }],
      ['vaccinations', { nom: 'Grippe', date: '2026-13' }],
      ['vaccinations', { nom: 'Grippe', date: '2026-02-30' }],
      ['vaccinations', { nom: 'Grippe', date: 'hier' }],
      ['mesures', { nom: 'Poids' }],
    ]
    for (const [nom, valeurs] of refusees) {
      const answer = await ajouter(AUTRE, nom, valeurs)
      expect([JSON.stringify(valeurs).slice(0, 40), answer.status, regle(answer)]).toEqual([expect.any(String), 422, 'MES-PROFIL-LIMITES'])
    }
    for (const body of [[], { valeurs: null }, { valeurs: 'x' }, {}])
      expect((await mes.appeler('POST', AUTRE, '/profil-medical/allergies/entrees', body)).status).toBe(400)
    expect((await ajouter(AUTRE, 'n’existe pas', { nom: 'x' })).status).toBe(404)
    expect((await section(AUTRE, 'allergies')).entrees).toEqual([])
    expect((await ajouter(AUTRE, 'groupe-sanguin', { groupe: 'A+' })).status).toBe(201)
    expect(regle(await ajouter(AUTRE, 'groupe-sanguin', { groupe: 'B+' }))).toBe('MES-PROFIL-LIMITES')
  })

  test('MES-PROFIL-LIMITES : une date va de l’année au jour ; un champ qui n’est pas demandé n’est pas gardé', () => {
    const vaccin = sectionDe('vaccinations')!
    for (const date of ['2024', '2024-02', '2024-02-29']) expect(lireValeurs(vaccin, { nom: 'Grippe', date })).toMatchObject({ valeurs: { date } })
    for (const date of ['24', '2024-2', '2023-02-29', '1500', '2024-00'])
      expect(lireValeurs(vaccin, { nom: 'Grippe', date })).toHaveProperty('refused')
    const don = lireValeurs(sectionDe('entourage-et-volontes')!, { role: 'Don d’organes', position: 'Pour', nom: 'Personne' })
    expect(don).toEqual({ valeurs: { role: 'Don d’organes', position: 'Pour' } })
  })

  test('MES-PROFIL-NON-CONCERNE : pour une rubrique vide ; y écrire retire la réponse, la completude suit', async () => {
    const dire = (id: string, nom: string, nonConcerne: unknown) => mes.appeler('PUT', id, `/profil-medical/${nom}/non-concerne`, { nonConcerne })
    const remplies = async () => (await mes.lire<{ completude: { remplies: number; sur: number } }>(AUTRE, '/profil-medical')).completude
    expect(await remplies()).toEqual({ remplies: 0, sur: 14 })
    expect((await dire(AUTRE, 'handicaps', true)).status).toBe(200)
    expect(await remplies()).toEqual({ remplies: 1, sur: 14 })
    await ajouter(AUTRE, 'handicaps', { nom: 'Surdité d’une oreille' })
    expect((await section(AUTRE, 'handicaps')).nonConcerne).toBe(false)
    expect(regle(await dire(AUTRE, 'handicaps', true))).toBe('MES-PROFIL-NON-CONCERNE')
    expect(regle(await dire(AUTRE, 'mesures', true))).toBe('MES-PROFIL-NON-CONCERNE')
    expect((await dire(AUTRE, 'allergies', 'oui')).status).toBe(400)
    // A minor is not asked for advance directives.
    expect(completude(9, () => false)).toEqual({ remplies: 0, sur: 13 })
  })
})

describe('ce que les professionnels n’ont pas', () => {
  test('MES-PROFIL-PRIVE : rien du profil ne sort par INSi ni par le DMP, ni n’entre dans les documents de soi-même', async () => {
    await ajouter(AUTRE, 'maladies', { nom: 'Secretissime' })
    const profil = '/mes/api/profils'
    const ailleurs = services.flatMap(({ routes }) => routes).filter(({ path }) => /profil-medical|synthese|\/mesures|\/agenda/.test(path))
    expect(ailleurs.length).toBeGreaterThan(10)
    for (const { path } of ailleurs) expect(path.startsWith(profil)).toBe(true)
    const questions = services.flatMap(({ answers }) => Object.keys(answers ?? {}))
    expect(questions.filter((une) => /mesure|medical|agenda|synthese/i.test(une))).toEqual([])
    expect(JSON.stringify(await mes.monde.world.ask.documentsDuPatient(mes.matricule(AUTRE)))).not.toContain('Secretissime')
    expect(await synthesesDe(AUTRE)).toEqual([])
  })

  test('MES-PROFIL-PRIVE : un médecin autorisé n’en lit rien, puis la seule synthèse que le patient a enregistrée', async () => {
    const monde = await createTestWorld()
    onTestFinished(() => monde.close())
    const { personne } = (await castOf(monde.world)).patients.find(({ id }) => id === CAMILLE)!
    const profil = `/mes/api/profils/${mes.matricule(CAMILLE)}`
    await monde.send('POST', `${profil}/profil-medical/maladies/entrees`, { body: { valeurs: { nom: 'Migraine ophtalmique' } } })
    const cx = patientCx(personne)
    const soap = async (path: string, action: string, payload: Parameters<typeof enveloppe>[1]) =>
      (await monde.send('POST', path, { body: enveloppe(action, payload, vihfDe(cx)), headers: CONTENT_TYPE })).text
    await soap(DMP_PATHS.habilitations, ACTIONS.td03, td03('AJOUT'))
    const vu = async () =>
      [await soap(DMP_PATHS.patients, ACTIONS.td02, td02(personne)), await soap(DMP_PATHS.registry, ACTIONS.iti18, rechercher(cx))].join('')
    expect(await vu()).not.toMatch(/Migraine|DOCPAT08/)
    expect((await monde.send('POST', `${profil}/synthese`)).status).toBe(201)
    expect(await vu()).toContain('DOCPAT08')
  })

  test('MES-PROFIL-SYNTHESE : relue en PDF, puis enregistrée dans les documents quand le patient le veut', async () => {
    const apercu = await mes.appeler('GET', CAMILLE, '/synthese')
    expect(apercu.headers['content-type']).toBe('application/pdf')
    expect(apercu.text).toMatch(/^%PDF-1\.4/)
    for (const mot of ['Pollen de bouleau', 'Asthme', '62,5 kg', 'O+', 'Non concern', 'fictives']) expect(apercu.text).toContain(mot)
    // The Assurance maladie's own stays out.
    expect(apercu.text).not.toContain('Radiographie')
    expect(await synthesesDe(CAMILLE)).toEqual([])
    const enregistree = await mes.appeler('POST', CAMILLE, '/synthese', {})
    expect(enregistree.status).toBe(201)
    const [gardee] = await synthesesDe(CAMILLE)
    expect(gardee).toMatchObject({ mimeType: 'application/pdf', auteur: 'Camille Floréal', duPatient: true, masque: false })
    expect((await mes.appeler('GET', CAMILLE, `/documents/${gardee!.id}/contenu`)).bytes).toEqual(apercu.bytes)
  })

  test('MES-HISTOIRE-LECTURE : le patient la lit et n’y change rien', async () => {
    const { entrees } = await section(CAMILLE, 'histoire-de-sante')
    expect(entrees.length).toBe(4)
    expect(regle(await ajouter(CAMILLE, 'histoire-de-sante', { soin: 'x' }))).toBe('MES-HISTOIRE-LECTURE')
    expect(regle(await mes.appeler('DELETE', CAMILLE, `/profil-medical/histoire-de-sante/entrees/${entrees[0]!.id}`))).toBe('MES-HISTOIRE-LECTURE')
  })

  const inscrire = (id: string, valeurs: object) => mes.appeler('POST', id, '/profil-medical/histoire-de-sante/soins', { valeurs })
  const VACCIN = { soin: 'Vaccin contre la grippe', nature: 'Vaccination', date: '2026-11-20', par: 'Pharmacie' }

  test('MES-HISTOIRE-ALIMENTATION : l’Assurance maladie inscrit un soin passé dans un profil ouvert, et rien d’autre', async () => {
    const inscrit = await inscrire(AUTRE, VACCIN)
    expect([inscrit.status, inscrit.headers['x-sandbox-forme']]).toEqual([201, 'propre-au-bac-a-sable'])
    expect((await section(AUTRE, 'histoire-de-sante')).entrees).toMatchObject([{ valeurs: VACCIN, auteur: 'Assurance maladie' }])
    expect((await inscrire(AUTRE, { ...VACCIN, date: '2026' })).status).toBe(201)
    for (const date of ['2026-11-24', '2026-12', '2027']) {
      const refus = await inscrire(AUTRE, { ...VACCIN, date })
      expect([refus.status, regle(refus)]).toEqual([422, 'MES-HISTOIRE-ALIMENTATION'])
    }
    for (const faux of [{ ...VACCIN, nature: 'Astrologie' }, { soin: '' }, { ...VACCIN, __proto__: { a: 1 }, inconnu: 'x' }])
      expect(regle(await inscrire(AUTRE, faux))).toBe('MES-PROFIL-LIMITES')
    expect((await mes.appeler('POST', AUTRE, '/profil-medical/histoire-de-sante/soins', { valeurs: [VACCIN] })).status).toBe(400)
    expect((await inscrire('hugo-brumaire', VACCIN)).status).toBe(201)
    for (const ferme of ['odile-frimaire', 'yann-nivose', 'lucien-ventose'])
      expect(regle(await inscrire(ferme, VACCIN))).toBe('MES-HISTOIRE-ALIMENTATION')
  })

  test('MES-HISTOIRE-ALIMENTATION : cinq cents lignes au plus', () => {
    const soin = (combien: number) => refusSoin({ etat: 'active' }, { date: '2026-11-20', aujourdHui: '2026-11-23', combien })
    expect(soin(499)).toBeUndefined()
    expect(soin(500)?.about).toContain('500 lignes')
  })

  test('MES-HISTOIRE-PREMIERE : une notification la première fois, aucune ensuite', async () => {
    const premieres = async (id: string) => (await mes.codes(id)).filter((code) => code === 'PRIMO_ALIM_MHS').length
    await inscrire(AUTRE, VACCIN)
    await inscrire(AUTRE, VACCIN)
    expect(await premieres(AUTRE)).toBe(1)
    await inscrire(CAMILLE, VACCIN)
    expect(await premieres(CAMILLE)).toBe(0)
  })

  test('MES-HISTOIRE-MASQUEE : elle suit le réglage des nouveaux documents, les directives aussi', async () => {
    expect((await section(CAMILLE, 'histoire-de-sante')).masque).toBe(false)
    await mes.appeler('PUT', CAMILLE, '/documents/masquage', { masquerNouveaux: true })
    for (const nom of ['histoire-de-sante', 'directives-anticipees']) expect((await section(CAMILLE, nom)).masque).toBe(true)
    expect(await section(CAMILLE, 'allergies')).not.toHaveProperty('masque')
  })
})

describe('directives anticipées et entourage', () => {
  const DIRECTIVES = { texte: 'Ne pas s’acharner.', redigees: '2026-11-23' }

  test('MES-DA-MAJEURS : un mineur n’en a pas, ni pour lire ni pour écrire', async () => {
    expect(regle(await mes.appeler('GET', 'ines-germinal', '/profil-medical/directives-anticipees'))).toBe('MES-DA-MAJEURS')
    expect(regle(await ajouter('tom-germinal', 'directives-anticipees', DIRECTIVES, 'sophie-germinal'))).toBe('MES-DA-MAJEURS')
  })

  test('MES-DA-PERSONNELLES : l’aidante écrit le reste du profil, pas les directives', async () => {
    expect((await ajouter('jeanne-messidor', 'allergies', { nom: 'Iode' }, 'claire-messidor')).status).toBe(201)
    expect(regle(await ajouter('jeanne-messidor', 'directives-anticipees', DIRECTIVES, 'claire-messidor'))).toBe('MES-DA-PERSONNELLES')
  })

  test('MES-DA-RELECTURE : un an après, puis chaque année ; les changer repousse, les supprimer arrête', async () => {
    const rappels = async () => (await mes.codes(AUTRE)).filter((code) => code === 'RAPPEL_MODIF_DA').length
    const { id } = (await ajouter(AUTRE, 'directives-anticipees', DIRECTIVES)).json<{ id: string }>()
    await mes.monde.advance('P11M')
    const une = `/profil-medical/directives-anticipees/entrees/${id}`
    await mes.appeler('PUT', AUTRE, une, { valeurs: { ...DIRECTIVES, lieu: 'Chez mon médecin' } })
    await mes.monde.advance('P11M')
    expect(await rappels()).toBe(0)
    await mes.monde.advance('P2M')
    expect(await rappels()).toBe(1)
    await mes.monde.advance('P1Y')
    expect(await rappels()).toBe(2)
    await mes.appeler('DELETE', AUTRE, une)
    await mes.monde.advance('P2Y')
    expect(await rappels()).toBe(2)
  })

  test('MES-DA-RELECTURE : le délai est un réglage ; illisible ou nul, il compte pour un an', async () => {
    for (const [delai, attendus] of [
      ['P3M', 1],
      ['P0D', 0],
      ['demain', 0],
    ] as const) {
      const autre = await createTestMes()
      await autre.monde.send('PATCH', '/_sandbox/settings', { body: { 'MES-DELAI-RELECTURE-DA': delai } })
      await autre.appeler('POST', AUTRE, '/profil-medical/directives-anticipees/entrees', { valeurs: DIRECTIVES })
      await autre.monde.advance('P4M')
      expect((await autre.codes(AUTRE)).filter((code) => code === 'RAPPEL_MODIF_DA')).toHaveLength(attendus)
      await autre.close()
    }
  })

  test('MES-ENTOURAGE-NOTIFIE : un contact ajouté est annoncé, une position sur le don d’organes non', async () => {
    await ajouter(AUTRE, 'entourage-et-volontes', { role: 'Don d’organes', position: 'Pour' })
    expect(await mes.codes(AUTRE)).toEqual([])
    await ajouter(AUTRE, 'entourage-et-volontes', { role: 'Personne de confiance', nom: 'Léa Fictive' })
    expect(await mes.codes(AUTRE)).toEqual(['AJOUT_ENTOURAGE'])
  })
})

test('un profil supprimé emporte tout ce qui y était écrit', async () => {
  for (const une of ['fermer-et-supprimer']) await mes.appeler('POST', CAMILLE, `/actes/${une}`, {})
  await mes.monde.advance('P4M')
  const { collections } = await mes.monde.running.store.dump()
  for (const nom of ['mes-profil-medical', 'mes-profil-non-concerne', 'mes-mesures', 'mes-rendez-vous', 'mes-prevention'])
    expect(JSON.stringify(collections[nom] ?? [])).not.toContain(mes.matricule(CAMILLE))
})

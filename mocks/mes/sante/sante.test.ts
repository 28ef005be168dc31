import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { matriculeIns, type PersonneIdentifiee } from '#standards/ins/traits.ts'
import { ACTIONS, CONTENT_TYPE, DMP_PATHS, enveloppe, patientCx, rechercher, td02, td03, vihfDe } from '../../../test/dmp.ts'
import { createTestWorld, type TestAnswer, type TestWorld } from '../../../test/world.ts'
import { castOf } from '../../database/registre.ts'
import { rendezVous } from '../agenda/store.ts'
import { mesures } from '../mesures/store.ts'
import { SECTIONS } from './sections.ts'

let monde: TestWorld
let personnes: ReadonlyMap<string, PersonneIdentifiee>

beforeEach(async () => {
  monde = await createTestWorld()
  personnes = new Map((await castOf(monde.world)).patients.map(({ id, personne }) => [id, personne]))
})
afterEach(() => monde.close())

const de = (id: string): string => matriculeIns(personnes.get(id)!.ins)
const appeler = (method: string, suite: string, body?: object, id = 'camille-floreal', auteur?: string): Promise<TestAnswer> =>
  monde.send(method, `/mes/api/profils/${de(id)}${suite}`, { ...(body && { body }), ...(auteur && { headers: { 'X-Mes-Auteur': de(auteur) } }) })
const refus = (answer: TestAnswer): unknown => [answer.status, answer.json()['rule']]
interface Profil {
  sections: { id: string; entrees: { id: string }[]; nonConcerne: boolean }[]
  completude: number
}
const profil = async (id?: string, auteur?: string) => (await appeler('GET', '/profil-medical', undefined, id, auteur)).json<Profil>()
const codes = async () => (await appeler('GET', '/notifications')).json<{ notifications: { code: string }[] }>().notifications.map(({ code }) => code)

describe('profil médical', () => {
  test('MES-PROFIL-MEDICAL-SAISIE : chaque section prend ses champs, et rien d’autre', async () => {
    for (const { id, champs } of SECTIONS) {
      const bon = Object.fromEntries(champs.map(({ nom, genre, choix }) => [nom, choix?.[0] ?? (genre === 'date' ? '2020-01-31' : 'Essai')]))
      expect([id, (await appeler('POST', `/profil-medical/${id}`, bon)).status]).toEqual([id, 201])
      expect(refus(await appeler('POST', `/profil-medical/${id}`, {}))).toEqual([422, 'MES-PROFIL-MEDICAL-SAISIE'])
    }
    expect((await profil()).completude).toBe(100)
    for (const faux of [{ nom: 'x'.repeat(201) }, { nom: 1 }, { nom: 'A', autre: 'B' }, { nom: 'A', depuis: 'hier' }])
      expect(refus(await appeler('POST', '/profil-medical/maladies', faux))).toEqual([422, 'MES-PROFIL-MEDICAL-SAISIE'])
    expect((await appeler('POST', '/profil-medical/constructor', { nom: 'A' })).status).toBe(404)
    // One blood group, no more.
    expect(refus(await appeler('POST', '/profil-medical/groupe-sanguin', { nom: 'A+' }))).toEqual([422, 'MES-PROFIL-MEDICAL-SAISIE'])
  })

  test('une entrée se change et se supprime', async () => {
    const { id } = (await appeler('POST', '/profil-medical/allergies', { nom: 'Arachide' })).json<{ id: string }>()
    expect((await appeler('PUT', `/profil-medical/allergies/${id}`, { nom: 'Arachide', gravite: 'grave' })).status).toBe(200)
    expect((await appeler('PUT', `/profil-medical/maladies/${id}`, { nom: 'Arachide' })).status).toBe(404)
    expect((await appeler('DELETE', `/profil-medical/allergies/${id}`)).status).toBe(204)
    expect((await appeler('DELETE', `/profil-medical/allergies/${id}`)).status).toBe(404)
  })

  test('MES-PROFIL-MEDICAL-NON-CONCERNE : se dire non concerné d’une section vide ; y écrire l’efface', async () => {
    const non = (section: string, nonConcerne: unknown) => appeler('PUT', `/profil-medical/${section}/non-concerne`, { nonConcerne })
    expect((await non('allergies', true)).json()).toEqual({ nonConcerne: true })
    expect((await non('allergies', 'oui')).status).toBe(400)
    await appeler('POST', '/profil-medical/allergies', { nom: 'Pollen' })
    expect((await profil()).sections.find(({ id }) => id === 'allergies')).toMatchObject({ nonConcerne: false, entrees: [expect.any(Object)] })
    expect(refus(await non('allergies', true))).toEqual([409, 'MES-PROFIL-MEDICAL-NON-CONCERNE'])
  })

  test('MES-PROFIL-MEDICAL-PATIENT : rien n’en paraît chez le professionnel, sauf la synthèse mise dans les documents', async () => {
    await appeler('POST', '/profil-medical/maladies', { nom: 'Migraine ophtalmique' })
    const camille = personnes.get('camille-floreal')!
    const cx = patientCx(camille)
    const soap = async (path: string, action: string, payload: Parameters<typeof enveloppe>[1]) =>
      (await monde.send('POST', path, { body: enveloppe(action, payload, vihfDe(cx)), headers: CONTENT_TYPE })).text
    await soap(DMP_PATHS.habilitations, ACTIONS.td03, td03('AJOUT'))
    const vu = async () =>
      [await soap(DMP_PATHS.patients, ACTIONS.td02, td02(camille)), await soap(DMP_PATHS.registry, ACTIONS.iti18, rechercher(cx))].join('')
    expect(await vu()).not.toMatch(/Migraine|DOCPAT08/)
    const pdf = await appeler('GET', '/profil-medical/synthese')
    expect([pdf.headers['content-type'], pdf.text.slice(0, 8), pdf.text.includes('Migraine ophtalmique')]).toEqual([
      'application/pdf',
      '%PDF-1.4',
      true,
    ])
    expect((await appeler('POST', '/profil-medical/synthese')).status).toBe(201)
    expect(await vu()).toContain('DOCPAT08')
  })

  test('MES-DIRECTIVES-ADULTES : un mineur n’a pas de directives anticipées', async () => {
    const mere = 'sophie-germinal'
    expect((await profil('tom-germinal', mere)).sections.some(({ id }) => id === 'directives-anticipees')).toBe(false)
    expect(refus(await appeler('POST', '/profil-medical/directives-anticipees', { nom: 'x' }, 'tom-germinal', mere))).toEqual([
      403,
      'MES-DIRECTIVES-ADULTES',
    ])
  })

  test('MES-DIRECTIVES-RAPPEL : un an après, on est invité à les relire ; un contact d’urgence se notifie', async () => {
    await appeler('POST', '/profil-medical/directives-anticipees', { nom: 'Pas d’acharnement.' })
    await appeler('POST', '/profil-medical/entourage', { nom: 'Hugo', lien: 'contact d’urgence' })
    expect(await codes()).toEqual(['AJOUT_ENTOURAGE'])
    await monde.advance('P1Y')
    expect(await codes()).toContain('RAPPEL_MODIF_DA')
  })
})

describe('mesures', () => {
  test('MES-MESURE-BORNES : une valeur plausible passe, une autre non', async () => {
    expect((await appeler('POST', '/mesures', { type: 'WEIGHT', valeur: 62.5 })).status).toBe(201)
    expect((await appeler('POST', '/mesures', { type: 'BLOOD_PRESSURE', valeur: 121, valeur2: 76 })).status).toBe(201)
    for (const faux of [
      { type: 'WEIGHT', valeur: 6_250 },
      { type: 'BLOOD_PRESSURE', valeur: 121 },
      { type: 'BLOOD_PRESSURE', valeur: 76, valeur2: 121 },
      { type: 'WEIGHT', valeur: 60, valeur2: 1 },
      { type: 'WEIGHT', valeur: 60, le: '2030-01-01' },
    ])
      expect(refus(await appeler('POST', '/mesures', faux))).toEqual([422, 'MES-MESURE-BORNES'])
    for (const illisible of [{ type: 'toString', valeur: 1 }, { type: 'WEIGHT', valeur: '60' }, { type: 'WEIGHT' }])
      expect((await appeler('POST', '/mesures', illisible)).status).toBe(400)
    expect((await appeler('GET', '/mesures')).json<{ mesures: object[] }>().mesures).toHaveLength(2)
  })

  test('MES-MESURE-SIENNE : la sienne se supprime, celle d’un service non', async () => {
    const { id } = (await appeler('POST', '/mesures', { type: 'HEIGHT', valeur: 168 })).json<{ id: string }>()
    expect((await appeler('DELETE', `/mesures/${id}`)).status).toBe(204)
    const service = {
      id: 's1',
      matriculeIns: de('camille-floreal'),
      type: 'STEPS_BY_DAY',
      valeur: 6_000,
      le: 0,
      origine: 'service',
      auteur: 'Podomètre',
      modifieLe: 0,
    } as const
    await monde.world.store.put(mesures, service)
    expect(refus(await appeler('DELETE', '/mesures/s1'))).toEqual([403, 'MES-MESURE-SIENNE'])
  })
})

describe('agenda', () => {
  const rdv = (change: object = {}) => ({ genre: 'rendez-vous', titre: 'Kiné', debut: '2026-12-01T10:00:00+01:00', ...change })

  test('MES-AGENDA-LIMITES : titre, note et dix rappels par jour', async () => {
    expect((await appeler('POST', '/agenda', rdv())).status).toBe(201)
    for (const faux of [{ titre: '' }, { titre: 'x'.repeat(101) }, { note: 'x'.repeat(1_001) }])
      expect(refus(await appeler('POST', '/agenda', rdv(faux)))).toEqual([422, 'MES-AGENDA-LIMITES'])
    for (let n = 0; n < 10; n++) expect((await appeler('POST', '/agenda', rdv({ genre: 'rappel', titre: `R${n}` }))).status).toBe(201)
    expect(refus(await appeler('POST', '/agenda', rdv({ genre: 'rappel' })))).toEqual([422, 'MES-AGENDA-LIMITES'])
    expect((await appeler('POST', '/agenda', rdv({ debut: 'demain' }))).status).toBe(400)
  })

  test('MES-AGENDA-RAPPEL : prévenu la veille d’un rendez-vous et le jour d’un rappel, pas s’il est supprimé', async () => {
    await appeler('POST', '/agenda', rdv())
    await appeler('POST', '/agenda', rdv({ genre: 'rappel', titre: 'Ordonnance' }))
    const { id } = (await appeler('POST', '/agenda', rdv({ titre: 'Annulé' }))).json<{ id: string }>()
    expect((await appeler('DELETE', `/agenda/${id}`)).status).toBe(204)
    await monde.advance('P7DT2H')
    expect(await codes()).toEqual(['RAPPEL_RDV_USAGER'])
    await monde.advance('P1D')
    expect((await codes()).toSorted()).toEqual(['RAPPEL_AGENDA', 'RAPPEL_RDV_USAGER'])
  })

  test('MES-AGENDA-TIERS : un rendez-vous de service ne se change ni ne se supprime ici', async () => {
    await monde.world.store.put(rendezVous, {
      id: 't1',
      matriculeIns: de('camille-floreal'),
      genre: 'rendez-vous',
      auteur: 'EDITOR_SOLUTION',
      titre: 'Radio',
      note: '',
      lieu: '',
      debut: 0,
      statut: 'prévu',
      modifieLe: 0,
    })
    expect(refus(await appeler('PUT', '/agenda/t1', rdv()))).toEqual([403, 'MES-AGENDA-TIERS'])
    expect(refus(await appeler('DELETE', '/agenda/t1'))).toEqual([403, 'MES-AGENDA-TIERS'])
  })

  test('une aidante écrit à la place de la personne aidée, une inconnue non', async () => {
    expect((await appeler('POST', '/mesures', { type: 'WEIGHT', valeur: 58 }, 'jeanne-messidor', 'claire-messidor')).json()).toMatchObject({
      auteur: 'Claire Messidor',
    })
    expect(refus(await appeler('POST', '/mesures', { type: 'WEIGHT', valeur: 58 }, 'jeanne-messidor', 'yann-nivose'))).toEqual([
      403,
      'MES-AUTEUR-LIEN',
    ])
  })
})

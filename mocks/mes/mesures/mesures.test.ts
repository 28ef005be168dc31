import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readObservations } from '#standards/cda/observations.ts'
import { createTestMes, regle, type TestMes } from '../../../test/mes.ts'
import { CONTENT_TYPE, depotBase64, depotDe, DMP_PATHS, patientCx, texte, vihfDe, visibilite } from '../../../test/dmp.ts'
import { castOf } from '../../database/registre.ts'
import { valeursACopier } from './copie.ts'
import { imc } from './rules.ts'
import { mesures, type MesureEnregistree } from './store.ts'
import { MESURES } from './types.ts'

const CAMILLE = 'camille-floreal'
const AUTRE = 'sophie-germinal'
const MAINTENANT = Date.UTC(2026, 10, 23, 8)

let mes: TestMes
beforeEach(async () => {
  mes = await createTestMes()
})
afterEach(() => mes.close())

interface Lues {
  readonly mesures: (MesureEnregistree & { readonly modifiable: boolean })[]
  readonly types: { readonly type: string }[]
  readonly imc: { readonly valeur: number } | null
  readonly copie: boolean
}
const lire = (id: string, suite = ''): Promise<Lues> => mes.lire(id, `/mesures${suite}`)
const ajouter = (id: string, body: object) => mes.appeler('POST', id, '/mesures', body)

describe('saisir', () => {
  test('MES-MESURE-TYPES : quatorze sortes ; le poids a le code 29463-7 et dit pourquoi', async () => {
    expect((await lire(AUTRE)).types).toHaveLength(14)
    expect(MESURES.WEIGHT).toMatchObject({ code: '29463-7', note: expect.stringContaining('9463-7') as string })
    expect(MESURES.INTERSTITIAL_GLUCOSE).toMatchObject({ code: 'C159776', systeme: 'NCIt' })
    expect((await lire(CAMILLE, '?type=HEIGHT')).mesures).toHaveLength(1)
    expect((await mes.appeler('GET', CAMILLE, '/mesures?type=ENERGY')).status).toBe(400)
  })

  test('MES-MESURE-BORNES : chaque sorte prend ses bornes et pas au-delà ; rien de l’avenir', async () => {
    for (const [type, { min, max, double, decimales }] of Object.entries(MESURES)) {
      if (double) continue
      for (const valeur of [min, max]) expect((await ajouter(AUTRE, { type, valeur })).status).toBe(201)
      for (const valeur of [min - 10 ** -decimales, max + 1])
        expect([type, regle(await ajouter(AUTRE, { type, valeur }))]).toEqual([type, 'MES-MESURE-BORNES'])
    }
    expect(regle(await ajouter(AUTRE, { type: 'WEIGHT', valeur: 60, le: '2026-11-24' }))).toBe('MES-MESURE-BORNES')
    for (const faux of [
      { type: 'BLOOD_PRESSURE', valeur: 120 },
      { type: 'BLOOD_PRESSURE', valeur: 80, valeur2: 120 },
      { type: 'WEIGHT', valeur: 60, valeur2: 5 },
    ])
      expect(regle(await ajouter(AUTRE, faux))).toBe('MES-MESURE-BORNES')
    expect((await ajouter(AUTRE, { type: 'BLOOD_PRESSURE', valeur: 120, valeur2: 80, le: '2026-11-23T08:00:00+01:00' })).status).toBe(201)
  })

  test('une saisie illisible est une demande illisible, et rien ne change', async () => {
    for (const faux of [
      {},
      { type: 'toString', valeur: 1 },
      { type: 'WEIGHT', valeur: '60' },
      { type: 'WEIGHT', valeur: 60, le: 'hier' },
      [],
      { type: 'WEIGHT' },
    ])
      expect((await ajouter(AUTRE, faux)).status).toBe(400)
    expect((await lire(AUTRE)).mesures).toEqual([])
  })

  test('MES-MESURE-SIENNE : on change les siennes, pas celles d’un service ni d’un document', async () => {
    const { id } = (await ajouter(AUTRE, { type: 'WEIGHT', valeur: 60.04 })).json<{ id: string }>()
    expect((await mes.appeler('PUT', AUTRE, `/mesures/${id}`, { valeur: 61 })).json()).toMatchObject({ valeur: 61, modifiable: true })
    expect((await mes.appeler('PUT', AUTRE, `/mesures/${id}`, { type: 'HEIGHT', valeur: 61 })).status).toBe(400)
    expect((await mes.appeler('DELETE', CAMILLE, `/mesures/${id}`)).status).toBe(404)
    expect((await mes.appeler('DELETE', AUTRE, `/mesures/${id}`)).status).toBe(204)
    const commune = { matriculeIns: mes.matricule(AUTRE), type: 'WEIGHT', valeur: 70, le: MAINTENANT, modifieLe: MAINTENANT } as const
    await mes.monde.world.store.put(mesures, { ...commune, id: 'service', origine: 'service', auteur: 'Balance', complement: { secret: 1 } })
    await mes.monde.world.store.put(mesures, { ...commune, id: 'document', origine: 'document', auteur: 'Bilan' })
    for (const une of ['service', 'document'])
      for (const method of ['PUT', 'DELETE'])
        expect(regle(await mes.appeler(method, AUTRE, `/mesures/${une}`, { valeur: 1 }))).toBe('MES-MESURE-SIENNE')
    expect(JSON.stringify(await lire(AUTRE))).not.toContain('secret')
  })

  test('MES-AUTEUR-LIEN : une aidante écrit à la place de la personne aidée, et cela se voit ; une inconnue non', async () => {
    const peser = (auteur: string) => mes.appeler('POST', 'jeanne-messidor', '/mesures', { type: 'WEIGHT', valeur: 58 }, auteur)
    expect((await peser('claire-messidor')).json()).toMatchObject({ auteur: 'Claire Messidor', origine: 'patient' })
    expect(regle(await peser('yann-nivose'))).toBe('MES-AUTEUR-LIEN')
  })

  test('MES-MESURE-IMC : du dernier poids et de la dernière taille, ou saisi ; pas pour un enfant', async () => {
    expect(imc(62.5, 168)).toBe(22.1)
    expect((await lire(CAMILLE)).imc?.valeur).toBe(22.1)
    expect((await lire(AUTRE)).imc).toBeNull()
    expect((await ajouter(AUTRE, { type: 'BODY_MASS_INDEX', valeur: 23 })).status).toBe(201)
    for (const [type, valeur] of [
      ['WEIGHT', 30],
      ['HEIGHT', 130],
    ] as const)
      await mes.appeler('POST', 'tom-germinal', '/mesures', { type, valeur }, 'sophie-germinal')
    expect((await lire('tom-germinal')).imc).toBeNull()
  })
})

describe('copier d’un document', () => {
  const observation = (code: string, valeur: string, unite: string, le = '20261120083000+0100') =>
    `<entry><observation classCode="OBS" moodCode="EVN"><code code="${code}" codeSystem="2.16.840.1.113883.6.1"/><effectiveTime value="${le}"/>` +
    `<value xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="PQ" value="${valeur}" unit="${unite}"/></observation></entry>`
  const cda = (...observations: string[]) =>
    `<ClinicalDocument xmlns="urn:hl7-org:v3"><component><structuredBody><component><section>${observations.join('')}</section></component></structuredBody></component></ClinicalDocument>`
  const BILAN = cda(
    observation('2339-0', '0.95', 'g/L'),
    observation('4548-4', '6.1', '%'),
    observation('8302-2', '1.69', 'm'),
    observation('29463-7', '63', 'kg'),
    observation('8287-5', '55', 'cm'),
  )

  /** What a professional deposits reaches the measures through the DMP alone. */
  async function deposer(id: string, contenu: string, uniqueId = '1.2.250.1.999.42.1', ...codes: string[]) {
    const { personne } = (await castOf(mes.monde.world)).patients.find((un) => un.id === id)!
    const cx = patientCx(personne)
    const depot = { ...depotDe(cx, uniqueId, { title: 'Bilan', confidentialityCodes: visibilite(...codes) }), contenu: texte(contenu) }
    const { status } = await mes.monde.send('POST', DMP_PATHS.repository, { body: depotBase64(depot, vihfDe(cx)), headers: CONTENT_TYPE })
    expect(status).toBe(200)
    expect((await mes.monde.world.ask.documentsDuPatient(mes.matricule(id))).some((un) => un.id === uniqueId)).toBe(true)
  }

  test('MES-MESURE-COPIE : cinq valeurs d’un document structuré, chacune avec sa notification', async () => {
    await deposer(AUTRE, BILAN)
    const { mesures: lues } = await lire(AUTRE)
    expect(lues.map(({ type, valeur, origine, auteur, modifiable, le }) => [type, valeur, origine, auteur, modifiable, le]).sort()).toEqual(
      [
        ['GLUCOSE', 95],
        ['GLYCATED_HEMOGLOBIN', 6.1],
        ['HEAD_CIRCUMFERENCE', 55],
        ['HEIGHT', 169],
        ['WEIGHT', 63],
      ].map(([type, valeur]) => [type, valeur, 'document', 'Bilan', false, Date.UTC(2026, 10, 20, 7, 30)]),
    )
    const codes = (await mes.codes(AUTRE)).filter((code) => code.startsWith('COPIE_DOC'))
    expect(codes.sort()).toEqual(['GLYCEMIE', 'HBA1C', 'PC', 'POIDS', 'TAILLE'].map((nom) => `COPIE_DOC_AJOUT_${nom}`))
  })

  test('MES-MESURE-COPIE-CACHEE : ce qu’un mineur cache à ses parents ne paraît pas dans les mesures', async () => {
    await deposer('tom-germinal', BILAN, '1.2.250.1.999.42.1', 'INVISIBLE_REPRESENTANTS_LEGAUX')
    expect((await mes.monde.world.store.range(mesures, { index: 'parProfil', equals: [mes.matricule('tom-germinal')], limit: 10 })).length).toBe(0)
    await deposer('tom-germinal', BILAN, '1.2.250.1.999.42.2')
    expect((await mes.monde.world.store.range(mesures, { index: 'parProfil', equals: [mes.matricule('tom-germinal')], limit: 10 })).length).toBe(5)
  })

  test('MES-MESURE-COPIE-REFUS : refusée, plus rien n’est tiré ; acceptée de nouveau, si ; un aidant ne la règle pas', async () => {
    expect((await mes.appeler('PUT', AUTRE, '/mesures/copie', { copie: false })).status).toBe(200)
    await deposer(AUTRE, BILAN)
    expect(await lire(AUTRE)).toMatchObject({ mesures: [], copie: false })
    await mes.appeler('PUT', AUTRE, '/mesures/copie', { copie: true })
    await deposer(AUTRE, BILAN, '1.2.250.1.999.42.2')
    expect((await lire(AUTRE)).mesures).toHaveLength(5)
    expect((await mes.appeler('PUT', AUTRE, '/mesures/copie', { copie: 'non' })).status).toBe(400)
    expect(regle(await mes.appeler('PUT', 'jeanne-messidor', '/mesures/copie', { copie: false }, 'claire-messidor'))).toBe('MES-AIDANT-LIMITES')
  })

  test('MES-MESURE-COPIE : ce qui est impossible, d’un autre code ou d’une autre unité est laissé', () => {
    const rien = [
      observation('2339-0', '95', 'furlong'),
      observation('2339-0', '99999', 'mg/dL'),
      observation('9999-9', '95', 'mg/dL'),
      observation('29463-7', 'NaN', 'kg'),
      observation('29463-7', '60', '__proto__'),
      observation('29463-7', '60', 'kg', '20300101'),
    ]
    expect(valeursACopier(readObservations(cda(...rien)), MAINTENANT)).toEqual([])
    expect(valeursACopier(readObservations(cda(observation('14749-6', '5.5', 'mmol/L', ''))), MAINTENANT)).toEqual([
      { type: 'GLUCOSE', valeur: 99, le: MAINTENANT },
    ])
    expect(readObservations(cda(...Array.from({ length: 500 }, () => observation('2339-0', '1', 'g/L'))))).toHaveLength(200)
  })
})

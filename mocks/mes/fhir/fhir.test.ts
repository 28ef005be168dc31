import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { MESURES_FHIR, type TypeMesure } from '#standards/fhir/mesures.ts'
import { matriculeIns } from '#standards/ins/traits.ts'
import { type TestAnswer, type TestWorld, createTestWorld } from '../../../test/world.ts'
import { castOf } from '../../database/registre.ts'
import { retirer } from '../agenda/rappels.ts'
import { rendezVous, rendezVousDe } from '../agenda/store.ts'
import { mesures, mesuresDe } from '../mesures/store.ts'
import { EXEMPLE_BUNDLE } from './openapi.ts'

let monde: TestWorld
let camille: string
let porte: string

const OID = 'urn:oid:2.999.1.2026.1'
const CIBA = 'urn:openid:params:grant-type:ciba'

const formulaire = (chemin: string, champs: Record<string, string>, service = 'podometre') =>
  monde.send('POST', `/mes/fhir/oauth2/${chemin}`, {
    body: new URLSearchParams({ client_id: `fictif-${service}`, client_secret: `secret-de-demonstration-${service}`, ...champs }).toString(),
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  })
const consentir = (finalites: readonly string[], service = 'podometre') =>
  monde.send('PUT', `/mes/api/profils/${camille}/services/${service}/consentement`, { body: { finalites } })

async function apparier(service: string, finalites: readonly string[], idPe = 'usager-42'): Promise<Record<string, string>> {
  const { auth_req_id } = (await formulaire('demande', { login_hint: camille, idPe }, service)).json<{ auth_req_id: string }>()
  await consentir(finalites, service)
  return (await formulaire('token', { grant_type: CIBA, auth_req_id }, service)).json<Record<string, string>>()
}

beforeEach(async () => {
  monde = await createTestWorld()
  const { patients } = await castOf(monde.world)
  camille = matriculeIns(patients.find(({ id }) => id === 'camille-floreal')!.personne.ins)
  // What she wrote herself before the first scene would be counted with what services write.
  for (const { id } of await mesuresDe(monde.world, camille)) await monde.world.store.delete(mesures, id)
  for (const { id } of await rendezVousDe(monde.world, camille)) await retirer(monde.world, id)
  porte = (await apparier('podometre', ['MESURES_ECRITURE', 'MESURES_LECTURE']))['access_token']!
})
afterEach(() => monde.close())

const appeler = (method: string, chemin: string, body?: object | string, entetes: Record<string, string> = {}) =>
  monde.send(method, `/mes/fhir${chemin}`, {
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    headers: { Authorization: `Bearer ${porte}`, ...(body !== undefined && { 'Content-Type': 'application/fhir+json' }), ...entetes },
  })

interface Outcome {
  resourceType: string
  issue: { code: string; severity: string; details?: { coding: { code: string }[] } }[]
}
const regles = (answer: TestAnswer) => answer.json<Outcome>().issue.flatMap(({ details }) => details?.coding.map(({ code }) => code) ?? [])
const OBSERVATION = EXEMPLE_BUNDLE.entry[0]!.resource
const bundle = (changes: object = {}, base: object = OBSERVATION) => ({
  ...EXEMPLE_BUNDLE,
  entry: [{ ...EXEMPLE_BUNDLE.entry[0], resource: { ...base, ...changes } }],
})
const mesure = (type: TypeMesure, value: number, reste: object = {}) => {
  const { code, systeme, profil, unite } = MESURES_FHIR[type]
  const valeur = { valueQuantity: { value, unit: unite, system: 'http://unitsofmeasure.org', code: unite } }
  return bundle({ meta: { profile: [profil] }, code: { coding: [{ system: systeme, code }] }, ...valeur, ...reste })
}
const deposer = async (corps: object) => await appeler('POST', '', corps)
const refuse = async (corps: object, code: string, statut = 422) => {
  const answer = await deposer(corps)
  expect([answer.status, regles(answer)[0]]).toEqual([statut, code])
  expect(await monde.world.store.count(mesures)).toBe(avant)
}
let avant = 0
beforeEach(async () => {
  avant = await monde.world.store.count(mesures)
})

describe('le jeton', () => {
  test('MES-FHIR-JETON : demande en attente, accord, jeton de dix minutes, renouvellement une seule fois', async () => {
    const { auth_req_id } = (await formulaire('demande', { login_hint: camille, idPe: 'u1' }, 'carnet-glycemie')).json<{ auth_req_id: string }>()
    const question = () => formulaire('token', { grant_type: CIBA, auth_req_id }, 'carnet-glycemie')
    expect((await question()).json()).toMatchObject({ error: 'authorization_pending' })
    await consentir(['MESURES_LECTURE'], 'carnet-glycemie')
    const premier = (await question()).json()
    expect(premier).toMatchObject({ token_type: 'Bearer', expires_in: 600, scope: 'MESURES_LECTURE', idPe: 'u1' })
    expect((await question()).json()).toMatchObject({ error: 'invalid_grant' })
    await monde.advance('PT11M')
    porte = String(premier['access_token'])
    const expire = await appeler('GET', '/Observation')
    expect([expire.status, regles(expire)]).toEqual([401, ['MES-FHIR-JETON']])
    expect(expire.headers['www-authenticate']).toContain('invalid_token')
    const renouveler = () => formulaire('token', { grant_type: 'refresh_token', refresh_token: String(premier['refresh_token']) }, 'carnet-glycemie')
    porte = String((await renouveler()).json()['access_token'])
    expect((await appeler('GET', '/Observation')).status).toBe(200)
    expect((await renouveler()).json()).toMatchObject({ error: 'invalid_grant' })
  })

  test('MES-FHIR-JETON : sans jeton, avec un autre, ou après que le service l’a rendu : 401', async () => {
    expect((await monde.send('GET', '/mes/fhir/Observation')).status).toBe(401)
    const vrai = porte
    for (porte of ['x', 'a-inconnu', '', '../..']) expect((await appeler('GET', '/Observation')).status).toBe(401)
    await formulaire('revocation', { token: vrai })
    porte = vrai
    expect((await appeler('GET', '/Observation')).status).toBe(401)
  })

  test('un mauvais secret, un patient inconnu, une finalité non référencée, un profil non activé', async () => {
    expect((await formulaire('demande', { client_secret: 'faux' })).status).toBe(401)
    const erreur = async (champs: Record<string, string>) => (await formulaire('demande', champs)).json()['error']
    expect(await erreur({ login_hint: '123' })).toBe('unknown_user_id')
    expect(await erreur({ login_hint: camille, scope: 'AGENDA_LECTURE' })).toBe('invalid_scope')
    expect(await erreur({ login_hint: camille, idPe: 'a b' })).toBe('invalid_request')
    expect((await formulaire('token', { grant_type: 'password' })).json()).toMatchObject({ error: 'unsupported_grant_type' })
    expect((await monde.send('POST', '/mes/fhir/oauth2/token', { body: {} })).status).toBe(400)
  })

  test('le service en Basic, comme en corps', async () => {
    const basic = Buffer.from('fictif-podometre:secret-de-demonstration-podometre').toString('base64')
    const answer = await monde.send('POST', '/mes/fhir/oauth2/token', {
      body: 'grant_type=refresh_token&refresh_token=x',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Authorization: `Basic ${basic}` },
    })
    expect(answer.json()).toMatchObject({ error: 'invalid_grant' })
    expect(answer.headers['x-sandbox-forme']).toBe('propre-au-bac-a-sable')
  })
})

describe('déposer une mesure', () => {
  test('MES-FHIR-BUNDLE : une transaction, 201 et l’adresse ; la mesure se relit et se dit dans l’historique', async () => {
    const answer = await deposer(EXEMPLE_BUNDLE)
    expect(answer.status).toBe(200)
    const { entry } = answer.json<{ entry: { response: { status: string; location: string } }[] }>()
    expect(entry[0]?.response.status).toBe('201 Created')
    const lue = await appeler('GET', `/${entry[0]!.response.location}`)
    expect(lue.json()).toMatchObject({
      resourceType: 'Observation',
      code: { coding: [{ code: '29463-7' }] },
      valueQuantity: { value: 71, code: 'kg' },
      effectiveDateTime: '2026-11-23T07:30:00+01:00',
      subject: { identifier: { system: OID, value: 'usager-42' } },
    })
    expect((await appeler('GET', `/${entry[0]!.response.location}`, undefined, { 'If-None-Match': lue.headers['etag']! })).status).toBe(304)
    const { activites } = (await monde.send('GET', `/mes/api/profils/${camille}/activites`)).json<{ activites: { texte: string }[] }>()
    expect(activites.map(({ texte }) => texte)).toContain('Podomètre Foulée (fictif) a ajouté une mesure : Poids.')
    for (const faux of [
      { ...EXEMPLE_BUNDLE, type: 'batch' },
      { ...EXEMPLE_BUNDLE, entry: [] },
      { resourceType: 'Bundle', type: 'transaction' },
      OBSERVATION,
    ]) {
      const refus = await deposer(faux)
      expect([refus.status, regles(refus)]).toEqual([422, ['MES-FHIR-BUNDLE']])
    }
    const supprimer = { ...EXEMPLE_BUNDLE, entry: [{ request: { method: 'DELETE', url: 'Observation/1' } }] }
    expect(regles(await deposer(supprimer))).toEqual(['MES-FHIR-BUNDLE'])
    expect((await appeler('POST', '/Observation', OBSERVATION)).status).toBe(405)
    expect((await appeler('DELETE', `/${entry[0]!.response.location}`)).status).toBe(405)
  })

  test('MES-FHIR-APPAREIL : créé une fois (201), reconnu ensuite (200), et l’observation y renvoie', async () => {
    const appareil = {
      resource: { resourceType: 'Device', id: 'd1', meta: { profile: ['http://hl7.org/fhir/uv/phd/StructureDefinition/PhdDevice'] } },
      request: { method: 'POST', url: 'Device', ifNoneExist: `identifier=${OID}.7|FE-ED-AB` },
    }
    const avec = (reference: string | undefined, autre: object = appareil) => ({
      ...EXEMPLE_BUNDLE,
      entry: [autre, bundle(reference === undefined ? {} : { device: { reference } }).entry[0]],
    })
    await refuse(avec(undefined), 'MES-FHIR-APPAREIL')
    await refuse(avec('Device/autre'), 'MES-FHIR-APPAREIL')
    await refuse(avec('Device/d1', { ...appareil, request: { method: 'POST', url: 'Device' } }), 'MES-FHIR-APPAREIL')
    const statuts = async () =>
      (await deposer(avec('Device/d1'))).json<{ entry: { response: { status: string; location: string } }[] }>().entry.map(({ response }) => response)
    const [cree] = await statuts()
    expect(cree?.status).toBe('201 Created')
    expect((await statuts())[0]).toEqual({ status: '200 OK', location: cree!.location })
    expect((await appeler('GET', `/${cree!.location}`)).json()).toMatchObject({ resourceType: 'Device' })
  })

  test('MES-FHIR-PROFIL : absent, ou celui d’une autre mesure', async () => {
    await refuse(bundle({ meta: {} }), 'MES-FHIR-PROFIL')
    await refuse(bundle({ meta: { profile: [MESURES_FHIR.HEIGHT.profil] } }), 'MES-FHIR-PROFIL')
  })

  test('MES-FHIR-SUJET : le patient d’un autre service, ou un autre idPe, est refusé ; sans identifiant aussi', async () => {
    await refuse(bundle({ subject: { identifier: { system: OID, value: 'usager-43' } } }), 'MES-FHIR-SUJET', 403)
    await refuse(bundle({ subject: { identifier: { system: 'urn:oid:2.999.1.2026.2', value: 'usager-42' } } }), 'MES-FHIR-SUJET', 403)
    await refuse(bundle({ subject: { identifier: { system: `${OID}0`, value: 'usager-42' } } }), 'MES-FHIR-SUJET', 403)
    await refuse(bundle({ subject: { reference: 'Patient/usager-42' } }), 'MES-FHIR-SUJET')
  })

  test('MES-FHIR-SOURCE : l’OID de la solution ou un descendant', async () => {
    await refuse(bundle({ meta: { profile: [MESURES_FHIR.WEIGHT.profil], source: 'urn:oid:1.2.3' } }), 'MES-FHIR-SOURCE')
    expect((await deposer(bundle({ meta: { profile: [MESURES_FHIR.WEIGHT.profil], source: `${OID}.4` } }))).status).toBe(200)
  })

  test('MES-FHIR-VALEUR : absente, impossible, ou pas un nombre', async () => {
    for (const value of [undefined, 'x', '71', null, -1, 10_000, {}]) await refuse(mesure('WEIGHT', value as number), 'MES-FHIR-VALEUR')
    await refuse(bundle({ valueQuantity: [] }), 'MES-FHIR-VALEUR')
  })

  test('MES-FHIR-UNITE : inconnue, non codée, ou convertie', async () => {
    for (const quantite of [{ code: 'lb' }, { code: '__proto__' }, { code: undefined }, { code: 'kg', system: 'x' }])
      await refuse(bundle({ valueQuantity: { value: 71, unit: 'kg', system: 'http://unitsofmeasure.org', ...quantite } }), 'MES-FHIR-UNITE')
    await deposer(mesure('HEIGHT', 0, { valueQuantity: { value: 1.72, unit: 'm', system: 'http://unitsofmeasure.org', code: 'm' } }))
    const { entry } = (await appeler('GET', '/Observation?code=8302-2')).json<{ entry: { resource: object }[] }>()
    expect(entry[0]?.resource).toMatchObject({ valueQuantity: { value: 172, code: 'cm' } })
  })

  test('MES-FHIR-IMC : il ne se dépose pas', () => refuse(mesure('BODY_MASS_INDEX', 24), 'MES-FHIR-IMC'))

  test('MES-FHIR-GLYCEMIE : le moment pour l’une, les jours pour les autres', async () => {
    const moment = { extension: [{ url: 'https://interop.esante.gouv.fr/ig/fhir/mesures/StructureDefinition/mesures-moment-of-measurement' }] }
    const jours = { extension: [{ url: 'https://interop.esante.gouv.fr/ig/fhir/mesures/StructureDefinition/mesures-number-of-days' }] }
    await refuse(mesure('GLUCOSE', 95), 'MES-FHIR-GLYCEMIE')
    await refuse(mesure('GLUCOSE', 95, { extension: [...moment.extension, ...jours.extension] }), 'MES-FHIR-GLYCEMIE')
    await refuse(mesure('INTERSTITIAL_GLUCOSE', 95, moment), 'MES-FHIR-GLYCEMIE')
    expect((await deposer(mesure('GLUCOSE', 95, moment))).status).toBe(200)
    expect((await deposer(mesure('INTERSTITIAL_GLUCOSE', 95, jours))).status).toBe(200)
  })

  test('MES-FHIR-POIDS : 9463-7 est pris, averti, et rendu 29463-7', async () => {
    const answer = await deposer(bundle({ code: { coding: [{ system: 'http://loinc.org', code: '9463-7' }] } }))
    const { entry } = answer.json<{ entry: { response: { outcome: Outcome; location: string } }[] }>()
    expect(entry[0]?.response.outcome.issue[0]).toMatchObject({ severity: 'information', details: { coding: [{ code: 'MES-FHIR-POIDS' }] } })
    expect((await appeler('GET', `/${entry[0]!.response.location}`)).json()).toMatchObject({ code: { coding: [{ code: '29463-7' }] } })
  })

  test('MES-FHIR-FUTUR : demain est refusé, dans une demi-heure passe', async () => {
    await refuse(bundle({ effectiveDateTime: '2026-11-24' }), 'MES-FHIR-FUTUR')
    expect((await deposer(bundle({ effectiveDateTime: '2026-11-23T08:30:00Z' }))).status).toBe(200)
    for (const date of ['2026-02-31', 'hier', '', 3, '2026-13-01T00:00:00Z'])
      expect((await deposer(bundle({ effectiveDateTime: date }))).status).toBe(422)
  })

  test('la tension a ses deux valeurs', async () => {
    const composant = (code: string, value: number) => ({
      code: { coding: [{ system: 'http://loinc.org', code }] },
      valueQuantity: { value, unit: 'mm[Hg]', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' },
    })
    const tension = (...component: object[]) => mesure('BLOOD_PRESSURE', 0, { valueQuantity: undefined, component })
    await refuse(tension(composant('8480-6', 120)), 'MES-FHIR-VALEUR')
    await refuse(tension(composant('8480-6', 70), composant('8462-4', 120)), 'MES-FHIR-VALEUR')
    expect((await deposer(tension(composant('8480-6', 120), composant('8462-4', 70)))).status).toBe(200)
    const { entry } = (await appeler('GET', '/Observation?code=85354-9')).json<{ entry: { resource: { component: object[] } }[] }>()
    expect(entry[0]?.resource.component).toHaveLength(2)
  })

  test('MES-FHIR-BORNES : trop gros, trop profond, trop d’entrées, noms interdits ; rien n’est écrit', async () => {
    let profond: object = {}
    for (let i = 0; i < 40; i++) profond = { a: profond }
    await refuse(bundle({ extension: [profond] }), 'MES-FHIR-BORNES')
    await refuse(bundle({ note: [{ text: 'x'.repeat(20_000) }] }), 'MES-FHIR-BORNES')
    await refuse(bundle({ note: Array.from({ length: 6_000 }, () => 1) }), 'MES-FHIR-BORNES')
    await refuse({ ...EXEMPLE_BUNDLE, entry: Array.from({ length: 60 }, () => EXEMPLE_BUNDLE.entry[0]) }, 'MES-FHIR-BORNES')
    for (const [corps, statut] of [
      ['{', 400],
      ['[]', 400],
      ['null', 400],
      ['{"resourceType":3}', 400],
      ['['.repeat(100_000), 400],
      [`{"resourceType":"Bundle","__proto__":{"type":"transaction"}}`, 422],
      [`"${'x'.repeat(300_000)}"`, 413],
    ] as const)
      expect((await appeler('POST', '', corps)).status).toBe(statut)
    expect((await appeler('POST', '', EXEMPLE_BUNDLE, { 'Content-Type': 'application/fhir+xml' })).status).toBe(415)
    expect(await monde.world.store.count(mesures)).toBe(avant)
    await monde.send('PATCH', '/_sandbox/settings', { body: { 'MES-FHIR-OBSERVATIONS-PAR-BUNDLE': 3 } })
    expect((await deposer({ ...EXEMPLE_BUNDLE, entry: [...EXEMPLE_BUNDLE.entry, ...EXEMPLE_BUNDLE.entry] })).status).toBe(200)
    // One bad entry: nothing of the bundle is written.
    const mele = { ...EXEMPLE_BUNDLE, entry: [...EXEMPLE_BUNDLE.entry, bundle({ effectiveDateTime: '2030-01-01' }).entry[0]] }
    expect((await deposer(mele)).status).toBe(422)
    expect(await monde.world.store.count(mesures)).toBe(avant + 2)
  })

  test('MES-FHIR-DEBIT : mille écritures par jour et par profil, puis 429 jusqu’au lendemain', async () => {
    await monde.send('PATCH', '/_sandbox/settings', { body: { 'MES-FHIR-OBSERVATIONS-PAR-BUNDLE': 50 } })
    const cinquante = { ...EXEMPLE_BUNDLE, entry: Array.from({ length: 50 }, () => EXEMPLE_BUNDLE.entry[0]) }
    for (let i = 0; i < 20; i++) expect((await deposer(cinquante)).status).toBe(200)
    const trop = await deposer(EXEMPLE_BUNDLE)
    expect([trop.status, trop.headers['retry-after'], regles(trop)]).toEqual([429, '57600', ['MES-FHIR-DEBIT']])
  })

  test('MES-FHIR-CONSENTEMENT : écrire sans l’accord d’écrire, lire sans celui de lire', async () => {
    await consentir(['MESURES_LECTURE'])
    await refuse(EXEMPLE_BUNDLE, 'MES-FHIR-CONSENTEMENT', 403)
    await consentir(['MESURES_ECRITURE'])
    expect((await appeler('GET', '/Observation')).status).toBe(403)
    for (const chemin of ['/Appointment', '/Patient/usager-42']) expect((await appeler('GET', chemin)).status).toBe(403)
  })
})

describe('chercher', () => {
  const chercher = async (query: string, entetes?: Record<string, string>) => {
    const answer = await appeler('GET', `/Observation?${query}`, undefined, entetes)
    return {
      statut: answer.status,
      ...answer.json<{
        total: number
        link: { relation: string; url: string }[]
        entry?: { resource: Record<string, unknown>; search: { mode: string } }[]
      }>(),
    }
  }
  beforeEach(async () => {
    for (const jour of [1, 2, 3, 4, 5]) await deposer(mesure('STEPS_BY_DAY', jour * 1_000, { effectiveDateTime: `2026-11-0${jour}` }))
  })

  test('par code, date et préfixe, les plus récentes d’abord', async () => {
    expect((await chercher('code=http://loinc.org|41950-7')).total).toBe(5)
    expect((await chercher('code=29463-7,41950-7')).total).toBe(5)
    expect((await chercher('code=29463-7')).total).toBe(0)
    for (const [critere, total] of [
      ['ge2026-11-03', 3],
      ['gt2026-11-03', 2],
      ['lt2026-11-03', 2],
      ['2026-11-03', 1],
      ['2026-11', 5],
      ['ne2026-11-03', 4],
      ['2026', 5],
      ['le2026-11-01', 1],
    ] as const)
      expect([critere, (await chercher(`date=${critere}&code=41950-7`)).total]).toEqual([critere, total])
    expect((await chercher('date=ge2026-11-02&date=lt2026-11-04')).total).toBe(2)
    const { entry } = await chercher('_sort=-date&code=41950-7')
    expect(entry?.map(({ resource }) => (resource['valueQuantity'] as { value: number }).value)).toEqual([5_000, 4_000, 3_000, 2_000, 1_000])
    expect((await chercher('_lastUpdated=gt2026-11-23')).total).toBe(0)
  })

  test('page par page, par les liens', async () => {
    const premiere = await chercher('code=41950-7&_count=2')
    expect(premiere.entry).toHaveLength(2)
    const suivante = premiere.link.find(({ relation }) => relation === 'next')!.url
    const deuxieme = await chercher(new URL(suivante).search.slice(1))
    expect(deuxieme.link.map(({ relation }) => relation)).toEqual(['self', 'previous', 'next'])
    expect((await chercher('code=41950-7&_count=0')).entry).toBeUndefined()
  })

  test('MES-FHIR-RECHERCHE : un critère inconnu est dit et ignoré, ou refusé si l’on est strict', async () => {
    const lenient = await chercher('code=41950-7&couleur=bleu')
    expect([lenient.total, lenient.entry?.at(-1)?.search.mode]).toEqual([5, 'outcome'])
    expect(lenient.link[0]?.url).not.toContain('couleur')
    expect((await chercher('couleur=bleu', { Prefer: 'handling=strict' })).statut).toBe(400)
    for (const faux of ['date=hier', 'date=zz2026', '_count=x', '_sort=couleur', `code=${'x'.repeat(300)}`])
      expect((await chercher(faux)).statut).toBe(400)
  })

  test('MES-FHIR-SUJET : chercher un autre patient est refusé', async () => {
    for (const lui of ['patient=usager-42', 'subject=Patient/usager-42', `patient.identifier=${OID}|usager-42`])
      expect((await chercher(encodeURI(lui))).statut).toBe(200)
    expect((await chercher('patient=usager-43')).statut).toBe(403)
    expect((await appeler('GET', '/Observation/inconnue')).status).toBe(404)
  })

  test('seul le JSON est servi ; un type ou une opération inconnus ont un OperationOutcome', async () => {
    expect((await appeler('GET', '/Observation', undefined, { Accept: 'application/fhir+xml' })).status).toBe(406)
    expect((await appeler('GET', '/metadata?_format=xml')).status).toBe(406)
    expect((await appeler('GET', '/Observation?_format=json', undefined, { Accept: 'text/html' })).status).toBe(200)
    for (const [method, chemin, statut] of [
      ['GET', '/Medication', 404],
      ['GET', '/Medication/1', 404],
      ['PATCH', '/Appointment/1', 405],
    ] as const) {
      const answer = await appeler(method, chemin)
      expect([answer.status, answer.json<Outcome>().resourceType]).toEqual([statut, 'OperationOutcome'])
    }
  })

  test('/metadata dit ce qui est servi', async () => {
    const answer = await monde.send('GET', '/mes/fhir/metadata')
    expect(answer.headers['content-type']).toContain('application/fhir+json')
    expect(answer.json()).toMatchObject({ resourceType: 'CapabilityStatement', fhirVersion: '4.0.1', kind: 'instance' })
    expect((await monde.send('GET', '/mes/fhir/.well-known/smart-configuration')).json()['token_endpoint']).toContain('/mes/fhir/oauth2/token')
  })
})

describe('l’agenda', () => {
  const RDV = {
    resourceType: 'Appointment',
    status: 'booked',
    description: 'Bilan annuel',
    start: '2026-12-01T09:00:00+01:00',
    end: '2026-12-01T09:20:00+01:00',
    identifier: [{ system: 'urn:oid:2.999.1.2026.3', value: 'rdv-1' }],
    participant: [
      { actor: { reference: 'Patient/p-1' }, status: 'accepted' },
      { actor: { display: 'Cabinet du Calendrier' }, status: 'accepted' },
    ],
  }
  beforeEach(async () => {
    porte = (await apparier('rendez-vous-clair', ['AGENDA_ECRITURE', 'AGENDA_LECTURE', 'PATIENT_LECTURE'], 'p-1'))['access_token']!
  })
  const creer = async (corps: object = RDV, entetes?: Record<string, string>) => await appeler('POST', '/Appointment', corps, entetes)

  test('ajouter, lire, chercher, changer, annuler', async () => {
    const cree = await creer()
    expect([cree.status, cree.headers['location']]).toEqual([201, `http://bac.test/mes/fhir/Appointment/${String(cree.json()['id'])}`])
    const id = String(cree.json()['id'])
    expect((await appeler('GET', '/Appointment?date=ge2026-12-01&status=booked')).json()).toMatchObject({ total: 1 })
    expect((await appeler('PUT', `/Appointment/${id}`, { ...RDV, id, status: 'cancelled' })).json()).toMatchObject({ status: 'cancelled' })
    expect(await monde.world.store.get(rendezVous, id)).toMatchObject({ statut: 'annulé', auteur: 'EDITOR_SOLUTION', lieu: 'Cabinet du Calendrier' })
    expect((await appeler('PUT', '/Appointment/inconnu', RDV)).status).toBe(404)
    expect((await appeler('PUT', `/Appointment/${id}`, { ...RDV, id: 'autre' })).status).toBe(400)
    expect((await appeler('DELETE', `/Appointment/${id}`)).status).toBe(405)
  })

  test('MES-AGENDA-ANNONCE : le rendez-vous d’un service est rappelé la veille ; déplacé, il suit ; annulé, non', async () => {
    const rappels = async () =>
      (await monde.send('GET', `/mes/api/profils/${camille}/notifications`))
        .json<{ notifications: { code: string; texte: string }[] }>()
        .notifications.filter(({ code, texte }) => code === 'RAPPEL_RDV_USAGER' && texte.includes('Bilan annuel')).length
    const adresse = `/Appointment/${String((await creer()).json()['id'])}`
    await creer({ ...RDV, identifier: [{ system: 'urn:oid:2.999.1.2026.3', value: 'rdv-2' }], status: 'cancelled' })
    await appeler('PUT', adresse, { ...RDV, start: '2026-12-03T09:00:00+01:00', end: '2026-12-03T09:20:00+01:00' })
    await monde.advance('P8D')
    expect(await rappels()).toBe(0)
    await monde.advance('P2D')
    expect(await rappels()).toBe(1)
  })

  test('MES-FHIR-VERSION : une version dépassée est refusée', async () => {
    const cree = await creer()
    const adresse = `/Appointment/${String(cree.json()['id'])}`
    const etag = cree.headers['etag']!
    const change = await appeler('PUT', adresse, { ...RDV, description: 'Déplacé' }, { 'If-Match': etag })
    expect(change.status).toBe(200)
    expect(change.headers['etag']).not.toBe(etag)
    const depasse = await appeler('PUT', adresse, RDV, { 'If-Match': etag })
    expect([depasse.status, regles(depasse)]).toEqual([412, ['MES-FHIR-VERSION']])
  })

  test('MES-FHIR-AGENDA-AUTEUR : ni ceux du titulaire, ni ceux d’un autre service', async () => {
    const { id } = (await creer()).json<{ id: string }>()
    const sien = {
      id: 'a',
      matriculeIns: camille,
      genre: 'rendez-vous',
      auteur: 'PATIENT',
      titre: 'Dentiste',
      note: '',
      lieu: '',
      debut: 1,
      statut: 'prévu',
      modifieLe: 1,
    } as const
    await monde.world.store.put(rendezVous, sien)
    await monde.world.store.put(rendezVous, { ...sien, id: 'b', auteur: 'EDITOR_SOLUTION', service: 'hopital-portail' })
    for (const autre of ['a', 'b']) {
      const refus = await appeler('PUT', `/Appointment/${autre}`, RDV)
      expect([refus.status, regles(refus)]).toEqual([403, ['MES-FHIR-AGENDA-AUTEUR']])
    }
    expect((await appeler('PUT', `/Appointment/${id}`, RDV)).status).toBe(200)
    expect((await appeler('GET', '/Appointment')).json()).toMatchObject({ total: 3 })
  })

  test('sous condition : jamais en double', async () => {
    const condition = { 'If-None-Exist': 'identifier=urn:oid:2.999.1.2026.3|rdv-1' }
    expect((await creer(RDV, condition)).status).toBe(201)
    expect((await creer(RDV, condition)).status).toBe(200)
    const adresse = '/Appointment?identifier=urn:oid:2.999.1.2026.3%7Crdv-1'
    expect((await appeler('PUT', adresse, { ...RDV, description: 'Autre' })).status).toBe(200)
    expect((await appeler('PUT', '/Appointment?identifier=rdv-2', RDV)).status).toBe(201)
    expect((await appeler('PUT', adresse, RDV)).status).toBe(412)
    expect((await appeler('PUT', '/Appointment', RDV)).status).toBe(400)
  })

  test('ce qui est mal écrit, ou pour un autre patient', async () => {
    const mauvais = [
      { status: 'peut-être' },
      { description: '' },
      { description: 'x'.repeat(101) },
      { comment: 'x'.repeat(1_001) },
      { start: '2026-12-01' },
      { end: '2026-11-01T00:00:00Z' },
      { participant: [] },
      { participant: 'x' },
    ]
    for (const faux of mauvais) expect((await creer({ ...RDV, ...faux })).status).toBe(422)
    expect((await creer({ ...RDV, participant: [{ actor: { reference: 'Patient/autre' } }] })).status).toBe(403)
    expect((await creer(OBSERVATION)).status).toBe(400)
  })

  test('le patient, sans son matricule', async () => {
    const answer = await appeler('GET', '/Patient/p-1')
    expect(answer.json()).toMatchObject({ resourceType: 'Patient', gender: 'female', name: [{ family: 'FLOREAL' }] })
    expect(answer.text).not.toContain(camille.slice(0, 13))
    expect((await appeler('GET', '/Patient/autre')).status).toBe(404)
  })
})

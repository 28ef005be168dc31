import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { METADONNEES_BAL } from '#standards/fhir/annuaire.ts'
import { createTestWorld, type TestAnswer, type TestWorld } from '../../test/world.ts'
import { ecrireCurseur } from './curseur.ts'
import { refusCondition } from './rules.ts'

const CLE = { 'esante-api-key': 'fictive' }
const V2 = '/annuaire/fhir/v2'
const METADONNEES = `.extension('${METADONNEES_BAL}').extension`

interface Ressource {
  readonly resourceType: string
  readonly id: string
  readonly meta: { readonly versionId: string; readonly tag?: readonly { readonly code: string }[] }
  readonly telecom?: readonly { readonly value: string; readonly rank?: number; readonly extension?: readonly object[] }[]
  readonly [element: string]: unknown
}

interface Bundle {
  readonly total?: number
  readonly link: readonly { readonly relation: string; readonly url: string }[]
  readonly entry?: readonly { readonly resource: Ressource; readonly search: { readonly mode: string } }[]
}

let monde: TestWorld

beforeAll(async () => {
  monde = await createTestWorld()
})
afterAll(() => monde.close())

async function neuf(): Promise<TestWorld> {
  const un = await createTestWorld()
  onTestFinished(() => un.close())
  return un
}

const lire = (chemin: string, un: TestWorld = monde): Promise<TestAnswer> => un.send('GET', V2 + chemin, { headers: CLE })

async function chercher(chemin: string, un: TestWorld = monde): Promise<Bundle> {
  const reponse = await lire(chemin, un)
  expect([reponse.status, reponse.status === 200 ? '' : reponse.text]).toEqual([200, ''])
  return reponse.json<Bundle>()
}

const ressources = ({ entry = [] }: Bundle): Ressource[] => entry.map(({ resource }) => resource)
const total = async (chemin: string): Promise<number | undefined> => (await chercher(chemin)).total
const regleDe = (reponse: TestAnswer): string | undefined =>
  reponse.json<{ issue: { details?: { coding: { code: string }[] } }[] }>().issue[0]?.details?.coding[0]?.code
const diagnostics = (reponse: TestAnswer): string => reponse.json<{ issue: { diagnostics: string }[] }>().issue[0]!.diagnostics
const adresses = (bundle: Bundle): string[] =>
  ressources(bundle).flatMap(({ telecom = [] }) => telecom.map(({ value }) => value).filter((value) => value.includes('@')))

async function idDe(requete: string, un: TestWorld = monde): Promise<string> {
  const [une, ...autres] = ressources(await chercher(requete, un))
  expect(autres).toEqual([])
  return une!.id
}

describe('accès', () => {
  test('ANNUAIRE-CLE : sans clé, 401 ; toute clé non vide suffit ; le réglage peut en exiger une, ou aucune', async () => {
    const un = await neuf()
    const sansCle = await un.send('GET', `${V2}/Practitioner`)
    expect([sansCle.status, regleDe(sansCle)]).toEqual([401, 'ANNUAIRE-CLE'])
    expect((await lire('/Practitioner', un)).status).toBe(200)
    await un.send('PATCH', '/_sandbox/settings', { body: { 'ANNUAIRE-CLE': 'la-bonne' } })
    expect((await lire('/Practitioner', un)).status).toBe(401)
    expect((await un.send('GET', `${V2}/Practitioner`, { headers: { 'ESANTE-API-KEY': 'la-bonne' } })).status).toBe(200)
    await un.send('PATCH', '/_sandbox/settings', { body: { 'ANNUAIRE-CLE': 'aucune' } })
    expect((await un.send('GET', `${V2}/Practitioner`)).status).toBe(200)
  })

  test('ANNUAIRE-QUOTA : la clé réservée et la panne nommée répondent 429, avec le temps d’attendre', async () => {
    const exces = await monde.send('GET', `${V2}/Practitioner`, { headers: { 'esante-api-key': 'cle-en-exces' } })
    expect([exces.status, regleDe(exces), exces.headers['retry-after']]).toEqual([429, 'ANNUAIRE-QUOTA', '1'])
    const panne = await monde.send('GET', `${V2}/Practitioner`, { headers: { ...CLE, 'x-sandbox-outcome': 'annuaire-quota' } })
    expect([panne.status, panne.json()['resourceType']]).toEqual([429, 'OperationOutcome'])
  })

  test('ANNUAIRE-LECTURE-SEULE : ni création, ni remplacement, ni suppression', async () => {
    const id = await idDe('/Practitioner?family=PRIMIDI')
    for (const [methode, chemin] of [
      ['POST', '/Practitioner'],
      ['PUT', `/Practitioner/${id}`],
      ['DELETE', `/Practitioner/${id}`],
      ['DELETE', '/Device'],
    ] as const) {
      const reponse = await monde.send(methode, V2 + chemin, { headers: CLE })
      expect([methode, reponse.status, regleDe(reponse)]).toEqual([methode, 403, 'ANNUAIRE-LECTURE-SEULE'])
    }
    expect((await lire(`/Practitioner/${id}`)).status).toBe(200)
  })

  test('un type ou un id inconnu est dit comme HAPI le dit', async () => {
    const type = await lire('/PractitiXXXner')
    expect([type.status, diagnostics(type)]).toEqual([
      404,
      "HAPI-0302: Unknown resource type 'PractitiXXXner' - Server knows how to handle: [Practitioner, PractitionerRole, Device, Organization, HealthcareService]",
    ])
    const id = await lire('/Practitioner/003-0-0')
    expect([id.status, diagnostics(id)]).toEqual([404, 'HAPI-2001: Resource Practitioner/003-0-0 is not known'])
    expect((await lire('/Practitioner/a/b')).status).toBe(404)
    expect((await lire('')).status).toBe(400)
  })

  test('metadata décrit chaque type et ses critères', async () => {
    const { rest } = (await lire('/metadata')).json<{ rest: { resource: { type: string; searchParam: { name: string }[] }[] }[] }>()
    expect(rest[0]!.resource.map(({ type }) => type)).toEqual(['Practitioner', 'PractitionerRole', 'Device', 'Organization', 'HealthcareService'])
    expect(rest[0]!.resource[0]!.searchParam.map(({ name }) => name)).toContain('mailbox-mss')
  })
})

describe('ressources', () => {
  test('ANNUAIRE-BAL-PUBLIEE : ni liste rouge, ni dépubliée, ni fermée', async () => {
    const toutes = (
      await Promise.all(['Practitioner', 'PractitionerRole', 'Organization'].map((type) => chercher(`/${type}?mailbox-mss:contains=@`)))
    ).flatMap(adresses)
    expect(toutes).toContain('claire.primidi@medecins.bac.mssante.fr')
    const boites = await monde.world.ask.boitesMss()
    const cachees = boites.filter(({ listeRouge, depubliee, fermee }) => listeRouge || depubliee || fermee).map(({ adresse }) => adresse)
    expect(cachees).toHaveLength(3)
    expect(toutes.filter((une) => cachees.includes(une))).toEqual([])
    expect(toutes.toSorted()).toEqual(
      boites
        .map(({ adresse }) => adresse)
        .filter((une) => !cachees.includes(une))
        .toSorted(),
    )
  })

  test('ANNUAIRE-BAL-PORTEUR : PER au professionnel ou à son activité d’établissement, CAB au professionnel, ORG et APP à la structure', async () => {
    expect(adresses(await chercher('/Practitioner?mailbox-mss=cabinet.tridi'))).toContain('cabinet.tridi@medecins.bac.mssante.fr')
    expect(adresses(await chercher('/PractitionerRole?mailbox-mss=anne.septidi'))).toEqual(['anne.septidi@quatre-saisons.bac.mssante.fr'])
    expect(await total('/Practitioner?mailbox-mss=anne.septidi')).toBe(0)
    expect(adresses(await chercher('/Organization?name=laboratoire'))).toEqual([
      'contact@quatre-saisons.bac.mssante.fr',
      'noreply-biologie@quatre-saisons.bac.mssante.fr',
    ])
    const id = await idDe('/Practitioner?family=PRIMIDI')
    const mal = await patcher(monde, `Practitioner/${id}`, [inserer('Practitioner', 'x@medecins.bac.mssante.fr', 'ORG')])
    expect([mal.status, regleDe(mal)]).toEqual([400, 'ANNUAIRE-BAL-PORTEUR'])
  })

  test('ANNUAIRE-BAL-DONNEES-PUBLIQUES : pas de responsable ; pas de liste rouge sur un professionnel', async () => {
    const un = await neuf()
    const id = await idDe('/Organization?name=laboratoire', un)
    const dit = operation(
      'replace',
      `Organization.telecom.where(value = 'contact@quatre-saisons.bac.mssante.fr')${METADONNEES}('responsible').value`,
      {
        valueString: 'Mme Responsable',
      },
    )
    expect((await patcher(un, `Organization/${id}`, [dit])).status).toBe(200)
    const structure = await lire(`/Organization/${id}`, un)
    expect(structure.text).not.toContain('Responsable')
    expect(structure.text).toContain('listeRouge')
    expect((await lire('/Practitioner?family=PRIMIDI', un)).text).not.toContain('listeRouge')
  })

  test('ANNUAIRE-INACTIF : id, identifiants, nom d’une structure, active=false et rien d’autre', async () => {
    const [professionnel] = ressources(await chercher('/Practitioner?active=false'))
    expect(Object.keys(professionnel!).toSorted()).toEqual(['active', 'id', 'identifier', 'language', 'meta', 'resourceType'])
    const [structure] = ressources(await chercher('/Organization?active=false'))
    expect(Object.keys(structure!).toSorted()).toEqual(['active', 'id', 'identifier', 'language', 'meta', 'name', 'resourceType'])
    const refus = await patcher(monde, `Organization/${structure!.id}`, [inserer('Organization', 'x@medecins.bac.mssante.fr', 'ORG')])
    expect([refus.status, regleDe(refus)]).toEqual([400, 'ANNUAIRE-INACTIF'])
  })

  test('les références mènent à une ressource qui existe', async () => {
    for (const [type, elements] of [
      ['PractitionerRole', ['practitioner', 'organization']],
      ['HealthcareService', ['providedBy']],
      ['Device', ['owner']],
      ['Organization', ['partOf']],
    ] as const) {
      const references = ressources(await chercher(`/${type}`)).flatMap((une) =>
        elements.flatMap((element) => (une[element] as { reference: string } | undefined)?.reference ?? []),
      )
      expect(references.length).toBeGreaterThan(0)
      for (const reference of references) expect([reference, (await lire(`/${reference}`)).status]).toEqual([reference, 200])
    }
  })
})

describe('recherche', () => {
  test('ANNUAIRE-RECHERCHE : texte au début sans casse ni accent, :contains, :exact, OU, ET, jeton, référence, date ; le reste est refusé', async () => {
    expect(await total('/Organization?name=hôpital')).toBe(1)
    expect(await total('/Organization?name=décade')).toBe(0)
    expect(await total('/Organization?name:contains=décade')).toBe(2)
    expect(await total('/Organization?name:exact=pharmacie de la moisson')).toBe(0)
    expect(await total('/Organization?name:exact=PHARMACIE DE LA MOISSON')).toBe(1)
    expect(await total('/Organization?name:contains=decade,moisson')).toBe(3)
    expect(await total('/Organization?name:contains=decade&name:contains=centre')).toBe(1)
    expect(await total('/Practitioner?identifier=https://rpps.esante.gouv.fr|99700979001')).toBe(1)
    expect(await total('/Practitioner?identifier=99700979001')).toBe(1)
    expect(await total('/Practitioner?identifier=urn:oid:1.2.250.1.71.4.2.1|99700979001')).toBe(0)
    expect(await total('/Practitioner?qualification-code=21')).toBe(1)
    expect(await total('/Organization?identifier=https://finess.esante.gouv.fr|&type:not=SA01&active=true')).toBe(2)
    const primidi = await idDe('/Practitioner?family=Primidi')
    for (const dite of [primidi, `Practitioner/${primidi}`, `https://gateway.api.esante.gouv.fr/fhir/v2/Practitioner/${primidi}`])
      expect(await total(`/PractitionerRole?practitioner=${dite}`)).toBe(1)
    expect(await total(`/PractitionerRole?practitioner=Organization/${primidi}`)).toBe(0)
    expect(await total('/Organization?_lastUpdated=gt2026-11-24')).toBe(0)
    expect(await total('/Practitioner?_lastUpdated=ge2026-11-20')).toBe(1)
    for (const faux of [
      'couleur=bleu',
      'name:missing=true',
      '_lastUpdated=hier',
      'name=',
      '_count=-1',
      '_include=Device:patient',
      'active:contains=t',
      '__proto__=x',
    ]) {
      const refus = await lire(`/Practitioner?${faux}`)
      expect([faux, refus.status, regleDe(refus)]).toEqual([faux, 400, 'ANNUAIRE-RECHERCHE'])
    }
  })

  test('ANNUAIRE-TYPE-BAL : mailbox-mss-type n’est pas servi', async () => {
    const refus = await lire('/Organization?mailbox-mss-type=https://mos.esante.gouv.fr/NOS/TRE_R257-TypeBAL/FHIR/TRE-R257-TypeBAL|PER')
    expect([refus.status, diagnostics(refus), regleDe(refus)]).toEqual([400, 'Parameter mailbox-mss-type not found', 'ANNUAIRE-TYPE-BAL'])
  })

  test('POST _search cherche comme GET', async () => {
    const headers = { ...CLE, 'content-type': 'application/x-www-form-urlencoded' }
    const reponse = await monde.send('POST', `${V2}/Practitioner/_search?active=true`, { headers, body: 'family=primidi' })
    expect(reponse.json<Bundle>().total).toBe(1)
    expect((await monde.send('POST', `${V2}/Practitioner/_search`, { headers: { ...CLE, 'content-type': 'text/xml' }, body: '<a/>' })).status).toBe(
      400,
    )
  })

  test('_include et _revinclude apportent, une fois, ce qui n’est pas déjà là', async () => {
    const modes = ({ entry = [] }: Bundle) => entry.map(({ resource, search }) => `${search.mode} ${resource.resourceType}`)
    const role = await chercher('/PractitionerRole?_include=*&mailbox-mss=anne')
    expect(modes(role)).toEqual(['match PractitionerRole', 'include Organization', 'include Practitioner'])
    expect(role.total).toBe(1)
    expect(modes(await chercher('/Practitioner?family=TRIDI&_revinclude=PractitionerRole:practitioner'))).toEqual([
      'match Practitioner',
      'include PractitionerRole',
    ])
    expect(modes(await chercher('/Organization?name=hopital&_include=Organization:partof'))).toEqual(['match Organization', 'include Organization'])
    expect(modes(await chercher('/Organization?name=imagerie&_include=*'))).toEqual([
      'match Organization',
      'include PractitionerRole',
      'include Device',
      'include Device',
    ])
    const toutes = await chercher('/Organization?_include=Organization:partof')
    expect(new Set(ressources(toutes).map(({ id }) => id)).size).toBe(toutes.entry!.length)
  })

  test('_elements marque SUBSETTED ; _total=none ne compte pas', async () => {
    const [un] = ressources(await chercher('/Practitioner?family=PRIMIDI&_elements=name'))
    expect(Object.keys(un!).toSorted()).toEqual(['id', 'meta', 'name', 'resourceType'])
    expect(un!.meta.tag).toMatchObject([{ code: 'SUBSETTED' }])
    expect(await total('/Practitioner?_total=none')).toBeUndefined()
  })

  test('ANNUAIRE-PAGE : les pages se suivent sans doublon ni oubli ; une adresse inventée est refusée', async () => {
    const tous = ressources(await chercher('/Practitioner?_total=accurate')).map(({ id }) => id)
    const vus: string[] = []
    let chemin: string | undefined = '/Practitioner?_count=4'
    while (chemin !== undefined) {
      const page: Bundle = await chercher(chemin)
      expect(page.entry!.length).toBeLessThanOrEqual(4)
      expect(page.total).toBe(tous.length)
      vus.push(...ressources(page).map(({ id }) => id))
      chemin = page.link.find(({ relation }) => relation === 'next')?.url.replace(`http://bac.test${V2}`, '')
    }
    expect(vus).toEqual(tous)
    const coder = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    for (const id of [
      '',
      'x',
      '%00',
      coder({}),
      coder(['Patient', '', 'a']),
      coder(['Practitioner', '', '']),
      coder([1, 2, 3]),
      'A'.repeat(50_000),
    ]) {
      const refus = await lire(`/_page?id=${id}`)
      expect([id.slice(0, 20), refus.status, regleDe(refus)]).toEqual([id.slice(0, 20), 410, 'ANNUAIRE-PAGE'])
    }
    const retouchee = ecrireCurseur({ type: 'Practitioner', requete: 'couleur=bleu', apres: 'a' })
    expect((await lire(`/_page?id=${retouchee}`)).status).toBe(400)
  })
})

const operation = (type: string, path: string, value?: object): object => ({
  name: 'operation',
  part: [{ name: 'type', valueCode: type }, { name: 'path', valueString: path }, ...(value ? [{ name: 'value', ...value }] : [])],
})

const boite = (adresse: string, type: object, rank = 2, reste: readonly object[] = []): object => ({
  valueContactPoint: {
    system: 'email',
    value: adresse,
    rank,
    extension: [{ url: METADONNEES_BAL, extension: [{ url: 'type', ...type }, ...reste] }],
  },
})

const inserer = (porteur: string, adresse: string, type: string): object =>
  operation('insert', `${porteur}.telecom`, boite(adresse, { valueCode: type }))

const patcher = (un: TestWorld, chemin: string, parameter: readonly object[]): Promise<TestAnswer> =>
  un.send('PATCH', `${V2}/${chemin}`, {
    headers: { ...CLE, 'content-type': 'application/fhir+json' },
    body: JSON.stringify({ resourceType: 'Parameters', parameter }),
  })

const PRIMIDI = 'Practitioner?identifier=urn:oid:1.2.250.1.71.4.2.1|899700979001'
const TELECOM = "Practitioner.telecom.where(value = 'claire.primidi@medecins.bac.mssante.fr')"
const boiteDe = async (un: TestWorld, adresse: string) => (await un.world.ask.boitesMss()).find((une) => une.adresse === adresse)

describe('PATCH des boîtes', () => {
  test('ANNUAIRE-PATCH : ajouter, changer un attribut, remplacer, changer le rang, supprimer, dans l’ordre', async () => {
    const un = await neuf()
    const nouvelle = 'c.primidi@medecins.bac.mssante.fr'
    const reponse = await patcher(un, PRIMIDI, [
      inserer('Practitioner', nouvelle, 'PER'),
      operation('replace', `Practitioner.telecom.where(value='${nouvelle}').rank`, { valueInteger: 7 }),
      operation('replace', `${TELECOM}${METADONNEES}('listeRouge').value`, { valueBoolean: true }),
      operation('delete', "Practitioner.telecom.where(value = 'claire.primidi@ancien.bac.mssante.fr')"),
    ])
    expect([reponse.status, reponse.status === 200 ? '' : reponse.text]).toEqual([200, ''])
    expect(reponse.json<Ressource>().telecom!.map(({ value, rank }) => [value, rank])).toEqual([
      ['claire.primidi@decade.bac.mssante.fr', 2],
      [nouvelle, 7],
    ])
    expect(reponse.json<Ressource>().meta.versionId).toBe('2')
    expect(await boiteDe(un, nouvelle)).toMatchObject({
      type: 'PER',
      titulaires: ['899700979001'],
      structure: '397900000100017',
      libelle: 'Dr Claire PRIMIDI Cabinet médical du Calendrier',
    })
    expect(await boiteDe(un, 'claire.primidi@ancien.bac.mssante.fr')).toBeUndefined()
    const concept = {
      valueCodeableConcept: {
        coding: [{ system: 'https://mos.esante.gouv.fr/NOS/TRE_R256-TypeMessagerie/FHIR/TRE-R256-TypeMessagerie', code: 'PER' }],
      },
    }
    const remplacee = await patcher(un, PRIMIDI, [
      operation('replace', TELECOM, boite('claire.primidi@medecins.bac.mssante.fr', concept, 1, [{ url: 'listeRouge', valueBoolean: false }])),
    ])
    expect(remplacee.json<Ressource>().telecom![0]).toMatchObject({ value: 'claire.primidi@medecins.bac.mssante.fr', rank: 1 })
  })

  test('ANNUAIRE-PATCH : une opération refusée, et rien n’a changé', async () => {
    const un = await neuf()
    const avant = await un.world.ask.boitesMss()
    const bonne = operation('replace', `${TELECOM}.rank`, { valueInteger: 9 })
    for (const mauvaise of [
      operation('move', TELECOM),
      operation('insert', 'Practitioner.name', { valueString: 'x' }),
      operation('delete', 'Practitioner.telecom'),
      operation('delete', "Practitioner.telecom.where(value = 'inconnue@medecins.bac.mssante.fr')"),
      operation('delete', "Practitioner.telecom.where(value = 'urgences@decade.bac.mssante.fr')"),
      operation('replace', `${TELECOM}.rank`, { valueInteger: 0 }),
      operation('replace', `${TELECOM}${METADONNEES}('listeRouge').value`, { valueString: 'oui' }),
      operation('replace', `${TELECOM}.system`, { valueString: 'phone' }),
      inserer('Practitioner', 'pas une adresse', 'PER'),
      inserer('Practitioner', 'neuve@hors-liste.bac.mssante.fr', 'PER'),
      {},
    ]) {
      const refus = await patcher(un, PRIMIDI, [bonne, mauvaise])
      expect([mauvaise, refus.status]).toEqual([mauvaise, 400])
    }
    expect((await patcher(un, PRIMIDI, [])).status).toBe(400)
    const headers = { ...CLE, 'content-type': 'application/fhir+json' }
    for (const body of ['', '{', '[]', '{"resourceType":"Practitioner"}', `{"resourceType":"Parameters","__proto__":{}}`])
      expect([400, 422]).toContain((await un.send('PATCH', `${V2}/${PRIMIDI}`, { headers, body })).status)
    expect(
      (await un.send('PATCH', `${V2}/${PRIMIDI}`, { headers: { ...CLE, 'content-type': 'application/json-patch+json' }, body: '[]' })).status,
    ).toBe(415)
    expect(await un.world.ask.boitesMss()).toEqual(avant)
  })

  test('ANNUAIRE-PATCH-CONDITION : 404 si aucune, 412 si plusieurs, et une condition est demandée', async () => {
    const rang = [operation('replace', `${TELECOM}.rank`, { valueInteger: 1 })]
    const aucune = await patcher(monde, 'Practitioner?identifier=urn:oid:1.2.250.1.71.4.2.1|899700000000', rang)
    expect([aucune.status, regleDe(aucune)]).toEqual([404, 'ANNUAIRE-PATCH-CONDITION'])
    for (const chemin of ['Practitioner', 'Practitioner?family=PRIMIDI', 'Practitioner?identifier=urn:oid:1.2.250.1.71.4.2.1|'])
      expect((await patcher(monde, chemin, rang)).status).toBe(400)
    expect(refusCondition(2)).toMatchObject({ statut: 412 })
    expect((await patcher(monde, 'Practitioner/003-0-0', rang)).status).toBe(404)
  })

  test('ANNUAIRE-BAL-IMMUABLE : ni l’adresse ni le type ne changent', async () => {
    for (const une of [
      operation('replace', `${TELECOM}.value`, { valueString: 'autre@medecins.bac.mssante.fr' }),
      operation('replace', `${TELECOM}${METADONNEES}('type').value`, { valueCode: 'CAB' }),
      operation('replace', TELECOM, boite('autre@medecins.bac.mssante.fr', { valueCode: 'PER' })),
      operation('replace', TELECOM, boite('claire.primidi@medecins.bac.mssante.fr', { valueCode: 'CAB' })),
    ]) {
      const refus = await patcher(monde, PRIMIDI, [une])
      expect([refus.status, regleDe(refus)]).toEqual([400, 'ANNUAIRE-BAL-IMMUABLE'])
    }
  })

  test('ANNUAIRE-BAL-NEUVE : déjà là, hors liste blanche ou d’un patient, elle est refusée', async () => {
    for (const adresse of [
      'claire.primidi@medecins.bac.mssante.fr',
      'bastien.duodi@medecins.bac.mssante.fr',
      'x@hors-liste.bac.mssante.fr',
      '279035121518989@patient.mssante.fr',
    ]) {
      const refus = await patcher(monde, PRIMIDI, [inserer('Practitioner', adresse, 'PER')])
      expect([adresse, refus.status, regleDe(refus)]).toEqual([adresse, 400, 'ANNUAIRE-BAL-NEUVE'])
    }
  })

  test('ANNUAIRE-PATCH-OUVERT : fermé par réglage, comme l’annuaire réel', async () => {
    const un = await neuf()
    await un.send('PATCH', '/_sandbox/settings', { body: { 'ANNUAIRE-PATCH-OUVERT': false } })
    const refus = await patcher(un, PRIMIDI, [operation('delete', TELECOM)])
    expect([refus.status, regleDe(refus)]).toEqual([403, 'ANNUAIRE-PATCH-OUVERT'])
  })

  test('une boîte ajoutée à une activité y reste, et une structure reçoit la sienne par son FINESS', async () => {
    const un = await neuf()
    const role = await idDe(`/PractitionerRole?practitioner=${await idDe('/Practitioner?family=PRIMIDI', un)}`, un)
    expect(
      (await patcher(un, `PractitionerRole/${role}`, [inserer('PractitionerRole', 'claire.salariee@decade.bac.mssante.fr', 'PER')])).status,
    ).toBe(200)
    expect(adresses(await chercher('/PractitionerRole?mailbox-mss=claire.salariee', un))).toEqual(['claire.salariee@decade.bac.mssante.fr'])
    const reponse = await patcher(un, 'Organization?identifier=https://finess.esante.gouv.fr|979000011', [
      inserer('Organization', 'cardiologie@decade.bac.mssante.fr', 'ORG'),
    ])
    expect(reponse.json<Ressource>().telecom!.map(({ value }) => value)).toContain('cardiologie@decade.bac.mssante.fr')
    expect(await boiteDe(un, 'cardiologie@decade.bac.mssante.fr')).toMatchObject({ structure: '1979000011', type: 'ORG', titulaires: [] })
  })
})

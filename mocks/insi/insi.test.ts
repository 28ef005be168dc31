import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ACTIONS_INSI } from '#standards/ins/insi-names.ts'
import { type Partiel, type RechercheTraitsLue, writeRechercheTraits } from '#standards/ins/insi-requete.ts'
import { type IndividuTrouve, readResultat } from '#standards/ins/insi-resultat.ts'
import { readErreurSiram } from '#standards/ins/siram-fault.ts'
import { SOAP11, readSoapEnvelope } from '#standards/soap/envelope.ts'
import { readSoapFault } from '#standards/soap/fault.ts'
import { type Demande, demande, enTetes } from '../../test/fixtures/insi/demande.ts'
import { type TestAnswer, type TestWorld, createTestWorld } from '../../test/world.ts'
import { registre } from '../database/registre.ts'
import { insi } from './routes.ts'

let monde: TestWorld
beforeAll(async () => {
  monde = await createTestWorld({ services: [registre, insi] })
})
afterAll(() => monde.close())

const OPERATION = 'rechercherInsAvecTraitsIdentite'
const ADRUN: Partiel<RechercheTraitsLue> = { nomNaissance: 'ADRUN', prenoms: ['ZOE'], sexe: 'F', dateNaissance: '1975-12-31' }

const poster = (body: string | Uint8Array, headers: Record<string, string> = enTetes(OPERATION)) => monde.send('POST', '/insi/lps', { body, headers })
const chercher = (traits: Partiel<RechercheTraitsLue>, options?: Demande, headers: Record<string, string> = {}) =>
  poster(demande(OPERATION, writeRechercheTraits(traits), options), { ...enTetes(OPERATION), ...headers })

const resultatDe = (answer: TestAnswer) => readResultat(readSoapEnvelope(answer.text).payload!)
const fauteDe = (answer: TestAnswer) => {
  const fault = readSoapFault(readSoapEnvelope(answer.text))
  return fault && { status: answer.status, value: fault.code, subcode: fault.subcode, lang: fault.lang, ...readErreurSiram(fault) }
}
const reglesDe = async () => (await monde.lastExchange()).rules.map(({ code, verdict }) => `${code} ${verdict}`)
const individuDe = (answer: TestAnswer): IndividuTrouve => resultatDe(answer)!.individu!

describe('recherche par traits', () => {
  test('INSI-RESULTAT : une seule identité, code 00 avec son INS ; aucune, 01 ; plusieurs, 02 sans rien en dire', async () => {
    const found = await chercher(ADRUN)
    expect(found.status).toBe(200)
    expect(found.headers['content-type']).toBe('application/soap+xml; charset=utf-8')
    expect(resultatDe(found)).toEqual({
      code: '00',
      individu: {
        ins: { matricule: '2751263220749', cle: '74', oid: '1.2.250.1.213.1.4.8' },
        historique: [],
        traits: { nomNaissance: 'ADRUN', listePrenom: 'ZOE', sexe: 'F', dateNaissance: '1975-12-31', lieuNaissance: '63220' },
      },
    })
    expect(await monde.lastExchange()).toMatchObject({
      operation: 'INSi · recherche par traits',
      summary: 'Identité trouvée',
      outcome: 'accepté',
      patient: '275126322074974',
    })

    const none = await chercher({ nomNaissance: 'HOUILLES', prenoms: ['PIERRE'], sexe: 'M', dateNaissance: '1993-01-27' })
    expect(none.status).toBe(200)
    expect(resultatDe(none)).toEqual({ code: '01' })
    expect(await monde.lastExchange()).toMatchObject({ summary: 'Aucune identité trouvée', outcome: 'accepté', patient: 'HOUILLES PIERRE' })

    const several = await chercher({ nomNaissance: 'DE VINCI', prenoms: ['LEONARDO'], sexe: 'M', dateNaissance: '2014-02-01' })
    expect(several.status).toBe(200)
    expect(resultatDe(several)).toEqual({ code: '02' })
    expect(several.text).not.toContain('INDIVIDU')
  })

  test('INSI-LIEU-DEPARTAGE : le lieu de naissance départage les deux DE VINCI LEONARDO', async () => {
    const answer = await chercher({ nomNaissance: 'DE VINCI', prenoms: ['LEONARDO'], sexe: 'M', dateNaissance: '2014-02-01', lieuNaissance: '63220' })
    expect(individuDe(answer).traits.lieuNaissance).toBe('63220')
  })

  test('INSI-UN-PRENOM-SUFFIT : CATARINA suffit pour TCHITCHI, OLA n’est pas de sa liste', async () => {
    const tchitchi = { nomNaissance: 'TCHITCHI', sexe: 'F', dateNaissance: '1936-06-21' }
    expect(resultatDe(await chercher({ ...tchitchi, prenoms: ['OLA'] }))?.code).toBe('01')
    expect(resultatDe(await chercher({ ...tchitchi, prenoms: ['CATARINA'] }))?.code).toBe('00')
    expect(resultatDe(await chercher({ ...tchitchi, prenoms: ['BELLA'] }))?.code).toBe('00')
  })

  test('INSI-PRENOMS-ENSEMBLE : tous les prénoms dans un seul Prenom correspondent à la liste', async () => {
    const answer = await chercher({ nomNaissance: 'ECETINSI', prenoms: ['PIERRE-ALAIN MURIEL FLORIANT'], sexe: 'M', dateNaissance: '2009-07-14' })
    expect(resultatDe(answer)?.code).toBe('00')
  })

  test('INSI-TRAITS-COMPLETS : tous les traits de référence sont rendus, même quand un seul prénom et aucun lieu sont envoyés', async () => {
    const answer = await chercher({ nomNaissance: 'TCHITCHI', prenoms: ['CATARINA'], sexe: 'F', dateNaissance: '1936-06-21' })
    expect(individuDe(answer).traits).toMatchObject({ listePrenom: 'CATARINA BELLA', lieuNaissance: '63220' })
  })

  test('INSI-NOM-DE-NAISSANCE : un autre nom que celui de naissance ne trouve personne, même proche', async () => {
    for (const nomNaissance of ['ADRUNS', 'ZOE', 'DURAND'] as const) expect(resultatDe(await chercher({ ...ADRUN, nomNaissance }))?.code).toBe('01')
  })

  test('INSI-LISTE-PRENOMS : ListePrenom seule, sauf les identités des fichiers CNDA ou selon le réglage', async () => {
    const corse = { nomNaissance: 'CORSE', prenoms: ['ANTHONY'], sexe: 'M', dateNaissance: '1980-03-02' }
    expect((await chercher(ADRUN)).text).not.toContain('<Prenom>')
    expect(individuDe(await chercher(corse)).prenom).toBe('ANTHONY')
    await monde.running.changeSettings({ 'INSI-REPONSE-PRENOM': 'toujours' })
    expect(individuDe(await chercher(ADRUN)).prenom).toBe('ZOE')
    await monde.running.changeSettings({ 'INSI-REPONSE-PRENOM': 'jamais' })
    expect((await chercher(corse)).text).not.toContain('<Prenom>')
    await monde.running.changeSettings({ 'INSI-REPONSE-PRENOM': 'fichiers CNDA' })
  })

  test('INSI-HISTORIQUE : matricule répété, clés qui ne se calculent pas, fin avant le début et NIA sont rendus tels quels', async () => {
    const hermann = individuDe(await chercher({ nomNaissance: 'HERMANN', prenoms: ['GATIEN'], sexe: 'M', dateNaissance: '1981-03-24' }))
    expect(hermann.ins.cle).toBe('60')
    expect(hermann.historique.map(({ matricule, cle }) => matricule + cle)).toEqual(['181036322045660', '281036322045610'])
    const ecetinsi = individuDe(await chercher({ nomNaissance: 'ECETINSI', prenoms: ['PIERRE-ALAIN'], sexe: 'M', dateNaissance: '2009-07-14' }))
    expect(ecetinsi.historique[0]).toMatchObject({ matricule: '2090763220834', dateDeb: '2019-03-01', dateFin: '2019-02-28' })
    const nia = individuDe(await chercher({ nomNaissance: 'PROVISOIRE', prenoms: ['MATRICULE'], sexe: 'M', dateNaissance: '2009-07-01' }))
    expect(nia.ins.oid).toBe('1.2.250.1.213.1.4.9')
    const corse = individuDe(await chercher({ nomNaissance: 'CORSE', prenoms: ['ANTHONY'], sexe: 'M', dateNaissance: '1980-03-02' }))
    expect(corse.historique).toEqual([corse.ins])
  })

  test('INSI-IDENTITES-EN-FAUTE : LEONARDODINO reçoit desir_1020, RUTH et D’AEION COEUR insi_102, selon le réglage', async () => {
    const leonardodino = { nomNaissance: 'DE VINCI', prenoms: ['LEONARDODINO'], sexe: 'M', dateNaissance: '2004-02-01' }
    expect(fauteDe(await chercher(leonardodino))).toMatchObject({
      status: 500,
      value: 'Sender',
      subcode: 'siram_40',
      code: 'desir_1020',
      severite: 'fatale',
    })
    for (const traits of [
      { nomNaissance: 'DE VINCI', prenoms: ['RUTH'], sexe: 'F', dateNaissance: '1976-07-14' },
      { nomNaissance: "D'AEION", prenoms: ['COEUR'], sexe: 'M', dateNaissance: '1987-01-25' },
    ])
      expect(fauteDe(await chercher(traits))).toMatchObject({
        status: 500,
        value: 'Receiver',
        subcode: 'siram_40',
        code: 'insi_102',
        severite: 'fatal',
        lang: 'en',
        messageId: undefined,
      })
    await monde.running.changeSettings({ 'INSI-IDENTITES-EN-FAUTE': false })
    expect(resultatDe(await chercher(leonardodino))).toEqual({ code: '01' })
    await monde.running.changeSettings({ 'INSI-IDENTITES-EN-FAUTE': true })
  })

  test('the settings on given names change who is found', async () => {
    const tchitchi = { nomNaissance: 'TCHITCHI', sexe: 'F', dateNaissance: '1936-06-21' }
    await monde.running.changeSettings({ 'INSI-PRENOM-ADMIS': 'premier' })
    expect(resultatDe(await chercher({ ...tchitchi, prenoms: ['BELLA'] }))?.code).toBe('01')
    await monde.running.changeSettings({ 'INSI-PRENOM-ADMIS': 'tous', 'INSI-TIRET-ESPACE': true })
    expect(resultatDe(await chercher({ nomNaissance: 'ECETINSI', prenoms: ['PIERRE ALAIN'], sexe: 'M', dateNaissance: '2009-07-14' }))?.code).toBe(
      '00',
    )
    await monde.running.changeSettings({ 'INSI-TIRET-ESPACE': false, 'INSI-PRENOMS-PLUSIEURS': 'un seul suffit' })
    expect(resultatDe(await chercher({ ...tchitchi, prenoms: ['OLA', 'BELLA'] }))?.code).toBe('00')
    await monde.running.changeSettings({ 'INSI-PRENOMS-PLUSIEURS': 'chacun' })
    expect(resultatDe(await chercher({ ...tchitchi, prenoms: ['OLA', 'BELLA'] }))?.code).toBe('01')
  })

  test('a result can be asked for by header, whoever is searched', async () => {
    expect(resultatDe(await chercher(ADRUN, {}, { 'x-sandbox-outcome': 'insi-plusieurs-identites' }))).toEqual({ code: '02' })
    expect(resultatDe(await chercher(ADRUN, {}, { 'x-sandbox-outcome': 'insi-aucune-identite' }))).toEqual({ code: '01' })
    expect((await chercher(ADRUN, {}, { 'x-sandbox-outcome': 'autre' })).headers['x-sandbox-outcome']).toBe('ignored')
  })
})

describe('champs', () => {
  test.each([
    [{ nomNaissance: undefined }, 'insi_19'],
    [{ nomNaissance: '' }, 'insi_19'],
    [{ nomNaissance: 'adrun' }, 'insi_900'],
    [{ nomNaissance: 'ADRÛN' }, 'insi_900'],
  ])('INSI-NOM : obligatoire et en capitales sans accent (%o)', async (change, code) => {
    expect(fauteDe(await chercher({ ...ADRUN, ...change }))).toMatchObject({
      status: 500,
      value: 'Sender',
      subcode: 'siram_10',
      code,
      severite: 'erreur',
    })
    expect(await reglesDe()).toContain('INSI-NOM refusée')
  })

  test.each([
    [{ prenoms: [] }, 'insi_901'],
    [{ prenoms: [''] }, 'insi_901'],
    [{ prenoms: ['ZOE', ''] }, 'insi_902'],
    [{ prenoms: ['ZOÉ'] }, 'insi_902'],
    [{ prenoms: ['CŒUR'] }, 'insi_902'],
    [{ prenoms: ['ZOE-'] }, 'insi_902'],
  ])('INSI-PRENOM : obligatoire, sans ligature, sans tiret à la fin (%o)', async (change, code) => {
    expect(fauteDe(await chercher({ ...ADRUN, ...change }))?.code).toBe(code)
  })

  test.each([
    [{ sexe: undefined }, 'insi_903'],
    [{ sexe: '' }, 'insi_24'],
    [{ sexe: 'I' }, 'insi_24'],
  ])('INSI-SEXE : M ou F, vide il est refusé par insi_24 (%o)', async (change, code) => {
    expect(fauteDe(await chercher({ ...ADRUN, ...change }))?.code).toBe(code)
  })

  test.each([
    [{ dateNaissance: undefined }, 'insi_904'],
    [{ dateNaissance: '31/12/1975' }, 'insi_905'],
    [{ dateNaissance: '1975-12-31T00:00:00' }, 'insi_905'],
  ])('INSI-DATE : obligatoire, AAAA-MM-JJ (%o)', async (change, code) => {
    expect(fauteDe(await chercher({ ...ADRUN, ...change }))?.code).toBe(code)
  })

  test('INSI-DATE : une date qui n’existe pas au calendrier est cherchée, pas refusée', async () => {
    expect(resultatDe(await chercher({ ...ADRUN, dateNaissance: '1960-00-00' }))).toEqual({ code: '01' })
  })

  test('INSI-LIEU : facultatif, code INSEE et jamais un nom de commune', async () => {
    expect(fauteDe(await chercher({ ...ADRUN, lieuNaissance: 'CLERMONT' }))?.code).toBe('insi_906')
    expect(resultatDe(await chercher({ ...ADRUN, lieuNaissance: '' }))?.code).toBe('00')
    expect(resultatDe(await chercher({ ...ADRUN, lieuNaissance: '75056' }))?.code).toBe('01')
  })

  test('what we invented says so in the label, what is published does not', async () => {
    expect(fauteDe(await chercher({ ...ADRUN, prenoms: [] }))?.libelle).toContain('propre au bac à sable')
    expect(fauteDe(await chercher({ ...ADRUN, nomNaissance: '' }))?.libelle).toBe('Le champ nom de naissance est obligatoire')
  })
})

describe('accès', () => {
  test.each(['ContexteBAM', 'ContexteLPS', 'MessageID'])('INSI-CONTEXTES : sans %s, l’appel est refusé', async (block) => {
    expect(fauteDe(await chercher(ADRUN, { sans: [block] }))).toMatchObject({ status: 500, code: 'desir_908', lang: 'fr' })
  })

  test('INSI-LOGICIEL : un IDAM inconnu est refusé par desir_550, et le messageID est rendu', async () => {
    const answer = await chercher(ADRUN, { idam: 'INCONNU00000', messageId: 'uuid:abc' })
    expect(fauteDe(answer)).toEqual({
      status: 500,
      value: 'Sender',
      subcode: 'siram_100',
      lang: 'fr',
      code: 'desir_550',
      severite: 'erreur',
      libelle: "Numéro d'autorisation du logiciel inconnu.",
      messageId: 'uuid:abc',
    })
    expect(answer.text).toContain('code="desir_550" messageID="uuid:abc" severite="erreur"')
    expect(fauteDe(await chercher(ADRUN, { idam: '' }))?.code).toBe('desir_550')
  })

  test('INSI-CERTIFICAT, INSI-CERTIFICAT-EN-TETE : seuls INSI-AUTO et INSI-MANU passent, donnés par l’en-tête ou par le réglage', async () => {
    for (const cn of ['INSI-AUTO', 'INSI-MANU']) expect((await chercher(ADRUN, {}, { 'x-sandbox-certificat': cn })).status).toBe(200)
    for (const cn of ['insi-auto', 'AUTRE', '']) expect(fauteDe(await chercher(ADRUN, {}, { 'x-sandbox-certificat': cn }))?.code).toBe('desir_560')
    expect((await chercher(ADRUN)).status).toBe(200)
    expect((await monde.lastExchange()).from).toBe('10B0000000 (certificat INSI-AUTO)')
    await monde.running.changeSettings({ 'INSI-CERTIFICAT-PAR-DEFAUT': '' })
    expect(fauteDe(await chercher(ADRUN))?.code).toBe('desir_560')
    await monde.running.changeSettings({ 'INSI-CERTIFICAT-PAR-DEFAUT': 'INSI-AUTO' })
  })

  test('INSI-ASSERTION : CPS et PSC passent, une assertion sans professionnel ou d’un autre mode ne passe pas', async () => {
    for (const mode of ['CPS', 'PSC'] as const) expect((await chercher(ADRUN, { mode })).status).toBe(200)
    expect((await monde.lastExchange()).from).toBe('899900000001 (PSC)')
    const xml = demande(OPERATION, writeRechercheTraits(ADRUN), { mode: 'CPS' })
    expect(fauteDe(await poster(xml.replace('NameQualifier="CPS"', 'NameQualifier="XYZ"')))?.code).toBe('desir_909')
    expect(fauteDe(await poster(xml.replace(/>899900000001<\/saml:NameID>/, '></saml:NameID>')))?.code).toBe('desir_909')
    expect(fauteDe(await poster(xml.replaceAll('saml:Assertion', 'saml:Autre')))?.code).toBe('desir_909')
  })

  test('INSI-ASSERTION-SIGNEE : une assertion CPS sans signature est refusée, une PSC signée aussi', async () => {
    const xml = demande(OPERATION, writeRechercheTraits(ADRUN), { mode: 'CPS' })
    expect(fauteDe(await poster(xml.replace(/<ds:Signature[^>]*\/>/, '')))?.code).toBe('desir_909')
    expect(fauteDe(await poster(xml.replace('NameQualifier="CPS"', 'NameQualifier="PSC"')))?.code).toBe('desir_909')
    expect(await reglesDe()).toContain('INSI-ASSERTION-SIGNEE refusée')
  })

  test('INSI-ASSERTION-RECENTE : avec le réglage, une assertion de plus d’une heure est refusée', async () => {
    await monde.running.changeSettings({ 'INSI-ASSERTION-DUREE': 60 })
    expect((await chercher(ADRUN, { mode: 'CPS', issueInstant: '2026-11-23T07:30:00Z' })).status).toBe(200)
    for (const issueInstant of ['2026-11-23T06:59:00Z', '2026-11-23T09:00:00Z', 'hier'])
      expect(fauteDe(await chercher(ADRUN, { mode: 'CPS', issueInstant }))?.code).toBe('desir_909')
    await monde.running.changeSettings({ 'INSI-ASSERTION-DUREE': 0 })
  })
})

describe('message', () => {
  test('INSI-OPERATION : un corps vide, inconnu ou d’un autre espace de noms reçoit la faute du service', async () => {
    const xml = demande(OPERATION, writeRechercheTraits(ADRUN))
    const body = (inside: string) => xml.replace(/<soap:Body>.*<\/soap:Body>/s, `<soap:Body>${inside}</soap:Body>`)
    for (const inside of ['', '<RECSANSVITALE/>', '<RECSANSVITALE xmlns="urn:autre"/>', '<x:SUPPRIMER xmlns:x="http://www.cnamts.fr/INSiRecSans"/>'])
      expect(fauteDe(await poster(body(inside)))).toMatchObject({
        status: 500,
        code: 'desir_906',
        messageId: 'uuid:00000000-0000-4000-8000-000000000001',
      })
  })

  test('INSI-ACTION : une action d’une autre opération est refusée, une action absente est admise', async () => {
    const xml = demande(OPERATION, writeRechercheTraits(ADRUN), { sans: ['Action'] })
    expect((await poster(xml, { 'content-type': 'application/soap+xml' })).status).toBe(200)
    expect(fauteDe(await poster(xml, enTetes('rechercherInsAvecCarteVitale')))?.code).toBe('desir_907')
    expect(fauteDe(await poster(demande('rechercherInsAvecCarteVitale', writeRechercheTraits(ADRUN)), {}))?.code).toBe('desir_907')
  })

  test('INSI-SOAP-12 : une enveloppe SOAP 1.1 reçoit VersionMismatch, un autre contenu 415', async () => {
    const soap11 = demande(OPERATION, writeRechercheTraits(ADRUN)).replaceAll('http://www.w3.org/2003/05/soap-envelope', SOAP11)
    const mismatch = await poster(soap11, { 'content-type': 'text/xml; charset=utf-8', soapaction: '""' })
    expect(mismatch.status).toBe(500)
    expect(readSoapFault(readSoapEnvelope(mismatch.text))?.code).toBe('VersionMismatch')
    expect(fauteDe(await poster('{}', { 'content-type': 'application/json' }))).toMatchObject({ status: 415, code: 'desir_904' })
    expect(fauteDe(await poster('<a/>'))).toMatchObject({ status: 500, code: 'desir_905' })
  })

  test('INSI-XML-BIEN-FORME : XML mal formé, DOCTYPE, imbrication profonde et jeu de caractères inconnu reçoivent la faute du service', async () => {
    const deep = `${'<a>'.repeat(200)}${'</a>'.repeat(200)}`
    const bomb = '<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><b>&b;</b>'
    for (const [body, code] of [
      ['<soap:Envelope', 'desir_900'],
      ['', 'desir_900'],
      ['\u0000\u0001', 'desir_900'],
      [bomb, 'desir_901'],
      [deep, 'desir_902'],
    ] as const)
      expect(fauteDe(await poster(body))).toMatchObject({ status: 500, code })
    expect(fauteDe(await poster('<a/>', { 'content-type': 'application/soap+xml; charset=klingon' }))).toMatchObject({ code: 'desir_903' })
    expect(await monde.lastExchange()).toMatchObject({ outcome: 'en erreur' })
  })

  test('a hand-written request of another style is read by namespace, whatever the charset', async () => {
    const text = readFileSync(new URL('../../test/fixtures/insi/ecrite-a-la-main.xml', import.meta.url), 'utf8')
    const utf16 = new Uint8Array(new Uint16Array(Array.from(`\uFEFF${text.replace("encoding='UTF-8' ", '')}`, (c) => c.charCodeAt(0))).buffer)
    const cases: [string | Uint8Array, Record<string, string>][] = [
      [
        text,
        { 'content-type': 'Application/Soap+XML ; action=\'urn:ServiceIdentiteCertifiee:1.0.0:rechercherInsAvecTraitsIdentite\'; CHARSET="UTF-8"' },
      ],
      [`\uFEFF${text}`, { 'content-type': 'application/soap+xml' }],
      [utf16, { 'content-type': 'application/soap+xml; charset=utf-16' }],
      [text.replace('UTF-8', 'ISO-8859-1'), {}],
      [text, { 'content-type': `application/xop+xml; charset=utf-8; type="application/soap+xml"; action="${ACTIONS_INSI[OPERATION]}"` }],
    ]
    for (const [body, headers] of cases) expect(individuDe(await poster(body, headers)).ins.matricule).toBe('1010663220754')
    expect((await monde.lastExchange()).from).toBe('899900000001 (CPS)')
  })
})

test('the example of the integrator’s guide is answered', async () => {
  const body = readFileSync(new URL('../../test/fixtures/insi/recherche-adrun-zoe.xml', import.meta.url))
  expect(individuDe(await poster(body)).ins.matricule).toBe('2751263220749')
})

describe('pannes demandées', () => {
  test.each([
    ['insi-indisponible', 'desir_1020', 'siram_40', 'Sender'],
    ['insi-erreur-technique', 'insi_102', 'siram_40', 'Receiver'],
    ['insi-teleservice-indisponible', 'insi_111', 'siram_40', 'Receiver'],
    ['insi-logiciel-inconnu', 'desir_550', 'siram_100', 'Sender'],
    ['insi-droits-insuffisants', 'desir_560', 'siram_100', 'Sender'],
  ])('%s answers %s', async (name, code, subcode, value) => {
    const byPath = await monde.send('POST', `/sim/${name}/insi/lps`, {
      body: demande(OPERATION, writeRechercheTraits(ADRUN)),
      headers: enTetes(OPERATION),
    })
    expect(fauteDe(byPath)).toMatchObject({ status: 500, code, subcode, value })
    expect(fauteDe(byPath)?.messageId).toBe(code.startsWith('desir') ? 'uuid:00000000-0000-4000-8000-000000000001' : undefined)
    expect(fauteDe(await chercher(ADRUN, {}, { 'x-sandbox-outcome': name }))?.code).toBe(code)
  })
})

test('identities are listed with what they trigger', async () => {
  const cards = await insi.identities!(monde.world)
  expect(cards.find(({ id }) => id === 'adrun-zoe')?.send).toMatchObject({ NomNaissance: 'ADRUN', Sexe: 'F' })
  expect(cards.find(({ id }) => id === 'de-vinci-leonardo-autre')?.triggers).toContain('desir_1020')
  expect(cards.find(({ id }) => id === 'camille-floreal')?.send['NomNaissance']).toBe('FLOREAL')
})

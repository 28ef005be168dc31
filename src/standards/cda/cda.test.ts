import { expect, test } from 'vitest'
import { descend, elements, type XmlElement } from '../xml/element.ts'
import { readXml } from '../xml/read.ts'
import { CDA as V3, type CdaN1, writeCdaN1 } from './cda.ts'
import { readCda } from './read-cda.ts'

const CDA: CdaN1 = {
  id: '1.2.250.1.999.1.1.7.1.42',
  setId: '1.2.250.1.999.1.1.7.1.42',
  version: 1,
  type: { code: '11488-4', codeSystem: '2.16.840.1.113883.6.1', displayName: 'CR ou fiche de consultation ou de visite' },
  titre: 'Consultation <du> "23" & suite',
  redigeLe: Date.UTC(2026, 10, 23, 8, 30),
  patient: {
    matriculeIns: '292067997911193',
    oid: '1.2.250.1.213.1.4.8',
    nomNaissance: 'FLOREAL',
    listePrenom: 'CAMILLE ANNE',
    sexe: 'F',
    dateNaissance: '1992-06-20',
    lieuNaissance: '97911',
  },
  auteur: {
    id: '899700979001',
    nom: 'PRIMIDI',
    prenom: 'CLAIRE',
    specialite: { code: 'G15_10/SM54', codeSystem: '1.2.250.1.213.1.1.4.5', displayName: 'Médecin' },
    structure: { id: '499700979001001', nom: 'Cabinet' },
  },
  lieuExercice: { code: 'SA07', codeSystem: '1.2.250.1.71.4.2.4' },
  cadreExercice: { code: 'AMBULATOIRE', codeSystem: '1.2.250.1.213.1.1.4.9' },
  corps: { mediaType: 'text/plain', bytes: new TextEncoder().encode('Toux — pas de fièvre') },
}

test('a level 1 document is read back as written', () => {
  const lu = readCda(new TextDecoder().decode(writeCdaN1(CDA)))
  expect(lu).toMatchObject({
    id: CDA.id,
    setId: CDA.setId,
    version: 1,
    remplace: '',
    confidentialite: 'N',
    langue: 'fr-FR',
    typeCode: '11488-4',
    titre: CDA.titre,
    effectiveTime: '20261123083000+0000',
    auteur: 'CLAIRE PRIMIDI',
    structure: 'Cabinet',
    patient: { ins: '292067997911193', oid: '1.2.250.1.213.1.4.8', nom: 'FLOREAL', prenoms: 'CAMILLE ANNE' },
    recit: '',
  })
  expect(new TextDecoder().decode(lu?.corps?.bytes)).toBe('Toux — pas de fièvre')
})

test('the header holds what the minimal structure makes compulsory, in the order of the schema', () => {
  const document = readXml(new TextDecoder().decode(writeCdaN1({ ...CDA, version: 2, remplace: '1.2.3' })))
  expect(elements(document).map(({ name }) => name)).toEqual(
    (
      'realmCode typeId templateId templateId templateId id code title effectiveTime confidentialityCode languageCode setId versionNumber ' +
      'recordTarget author custodian legalAuthenticator documentationOf relatedDocument componentOf component'
    ).split(' '),
  )
  const at = (...names: string[]): XmlElement | undefined => descend(document, V3, ...names)
  expect(at('recordTarget', 'patientRole', 'patient', 'birthplace', 'place', 'addr', 'county')?.children).toEqual(['97911'])
  expect(at('legalAuthenticator', 'signatureCode')?.attributes).toEqual({ code: 'S' })
  expect(at('documentationOf', 'serviceEvent', 'performer', 'assignedEntity', 'representedOrganization', 'standardIndustryClassCode')).toBeDefined()
  expect(at('componentOf', 'encompassingEncounter', 'location', 'healthCareFacility', 'code')?.attributes['code']).toBe('SA07')
})

test('a new version names the document it replaces', () => {
  const lu = readCda(new TextDecoder().decode(writeCdaN1({ ...CDA, id: '1.2.4', version: 2, remplace: CDA.id })))
  expect(lu).toMatchObject({ id: '1.2.4', setId: CDA.setId, version: 2, remplace: CDA.id })
})

const structured = (text: string) =>
  `<ClinicalDocument xmlns="urn:hl7-org:v3"><component><structuredBody><component><section><title>Motif</title><text>${text}</text></section></component></structuredBody></component></ClinicalDocument>`

test.each([
  ['words keep their order around markup', 'Toux <content>sèche</content> depuis\n hier', 'Toux sèche depuis hier'],
  ['paragraphs and items are lines', '<paragraph>un</paragraph><list><item>deux</item><item>trois</item></list>', 'un\ndeux\ntrois'],
  ['cells of a row stand apart', '<table><tbody><tr><td>Na</td><td>140</td></tr><tr><td>K</td><td>4</td></tr></tbody></table>', 'Na 140\nK 4'],
])('narrative: %s', (_, text, recit) => {
  expect(readCda(structured(text))?.recit).toBe(`Motif\n${recit}`)
})

test('a body that does not say base64 is text', () => {
  const lu = readCda(
    '<ClinicalDocument xmlns="urn:hl7-org:v3"><component><nonXMLBody><text mediaType="text/plain">Toux sèche</text></nonXMLBody></component></ClinicalDocument>',
  )
  expect(new TextDecoder().decode(lu?.corps?.bytes)).toBe('Toux sèche')
})

test('another document is no CDA, a structured one gives its narrative', () => {
  expect(readCda('<a/>')).toBeUndefined()
  const lu = readCda(structured('Toux sèche'))
  expect(lu).toMatchObject({ recit: 'Motif\nToux sèche', corps: undefined })
})

test('a broken body is told', () => {
  const text = new TextDecoder().decode(writeCdaN1(CDA)).replace(/representation="B64">..../, 'representation="B64">')
  expect(() => readCda(text.replace(/(representation="B64">)[^<]*/, '$1QUJ'))).toThrow('base64')
})

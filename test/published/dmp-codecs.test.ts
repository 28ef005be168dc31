import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { readCda } from '#standards/cda/read-cda.ts'
import { matriceAutorise } from '#standards/dmp/habilitation-matrix.ts'
import { FORMAT_N1, FORMAT_N1_SYSTEM } from '#standards/dmp/identifiants.ts'
import { CADRES_EXERCICE, CONFIDENTIALITES, FORMATS, LIEUX_EXERCICE, TYPES_LOT } from '#standards/dmp/listes.ts'
import { CLASSES_DOCUMENT, TYPES_DOCUMENT } from '#standards/dmp/types-document.ts'
import { readDemandeTd03, readReponseTd03 } from '#standards/hl7v3/habilitations.ts'
import { readDemandeTd02, readReponseTd02 } from '#standards/hl7v3/td02.ts'
import { readVihf } from '#standards/saml/vihf.ts'
import { readSoapEnvelope } from '#standards/soap/envelope.ts'
import { LCM, RIM } from '#standards/xds/constants.ts'
import { readRegistryObjects } from '#standards/xds/ebrim.ts'
import { readAdhocQuery, readAdhocQueryResponse, STORED_QUERY } from '#standards/xds/iti-18.ts'
import { readProvideAndRegisterDocumentSet } from '#standards/xds/iti-41.ts'
import { readUpdateDocumentSet, UPDATE_SLOT } from '#standards/xds/iti-57.ts'
import { readRetrieveDocumentSet, readRetrieveDocumentSetResponse } from '#standards/xds/iti-43.ts'
import { ASSOCIATION, STATUS } from '#standards/xds/metadata.ts'
import { child, everyElement, type XmlElement } from '#standards/xml/element.ts'
import { readXml } from '#standards/xml/read.ts'

const DATA = fileURLToPath(new URL('../../../shared/specs/data/', import.meta.url))
if (!existsSync(DATA))
  console.warn('The published examples (../shared/specs/data) are not on this machine: the DMP codecs are not read against them.')

const text = (path: string): string => readFileSync(DATA + path, 'utf8')
const xml = (path: string): XmlElement => readXml(text(path))
const objects = (path: string) => {
  const list = [...everyElement(xml(path))].find(({ ns, name }) => ns === RIM && name === 'RegistryObjectList')
  if (!list) throw new Error(`no RegistryObjectList in ${path}`)
  return readRegistryObjects(list)
}
/** Rows of a value set: the columns end with the coding scheme. */
const valueSet = (name: string): string[][] => (JSON.parse(text(`jdv/${name}.json`)) as { concepts: string[][] }).concepts
const pairs = (map: ReadonlyMap<string, readonly string[]>) =>
  [...map].flatMap(([code, systems]) => systems.map((system) => `${code}^${system}`)).sort()
const published = (name: string) =>
  valueSet(name)
    // The published page names this terminology without its OID; the OID is in the code system itself.
    .map(([code, , system]) => `${code}^${system!.startsWith('TRE_R276') ? '1.2.250.1.213.1.6.1.128' : system}`)
    .sort()

describe.skipIf(!existsSync(DATA))('message skeletons', () => {
  const own = (name: string) => xml(`dmp/skeletons-own/${name}.xml`)

  test('TD3.3c: a status update', () => {
    const demande = readUpdateDocumentSet(own('td33c-request'))
    if ('missing' in demande) throw new Error(demande.missing)
    expect(demande.associations).toMatchObject([
      {
        type: ASSOCIATION.UpdateAvailabilityStatus,
        source: 'SS01',
        slots: { [UPDATE_SLOT.OriginalStatus]: [STATUS.Approved], [UPDATE_SLOT.NewStatus]: [STATUS.Deleted] },
      },
    ])
  })

  test.each(['SubmitObjectsRequest_ebrs30_update', 'SubmitObjectsRequest_ebrs30_update_sameLid'])('ITI-57 of another implementation: %s', (name) => {
    const lu = readUpdateDocumentSet(xml(`dmp/xds-ipf/${name}.xml`))
    if ('missing' in lu) throw new Error(lu.missing)
    expect(lu.submissionSet).toBeDefined()
    expect(lu.entries.length).toBeGreaterThan(0)
    for (const { logicalId } of lu.entries) expect(logicalId).toMatch(/^urn:uuid:/)
  })

  test('VIHF of an indirect authentication', () => {
    const envelope = readSoapEnvelope(text('dmp/skeletons-own/envelope-vihf-indirecte.xml'))
    expect(readVihf(envelope.headers)).toMatchObject({
      nameId: '899700000001',
      structureId: '1750000001',
      secteurActivite: 'SA01^1.2.250.1.71.4.2.4',
      subjectId: 'FICTIF MAX',
      roles: [
        { code: '10', codeSystem: '1.2.250.1.71.1.2.7' },
        { code: 'SM26', codeSystem: '1.2.250.1.71.4.2.5' },
      ],
      version: '4.0',
      mode: 'INDIRECTE',
      purposeOfUse: 'normal',
      resourceUrn: 'urn:dmp',
      authnContextClass: 'urn:oasis:names:tc:SAML:2.0:ac:classes:Password',
      lps: { nom: 'LPS BAC', version: '1.0', homologation: 'SBX-0001' },
      signed: true,
    })
  })

  test('TD0.2, question and answer', () => {
    expect(readDemandeTd02(own('td02-request'))).toMatchObject({ motif: 'TEST_EXST', patient: { root: '1.2.250.1.213.1.4.10' } })
    expect(readReponseTd02(own('td02-response-active'))).toMatchObject({
      accuse: 'AA',
      autorisation: 'VALIDE',
      medecinTraitant: false,
      dossier: { ouvert: true, nom: 'FICTIVE', prenom: 'CAMILLE', sexe: 'F', naissance: '19800101', rattacheEns: true, fermeLe: '' },
    })
  })

  test('TD0.3, question and answer', () => {
    expect(readDemandeTd03(own('td03-request'))).toEqual({ action: 'AJOUT', role: '' })
    expect(readReponseTd03(own('td03-response'))).toMatchObject({ status: 'DMPOk' })
  })

  test('TD2.1: a lot, its document, its signature and a replacement', () => {
    const read = readProvideAndRegisterDocumentSet(own('td21-body'))
    if ('missing' in read) throw new Error(read.missing)
    expect(read.submissionSet).toMatchObject({
      id: 'SS01',
      uniqueId: '1.2.250.1.999.1.1.7.3.1',
      sourceId: '1.2.250.1.999.1.1.7',
      submissionTime: '20260105073000',
      title: 'Lot 1',
      contentTypeCode: { code: '60', codingScheme: '1.2.250.1.213.2.2', display: 'Consultations et actes' },
      authors: [{ person: '899700000001^FICTIF^MAX^^^^^^&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS' }],
    })
    expect(read.entries.map(({ id }) => id)).toEqual(['Doc01', 'Sign01'])
    expect(read.associations.map(({ type }) => type)).toEqual([ASSOCIATION.HasMember, ASSOCIATION.HasMember, ASSOCIATION.signs, ASSOCIATION.RPLC])
    expect([...read.documents.keys()]).toEqual(['Doc01', 'Sign01'])
  })

  test('TD3.1, question and refusal', () => {
    expect(readAdhocQuery(own('td31-request'))).toMatchObject({
      id: STORED_QUERY.FindDocuments,
      returnType: 'LeafClass',
      malformed: [],
      parameters: {
        $XDSDocumentEntryStatus: ['urn:oasis:names:tc:ebxml-regrep:StatusType:Approved'],
        $XDSDocumentEntryTypeCode: ['11488-4^^2.16.840.1.113883.6.1'],
      },
    })
    expect(readAdhocQueryResponse(own('td31-response-error'))).toMatchObject({ status: 'Failure', errors: [{ code: 'DMPAccessForbidden' }] })
  })

  test('TD3.2, question and answer', () => {
    const asked = { repositoryUniqueId: '1.2.250.1.213.4.1.1.1.2', documentUniqueId: '1.2.250.1.999.1.1.7.1.1' }
    expect(readRetrieveDocumentSet(own('td32-request'))).toEqual([asked])
    expect(readRetrieveDocumentSetResponse(own('td32-response-root-part'))).toMatchObject({ status: 'Success', documents: [asked] })
  })

  test('TD3.3c: the change of status is in the slots of the association', () => {
    expect(objects('dmp/skeletons-own/td33c-request.xml').associations[0]).toMatchObject({
      type: ASSOCIATION.UpdateAvailabilityStatus,
      source: 'SS01',
      slots: { NewStatus: ['urn:asip:ci-sis:2010:StatusType:Deleted'] },
    })
  })
})

describe.skipIf(!existsSync(DATA))('samples of the IPF project', () => {
  test.each([
    // This one holds an identification scheme cut by a space: the reader guesses nothing.
    ['SubmitObjectsRequest_ebrs30', /^$/],
    ['SubmitObjectsRequest_ebrs30_update', /&ISO/],
    ['SubmitObjectsRequest_ebrs30_update_sameLid', /&ISO/],
    ['submission-set', /&ISO/],
  ])('%s: every object is met, ebXML that the DMP does not use included', (name, patientId) => {
    const { submissionSet, entries } = objects(`dmp/xds-ipf/${name}.xml`)
    expect(submissionSet?.sourceId).toBeTruthy()
    expect(entries.length).toBeGreaterThan(0)
    for (const entry of entries) {
      expect(entry.uniqueId).toBeTruthy()
      expect(entry.patientId).toMatch(patientId)
      expect(entry.typeCode?.codingScheme).toBeTruthy()
      expect(entry.authors.length).toBeGreaterThan(0)
    }
  })

  test('a Provide and Register of another field carries its document', () => {
    const root = xml('dmp/xds-ipf/continua-ProvideAndRegisterDocumentSet.xml')
    expect(child(root, LCM, 'SubmitObjectsRequest')).toBeDefined()
    const read = readProvideAndRegisterDocumentSet(root)
    if ('missing' in read) throw new Error(read.missing)
    expect(read.documents.size).toBe(read.entries.length)
    expect(read.entries.every(({ id }) => read.documents.has(id))).toBe(true)
  })

  test('an injection in a stored query is malformed, the other parameters are read', () => {
    expect(readAdhocQuery(xml('dmp/xds-ipf/iti18request.xml'))).toMatchObject({
      malformed: ['$XDSDocumentEntryPatientId'],
      parameters: { $XDSDocumentEntryCreationTimeFrom: ['20221015151515'], $XDSDocumentEntryCreationTimeTo: ['20221016161616'] },
    })
  })

  test('an assertion of another country is read without its nested statement', () => {
    const vihf = readVihf([xml('dmp/xds-ipf/saml2-assertion-for-xua.xml')])
    expect(vihf).toMatchObject({ issuer: 'demo.com', nameId: 'lipse', issueInstant: '2011-03-29T09:44:41Z', signed: true, resourceUrn: '' })
  })
})

describe.skipIf(!existsSync(DATA))('CDA samples of the ANS', () => {
  const files = existsSync(DATA) ? readdirSync(`${DATA}dmp/cda-ans`).filter((name) => name.endsWith('.xml')) : []
  test.each(files)('%s: header and body', (file) => {
    const cda = readCda(text(`dmp/cda-ans/${file}`))
    expect(cda).toMatchObject({ id: expect.stringMatching(/^[\d.]+$/) as string, titre: expect.stringMatching(/./) as string })
    expect(cda!.effectiveTime).toMatch(/^\d{14}[+-]\d{4}$/)
    expect(cda!.typeCode).toMatch(/./)
    expect(cda!.patient.ins).toMatch(/^[\dAB]{15}$/)
    expect(cda!.patient.oid).toMatch(/^1\.2\.250\.1\.213\.1\.4\.(8|9|10|11)$/)
    expect(cda!.patient).toMatchObject({ nom: 'PAT-TROIS', prenoms: 'DOMINIQUE MARIE-LOUISE' })
    expect(cda!.langue).toBe('fr-FR')
    expect(cda!.auteur + cda!.structure).toMatch(/./)
    // A PDF, or a narrative: one of them, as the name of the file says.
    const debut = new TextDecoder().decode(cda!.corps?.bytes.subarray(0, 5))
    expect({ debut, recit: cda!.recit.length > 100 }).toEqual(
      /Niveau-1|-N1/.test(file) ? { debut: '%PDF-', recit: false } : { debut: '', recit: true },
    )
  })

  test('the report beside an imaging study', () => {
    expect(readCda(text('dmp/drimbox/DOC00002.xml'))).toMatchObject({ typeCode: '18748-4' })
  })
})

describe.skipIf(!existsSync(DATA))('value sets, against the published lists', () => {
  test('JDV_J66 and ASS_X16: each type, its scheme, its label and its class', () => {
    const classes = new Map(valueSet('ASS_X16_TypeCode_to_ClassCode_DMP').map(([code, , classCode]) => [code, classCode]))
    for (const [code, display, system] of valueSet('JDV_J66_TypeCode_DMP'))
      expect(TYPES_DOCUMENT.get(code!)).toEqual({ code, display, codingScheme: system, classCode: classes.get(code) })
    expect(TYPES_DOCUMENT.size).toBe(valueSet('JDV_J66_TypeCode_DMP').length)
  })

  test('JDV_J57: classes', () => {
    expect([...CLASSES_DOCUMENT]).toEqual(valueSet('JDV_J57_ClassCode_DMP').map(([code, display]) => [code, display]))
  })

  test.each([
    ['JDV_J58_ConfidentialityCode_DMP', CONFIDENTIALITES],
    ['JDV_J59_ContentTypeCode_DMP', TYPES_LOT],
    ['JDV_J60_FormatCode_DMP', FORMATS],
    ['JDV_J61_HealthcareFacilityTypeCode_DMP', LIEUX_EXERCICE],
    ['JDV_J62_PracticeSettingCode_DMP', CADRES_EXERCICE],
  ])('%s', (name, map) => {
    expect(pairs(map)).toEqual(published(name))
  })

  test('ASS_A12: format of a level 1 document', () => {
    const rows = valueSet('ASS_A12_mediaType_to_formatCode_CISIS')
    expect(Object.fromEntries(rows.map(([mediaType, format]) => [mediaType, format]))).toEqual(FORMAT_N1)
    expect(rows.every(([, , system]) => system === FORMAT_N1_SYSTEM)).toBe(true)
  })

  test('the partial matrix: what each known profession may not read, nothing else', () => {
    const { rules } = JSON.parse(text('dmp/habilitation-matrix-partial.json')) as { rules: { profession: string; except?: string[] }[] }
    for (const { profession, except = [] } of rules)
      expect([...TYPES_DOCUMENT.keys()].filter((type) => !matriceAutorise(profession, type)).sort()).toEqual(except.sort())
    expect(matriceAutorise('constructor', 'ATTEST-RESID')).toBe(true)
  })
})

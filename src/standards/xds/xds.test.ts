import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readXml } from '../xml/read.ts'
import { writeXml } from '../xml/write.ts'
import { readRegistryObjects, rim, writeRegistryObjects } from './ebrim.ts'
import { isOid, readCx, readDtm, readXcn, readXon, writeCx, writeDtm, writeXcn, writeXon } from './identifiers.ts'
import { readAdhocQuery, readAdhocQueryResponse, STORED_QUERY, writeAdhocQueryResponse, writeFindDocuments, writeGetDocuments } from './iti-18.ts'
import { readProvideAndRegisterDocumentSet, writeProvideAndRegisterDocumentSet } from './iti-41.ts'
import { readRetrieveDocumentSet, readRetrieveDocumentSetResponse, writeRetrieveDocumentSet, writeRetrieveDocumentSetResponse } from './iti-43.ts'
import type { Association, Author, Code, DocumentEntry, SubmissionSet } from './metadata.ts'
import { readRegistryResponse, writeRegistryResponse } from './registry-response.ts'

/** Any text XML can carry; values of slots are trimmed when read. */
const text = fc.stringMatching(/^[a-zA-Z0-9éàÉ<>&"'^~| .:-]{1,20}$/).map((s) => s.trim() || 'x')
const maybe = fc.oneof(fc.constant(''), text)
const code: fc.Arbitrary<Code> = fc.record({ code: text, codingScheme: text, display: maybe })
const author: fc.Arbitrary<Author> = fc.record({
  person: maybe,
  institutions: fc.array(text, { maxLength: 2 }),
  roles: fc.array(text, { maxLength: 2 }),
  specialties: fc.array(text, { maxLength: 2 }),
})
const some = (of: fc.Arbitrary<Code>) => fc.option(of, { nil: undefined })
const entry: fc.Arbitrary<DocumentEntry> = fc.record({
  id: text,
  availabilityStatus: maybe,
  logicalId: maybe,
  version: fc.nat(9),
  mimeType: text,
  patientId: maybe,
  uniqueId: maybe,
  title: maybe,
  comments: maybe,
  authors: fc.array(author, { maxLength: 2 }),
  legalAuthenticator: maybe,
  sourcePatientId: maybe,
  sourcePatientInfo: fc.array(text, { maxLength: 3 }),
  classCode: some(code),
  typeCode: some(code),
  formatCode: some(code),
  confidentialityCodes: fc.array(code, { maxLength: 3 }),
  healthcareFacilityTypeCode: some(code),
  practiceSettingCode: some(code),
  eventCodes: fc.array(code, { maxLength: 2 }),
  creationTime: maybe,
  serviceStartTime: maybe,
  serviceStopTime: maybe,
  languageCode: maybe,
  hash: maybe.map((h) => h.toLowerCase()),
  size: maybe,
  repositoryUniqueId: maybe,
  referenceIds: fc.array(text, { maxLength: 2 }),
})
const set: fc.Arbitrary<SubmissionSet> = fc.record({
  id: text,
  patientId: maybe,
  uniqueId: maybe,
  sourceId: maybe,
  title: maybe,
  comments: maybe,
  authors: fc.array(author, { maxLength: 2 }),
  contentTypeCode: some(code),
  submissionTime: maybe,
})
const association: fc.Arbitrary<Association> = fc.record({
  id: text,
  type: text,
  source: text,
  target: text,
  slots: fc.dictionary(text, fc.array(text, { minLength: 1, maxLength: 2 }), { maxKeys: 2, noNullPrototype: true }),
})
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

describe('ebXML', () => {
  test('metadata written and read back are the same, through real XML', () => {
    fc.assert(
      fc.property(set, fc.array(entry, { maxLength: 2 }), fc.array(association, { maxLength: 2 }), (submissionSet, entries, associations) => {
        const metadata = { submissionSet, entries, associations }
        const list = rim('RegistryObjectList', {}, writeRegistryObjects(metadata))
        expect(plain(readRegistryObjects(readXml(writeXml(list))))).toEqual(plain(metadata))
      }),
    )
  })

  test('the classification of the submission set may stand beside it in the list', () => {
    const list = rim(
      'RegistryObjectList',
      {},
      rim('RegistryPackage', { id: 'SS' }),
      rim('Classification', { classifiedObject: 'SS', classificationNode: 'urn:uuid:a54d6aa5-d40d-43f9-88c5-b4633d873bdd' }),
    )
    expect(readRegistryObjects(list).submissionSet?.id).toBe('SS')
  })

  test('a list of thousands of packages, classifications or slots of one name is read in one pass', () => {
    const many = Array.from({ length: 40_000 }, (_, n) => n)
    const node = { classifiedObject: 'absent', classificationNode: 'urn:uuid:a54d6aa5-d40d-43f9-88c5-b4633d873bdd' }
    const slot = rim('Slot', { name: 'hash' }, rim('ValueList', {}, rim('Value', {}, 'a')))
    const list = rim(
      'RegistryObjectList',
      {},
      many.map(() => rim('RegistryPackage', { id: 'F' })),
      many.map(() => rim('Classification', node)),
      rim(
        'ExtrinsicObject',
        {},
        many.map(() => slot),
      ),
    )
    const start = performance.now()
    expect(readRegistryObjects(list)).toMatchObject({ submissionSet: undefined, entries: [{ hash: 'a' }] })
    expect(performance.now() - start).toBeLessThan(1_000)
  })

  test('a folder is no submission set', () => {
    expect(readRegistryObjects(rim('RegistryObjectList', {}, rim('RegistryPackage', { id: 'F' }))).submissionSet).toBeUndefined()
  })
})

describe('HL7 v2 forms', () => {
  const name = fc.stringMatching(/^[A-Z '-]{1,15}$/)
  const oid = fc.constantFrom('1.2.250.1.213.1.4.8', '1.2.250.1.71.4.2.1')
  const id = fc.stringMatching(/^[0-9AB/]{1,20}$/)
  test('CX, XCN and XON are read back as written', () => {
    fc.assert(
      fc.property(id, oid, name, name, (value, authority, family, given) => {
        expect(readCx(writeCx({ id: value, oid: authority, type: 'NH' }))).toEqual({ id: value, oid: authority, type: 'NH' })
        const xcn = { id: value, family, given, oid: authority, type: 'IDNPS' }
        expect(readXcn(writeXcn(xcn))).toEqual(xcn)
        expect(readXon(writeXon({ name: family, id: value }))).toEqual({ name: family, id: value })
      }),
    )
  })
  test('a date after the identifier of the patient is ignored', () => {
    expect(readCx('279035121518989^^^&1.2.250.1.213.1.4.10&ISO^NH^^20110101')).toEqual({
      id: '279035121518989',
      oid: '1.2.250.1.213.1.4.10',
      type: 'NH',
    })
  })
  test('an identifier without authority is no CX', () => {
    expect(readCx('279035121518989')).toBeUndefined()
    expect(readCx("279035121518989^^^&1.2'&ISO^NH")).toBeUndefined()
  })
  test('DTM: to the second and back; partial dates begin at their first instant; false dates are none', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e9 }), (seconds) => {
        expect(readDtm(writeDtm(seconds * 1000))).toBe(seconds * 1000)
      }),
    )
    expect(readDtm('2010')).toBe(Date.UTC(2010, 0, 1))
    expect(readDtm('20260230')).toBeUndefined()
    expect(readDtm('2026-01-01')).toBeUndefined()
  })
  test('an OID has arcs without leading zeros, 128 characters at most', () => {
    expect(isOid('1.2.250.1.999.1')).toBe(true)
    for (const no of ['', '1', '1.02', '3.1', '1.2.', `1.${'2.'.repeat(80)}1`]) expect(isOid(no)).toBe(false)
  })
})

describe('transactions', () => {
  test('ITI-41: metadata and documents come back', () => {
    fc.assert(
      fc.property(set, entry, (submissionSet, one) => {
        const metadata = { submissionSet, entries: [one], associations: [] }
        const read = readProvideAndRegisterDocumentSet(readXml(writeXml(writeProvideAndRegisterDocumentSet(metadata, new Map([[one.id, 'QUJD']])))))
        expect(read).not.toHaveProperty('missing')
        if ('missing' in read) return
        expect([...read.documents.keys()]).toEqual([one.id])
        expect(plain(read.entries)).toEqual(plain([one]))
      }),
    )
  })
  test('ITI-18: quotes in values are doubled and come back', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 3 }), text, (statuses, patientId) => {
        const read = readAdhocQuery(readXml(writeXml(writeFindDocuments({ patientId, statuses, creationTimeFrom: '2024' }))))
        if ('missing' in read) throw new Error(read.missing)
        expect(read).toMatchObject({ id: STORED_QUERY.FindDocuments, returnType: 'LeafClass', malformed: [] })
        expect(read.parameters['$XDSDocumentEntryStatus']).toEqual(statuses)
        expect(read.parameters['$XDSDocumentEntryPatientId']).toEqual([patientId])
        expect(read.parameters['$XDSDocumentEntryCreationTimeFrom']).toEqual(['2024'])
      }),
    )
  })
  test('ITI-18: a value without quotes is told', () => {
    const request = writeGetDocuments({ uniqueIds: ['1.2.3'] }, 'ObjectRef')
    const broken = readXml(writeXml(request).replace("('1.2.3')", '(1.2.3'))
    expect(readAdhocQuery(broken)).toMatchObject({ malformed: ['$XDSDocumentEntryUniqueId'] })
  })
  test('ITI-18: LeafClass gives the metadata, ObjectRef the ids', () => {
    fc.assert(
      fc.property(entry, (one) => {
        const leaf = readAdhocQueryResponse(readXml(writeXml(writeAdhocQueryResponse([one], 'LeafClass'))))
        expect(plain(leaf)).toMatchObject({ status: 'Success', entries: plain([one]), references: [] } as object)
        expect(readAdhocQueryResponse(readXml(writeXml(writeAdhocQueryResponse([one], 'ObjectRef'))))).toMatchObject({
          entries: [],
          references: [one.id],
        })
      }),
    )
  })
  test('ITI-43: request and answer come back', () => {
    const asked = [{ repositoryUniqueId: '1.2', documentUniqueId: '1.3' }]
    expect(readRetrieveDocumentSet(readXml(writeXml(writeRetrieveDocumentSet(asked))))).toEqual(asked)
    const answer = readRetrieveDocumentSetResponse(
      readXml(writeXml(writeRetrieveDocumentSetResponse([{ ...asked[0]!, mimeType: 'text/xml', content: 'QUJD' }], []))),
    )
    expect(answer).toMatchObject({ status: 'Success', documents: [{ ...asked[0], mimeType: 'text/xml' }] })
  })
  test('a failure names its codes', () => {
    const written = writeRegistryResponse([{ code: 'XDSUnknownPatientId', context: 'a & "b"', location: 'Doc01', severity: 'Error' }])
    expect(readRegistryResponse(readXml(writeXml(written)))).toEqual({
      status: 'Failure',
      errors: [{ code: 'XDSUnknownPatientId', context: 'a & "b"', location: 'Doc01', severity: 'Error' }],
    })
  })
})

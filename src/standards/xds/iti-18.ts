import { attribute, child, childrenOf, elements, type XmlElement } from '../xml/element.ts'
import { vocabulary } from '../xml/write.ts'
import { QUERY, RIM } from './constants.ts'
import { readDocumentEntry, readSlots, rim, writeDocumentEntry, writeSlot } from './ebrim.ts'
import type { RegistryError } from './errors.ts'
import type { DocumentEntry } from './metadata.ts'
import { readRegistryResponse, type RegistryResponse, RESPONSE_STATUS, writeErrorList } from './registry-response.ts'

/** @see IHE ITI TF-2 §3.18 Registry Stored Query */
export const ITI18_ACTION = 'urn:ihe:iti:2007:RegistryStoredQuery'
export const ITI18_RESPONSE_ACTION = 'urn:ihe:iti:2007:RegistryStoredQueryResponse'

/** @see IHE ITI TF-2 §3.18.4.1.2.4 */
export const STORED_QUERY = {
  FindDocuments: 'urn:uuid:14d4debf-8f97-4251-9a74-a90016b0af0d',
  FindSubmissionSets: 'urn:uuid:f26abbcb-ac74-4422-8a30-edb644bbc1a9',
  GetDocuments: 'urn:uuid:5c4f972b-d56b-40ac-a5fc-c8ca9b40b9d4',
  GetAssociations: 'urn:uuid:a7ae438b-4bc2-4642-93e9-be891f7bb155',
  GetDocumentsAndAssociations: 'urn:uuid:bab9529a-4a10-40b3-a01f-f68a615d247a',
  GetSubmissionSets: 'urn:uuid:51224314-5390-4169-9b91-b1980040715a',
  GetSubmissionSetAndContents: 'urn:uuid:e8e3cb2c-e39c-46b9-99e4-c12f57260b83',
  GetRelatedDocuments: 'urn:uuid:d90e5407-b356-4d91-a89f-873917b4b0e6',
  FindDocumentsByReferenceId: 'urn:uuid:12941a89-e02e-4be5-967c-ce4bfc8fe492',
} as const

export type ReturnType = 'LeafClass' | 'ObjectRef'

export interface AdhocQuery {
  /** `urn:uuid:…` of the stored query. */
  readonly id: string
  readonly returnType: ReturnType
  /** Values of each parameter, quotes and parentheses taken off. */
  readonly parameters: Readonly<Record<string, readonly string[]>>
  /** Parameters whose value does not follow the syntax of stored queries. */
  readonly malformed: readonly string[]
}

const query = vocabulary('query', QUERY)

export function readAdhocQuery(payload: XmlElement): AdhocQuery | { readonly missing: string } {
  if (payload.ns !== QUERY || payload.name !== 'AdhocQueryRequest')
    return { missing: `AdhocQueryRequest attendu, {${payload.ns}}${payload.name} reçu` }
  const adhoc = child(payload, RIM, 'AdhocQuery')
  const id = adhoc && attribute(adhoc, 'id')
  if (!adhoc || !id) return { missing: 'AdhocQuery sans identifiant' }
  const option = child(payload, QUERY, 'ResponseOption')
  const asked = option && attribute(option, 'returnType')
  if (asked !== undefined && asked !== 'LeafClass' && asked !== 'ObjectRef')
    return { missing: `returnType « ${asked.slice(0, 40)} » : LeafClass ou ObjectRef attendu` }
  const parameters: Record<string, string[]> = Object.create(null)
  const malformed: string[] = []
  for (const [name, values] of Object.entries(readSlots(adhoc))) {
    parameters[name] = []
    for (const value of values) {
      const read = readParameter(value)
      if (read) parameters[name].push(...read)
      else malformed.push(name)
    }
  }
  return { id: id.toLowerCase(), returnType: asked ?? 'ObjectRef', parameters, malformed }
}

/** `'text'` (a quote is doubled), `('a','b')`, or a bare number. @see IHE ITI TF-2 §3.18.4.1.2.3.5 */
function readParameter(value: string): string[] | undefined {
  const text = value.trim()
  if (/^\d{1,14}$/.test(text)) return [text]
  const inside = /^\(([\s\S]*)\)$/.exec(text)?.[1] ?? text
  const values: string[] = []
  const one = /\s*'((?:[^']|'')*)'\s*(,|$)/y
  for (;;) {
    const matched = one.exec(inside)
    if (!matched) return undefined
    values.push(matched[1]!.replaceAll("''", "'"))
    if (matched[2] === '') return values
  }
}

export interface FindDocuments {
  /** CX of the patient. */
  readonly patientId: string
  /** URNs. */
  readonly statuses: readonly string[]
  /** `code^^scheme`. */
  readonly typeCodes?: readonly string[]
  readonly classCodes?: readonly string[]
  /** HL7 DTM in UTC, may be partial. */
  readonly creationTimeFrom?: string
  readonly creationTimeTo?: string
  readonly serviceStartTimeFrom?: string
  readonly serviceStartTimeTo?: string
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`
const listed = (texts: readonly string[] | undefined): string[] => (texts && texts.length > 0 ? [`(${texts.map(quoted).join(',')})`] : [])
const single = (text: string | undefined): string[] => (text ? [quoted(text)] : [])
/** Dates of a stored query are numbers: no quotes. */
const bare = (text: string | undefined): string[] => (text ? [text] : [])

export const writeFindDocuments = (find: FindDocuments, returnType: ReturnType = 'LeafClass'): XmlElement =>
  writeAdhocQuery(STORED_QUERY.FindDocuments, returnType, {
    $XDSDocumentEntryPatientId: single(find.patientId),
    $XDSDocumentEntryStatus: listed(find.statuses),
    $XDSDocumentEntryTypeCode: listed(find.typeCodes),
    $XDSDocumentEntryClassCode: listed(find.classCodes),
    $XDSDocumentEntryCreationTimeFrom: bare(find.creationTimeFrom),
    $XDSDocumentEntryCreationTimeTo: bare(find.creationTimeTo),
    $XDSDocumentEntryServiceStartTimeFrom: bare(find.serviceStartTimeFrom),
    $XDSDocumentEntryServiceStartTimeTo: bare(find.serviceStartTimeTo),
  })

export const writeGetDocuments = (
  by: { readonly uniqueIds?: readonly string[]; readonly entryUuids?: readonly string[] },
  returnType: ReturnType,
): XmlElement =>
  writeAdhocQuery(STORED_QUERY.GetDocuments, returnType, {
    $XDSDocumentEntryUniqueId: listed(by.uniqueIds),
    $XDSDocumentEntryEntryUUID: listed(by.entryUuids),
  })

function writeAdhocQuery(id: string, returnType: ReturnType, parameters: Readonly<Record<string, readonly string[]>>): XmlElement {
  return query(
    'AdhocQueryRequest',
    {},
    query('ResponseOption', { returnComposedObjects: true, returnType }),
    rim(
      'AdhocQuery',
      { id },
      Object.entries(parameters).map(([name, values]) => writeSlot(name, values)),
    ),
  )
}

/** @see dmp.md §3.7: success answers carry `startIndex` and `totalResultCount`. */
export function writeAdhocQueryResponse(
  entries: readonly DocumentEntry[],
  returnType: ReturnType,
  errors: readonly RegistryError[] = [],
): XmlElement {
  const failed = errors.some(({ severity }) => severity === 'Error')
  return query(
    'AdhocQueryResponse',
    failed ? { status: RESPONSE_STATUS.Failure } : { status: RESPONSE_STATUS.Success, startIndex: 0, totalResultCount: entries.length },
    writeErrorList(errors),
    rim(
      'RegistryObjectList',
      {},
      entries.map((entry) => (returnType === 'LeafClass' ? writeDocumentEntry(entry) : rim('ObjectRef', { id: entry.id }))),
    ),
  )
}

export interface AdhocQueryResponse extends RegistryResponse {
  readonly entries: readonly DocumentEntry[]
  /** Ids of an ObjectRef answer. */
  readonly references: readonly string[]
}

/** Undefined when the payload is no such response. */
export function readAdhocQueryResponse(payload: XmlElement): AdhocQueryResponse | undefined {
  if (payload.ns !== QUERY || payload.name !== 'AdhocQueryResponse') return undefined
  const list = child(payload, RIM, 'RegistryObjectList')
  const objects = list ? elements(list) : []
  return {
    ...readRegistryResponse(payload),
    entries: objects.filter(({ ns, name }) => ns === RIM && name === 'ExtrinsicObject').map(readDocumentEntry),
    references: (list ? childrenOf(list, RIM, 'ObjectRef') : []).map((one) => attribute(one, 'id') ?? ''),
  }
}

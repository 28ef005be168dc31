import { attribute, child, childrenOf, elements, textOf, type XmlElement } from '../xml/element.ts'
import { vocabulary } from '../xml/write.ts'
import { CLASSIFICATION, IDENTIFIER, REFERENCE_IDS, RIM, STABLE_DOCUMENT } from './constants.ts'
import type { Association, Author, Code, DocumentEntry, Metadata, SubmissionSet } from './metadata.ts'

/**
 * The only bridge between the metadata and their ebXML form.
 * @see IHE ITI TF-3 §4.2 ; dmp.md §3.1–3.3
 */

// --- Reading -------------------------------------------------------------------------------------------------------------------------

/** Reads the objects of a `rim:RegistryObjectList`, whatever their order. Unknown objects are left out. */
export function readRegistryObjects(list: XmlElement): Metadata {
  const entries: DocumentEntry[] = []
  const associations: Association[] = []
  const besides = new Set(submissionSetMarks(list).map((mark) => attribute(mark, 'classifiedObject')))
  let submissionSet: SubmissionSet | undefined
  for (const object of elements(list)) {
    if (object.ns !== RIM) continue
    if (object.name === 'ExtrinsicObject') entries.push(readDocumentEntry(object))
    else if (object.name === 'Association') associations.push(readAssociation(object))
    else if (object.name === 'RegistryPackage' && !submissionSet && isSubmissionSet(object, besides)) submissionSet = readSubmissionSet(object)
  }
  return { submissionSet, entries, associations }
}

const submissionSetMarks = (holder: XmlElement): XmlElement[] =>
  childrenOf(holder, RIM, 'Classification').filter((one) => attribute(one, 'classificationNode') === CLASSIFICATION.submissionSet)

/** The classification that says "submission set" stands in the package, or beside it in the list. */
const isSubmissionSet = (object: XmlElement, besides: ReadonlySet<string | undefined>): boolean =>
  submissionSetMarks(object).length > 0 || besides.has(attribute(object, 'id') ?? '')

export function readDocumentEntry(object: XmlElement): DocumentEntry {
  const slots = readSlots(object)
  const first = (name: string) => slots[name]?.[0] ?? ''
  const coded = (scheme: string) => readCodes(object, scheme)
  return {
    id: attribute(object, 'id') ?? '',
    availabilityStatus: attribute(object, 'status') ?? '',
    logicalId: attribute(object, 'lid') ?? '',
    version: Number(attribute(child(object, RIM, 'VersionInfo') ?? object, 'versionName') ?? 0) || 0,
    mimeType: attribute(object, 'mimeType') ?? '',
    patientId: readIdentifier(object, IDENTIFIER.patientId),
    uniqueId: readIdentifier(object, IDENTIFIER.uniqueId),
    title: readName(object, 'Name'),
    comments: readName(object, 'Description'),
    authors: readAuthors(object, CLASSIFICATION.author),
    legalAuthenticator: first('legalAuthenticator'),
    sourcePatientId: first('sourcePatientId'),
    sourcePatientInfo: slots['sourcePatientInfo'] ?? [],
    classCode: coded(CLASSIFICATION.class)[0],
    typeCode: coded(CLASSIFICATION.type)[0],
    formatCode: coded(CLASSIFICATION.format)[0],
    confidentialityCodes: coded(CLASSIFICATION.confidentiality),
    healthcareFacilityTypeCode: coded(CLASSIFICATION.facility)[0],
    practiceSettingCode: coded(CLASSIFICATION.practiceSetting)[0],
    eventCodes: coded(CLASSIFICATION.event),
    creationTime: first('creationTime'),
    serviceStartTime: first('serviceStartTime'),
    serviceStopTime: first('serviceStopTime'),
    languageCode: first('languageCode'),
    hash: first('hash').toLowerCase(),
    size: first('size'),
    repositoryUniqueId: first('repositoryUniqueId'),
    referenceIds: slots[REFERENCE_IDS] ?? [],
    ...(slots['URI']?.[0] === undefined ? {} : { uri: slots['URI'][0] }),
  }
}

function readSubmissionSet(object: XmlElement): SubmissionSet {
  return {
    id: attribute(object, 'id') ?? '',
    patientId: readIdentifier(object, IDENTIFIER.submissionSetPatientId),
    uniqueId: readIdentifier(object, IDENTIFIER.submissionSetUniqueId),
    sourceId: readIdentifier(object, IDENTIFIER.submissionSetSourceId),
    title: readName(object, 'Name'),
    comments: readName(object, 'Description'),
    authors: readAuthors(object, CLASSIFICATION.submissionSetAuthor),
    contentTypeCode: readCodes(object, CLASSIFICATION.contentType)[0],
    submissionTime: readSlots(object)['submissionTime']?.[0] ?? '',
  }
}

function readAssociation(object: XmlElement): Association {
  return {
    id: attribute(object, 'id') ?? '',
    type: attribute(object, 'associationType') ?? '',
    source: attribute(object, 'sourceObject') ?? '',
    target: attribute(object, 'targetObject') ?? '',
    slots: readSlots(object),
  }
}

/** Values of each slot, trimmed, empty ones left out. */
export function readSlots(object: XmlElement): Record<string, string[]> {
  const slots: Record<string, string[]> = Object.create(null)
  for (const slot of childrenOf(object, RIM, 'Slot')) {
    const name = attribute(slot, 'name')
    const list = child(slot, RIM, 'ValueList')
    if (!name || !list) continue
    const values = (slots[name] ??= [])
    for (const one of childrenOf(list, RIM, 'Value')) {
      const value = textOf(one).trim()
      if (value !== '') values.push(value)
    }
  }
  return slots
}

function readIdentifier(object: XmlElement, scheme: string): string {
  const found = childrenOf(object, RIM, 'ExternalIdentifier').find((one) => attribute(one, 'identificationScheme') === scheme)
  return (found && attribute(found, 'value')?.trim()) ?? ''
}

function readName(object: XmlElement, name: 'Name' | 'Description'): string {
  const localized = child(object, RIM, name)
  const string = localized && child(localized, RIM, 'LocalizedString')
  return (string && attribute(string, 'value')) ?? ''
}

const classifications = (object: XmlElement, scheme: string): XmlElement[] =>
  childrenOf(object, RIM, 'Classification').filter((one) => attribute(one, 'classificationScheme') === scheme)

function readCodes(object: XmlElement, scheme: string): Code[] {
  return classifications(object, scheme).map((one) => ({
    code: attribute(one, 'nodeRepresentation') ?? '',
    codingScheme: readSlots(one)['codingScheme']?.[0] ?? '',
    display: readName(one, 'Name'),
  }))
}

function readAuthors(object: XmlElement, scheme: string): Author[] {
  return classifications(object, scheme).map((one) => {
    const slots = readSlots(one)
    return {
      person: slots['authorPerson']?.[0] ?? '',
      institutions: slots['authorInstitution'] ?? [],
      roles: slots['authorRole'] ?? [],
      specialties: slots['authorSpecialty'] ?? [],
    }
  })
}

// --- Writing -------------------------------------------------------------------------------------------------------------------------

export const rim = vocabulary('rim', RIM)

/** Writes the objects of a submission, in the order of a `rim:RegistryObjectList`. */
export function writeRegistryObjects({ submissionSet, entries, associations }: Metadata): XmlElement[] {
  return [...(submissionSet ? [writeSubmissionSet(submissionSet)] : []), ...entries.map(writeDocumentEntry), ...associations.map(writeAssociation)]
}

export function writeDocumentEntry(entry: DocumentEntry): XmlElement {
  const parts = new ObjectParts(entry.id)
  return rim(
    'ExtrinsicObject',
    {
      id: entry.id,
      lid: entry.logicalId || undefined,
      mimeType: entry.mimeType,
      objectType: STABLE_DOCUMENT,
      status: entry.availabilityStatus || undefined,
    },
    writeSlot('URI', entry.uri === undefined ? [] : [entry.uri]),
    writeSlot('creationTime', [entry.creationTime]),
    writeSlot('hash', [entry.hash]),
    writeSlot('languageCode', [entry.languageCode]),
    writeSlot('legalAuthenticator', [entry.legalAuthenticator]),
    writeSlot(REFERENCE_IDS, entry.referenceIds),
    writeSlot('repositoryUniqueId', [entry.repositoryUniqueId]),
    writeSlot('serviceStartTime', [entry.serviceStartTime]),
    writeSlot('serviceStopTime', [entry.serviceStopTime]),
    writeSlot('size', [entry.size]),
    writeSlot('sourcePatientId', [entry.sourcePatientId]),
    writeSlot('sourcePatientInfo', entry.sourcePatientInfo),
    writeName('Name', entry.title),
    writeName('Description', entry.comments),
    entry.version > 0 && rim('VersionInfo', { versionName: entry.version }),
    entry.authors.map((author) => parts.author(CLASSIFICATION.author, author)),
    parts.code(CLASSIFICATION.class, entry.classCode),
    parts.code(CLASSIFICATION.type, entry.typeCode),
    parts.code(CLASSIFICATION.format, entry.formatCode),
    entry.confidentialityCodes.map((code) => parts.code(CLASSIFICATION.confidentiality, code)),
    parts.code(CLASSIFICATION.facility, entry.healthcareFacilityTypeCode),
    parts.code(CLASSIFICATION.practiceSetting, entry.practiceSettingCode),
    entry.eventCodes.map((code) => parts.code(CLASSIFICATION.event, code)),
    parts.identifier(IDENTIFIER.patientId, 'XDSDocumentEntry.patientId', entry.patientId),
    parts.identifier(IDENTIFIER.uniqueId, 'XDSDocumentEntry.uniqueId', entry.uniqueId),
  )
}

function writeSubmissionSet(set: SubmissionSet): XmlElement {
  const parts = new ObjectParts(set.id)
  return rim(
    'RegistryPackage',
    { id: set.id },
    writeSlot('submissionTime', [set.submissionTime]),
    writeName('Name', set.title),
    writeName('Description', set.comments),
    set.authors.map((author) => parts.author(CLASSIFICATION.submissionSetAuthor, author)),
    parts.code(CLASSIFICATION.contentType, set.contentTypeCode),
    rim('Classification', { id: `${set.id}-lot`, classifiedObject: set.id, classificationNode: CLASSIFICATION.submissionSet }),
    parts.identifier(IDENTIFIER.submissionSetPatientId, 'XDSSubmissionSet.patientId', set.patientId),
    parts.identifier(IDENTIFIER.submissionSetSourceId, 'XDSSubmissionSet.sourceId', set.sourceId),
    parts.identifier(IDENTIFIER.submissionSetUniqueId, 'XDSSubmissionSet.uniqueId', set.uniqueId),
  )
}

function writeAssociation({ id, type, source, target, slots }: Association): XmlElement {
  return rim(
    'Association',
    { id, associationType: type, sourceObject: source, targetObject: target },
    Object.entries(slots).map(([name, values]) => writeSlot(name, values)),
  )
}

/** A slot, or nothing when it has no value. */
export function writeSlot(name: string, values: readonly string[]): XmlElement | undefined {
  const kept = values.filter((value) => value !== '')
  return kept.length === 0
    ? undefined
    : rim(
        'Slot',
        { name },
        rim(
          'ValueList',
          {},
          kept.map((value) => rim('Value', {}, value)),
        ),
      )
}

const writeName = (name: 'Name' | 'Description', value: string): XmlElement | undefined =>
  value === '' ? undefined : rim(name, {}, rim('LocalizedString', { '{http://www.w3.org/XML/1998/namespace}lang': 'FR', charset: 'UTF-8', value }))

/** Classifications and identifiers need ids of their own: numbered after the object that holds them. */
class ObjectParts {
  readonly #object: string
  #count = 0

  constructor(object: string) {
    this.#object = object
  }

  author(scheme: string, { person, institutions, roles, specialties }: Author): XmlElement {
    return rim(
      'Classification',
      { id: this.#id(), classificationScheme: scheme, classifiedObject: this.#object, nodeRepresentation: '' },
      writeSlot('authorInstitution', institutions),
      writeSlot('authorPerson', [person]),
      writeSlot('authorRole', roles),
      writeSlot('authorSpecialty', specialties),
    )
  }

  code(scheme: string, code: Code | undefined): XmlElement | undefined {
    if (!code) return undefined
    return rim(
      'Classification',
      { id: this.#id(), classificationScheme: scheme, classifiedObject: this.#object, nodeRepresentation: code.code },
      writeSlot('codingScheme', [code.codingScheme]),
      writeName('Name', code.display),
    )
  }

  identifier(scheme: string, name: string, value: string): XmlElement | undefined {
    if (value === '') return undefined
    return rim('ExternalIdentifier', { id: this.#id(), registryObject: this.#object, identificationScheme: scheme, value }, writeName('Name', name))
  }

  #id(): string {
    this.#count += 1
    return `${this.#object}-${this.#count}`
  }
}

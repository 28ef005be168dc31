/** A coded attribute. @see IHE ITI TF-3 §4.2.3.1.2 */
export interface Code {
  readonly code: string
  readonly codingScheme: string
  /** Text of the code, `''` when not given. */
  readonly display: string
}

/** Values are HL7 v2 strings as written: XCN for the person, XON for the institution. @see IHE ITI TF-3 §4.2.3.1.4 */
export interface Author {
  /** XCN. */
  readonly person: string
  /** XON. */
  readonly institutions: readonly string[]
  readonly roles: readonly string[]
  readonly specialties: readonly string[]
}

/** What every registry object has. */
interface RegistryObject {
  /** As in the message: `urn:uuid:…`, or a symbolic name such as `Document01`. */
  readonly id: string
  /** CX: `INS^^^&OID&ISO^NH`. */
  readonly patientId: string
  readonly uniqueId: string
  readonly title: string
  readonly comments: string
}

/** Attributes absent from the message are `''`, undefined or empty lists; whether they had to be there is a rule, not a reading. */
export interface DocumentEntry extends RegistryObject {
  /** `urn:oasis:names:tc:ebxml-regrep:StatusType:Approved`…, `''` before registration. */
  readonly availabilityStatus: string
  /** `urn:uuid:…` shared by the versions of one document's metadata; `''` before registration. */
  readonly logicalId: string
  /** From 1; 0 before registration. */
  readonly version: number
  readonly mimeType: string
  readonly authors: readonly Author[]
  /** XCN. */
  readonly legalAuthenticator: string
  readonly sourcePatientId: string
  /** `PID-5|…`, `PID-7|…`, `PID-8|…`. */
  readonly sourcePatientInfo: readonly string[]
  readonly classCode: Code | undefined
  readonly typeCode: Code | undefined
  readonly formatCode: Code | undefined
  readonly confidentialityCodes: readonly Code[]
  readonly healthcareFacilityTypeCode: Code | undefined
  readonly practiceSettingCode: Code | undefined
  readonly eventCodes: readonly Code[]
  /** HL7 DTM in UTC, `AAAAMMJJHHMMSS`. */
  readonly creationTime: string
  readonly serviceStartTime: string
  readonly serviceStopTime: string
  readonly languageCode: string
  /** SHA-1, 40 hexadecimal characters, `''` when not given. */
  readonly hash: string
  /** Bytes, in digits, `''` when not given. */
  readonly size: string
  readonly repositoryUniqueId: string
  /** Name of the file beside METADATA.XML, in an archive only. @see IHE ITI TF-3 §4.2.3.2.27 */
  readonly uri?: string
  /** CXi. */
  readonly referenceIds: readonly string[]
}

/** Lot de soumission. @see IHE ITI TF-3 §4.2.3.3 */
export interface SubmissionSet extends RegistryObject {
  readonly authors: readonly Author[]
  readonly contentTypeCode: Code | undefined
  readonly sourceId: string
  /** HL7 DTM in UTC. */
  readonly submissionTime: string
}

/** @see IHE ITI TF-3 §4.2.2 */
export interface Association {
  readonly id: string
  /** `urn:oasis:names:tc:ebxml-regrep:AssociationType:HasMember`, `urn:ihe:iti:2007:AssociationType:RPLC`… */
  readonly type: string
  readonly source: string
  readonly target: string
  /** `SubmissionSetStatus`, `NewStatus`, `PreviousVersion`… */
  readonly slots: Readonly<Record<string, readonly string[]>>
}

/** Everything a submission carries but the documents' bytes. */
export interface Metadata {
  readonly submissionSet: SubmissionSet | undefined
  readonly entries: readonly DocumentEntry[]
  readonly associations: readonly Association[]
}

export const ASSOCIATION = {
  HasMember: 'urn:oasis:names:tc:ebxml-regrep:AssociationType:HasMember',
  RPLC: 'urn:ihe:iti:2007:AssociationType:RPLC',
  signs: 'urn:ihe:iti:2007:AssociationType:signs',
  UpdateAvailabilityStatus: 'urn:ihe:iti:2010:AssociationType:UpdateAvailabilityStatus',
} as const

export const STATUS = {
  Approved: 'urn:oasis:names:tc:ebxml-regrep:StatusType:Approved',
  Deprecated: 'urn:oasis:names:tc:ebxml-regrep:StatusType:Deprecated',
  Archived: 'urn:asip:ci-sis:2010:StatusType:Archived',
  Deleted: 'urn:asip:ci-sis:2010:StatusType:Deleted',
} as const

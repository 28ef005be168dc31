import { TD02_ACTION, writeDemandeTd02 } from '../src/standards/hl7v3/td02.ts'
import { TD03_ACTION, writeDemandeTd03 } from '../src/standards/hl7v3/habilitations.ts'
import { DMP_PATHS, OID_LOGICIEL, REPOSITORY_UNIQUE_ID } from '../src/standards/dmp/identifiants.ts'
import { matriculeIns, type PersonneIdentifiee } from '../src/standards/ins/traits.ts'
import { writeCx } from '../src/standards/ins/matricule-ins.ts'
import { writeBase64 } from '../src/standards/mime/base64.ts'
import { type Vihf, VIHF_CODES, writeVihf } from '../src/standards/saml/vihf.ts'
import { SOAP12, WSA } from '../src/standards/soap/envelope.ts'
import { include, type MtomMessage, writeMtom } from '../src/standards/soap/mtom.ts'
import { PS_IDNAT, writeXcn, writeXon } from '../src/standards/xds/identifiers.ts'
import { ITI41_ACTION, writeProvideAndRegisterDocumentSet } from '../src/standards/xds/iti-41.ts'
import { ITI57_ACTION, writeUpdateDocumentSet } from '../src/standards/xds/iti-57.ts'
import { writeFindDocuments } from '../src/standards/xds/iti-18.ts'
import { writeRetrieveDocumentSet } from '../src/standards/xds/iti-43.ts'
import { ASSOCIATION, type Association, type DocumentEntry, STATUS, type SubmissionSet } from '../src/standards/xds/metadata.ts'
import type { XmlElement } from '../src/standards/xml/element.ts'
import { vocabulary, writeXml } from '../src/standards/xml/write.ts'

/** Calls to the DMP as an editor's test would write them: right by default, each part can be bent. */

const soap = vocabulary('soap', SOAP12)
const wsa = vocabulary('wsa', WSA)

export const MEDECIN = { nameId: '899700979001', structureId: '397900000100017', nom: 'PRIMIDI CLAIRE' }
export const AUTRE_MEDECIN = { nameId: '899700979002', structureId: '397900000100017', nom: 'DUODI BASTIEN' }
export const HOPITAL = { nameId: '899700979099', structureId: '1790000001', nom: 'AUTOMATE HOPITAL' }

export const patientCx = (personne: PersonneIdentifiee): string => writeCx(personne.ins)

/** A doctor with a CPS, unless told otherwise. */
export function vihfDe(resourceId: string, change: Partial<Vihf> = {}): Vihf {
  return {
    issuer: 'CN=fictif',
    issueInstant: '2026-11-23T08:00:00.000Z',
    nameId: MEDECIN.nameId,
    structureId: MEDECIN.structureId,
    secteurActivite: 'SA07^1.2.250.1.71.4.2.4',
    subjectId: MEDECIN.nom,
    roles: [
      { code: '10', codeSystem: VIHF_CODES.profession, displayName: 'Médecin' },
      { code: 'SM54', codeSystem: VIHF_CODES.savoirFaire, displayName: 'Médecine générale (SM)' },
    ],
    version: '3.0',
    mode: 'DIRECTE',
    resourceId,
    resourceUrn: 'urn:dmp',
    purposeOfUse: 'normal',
    motif: '',
    confidentialite: '',
    authnContextClass: 'urn:oasis:names:tc:SAML:2.0:ac:classes:SmartcardPKI',
    lps: { nom: 'Essai', version: '1', homologation: 'SBX-0001' },
    signed: true,
    ...change,
  }
}

export const CPE: Partial<Vihf> = {
  nameId: `${MEDECIN.structureId}/QUARTIDI`,
  subjectId: 'QUARTIDI NADIA',
  roles: [{ code: 'SECRETARIAT_MEDICAL', codeSystem: VIHF_CODES.nonPs, displayName: 'Secrétariat médical' }],
}
export const CERTIFICAT: Partial<Vihf> = { mode: 'INDIRECTE' }
export const AIR: Partial<Vihf> = { mode: 'INDIRECTE_RENFORCEE' }

export function enveloppe(action: string, payload: XmlElement, vihf: Vihf | undefined): string {
  return writeXml(
    soap(
      'Envelope',
      {},
      soap(
        'Header',
        {},
        wsa('Action', {}, action),
        wsa('MessageID', {}, 'urn:uuid:00000000-0000-4000-8000-00000000abcd'),
        vihf && writeVihf(vihf, '_1'),
      ),
      soap('Body', {}, payload),
    ),
  )
}

export const CONTENT_TYPE = { 'content-type': 'application/soap+xml; charset=utf-8' }

export const td02 = (personne: Pick<PersonneIdentifiee, 'ins'>): XmlElement =>
  writeDemandeTd02(
    {
      id: { root: '1.2', extension: '1' },
      queryId: { root: '1.3', extension: '2' },
      motif: 'TEST_EXST',
      emetteur: OID_LOGICIEL,
      logiciel: 'Essai',
      patient: { root: personne.ins.oid, extension: matriculeIns(personne.ins) },
    },
    Date.UTC(2026, 10, 23, 8),
  )

export const td03 = (action: string): XmlElement => writeDemandeTd03({ action, role: '' })

export const rechercher = (cx: string): XmlElement => writeFindDocuments({ patientId: cx, statuses: [STATUS.Approved] })

export const lire = (documentUniqueId: string, repositoryUniqueId: string = REPOSITORY_UNIQUE_ID): XmlElement =>
  writeRetrieveDocumentSet([{ documentUniqueId, repositoryUniqueId }])

export const ACTIONS = {
  td02: TD02_ACTION,
  td03: TD03_ACTION,
  iti41: ITI41_ACTION,
  iti18: 'urn:ihe:iti:2007:RegistryStoredQuery',
  iti43: 'urn:ihe:iti:2007:RetrieveDocumentSet',
  iti57: ITI57_ACTION,
}
export { DMP_PATHS }

export interface Depot {
  lot: SubmissionSet
  fiche: DocumentEntry
  associations: Association[]
  contenu: Uint8Array
}

export const texte = (contenu: string): Uint8Array => new TextEncoder().encode(contenu)

/** A consultation report of MEDECIN, with all that is compulsory. */
export function depotDe(cx: string, uniqueId: string, change: Partial<DocumentEntry> = {}, lotChange: Partial<SubmissionSet> = {}): Depot {
  const auteur = {
    person: writeXcn({ id: MEDECIN.nameId, family: 'PRIMIDI', given: 'CLAIRE', oid: PS_IDNAT, type: 'IDNPS' }),
    institutions: [writeXon({ name: 'Cabinet du Vendémiaire', id: MEDECIN.structureId })],
    roles: [],
    specialties: ['G15_10/SM54^Médecin^1.2.250.1.213.1.1.4.5'],
  }
  const lot: SubmissionSet = {
    id: 'Lot01',
    patientId: cx,
    uniqueId: `${uniqueId}.9`,
    title: 'Lot',
    comments: '',
    authors: [auteur],
    contentTypeCode: { code: '07', codingScheme: '1.2.250.1.213.2.2', display: 'Consultations externes' },
    sourceId: OID_LOGICIEL,
    submissionTime: '20261123080000',
    ...lotChange,
  }
  const fiche: DocumentEntry = {
    id: 'Doc01',
    availabilityStatus: '',
    logicalId: '',
    version: 0,
    mimeType: 'text/xml',
    patientId: cx,
    uniqueId,
    title: 'Consultation',
    comments: '',
    authors: [auteur],
    legalAuthenticator: auteur.person,
    sourcePatientId: cx,
    sourcePatientInfo: ['PID-5|FLOREAL^CAMILLE^CAMILLE^^^^L'],
    classCode: { code: '10', codingScheme: '1.2.250.1.213.1.1.4.1', display: 'Compte rendu' },
    typeCode: { code: '11488-4', codingScheme: '2.16.840.1.113883.6.1', display: 'CR de consultation' },
    formatCode: { code: 'urn:ihe:iti:xds-sd:text:2008', codingScheme: '1.3.6.1.4.1.19376.1.2.3', display: '' },
    confidentialityCodes: [{ code: 'N', codingScheme: '2.16.840.1.113883.5.25', display: 'Normal' }],
    healthcareFacilityTypeCode: { code: 'SA07', codingScheme: '1.2.250.1.71.4.2.4', display: '' },
    practiceSettingCode: { code: 'AMBULATOIRE', codingScheme: '1.2.250.1.213.1.1.4.9', display: '' },
    eventCodes: [],
    creationTime: '20261123080000',
    serviceStartTime: '20261123080000',
    serviceStopTime: '',
    languageCode: 'fr-FR',
    hash: '',
    size: '',
    repositoryUniqueId: '',
    referenceIds: [],
    ...change,
  }
  const association: Association = {
    id: 'A1',
    type: ASSOCIATION.HasMember,
    source: 'Lot01',
    target: fiche.id,
    slots: { SubmissionSetStatus: ['Original'] },
  }
  return { lot, fiche, associations: [association], contenu: texte('<ClinicalDocument xmlns="urn:hl7-org:v3"/>') }
}

export const visibilite = (...codes: string[]) => [
  { code: 'N', codingScheme: '2.16.840.1.113883.5.25', display: 'Normal' },
  ...codes.map((code) => ({ code, codingScheme: '1.2.250.1.213.1.1.4.13', display: '' })),
]

const payloadDe = ({ lot, fiche, associations }: Depot, contenus: ReadonlyMap<string, XmlElement | string>): XmlElement =>
  writeProvideAndRegisterDocumentSet({ submissionSet: lot, entries: [fiche], associations }, contenus)

/** As MTOM, with one part. */
export function depotMtom(depot: Depot, vihf: Vihf): MtomMessage {
  const xml = enveloppe(ITI41_ACTION, payloadDe(depot, new Map([[depot.fiche.id, include('doc@essai')]])), vihf)
  return writeMtom(xml, [{ id: 'doc@essai', mimeType: 'text/xml', body: depot.contenu }], { boundary: 'bac-essai-0a1b2c', action: ITI41_ACTION })
}

/** As plain SOAP, the document in base64. */
export const depotBase64 = (depot: Depot, vihf: Vihf, base64: string = writeBase64(depot.contenu)): string =>
  enveloppe(ITI41_ACTION, payloadDe(depot, new Map([[depot.fiche.id, base64]])), vihf)

/** TD3.3c or d: one document from one status to another. */
export function changementDeStatut(cx: string, target: string, de: keyof typeof STATUS, vers: keyof typeof STATUS, lot = '1.2.3.57'): XmlElement {
  const slots = { OriginalStatus: [STATUS[de]], NewStatus: [STATUS[vers]] }
  return writeUpdateDocumentSet({
    submissionSet: { ...depotDe(cx, '1.2.3').lot, uniqueId: lot },
    entries: [],
    associations: [{ id: 'A1', type: ASSOCIATION.UpdateAvailabilityStatus, source: 'Lot01', target, slots }],
  })
}

/** TD3.3a or b: the whole entry again. @param fiche as the registry gives it, with what changes */
export function changementDeFiche(cx: string, fiche: DocumentEntry, lot = '1.2.3.57', precedente = String(fiche.version)): XmlElement {
  const { lot: submissionSet, associations } = depotDe(cx, '1.2.3')
  return writeUpdateDocumentSet({
    submissionSet: { ...submissionSet, uniqueId: lot },
    entries: [{ ...fiche, id: 'Doc01', availabilityStatus: '', version: 0 }],
    associations: associations.map((une) => ({ ...une, slots: { ...une.slots, PreviousVersion: [precedente] } })),
  })
}

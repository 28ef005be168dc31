import { attribute, child, childrenOf, descend, elements, textOf, type XmlElement } from '../xml/element.ts'
import { vocabulary } from '../xml/write.ts'

/**
 * TD0.2: does the record exist, is it open, am I authorised? PRPA_IN201307UV02 asks, PRPA_IN201308UV02 answers.
 * @see HL7 v3 Patient Registry ; dmp.md §1.2–1.3
 */
export const HL7V3 = 'urn:hl7-org:v3'
const XSI = 'http://www.w3.org/2001/XMLSchema-instance'
export const TD02_ACTION = 'urn:hl7-org:v3:PRPA_IN201307UV02'
export const TD02_RESPONSE_ACTION = 'urn:hl7-org:v3:PRPA_IN201308UV02'

/** OIDs met in these messages. */
const TD02_OID = {
  dmp: '1.2.250.1.213.4.1.1.1',
  motif: '1.2.250.1.213.1.1.4.11',
  autorisation: '1.2.250.1.213.4.1.2.6.1',
  autorisationValeur: '1.2.250.1.213.4.1.2.6.2',
  medecinTraitant: '1.2.250.1.213.4.1.2.6.3',
  observation: '1.2.250.1.213.4.1.2.3',
  fermeture: '1.2.250.1.213.4.1.2.4',
} as const

interface IdentifiantHl7 {
  readonly root: string
  readonly extension: string
}

export interface DemandeTd02 {
  readonly id: IdentifiantHl7
  readonly queryId: IdentifiantHl7
  /** `TEST_EXST` or `CNSLT_DATA`. */
  readonly motif: string
  /** OID of the sending software. */
  readonly emetteur: string
  readonly logiciel: string
  /** 15 characters and the OID of the authority. */
  readonly patient: IdentifiantHl7
}

const v3 = vocabulary('', HL7V3)
const ii = (name: string, { root, extension }: IdentifiantHl7) => v3(name, { root, extension: extension || undefined })
const readIi = (element: XmlElement | undefined): IdentifiantHl7 => ({
  root: (element && attribute(element, 'root')) ?? '',
  extension: (element && attribute(element, 'extension')) ?? '',
})
const dtm = (time: number) => new Date(time).toISOString().replace(/\D/g, '').slice(0, 14)
const device = (typeCode: 'RCV' | 'SND', oid: string, nom: string) =>
  v3(
    typeCode === 'RCV' ? 'receiver' : 'sender',
    { typeCode },
    v3('device', { classCode: 'DEV', determinerCode: 'INSTANCE' }, v3('id', { root: oid }), v3('softwareName', {}, nom)),
  )

export function writeDemandeTd02(demande: DemandeTd02, now: number): XmlElement {
  return v3(
    'PRPA_IN201307UV02',
    { ITSVersion: 'XML_1.0' },
    ii('id', demande.id),
    v3('creationTime', { value: dtm(now) }),
    v3('interactionId', { root: '2.16.840.1.113883.1.6', extension: 'PRPA_IN201307UV02' }),
    v3('processingCode', { code: 'D' }),
    v3('processingModeCode', { code: 'T' }),
    v3('acceptAckCode', { code: 'AL' }),
    device('RCV', TD02_OID.dmp, 'DMP'),
    device('SND', demande.emetteur, demande.logiciel),
    v3(
      'controlActProcess',
      { classCode: 'CACT', moodCode: 'EVN' },
      v3('reasonCode', { code: demande.motif, codeSystem: TD02_OID.motif }),
      v3(
        'queryByParameter',
        {},
        ii('queryId', demande.queryId),
        v3('statusCode', { code: 'new' }),
        v3('parameterList', {}, v3('patientIdentifier', {}, ii('value', demande.patient), v3('semanticsText', {}, 'Patient.id'))),
      ),
    ),
  )
}

export function readDemandeTd02(payload: XmlElement): DemandeTd02 | { readonly missing: string } {
  if (payload.ns !== HL7V3 || payload.name !== 'PRPA_IN201307UV02')
    return { missing: `PRPA_IN201307UV02 attendu, {${payload.ns}}${payload.name} reçu` }
  const act = child(payload, HL7V3, 'controlActProcess')
  const query = act && child(act, HL7V3, 'queryByParameter')
  const value = query && descend(query, HL7V3, 'parameterList', 'patientIdentifier', 'value')
  if (!act || !query || !value) return { missing: 'patientIdentifier/value absent' }
  const reason = child(act, HL7V3, 'reasonCode')
  const sender = descend(payload, HL7V3, 'sender', 'device')
  return {
    id: readIi(child(payload, HL7V3, 'id')),
    queryId: readIi(child(query, HL7V3, 'queryId')),
    motif: (reason && attribute(reason, 'code')) ?? '',
    emetteur: readIi(sender && child(sender, HL7V3, 'id')).root,
    logiciel: textOf(sender && child(sender, HL7V3, 'softwareName')).trim(),
    patient: readIi(value),
  }
}

interface DossierTd02 {
  readonly ouvert: boolean
  readonly patient: IdentifiantHl7
  readonly nom: string
  readonly prenom: string
  readonly sexe: string
  /** `AAAAMMJJ`. */
  readonly naissance: string
  readonly rattacheEns: boolean
  /** `AAAAMMJJHHMMSS` UTC, `''` when open. */
  readonly fermeLe: string
  readonly motif: string
  readonly raison: string
}

export interface ReponseTd02 {
  /** Message and query answered. */
  readonly enReponseA: IdentifiantHl7
  readonly queryId: IdentifiantHl7
  /** `AA` accepted, `AE` error. */
  readonly accuse: 'AA' | 'AE'
  /** Code of the DMP and its text, with `AE`. */
  readonly erreur?: { readonly code: string; readonly texte: string }
  /** `VALIDE`, `EXPIRE`, `INTERDIT`, `NON_EXISTE`. */
  readonly autorisation: string
  readonly medecinTraitant: boolean
  /** Undefined: no record (`NF`). */
  readonly dossier?: DossierTd02
}

export function writeReponseTd02(
  reponse: ReponseTd02,
  demande: Pick<DemandeTd02, 'emetteur' | 'logiciel' | 'motif'>,
  id: string,
  now: number,
): XmlElement {
  const { dossier } = reponse
  return v3(
    'PRPA_IN201308UV02',
    { ITSVersion: 'XML_1.0' },
    v3('id', { root: id }),
    v3('creationTime', { value: dtm(now) }),
    v3('interactionId', { root: '2.16.840.1.113883.1.6', extension: 'PRPA_IN201308UV02' }),
    v3('processingCode', { code: 'P' }),
    v3('processingModeCode', { code: 'T' }),
    v3('acceptAckCode', { code: 'NE' }),
    device('RCV', demande.emetteur || TD02_OID.dmp, demande.logiciel),
    device('SND', TD02_OID.dmp, 'DMP'),
    dossier &&
      v3(
        'attentionLine',
        {},
        v3('keyWordText', { code: 'AUTORISATION', codeSystem: TD02_OID.autorisation }),
        v3('value', { [`{${XSI}}type`]: 'CV', code: reponse.autorisation, codeSystem: TD02_OID.autorisationValeur }),
      ),
    dossier &&
      v3(
        'attentionLine',
        {},
        v3('keyWordText', { code: 'STATUT_MT', codeSystem: TD02_OID.medecinTraitant }),
        v3('value', { [`{${XSI}}type`]: 'BL', value: reponse.medecinTraitant }),
      ),
    v3(
      'acknowledgement',
      { typeCode: reponse.accuse },
      v3('targetMessage', {}, ii('id', reponse.enReponseA)),
      reponse.erreur &&
        v3('acknowledgementDetail', { typeCode: 'E' }, v3('code', { code: reponse.erreur.code }), v3('text', {}, reponse.erreur.texte)),
    ),
    v3(
      'controlActProcess',
      { classCode: 'CACT', moodCode: 'EVN' },
      v3('reasonCode', { code: demande.motif, codeSystem: TD02_OID.motif }),
      dossier && writeDossier(dossier),
      dossier &&
        !dossier.ouvert &&
        v3(
          'reasonOf',
          { typeCode: 'RSON' },
          v3(
            'detectedIssueEvent',
            { classCode: 'ALRT', moodCode: 'EVN' },
            v3('code', { code: dossier.motif, codeSystem: TD02_OID.fermeture }),
            v3('text', {}, dossier.raison),
          ),
        ),
      v3('queryAck', {}, ii('queryId', reponse.queryId), v3('queryResponseCode', { code: reponse.erreur ? 'AE' : dossier ? 'OK' : 'NF' })),
    ),
  )
}

function writeDossier(dossier: DossierTd02): XmlElement {
  return v3(
    'subject',
    { typeCode: 'SUBJ', contextConductionInd: false },
    v3(
      'registrationEvent',
      { classCode: 'REG', moodCode: 'EVN' },
      v3('statusCode', { code: 'completed' }),
      dossier.fermeLe !== '' && v3('effectiveTime', { value: dossier.fermeLe }),
      v3(
        'subject1',
        { typeCode: 'SBJ' },
        v3(
          'patient',
          { classCode: 'PAT' },
          ii('id', dossier.patient),
          v3('statusCode', { code: dossier.ouvert ? 'active' : 'terminated' }),
          v3(
            'patientPerson',
            { classCode: 'PSN', determinerCode: 'INSTANCE' },
            v3('name', {}, v3('given', {}, dossier.prenom), v3('family', { qualifier: 'BR' }, dossier.nom)),
            v3('administrativeGenderCode', { code: dossier.sexe }),
            v3('birthTime', { value: dossier.naissance }),
          ),
          v3(
            'subjectOf',
            { typeCode: 'SBJ' },
            v3(
              'administrativeObservation',
              { classCode: 'OBS', moodCode: 'EVN' },
              v3('code', { code: 'RATTACHEMENT_ENS', codeSystem: TD02_OID.observation }),
              v3('value', { [`{${XSI}}type`]: 'BL', value: dossier.rattacheEns }),
            ),
          ),
        ),
      ),
      v3('custodian', { typeCode: 'CST' }, v3('assignedEntity', { classCode: 'ASSIGNED' }, v3('id', { root: TD02_OID.dmp }))),
    ),
  )
}

/** Undefined when the payload is no such answer. */
export function readReponseTd02(payload: XmlElement): ReponseTd02 | undefined {
  if (payload.ns !== HL7V3 || payload.name !== 'PRPA_IN201308UV02') return undefined
  const act = child(payload, HL7V3, 'controlActProcess')
  const acknowledgement = child(payload, HL7V3, 'acknowledgement')
  const detail = acknowledgement && child(acknowledgement, HL7V3, 'acknowledgementDetail')
  const attention = new Map(
    childrenOf(payload, HL7V3, 'attentionLine').map((line) => [
      attribute(child(line, HL7V3, 'keyWordText') ?? line, 'code') ?? '',
      child(line, HL7V3, 'value'),
    ]),
  )
  const autorisation = attention.get('AUTORISATION')
  const traitant = attention.get('STATUT_MT')
  const registration = act && descend(act, HL7V3, 'subject', 'registrationEvent')
  const code = detail && child(detail, HL7V3, 'code')
  const dossier = registration && act && readDossier(registration, act)
  return {
    enReponseA: readIi(acknowledgement && descend(acknowledgement, HL7V3, 'targetMessage', 'id')),
    queryId: readIi(act && descend(act, HL7V3, 'queryAck', 'queryId')),
    accuse: acknowledgement && attribute(acknowledgement, 'typeCode') === 'AA' ? 'AA' : 'AE',
    ...(detail ? { erreur: { code: (code && attribute(code, 'code')) ?? '', texte: textOf(child(detail, HL7V3, 'text')).trim() } } : {}),
    autorisation: (autorisation && attribute(autorisation, 'code')) ?? 'NON_EXISTE',
    medecinTraitant: (traitant && attribute(traitant, 'value')) === 'true',
    ...(dossier ? { dossier } : {}),
  }
}

function readDossier(registration: XmlElement, act: XmlElement): DossierTd02 | undefined {
  const patient = descend(registration, HL7V3, 'subject1', 'patient')
  if (!patient) return undefined
  const person = child(patient, HL7V3, 'patientPerson')
  const name = person && child(person, HL7V3, 'name')
  const issue = descend(act, HL7V3, 'reasonOf', 'detectedIssueEvent')
  const value = (parent: XmlElement | undefined, path: string, key: string) => {
    const found = parent && child(parent, HL7V3, path)
    return (found && attribute(found, key)) ?? ''
  }
  const observations = childrenOf(patient, HL7V3, 'subjectOf').flatMap(elements)
  const ens = observations.find((one) => value(one, 'code', 'code') === 'RATTACHEMENT_ENS')
  return {
    ouvert: value(patient, 'statusCode', 'code') === 'active',
    patient: readIi(child(patient, HL7V3, 'id')),
    nom: textOf(name && child(name, HL7V3, 'family')).trim(),
    prenom: textOf(name && child(name, HL7V3, 'given')).trim(),
    sexe: value(person, 'administrativeGenderCode', 'code'),
    naissance: value(person, 'birthTime', 'value'),
    rattacheEns: value(ens, 'value', 'value') === 'true',
    fermeLe: value(registration, 'effectiveTime', 'value'),
    motif: value(issue, 'code', 'code'),
    raison: textOf(issue && child(issue, HL7V3, 'text')).trim(),
  }
}

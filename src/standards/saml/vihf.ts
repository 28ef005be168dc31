import { attribute, child, childrenOf, descend, elements, textOf, type XmlElement } from '../xml/element.ts'
import { vocabulary } from '../xml/write.ts'
import { WSSE } from '../soap/envelope.ts'

/**
 * VIHF: vecteur d'identification et d'habilitation formelles, the SAML assertion every call to the DMP carries.
 * @see CI-SIS, volet Transport synchrone ; dmp.md §2
 */

const SAML2 = 'urn:oasis:names:tc:SAML:2.0:assertion'
const XMLDSIG = 'http://www.w3.org/2000/09/xmldsig#'
const HL7 = 'urn:hl7-org:v3'
const XSI = 'http://www.w3.org/2001/XMLSchema-instance'

const ATTRIBUT = {
  structure: 'Identifiant_Structure',
  secteur: 'Secteur_Activite',
  subjectId: 'urn:oasis:names:tc:xspa:1.0:subject:subject-id',
  role: 'urn:oasis:names:tc:xacml:2.0:subject:role',
  version: 'VIHF_Version',
  mode: 'Authentification_mode',
  resourceId: 'urn:oasis:names:tc:xacml:2.0:resource:resource-id',
  resourceUrn: 'Ressource_URN',
  purpose: 'urn:oasis:names:tc:xspa:1.0:subject:purposeofuse',
  motif: 'Mode_Acces_Raison',
  confidentialite: 'urn:oasis:names:tc:xspa:1.0:resource:patient:hl7:confidentiality-code',
  lpsNom: 'LPS_Nom',
  lpsVersion: 'LPS_Version',
  lpsHomologation: 'LPS_ID_HOMOLOGATION_DMP',
} as const

/** OIDs of the terminologies met in a VIHF. */
export const VIHF_CODES = {
  profession: '1.2.250.1.71.1.2.7',
  savoirFaire: '1.2.250.1.71.4.2.5',
  nonPs: '1.2.250.1.213.1.1.4.6',
  secteur: '1.2.250.1.71.4.2.4',
  modeAcces: '1.2.250.1.213.1.1.4.248',
} as const

interface RoleVihf {
  readonly code: string
  readonly codeSystem: string
  readonly displayName: string
}

/** Absent attributes are `''` or empty; whether they had to be there is a rule. */
export interface Vihf {
  readonly issuer: string
  /** ISO 8601. */
  readonly issueInstant: string
  /** Subject/NameID: PS_IdNat, or the identifier in the card. */
  readonly nameId: string
  /** Struct_IdNat. */
  readonly structureId: string
  /** `SA07^1.2.250.1.71.4.2.4`. */
  readonly secteurActivite: string
  /** Surname, then given name. */
  readonly subjectId: string
  readonly roles: readonly RoleVihf[]
  readonly version: string
  /** `DIRECTE`, `INDIRECTE`, `INDIRECTE_RENFORCEE`. */
  readonly mode: string
  /** CX of the patient. */
  readonly resourceId: string
  readonly resourceUrn: string
  /** `normal`, `bris_de_glace`, `centre_15`. */
  readonly purposeOfUse: string
  readonly motif: string
  readonly confidentialite: string
  readonly authnContextClass: string
  readonly lps: { readonly nom: string; readonly version: string; readonly homologation: string }
  /** A ds:Signature is there. Nobody verifies it here. */
  readonly signed: boolean
}

/** The assertion of the `wsse:Security` header, read; undefined when there is none. */
export function readVihf(headers: readonly XmlElement[]): Vihf | undefined {
  const security = headers.find(({ ns, name }) => ns === WSSE && name === 'Security')
  const assertion = security && child(security, SAML2, 'Assertion')
  return assertion && readAssertion(assertion)
}

function readAssertion(assertion: XmlElement): Vihf {
  const values = new Map<string, XmlElement[]>()
  for (const statement of childrenOf(assertion, SAML2, 'AttributeStatement'))
    for (const one of childrenOf(statement, SAML2, 'Attribute')) {
      const name = attribute(one, 'Name') ?? ''
      const found = childrenOf(one, SAML2, 'AttributeValue')
      // Some stacks repeat the Attribute for each role instead of its value.
      const before = values.get(name)
      if (before) for (const value of found) before.push(value)
      else values.set(name, found)
    }
  const text = (name: string) => textOf(values.get(name)?.[0]).trim()
  const purpose = values.get(ATTRIBUT.purpose)?.flatMap(elements)[0]
  return {
    issuer: textOf(child(assertion, SAML2, 'Issuer')).trim(),
    issueInstant: attribute(assertion, 'IssueInstant') ?? '',
    nameId: textOf(descend(assertion, SAML2, 'Subject', 'NameID')).trim(),
    structureId: text(ATTRIBUT.structure),
    secteurActivite: text(ATTRIBUT.secteur),
    subjectId: text(ATTRIBUT.subjectId),
    roles: (values.get(ATTRIBUT.role) ?? []).flatMap(elements).map((role) => ({
      code: attribute(role, 'code') ?? '',
      codeSystem: attribute(role, 'codeSystem') ?? '',
      displayName: attribute(role, 'displayName') ?? '',
    })),
    version: text(ATTRIBUT.version),
    // Traces say `_mode`, the HL7v2 mapping page writes `_Mode`: both are accepted. @see dmp.md §2.2
    mode: text(ATTRIBUT.mode) || text('Authentification_Mode'),
    resourceId: text(ATTRIBUT.resourceId),
    resourceUrn: text(ATTRIBUT.resourceUrn),
    purposeOfUse: (purpose && attribute(purpose, 'code')) ?? '',
    motif: text(ATTRIBUT.motif),
    confidentialite: text(ATTRIBUT.confidentialite),
    authnContextClass: textOf(descend(assertion, SAML2, 'AuthnStatement', 'AuthnContext', 'AuthnContextClassRef')).trim(),
    lps: { nom: text(ATTRIBUT.lpsNom), version: text(ATTRIBUT.lpsVersion), homologation: text(ATTRIBUT.lpsHomologation) },
    signed: child(assertion, XMLDSIG, 'Signature') !== undefined,
  }
}

/** @see ANS, TRE_R248 */
const MODES_ACCES: ReadonlyMap<string, string> = new Map([
  ['normal', 'Accès normal'],
  ['bris_de_glace', 'Accès bris de glace'],
  ['centre_15', 'Accès centre 15'],
])

const saml = vocabulary('saml2', SAML2)
const wsse = vocabulary('wsse', WSSE)
const ds = vocabulary('ds', XMLDSIG)

/**
 * Writes the `wsse:Security` header block. `signed` puts an empty `ds:Signature`: the sandbox reads its presence only.
 * @param id of the assertion, an NCName: `_<uuid>`.
 */
export function writeVihf(vihf: Vihf, id: string): XmlElement {
  const one = (name: string, ...values: (string | XmlElement)[]) =>
    values.every((value) => value === '')
      ? undefined
      : saml(
          'Attribute',
          { Name: name },
          values.map((value) => saml('AttributeValue', {}, value)),
        )
  return wsse(
    'Security',
    {},
    saml(
      'Assertion',
      { ID: id, IssueInstant: vihf.issueInstant, Version: '2.0' },
      saml('Issuer', { Format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName' }, vihf.issuer),
      vihf.signed && ds('Signature'),
      saml('Subject', {}, saml('NameID', {}, vihf.nameId)),
      saml('AuthnStatement', { AuthnInstant: vihf.issueInstant }, saml('AuthnContext', {}, saml('AuthnContextClassRef', {}, vihf.authnContextClass))),
      saml(
        'AttributeStatement',
        {},
        one(ATTRIBUT.structure, vihf.structureId),
        one(ATTRIBUT.secteur, vihf.secteurActivite),
        one(ATTRIBUT.subjectId, vihf.subjectId),
        vihf.roles.length > 0 && one(ATTRIBUT.role, ...vihf.roles.map((role) => coded('Role', role))),
        one(ATTRIBUT.version, vihf.version),
        one(ATTRIBUT.mode, vihf.mode),
        one(ATTRIBUT.resourceId, vihf.resourceId),
        one(ATTRIBUT.resourceUrn, vihf.resourceUrn),
        vihf.purposeOfUse !== '' &&
          one(
            ATTRIBUT.purpose,
            coded('PurposeOfUse', {
              code: vihf.purposeOfUse,
              codeSystem: VIHF_CODES.modeAcces,
              displayName: MODES_ACCES.get(vihf.purposeOfUse) ?? '',
            }),
          ),
        one(ATTRIBUT.motif, vihf.motif),
        one(ATTRIBUT.confidentialite, vihf.confidentialite),
        one(ATTRIBUT.lpsNom, vihf.lps.nom),
        one(ATTRIBUT.lpsVersion, vihf.lps.version),
        one(ATTRIBUT.lpsHomologation, vihf.lps.homologation),
      ),
    ),
  )
}

const hl7 = vocabulary('', HL7)

const coded = (name: 'Role' | 'PurposeOfUse', { code, codeSystem, displayName }: RoleVihf): XmlElement =>
  hl7(name, { [`{${XSI}}type`]: 'CE', code, codeSystem, displayName: displayName || undefined })

import { WSSE } from '../soap/envelope.ts'
import { type XmlElement, attribute, child, childrenOf, descend, textOf } from '../xml/element.ts'
import { vocabulary } from '../xml/write.ts'
import { CTXBAM, CTXLPS, SAML } from './insi-names.ts'

/**
 * The two contexts that open every call: whom it is for (BAM) and which software makes it (LPS). Undefined: absent.
 * @see ROOT_ctxbam_CTXBAM_V01_02.xsd, ROOT_ctxlps_CTXLPS_V01_00.xsd ; insi.md §1.3
 */
export interface ContexteLu {
  readonly version: string | undefined
  readonly id: string | undefined
  /** xsd:dateTime. */
  readonly temps: string | undefined
  /** Certificate: the structure (subject's OU). CPx: the professional, as in the assertion's NameID. */
  readonly emetteur: string | undefined
}

export interface ContexteBamLu extends ContexteLu {
  /** `COUVERTURE` is there, filled or empty: without a card it must be empty, not absent. */
  readonly couverture: boolean
}

export interface ContexteLpsLu extends ContexteLu {
  /** Authorisation number of the software, delivered by the CNDA. */
  readonly idam: string | undefined
  /** `urn:lps:<name>:<version>`. */
  readonly nom: string | undefined
}

/** What the assertion of a professional says. Its signature is only looked for, never verified. */
export interface AssertionLue {
  /** `CPS` or `PSC`. */
  readonly qualifier: string
  readonly nameId: string
  /** xsd:dateTime. */
  readonly issueInstant: string
  /** A `ds:Signature` child is present. */
  readonly signed: boolean
  /** First value of each attribute, by its Name. */
  readonly attributs: Readonly<Record<string, string>>
}

const DS = 'http://www.w3.org/2000/09/xmldsig#'

const optional = (parent: XmlElement, ns: string, name: string): string | undefined => {
  const found = child(parent, ns, name)
  return found && textOf(found).trim()
}

const readContexte = (header: XmlElement): ContexteLu => ({
  version: attribute(header, 'Version'),
  id: optional(header, header.ns, 'Id'),
  temps: optional(header, header.ns, 'Temps'),
  emetteur: optional(header, header.ns, 'Emetteur'),
})

export const readContexteBam = (header: XmlElement): ContexteBamLu => ({
  ...readContexte(header),
  couverture: child(header, CTXBAM, 'COUVERTURE') !== undefined,
})

export function readContexteLps(header: XmlElement): ContexteLpsLu {
  const lps = child(header, CTXLPS, 'LPS')
  return { ...readContexte(header), idam: lps && optional(lps, CTXLPS, 'IDAM'), nom: lps && optional(lps, CTXLPS, 'Nom') }
}

/** The assertions of `wsse:Security`, in order: the professional's, then possibly the card's. */
export function readAssertions(security: XmlElement): AssertionLue[] {
  return childrenOf(security, SAML, 'Assertion').map((assertion) => {
    const nameId = descend(assertion, SAML, 'Subject', 'NameID')
    const attributs: Record<string, string> = Object.create(null)
    const statement = child(assertion, SAML, 'AttributeStatement')
    if (statement)
      for (const one of childrenOf(statement, SAML, 'Attribute')) {
        const name = attribute(one, 'Name')
        if (name) attributs[name] ??= textOf(child(one, SAML, 'AttributeValue')).trim()
      }
    return {
      qualifier: (nameId && attribute(nameId, 'NameQualifier')) ?? '',
      nameId: textOf(nameId).trim(),
      issueInstant: attribute(assertion, 'IssueInstant') ?? '',
      signed: child(assertion, DS, 'Signature') !== undefined,
      attributs,
    }
  })
}

/** What a software says of itself in each call. */
export interface EmetteurInsi {
  /** Structure (certificate) or professional (CPx, PSC). */
  readonly emetteur: string
  readonly idam: string
  readonly logiciel: { readonly nom: string; readonly version: string; readonly instance: string }
}

/** Both contexts of a call without card. `temps`: xsd:dateTime in UTC. */
export function writeContextes({ emetteur, idam, logiciel }: EmetteurInsi, ids: { bam: string; lps: string }, temps: string): XmlElement[] {
  const bam = vocabulary('ctxbam', CTXBAM)
  const lps = vocabulary('ctxlps', CTXLPS)
  return [
    bam('ContexteBAM', { Version: '01_02' }, bam('Id', {}, ids.bam), bam('Temps', {}, temps), bam('Emetteur', {}, emetteur), bam('COUVERTURE')),
    lps(
      'ContexteLPS',
      { Nature: 'CTXLPS', Version: '01_00' },
      lps('Id', {}, ids.lps),
      lps('Temps', {}, temps),
      lps('Emetteur', {}, emetteur),
      lps(
        'LPS',
        {},
        lps('IDAM', { R: '4' }, idam),
        lps('Version', {}, logiciel.version),
        lps('Instance', {}, logiciel.instance),
        lps('Nom', {}, `urn:lps:${logiciel.nom}:${logiciel.version}`),
      ),
    ),
  ]
}

/**
 * The professional's assertion. In CPS mode an empty `ds:Signature` takes the place of the card's signature, which the sandbox does not
 * verify; in PSC mode there is none.
 */
export function writeSecurity(assertion: {
  readonly id: string
  readonly issueInstant: string
  readonly issuer: string
  readonly qualifier: 'CPS' | 'PSC'
  readonly nameId: string
  readonly attributs: Readonly<Record<string, string>>
}): XmlElement {
  const saml = vocabulary('saml', SAML)
  const ds = vocabulary('ds', DS)
  return vocabulary('wsse', WSSE)(
    'Security',
    {},
    saml(
      'Assertion',
      { ID: `_${assertion.id}`, IssueInstant: assertion.issueInstant, Version: '2.0' },
      saml('Issuer', { Format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName' }, assertion.issuer),
      assertion.qualifier === 'CPS' && ds('Signature'),
      saml('Subject', {}, saml('NameID', { NameQualifier: assertion.qualifier }, assertion.nameId)),
      saml(
        'AttributeStatement',
        {},
        Object.entries(assertion.attributs).map(([name, value]) => saml('Attribute', { Name: name }, saml('AttributeValue', {}, value))),
      ),
    ),
  )
}

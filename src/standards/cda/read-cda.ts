import { readBase64 } from '../mime/base64.ts'
import { attribute, child, childrenOf, descend, everyElement, textOf, type XmlElement } from '../xml/element.ts'
import { readXml } from '../xml/read.ts'
import { CDA } from './cda.ts'
import { recitDe } from './recit.ts'

/**
 * What a reader shows of a CDA, level 1 or 3: nothing here is trusted, and no markup of the document is kept. What is absent is `''`.
 * @see CI-SIS, volet Structuration minimale v1.16 ; dmp.md §10
 */
export interface CdaLu {
  readonly id: string
  readonly setId: string
  /** From 1; 0 when not given. */
  readonly version: number
  /** `id` of the document this one replaces. */
  readonly remplace: string
  readonly typeCode: string
  readonly titre: string
  /** As written, `AAAAMMJJHHMMSS±ZZzz`. */
  readonly effectiveTime: string
  readonly confidentialite: string
  readonly langue: string
  readonly patient: {
    readonly ins: string
    readonly oid: string
    /** Birth name, and all birth given names separated by a space. */
    readonly nom: string
    readonly prenoms: string
    /** Code INSEE of the birthplace. */
    readonly lieuNaissance: string
  }
  /** First author: title, given names, surname. */
  readonly auteur: string
  readonly structure: string
  /** Undefined for a structured body. */
  readonly corps: { readonly mediaType: string; readonly bytes: Uint8Array } | undefined
  /** Narrative text of a structured body, one line for each section title, paragraph, item or row; `''` for a level 1. */
  readonly recit: string
}

/**
 * Reads a CDA document, self-presenting or not: the ClinicalDocument may stand under an `xsl:stylesheet`.
 * @returns undefined when there is no ClinicalDocument.
 * @throws {XmlError} not acceptable XML.
 * @throws {Base64Error} the body is broken.
 */
export function readCda(text: string): CdaLu | undefined {
  const document = clinicalDocument(readXml(text))
  if (!document) return undefined
  const role = descend(document, CDA, 'recordTarget', 'patientRole')
  const name = role && descend(role, CDA, 'patient', 'name')
  const author = descend(document, CDA, 'author', 'assignedAuthor')
  const body = descend(document, CDA, 'component', 'nonXMLBody', 'text')
  const structured = descend(document, CDA, 'component', 'structuredBody')
  const related = childrenOf(document, CDA, 'relatedDocument').find((one) => attribute(one, 'typeCode') === 'RPLC')
  return {
    id: value(child(document, CDA, 'id'), 'root'),
    setId: value(child(document, CDA, 'setId'), 'root'),
    version: Number.parseInt(value(child(document, CDA, 'versionNumber'), 'value'), 10) || 0,
    remplace: value(descend(related, CDA, 'parentDocument', 'id'), 'root'),
    typeCode: value(child(document, CDA, 'code'), 'code'),
    titre: textOf(child(document, CDA, 'title')).trim(),
    effectiveTime: value(child(document, CDA, 'effectiveTime'), 'value'),
    confidentialite: value(child(document, CDA, 'confidentialityCode'), 'code'),
    langue: value(child(document, CDA, 'languageCode'), 'code'),
    patient: {
      ins: value(descend(role, CDA, 'id'), 'extension'),
      oid: value(descend(role, CDA, 'id'), 'root'),
      nom: birthName(name),
      prenoms: birthGivenNames(name),
      lieuNaissance: textOf(descend(role, CDA, 'patient', 'birthplace', 'place', 'addr', 'county')).trim(),
    },
    auteur: words(descend(author, CDA, 'assignedPerson', 'name'), 'prefix', 'given', 'family'),
    structure: textOf(descend(author, CDA, 'representedOrganization', 'name')).trim(),
    corps: body && { mediaType: attribute(body, 'mediaType') ?? 'text/plain', bytes: octets(body) },
    recit: structured ? recitDe(structured) : '',
  }
}

function clinicalDocument(root: XmlElement): XmlElement | undefined {
  for (const element of everyElement(root)) if (element.ns === CDA && element.name === 'ClinicalDocument') return element
  return undefined
}

const value = (element: XmlElement | undefined, key: string): string => (element && attribute(element, key)) ?? ''

/** The qualifier `BR` marks the birth name; `CL`, the used one. */
function birthName(name: XmlElement | undefined): string {
  const families = name ? childrenOf(name, CDA, 'family') : []
  return textOf(families.find((one) => value(one, 'qualifier') === 'BR') ?? families[0]).trim()
}

/** All given names stand in a `given` without qualifier; a `given` of qualifier `BR` only holds the first one. */
function birthGivenNames(name: XmlElement | undefined): string {
  const givens = name ? childrenOf(name, CDA, 'given') : []
  const plain = givens.filter((one) => value(one, 'qualifier') === '')
  const birth = givens.filter((one) => value(one, 'qualifier') === 'BR')
  return joined(plain.length > 0 ? plain : birth.length > 0 ? birth : givens)
}

const words = (parent: XmlElement | undefined, ...names: string[]): string =>
  parent ? joined(names.flatMap((one) => childrenOf(parent, CDA, one))) : ''

const joined = (elements: readonly XmlElement[]): string =>
  elements
    .map((one) => textOf(one).trim())
    .filter(Boolean)
    .join(' ')

/** Text of the body is base64 when it says so, plain otherwise: `TXT` is the default of the data type. @see HL7 v3 ED.representation */
const octets = (body: XmlElement): Uint8Array =>
  value(body, 'representation') === 'B64' ? readBase64(textOf(body)) : new TextEncoder().encode(textOf(body))

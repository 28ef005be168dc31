import { type XmlElement, child, elements } from '../xml/element.ts'
import { readXml, type XmlLimits } from '../xml/read.ts'

/** @see https://www.w3.org/TR/soap12-part1/ */
export const SOAP12 = 'http://www.w3.org/2003/05/soap-envelope'
export const SOAP11 = 'http://schemas.xmlsoap.org/soap/envelope/'
/** @see https://www.w3.org/TR/ws-addr-soap/ */
export const WSA = 'http://www.w3.org/2005/08/addressing'
/** @see OASIS WS-Security SOAP Message Security 1.0 */
export const WSSE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd'

export interface SoapEnvelope {
  /** Namespace of the envelope: SOAP 1.2 or 1.1. */
  readonly soap: string
  /** Header blocks in document order, whatever their prefixes; empty when there is no Header. */
  readonly headers: readonly XmlElement[]
  /** The first element of the Body, or undefined when the Body is empty. */
  readonly payload: XmlElement | undefined
}

/** The XML is well-formed but is no SOAP envelope; `message` says what was expected. */
export class SoapShapeError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'SoapShapeError'
  }
}

/**
 * Reads an envelope by namespace and local name.
 * @throws {XmlError} the text is not acceptable XML.
 * @throws {SoapShapeError} no Envelope or no Body of a known SOAP version.
 */
export function readSoapEnvelope(text: string, limits?: XmlLimits): SoapEnvelope {
  return soapEnvelopeOf(readXml(text, limits))
}

function soapEnvelopeOf(root: XmlElement): SoapEnvelope {
  if (root.name !== 'Envelope' || (root.ns !== SOAP12 && root.ns !== SOAP11))
    throw new SoapShapeError(`élément racine {${root.ns}}${root.name} : une enveloppe SOAP 1.2 {${SOAP12}}Envelope était attendue`)
  const body = child(root, root.ns, 'Body')
  if (!body) throw new SoapShapeError('élément Body absent de l’enveloppe')
  const header = child(root, root.ns, 'Header')
  return { soap: root.ns, headers: header ? elements(header) : [], payload: elements(body)[0] }
}

/** Header block by name, or undefined. */
export function headerOf(envelope: SoapEnvelope, ns: string, name: string): XmlElement | undefined {
  return envelope.headers.find((block) => block.name === name && block.ns === ns)
}

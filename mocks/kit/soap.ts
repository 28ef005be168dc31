import { type ContentType, readContentType } from '#standards/soap/content-type.ts'
import { type SoapEnvelope, SoapShapeError, headerOf, readSoapEnvelope, SOAP11, SOAP12, WSA } from '#standards/soap/envelope.ts'
import { textOf } from '#standards/xml/element.ts'
import { CharsetError, decodeXml } from '#standards/xml/charset.ts'
import { XmlError, type XmlLimits } from '#standards/xml/read.ts'
import type { Answer, Message } from './message.ts'

export { CharsetError, SoapShapeError, XmlError }

/** A SOAP request, whatever stack wrote it. */
export interface SoapRequest {
  readonly envelope: SoapEnvelope
  /** `action` of the Content-Type, else the wsa:Action block, else the SOAPAction header of SOAP 1.1; undefined when none says it. */
  readonly action: string | undefined
  /** Text of the wsa:MessageID block, trimmed. */
  readonly messageId: string | undefined
  readonly contentType: ContentType
}

/** What a service answers in its own dialect; anything else thrown is a bug. */
export type SoapReadError = XmlError | SoapShapeError | CharsetError | MediaTypeError

/** The body is announced as something that is not XML. Answered with HTTP 415 (SOAP 1.2 HTTP binding). */
export class MediaTypeError extends Error {
  constructor(type: string) {
    super(`type de contenu « ${type.slice(0, 80)} » : application/soap+xml est attendu`)
    this.name = 'MediaTypeError'
  }
}

export const isSoapReadError = (error: unknown): error is SoapReadError =>
  error instanceof XmlError || error instanceof SoapShapeError || error instanceof CharsetError || error instanceof MediaTypeError

/**
 * Reads a SOAP 1.2 or 1.1 request by namespace; `envelope.soap` says which. A missing Content-Type is tolerated.
 * @throws {MediaTypeError | CharsetError | XmlError | SoapShapeError} see `isSoapReadError`.
 */
export function readSoapRequest(message: Message, limits?: XmlLimits): SoapRequest {
  const contentType = readContentType(message.headers['content-type'])
  if (contentType.type !== '' && !/[/+]xml$/.test(contentType.type)) throw new MediaTypeError(contentType.type)
  return readSoapPart(message.body, contentType, message.headers['soapaction'], limits)
}

/** The same from the bytes of one part: the root part of an MTOM package carries its own Content-Type. */
export function readSoapPart(body: Uint8Array, contentType: ContentType, soapAction?: string, limits?: XmlLimits): SoapRequest {
  const envelope = readSoapEnvelope(decodeXml(body, contentType.parameters['charset']), limits)
  const addressed = textOf(headerOf(envelope, WSA, 'Action')).trim()
  const quoted = soapAction?.trim().replace(/^"(.*)"$/, '$1')
  return {
    envelope,
    action: contentType.parameters['action'] || addressed || quoted || undefined,
    messageId: textOf(headerOf(envelope, WSA, 'MessageID')).trim() || undefined,
    contentType,
  }
}

/** A SOAP 1.2 answer; give `content-type` in `headers` to send another one (MTOM). */
export function soapAnswer(status: number, xml: string | Uint8Array, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { 'content-type': 'application/soap+xml; charset=utf-8', ...headers }, body: xml }
}

/**
 * What a SOAP 1.2 service answers to a SOAP 1.1 envelope: a SOAP 1.1 fault that names the version understood.
 * @see SOAP 1.2 part 1, appendix A (version transition)
 */
export function versionMismatchAnswer(): Answer {
  const xml =
    `<env:Envelope xmlns:env="${SOAP11}"><env:Header><upg:Upgrade xmlns:upg="${SOAP12}">` +
    `<upg:SupportedEnvelope qname="upg:Envelope"/></upg:Upgrade></env:Header>` +
    '<env:Body><env:Fault><faultcode>env:VersionMismatch</faultcode>' +
    '<faultstring>Enveloppe SOAP 1.1 reçue : ce service attend SOAP 1.2.</faultstring></env:Fault></env:Body></env:Envelope>'
  return { status: 500, headers: { 'content-type': 'text/xml; charset=utf-8' }, body: xml }
}

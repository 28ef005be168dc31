import { SOAP12, WSA } from '#standards/soap/envelope.ts'
import { writeMtom } from '#standards/soap/mtom.ts'
import type { XmlElement } from '#standards/xml/element.ts'
import { vocabulary, writeXml } from '#standards/xml/write.ts'
import type { Answer } from '../kit/message.ts'
import { soapAnswer } from '../kit/soap.ts'

const soap = vocabulary('soap', SOAP12)
const wsa = vocabulary('wsa', WSA)

/** Action and request answered, for the WS-Addressing headers. */
export interface Adresse {
  readonly action: string
  /** wsa:MessageID of the request. */
  readonly relatesTo: string | undefined
  /** wsa:MessageID of the answer: `urn:uuid:…`. */
  readonly messageId: string
}

const writeEnvelope = ({ action, relatesTo, messageId }: Adresse, payload: XmlElement): string =>
  writeXml(
    soap(
      'Envelope',
      {},
      soap('Header', {}, wsa('Action', {}, action), wsa('MessageID', {}, messageId), relatesTo !== undefined && wsa('RelatesTo', {}, relatesTo)),
      soap('Body', {}, payload),
    ),
    { declare: { wsa: WSA } },
  )

export const answerPayload = (adresse: Adresse, payload: XmlElement): Answer => soapAnswer(200, writeEnvelope(adresse, payload))

/** An MTOM answer; the boundary comes from the message id, which no document holds. */
export function answerMtom(adresse: Adresse, payload: XmlElement, parts: readonly { id: string; mimeType: string; body: Uint8Array }[]): Answer {
  const boundary = `bac-${adresse.messageId.slice(-36)}`
  const { contentType, body } = writeMtom(writeEnvelope(adresse, payload), parts, { boundary, action: adresse.action })
  return { status: 200, headers: { 'content-type': contentType }, body }
}

/** The same answer as the root of an MTOM package: ITI-43 answers so even with a fault. @see dmp.md §1.2 */
export function enMtom(answer: Answer, messageId: string): Answer {
  const { contentType, body } = writeMtom(String(answer.body), [], { boundary: `bac-${messageId.slice(-36)}` })
  return { ...answer, headers: { ...answer.headers, 'content-type': contentType }, body }
}

/** Published subcodes; any other is ours and says so. @see dmp.md §3.9 */
const PUBLISHED_SUBCODES: ReadonlySet<string> = new Set(['DMPInvalidCertificate'])

/** A SOAP 1.2 fault: what cannot be answered as a business refusal. HTTP 500. @see dmp.md §3.9 */
export function answerFault(
  { code, subcode, reason }: { readonly code: 'Sender' | 'Receiver'; readonly subcode?: string; readonly reason: string },
  relatesTo: string | undefined,
): Answer {
  const invented = subcode !== undefined && !PUBLISHED_SUBCODES.has(subcode)
  const text = invented ? `${reason} (sous-code propre au bac à sable)` : reason
  const fault = soap(
    'Fault',
    {},
    soap('Code', {}, soap('Value', {}, `soap:${code}`), subcode !== undefined && soap('Subcode', {}, soap('Value', {}, `soap:${subcode}`))),
    soap('Reason', {}, soap('Text', { '{http://www.w3.org/XML/1998/namespace}lang': 'fr' }, text)),
  )
  const header = soap(
    'Header',
    {},
    wsa('Action', {}, 'http://www.w3.org/2005/08/addressing/soap/fault'),
    relatesTo !== undefined && wsa('RelatesTo', {}, relatesTo),
  )
  return soapAnswer(500, writeXml(soap('Envelope', {}, header, soap('Body', {}, fault)), { declare: { wsa: WSA } }))
}

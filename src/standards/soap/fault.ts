import { type XmlElement, attribute, child, childrenOf, elements, textOf } from '../xml/element.ts'
import { SOAP11, SOAP12, type SoapEnvelope } from './envelope.ts'

const XML_NS = 'http://www.w3.org/XML/1998/namespace'

/** A fault of either SOAP version, prefixes taken off the codes. @see SOAP 1.2 part 1 §5.4 ; SOAP 1.1 §4.4 */
export interface SoapFault {
  /** `Sender`, `Receiver`, `MustUnderstand`, `VersionMismatch`, `DataEncodingUnknown`; `Client` or `Server` in SOAP 1.1. */
  readonly code: string
  /** First subcode, `''` when none: `siram_40`. */
  readonly subcode: string
  readonly reason: string
  /** Language of the reason, `''` when not said. */
  readonly lang: string
  /** First element of the detail. */
  readonly detail: XmlElement | undefined
}

const withoutPrefix = (name: string): string => name.trim().slice(name.trim().indexOf(':') + 1)

/** The fault an envelope carries, or undefined when its payload is something else. */
export function readSoapFault({ soap, payload }: SoapEnvelope): SoapFault | undefined {
  if (payload?.name !== 'Fault' || payload.ns !== soap) return undefined
  if (soap === SOAP11) return readSoap11Fault(payload)
  const code = child(payload, SOAP12, 'Code')
  const value = (from: XmlElement | undefined) => withoutPrefix(textOf(from && child(from, SOAP12, 'Value')))
  const reason = child(payload, SOAP12, 'Reason')
  const text = reason && childrenOf(reason, SOAP12, 'Text')[0]
  const detail = child(payload, SOAP12, 'Detail')
  return {
    code: value(code),
    subcode: value(code && child(code, SOAP12, 'Subcode')),
    reason: textOf(text).trim(),
    lang: (text && attribute(text, 'lang', XML_NS)) ?? '',
    detail: detail && elements(detail)[0],
  }
}

function readSoap11Fault(payload: XmlElement): SoapFault {
  const detail = child(payload, '', 'detail')
  return {
    code: withoutPrefix(textOf(child(payload, '', 'faultcode'))),
    subcode: '',
    reason: textOf(child(payload, '', 'faultstring')).trim(),
    lang: '',
    detail: detail && elements(detail)[0],
  }
}

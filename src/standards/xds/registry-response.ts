import { attribute, child, childrenOf, type XmlElement } from '../xml/element.ts'
import { vocabulary } from '../xml/write.ts'
import { RS } from './constants.ts'
import type { RegistryError } from './errors.ts'

export const RESPONSE_STATUS = {
  Success: 'urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Success',
  PartialSuccess: 'urn:ihe:iti:2007:ResponseStatusType:PartialSuccess',
  Failure: 'urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Failure',
} as const

export type ResponseStatus = keyof typeof RESPONSE_STATUS

const SEVERITY = 'urn:oasis:names:tc:ebxml-regrep:ErrorSeverityType:'
const rs = vocabulary('rs', RS)

/** What a registry answers, read back: error codes are kept as sent, known or not. */
export interface RegistryResponse {
  readonly status: ResponseStatus
  readonly errors: readonly { readonly code: string; readonly context: string; readonly location: string; readonly severity: string }[]
}

/** @see IHE ITI TF-3 §4.2.4 */
export const writeRegistryResponse = (
  errors: readonly RegistryError[],
  status: ResponseStatus = errors.length > 0 ? 'Failure' : 'Success',
): XmlElement => rs('RegistryResponse', { status: RESPONSE_STATUS[status] }, writeErrorList(errors))

export function writeErrorList(errors: readonly RegistryError[]): XmlElement | undefined {
  if (errors.length === 0) return undefined
  const worst = errors.some(({ severity }) => severity === 'Error') ? 'Error' : 'Warning'
  return rs(
    'RegistryErrorList',
    { highestSeverity: SEVERITY + worst },
    errors.map(({ code, context, location, severity }) =>
      rs('RegistryError', { codeContext: context, errorCode: code, location, severity: SEVERITY + severity }),
    ),
  )
}

/** Reads a `RegistryResponse`, an `AdhocQueryResponse` or any element with a status and an error list. */
export function readRegistryResponse(response: XmlElement): RegistryResponse {
  const said = attribute(response, 'status') ?? ''
  const status = (Object.keys(RESPONSE_STATUS) as ResponseStatus[]).find((name) => said.endsWith(`:${name}`)) ?? 'Failure'
  const list = child(response, RS, 'RegistryErrorList')
  const errors = (list ? childrenOf(list, RS, 'RegistryError') : []).map((error) => ({
    code: attribute(error, 'errorCode') ?? '',
    context: attribute(error, 'codeContext') ?? '',
    location: attribute(error, 'location') ?? '',
    severity: (attribute(error, 'severity') ?? '').slice(SEVERITY.length),
  }))
  return { status, errors }
}

import { child, childrenOf, textOf, type XmlElement } from '../xml/element.ts'
import { vocabulary } from '../xml/write.ts'
import { RS, XDSB } from './constants.ts'
import type { RegistryError } from './errors.ts'
import { readRegistryResponse, type RegistryResponse, writeRegistryResponse } from './registry-response.ts'

/** @see IHE ITI TF-2 §3.43 Retrieve Document Set */
export const ITI43_ACTION = 'urn:ihe:iti:2007:RetrieveDocumentSet'
export const ITI43_RESPONSE_ACTION = 'urn:ihe:iti:2007:RetrieveDocumentSetResponse'

export interface DocumentRequest {
  readonly repositoryUniqueId: string
  readonly documentUniqueId: string
}

export interface RetrievedDocument extends DocumentRequest {
  readonly mimeType: string
  /** The `Document` element: inline base64 or an `xop:Include`. */
  readonly content: XmlElement
}

const x = vocabulary('xdsb', XDSB)
const text = (parent: XmlElement, name: string) => textOf(child(parent, XDSB, name)).trim()

export function readRetrieveDocumentSet(payload: XmlElement): DocumentRequest[] | { readonly missing: string } {
  if (payload.ns !== XDSB || payload.name !== 'RetrieveDocumentSetRequest')
    return { missing: `RetrieveDocumentSetRequest attendu, {${payload.ns}}${payload.name} reçu` }
  const requests = childrenOf(payload, XDSB, 'DocumentRequest')
  if (requests.length === 0) return { missing: 'aucun DocumentRequest' }
  return requests.map((request) => ({ repositoryUniqueId: text(request, 'RepositoryUniqueId'), documentUniqueId: text(request, 'DocumentUniqueId') }))
}

export const writeRetrieveDocumentSet = (requests: readonly DocumentRequest[]): XmlElement =>
  x(
    'RetrieveDocumentSetRequest',
    {},
    requests.map(({ repositoryUniqueId, documentUniqueId }) =>
      x('DocumentRequest', {}, x('RepositoryUniqueId', {}, repositoryUniqueId), x('DocumentUniqueId', {}, documentUniqueId)),
    ),
  )

export function writeRetrieveDocumentSetResponse(
  documents: readonly (DocumentRequest & { readonly mimeType: string; readonly content: XmlElement | string })[],
  errors: readonly RegistryError[],
): XmlElement {
  const status = errors.length === 0 ? 'Success' : documents.length > 0 ? 'PartialSuccess' : 'Failure'
  return x(
    'RetrieveDocumentSetResponse',
    {},
    writeRegistryResponse(errors, status),
    documents.map(({ repositoryUniqueId, documentUniqueId, mimeType, content }) =>
      x(
        'DocumentResponse',
        {},
        x('RepositoryUniqueId', {}, repositoryUniqueId),
        x('DocumentUniqueId', {}, documentUniqueId),
        x('mimeType', {}, mimeType),
        x('Document', {}, content),
      ),
    ),
  )
}

/** Undefined when the payload is no such response. */
export function readRetrieveDocumentSetResponse(
  payload: XmlElement,
): (RegistryResponse & { readonly documents: readonly RetrievedDocument[] }) | undefined {
  if (payload.ns !== XDSB || payload.name !== 'RetrieveDocumentSetResponse') return undefined
  const response = child(payload, RS, 'RegistryResponse')
  if (!response) return undefined
  const documents: RetrievedDocument[] = []
  for (const one of childrenOf(payload, XDSB, 'DocumentResponse')) {
    const content = child(one, XDSB, 'Document')
    if (content)
      documents.push({
        repositoryUniqueId: text(one, 'RepositoryUniqueId'),
        documentUniqueId: text(one, 'DocumentUniqueId'),
        mimeType: text(one, 'mimeType'),
        content,
      })
  }
  return { ...readRegistryResponse(response), documents }
}

import { attribute, child, childrenOf, type XmlElement } from '../xml/element.ts'
import { vocabulary } from '../xml/write.ts'
import { LCM, RIM, XDSB } from './constants.ts'
import { readRegistryObjects, rim, writeRegistryObjects } from './ebrim.ts'
import type { Metadata } from './metadata.ts'

/** @see IHE ITI TF-2 §3.41 Provide and Register Document Set-b */
export const ITI41_ACTION = 'urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-b'
export const ITI41_RESPONSE_ACTION = 'urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-bResponse'

export interface ProvideAndRegister extends Metadata {
  /** Elements `Document` by the id of their entry; their bytes are inline base64 or an `xop:Include`. */
  readonly documents: ReadonlyMap<string, XmlElement>
}

const x = vocabulary('xdsb', XDSB)
const lcm = vocabulary('lcm', LCM)

/** Reads the payload, or says in French what is not there. */
export function readProvideAndRegisterDocumentSet(payload: XmlElement): ProvideAndRegister | { readonly missing: string } {
  if (payload.ns !== XDSB || payload.name !== 'ProvideAndRegisterDocumentSetRequest')
    return { missing: `ProvideAndRegisterDocumentSetRequest attendu, {${payload.ns}}${payload.name} reçu` }
  const request = child(payload, LCM, 'SubmitObjectsRequest')
  const list = request && child(request, RIM, 'RegistryObjectList')
  if (!list) return { missing: 'SubmitObjectsRequest/RegistryObjectList absent' }
  const documents = new Map<string, XmlElement>()
  for (const document of childrenOf(payload, XDSB, 'Document')) {
    const id = attribute(document, 'id') ?? ''
    if (documents.has(id)) return { missing: `deux Document portent l’id « ${id.slice(0, 80)} »` }
    documents.set(id, document)
  }
  return { ...readRegistryObjects(list), documents }
}

/** `contents`: what stands in each Document, an `xop:Include` or base64 text, by the id of its entry. */
export function writeProvideAndRegisterDocumentSet(metadata: Metadata, contents: ReadonlyMap<string, XmlElement | string>): XmlElement {
  return x(
    'ProvideAndRegisterDocumentSetRequest',
    {},
    lcm('SubmitObjectsRequest', {}, rim('RegistryObjectList', {}, writeRegistryObjects(metadata))),
    [...contents].map(([id, content]) => x('Document', { id }, content)),
  )
}

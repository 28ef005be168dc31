import { child, type XmlElement } from '../xml/element.ts'
import { vocabulary } from '../xml/write.ts'
import { LCM, RIM } from './constants.ts'
import { readRegistryObjects, rim, writeRegistryObjects } from './ebrim.ts'
import type { Metadata } from './metadata.ts'

/**
 * Update Document Set, on which TD3.3a to TD3.3d stand. The answer's action has a hyphen where those of ITI-41 and ITI-43 have none.
 * @see IHE ITI Metadata Update §3.57 ; dmp.md §1, §3.8
 */
export const ITI57_ACTION = 'urn:ihe:iti:2010:UpdateDocumentSet'
export const ITI57_RESPONSE_ACTION = 'urn:ihe:iti:2010:UpdateDocumentSet-Response'

/** Slots of the associations of an update. */
export const UPDATE_SLOT = { OriginalStatus: 'OriginalStatus', NewStatus: 'NewStatus', PreviousVersion: 'PreviousVersion' } as const

const lcm = vocabulary('lcm', LCM)

/** Reads the payload, or says in French what is not there. */
export function readUpdateDocumentSet(payload: XmlElement): Metadata | { readonly missing: string } {
  if (payload.ns !== LCM || payload.name !== 'SubmitObjectsRequest')
    return { missing: `SubmitObjectsRequest attendu, {${payload.ns}}${payload.name} reçu` }
  const list = child(payload, RIM, 'RegistryObjectList')
  return list ? readRegistryObjects(list) : { missing: 'RegistryObjectList absent' }
}

export const writeUpdateDocumentSet = (metadata: Metadata): XmlElement =>
  lcm('SubmitObjectsRequest', {}, rim('RegistryObjectList', {}, writeRegistryObjects(metadata)))

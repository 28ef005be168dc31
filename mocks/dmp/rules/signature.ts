import type { DocumentEntry } from '#standards/xds/metadata.ts'
import type { Refus } from '../rules.ts'
import { manquent, refus } from './refuser.ts'

/** Type of the XAdES signature of a submission set. @see dmp.md §3.6 */
const TYPE_SIGNATURE = { code: 'E1762', codingScheme: 'ASTM' }

/**
 * The entry of a signature has metadata of its own, and few of them. Its class hides it from everyone: a report sent under that class by
 * mistake would be accepted and never seen again, so the type is looked at too.
 */
export function controlerSignature({ id, mimeType, patientId, uniqueId, typeCode }: DocumentEntry): Refus[] {
  const manques = manquent(id, { mimeType, patientId, uniqueId, typeCode: typeCode?.code })
  if (!typeCode || (typeCode.code === TYPE_SIGNATURE.code && typeCode.codingScheme === TYPE_SIGNATURE.codingScheme)) return manques
  const recu = `${typeCode.code.slice(0, 80)} (${typeCode.codingScheme.slice(0, 80)})`
  return [
    ...manques,
    refus(
      'XDSRegistryMetadataError',
      'DMP-SIGNATURE-FICHE',
      `la classe est celle d’une signature, dont le type est ${TYPE_SIGNATURE.code} (${TYPE_SIGNATURE.codingScheme}) : ${recu} reçu`,
      id,
    ),
  ]
}

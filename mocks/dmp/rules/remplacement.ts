import { type DocumentEntry, STATUS } from '#standards/xds/metadata.ts'
import { type Refus, reglesDmp } from '../rules.ts'
import { estAuteur, porte } from './lecture.ts'
import type { Appelant } from './vihf.ts'

/**
 * Whether one entry may take the place of another.
 * @param cible the entry replaced, undefined when the registry does not hold it for this patient
 */
export function controlerRemplacement(nouvelle: DocumentEntry, cible: DocumentEntry | undefined, appelant: Appelant): Refus | undefined {
  const location = nouvelle.id
  if (!cible)
    return {
      refused: 'XDSReplaceFailed',
      rule: reglesDmp['DMP-REMPLACEMENT'],
      about: 'le document à remplacer est inconnu chez ce patient',
      location,
    }
  if (cible.availabilityStatus !== STATUS.Approved)
    return {
      refused: 'XDSRegistryDeprecatedDocumentError',
      rule: reglesDmp['DMP-REMPLACEMENT'],
      about: 'le document à remplacer n’est plus en vigueur',
      location,
    }
  if (!estAuteur(cible, appelant))
    return {
      refused: 'XDSReplaceFailed',
      rule: reglesDmp['DMP-REMPLACEMENT-AUTEUR'],
      about: 'l’appelant n’est pas auteur du document à remplacer',
      location,
    }
  if (!porte(cible, 'INVISIBLE_PATIENT') && porte(nouvelle, 'INVISIBLE_PATIENT'))
    return { refused: 'XDSReplaceFailed', rule: reglesDmp['DMP-VISIBLE-SANS-RETOUR'], about: 'le document remplacé est visible du patient', location }
  return undefined
}

import { type DocumentEntry, STATUS } from '#standards/xds/metadata.ts'
import { type Refus, reglesDmp } from '../rules.ts'
import { estAuteur, estSignature, porte } from './lecture.ts'
import type { Appelant } from './vihf.ts'

const INVISIBLES = ['INVISIBLE_PATIENT', 'INVISIBLE_REPRESENTANTS_LEGAUX']

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
  if (estSignature(nouvelle) !== estSignature(cible))
    return { refused: 'XDSReplaceFailed', rule: reglesDmp['DMP-REMPLACEMENT'], about: 'une signature ne remplace qu’une signature', location }
  if (INVISIBLES.some((code) => !porte(cible, code) && porte(nouvelle, code)))
    return { refused: 'XDSReplaceFailed', rule: reglesDmp['DMP-VISIBLE-SANS-RETOUR'], about: 'le document remplacé est déjà visible', location }
  return undefined
}

import type { XdsErrorCode } from '#standards/xds/errors.ts'
import type { Code } from '#standards/xds/metadata.ts'
import { type Refus, reglesDmp } from '../rules.ts'

/** @param location id of the object at fault in the message */
export const refus = (refused: XdsErrorCode, code: keyof typeof reglesDmp, about: string, location?: string): Refus => ({
  refused,
  rule: reglesDmp[code],
  about,
  ...(location === undefined ? {} : { location }),
})

/** One refusal for each attribute that is absent or empty, naming it. */
export const manquent = (id: string, attributs: Readonly<Record<string, string | boolean | undefined>>): Refus[] =>
  Object.entries(attributs)
    .filter(([, valeur]) => !valeur)
    .map(([nom]) => refus('XDSRegistryMetadataError', 'DMP-METADONNEES', `${nom} obligatoire et absent`, id))

/**
 * Why a coded value is not admitted, undefined when it is. The first sentence is the DMP's own. @see DEVBOX FAQ
 * @param systemes coding schemes the list has for this code, undefined when it does not have the code
 */
export function horsListe({ code, codingScheme }: Code, systemes: readonly string[] | undefined): string | undefined {
  if (systemes?.includes(codingScheme)) return undefined
  const dit = `Le code '${code.slice(0, 80)}' ne fait pas partie du domaine d’affinité`
  return systemes ? `${dit} : système de codage « ${codingScheme.slice(0, 80)} » reçu, ${systemes.join(' ou ')} attendu` : dit
}

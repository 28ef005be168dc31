import type { XdsErrorCode } from '#standards/xds/errors.ts'
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

/** The DMP's own words. @see DEVBOX FAQ */
export const horsDomaine = (code: string): string => `Le code '${code.slice(0, 80)}' ne fait pas partie du domaine d’affinité`

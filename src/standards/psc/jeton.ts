import { ROYAUME } from './adresses.ts'

/** Characters of the longest token read: ours are about a thousand. */
export const JETON_MAXIMUM = 8_192

/** What a JWT says of itself, nothing of it verified; undefined when it is none. @see RFC 7519 */
export function chargeDuJeton(jeton: string): Readonly<Record<string, unknown>> | undefined {
  if (jeton.length > JETON_MAXIMUM) return undefined
  const [, charge] = /^[\w-]+\.([\w-]+)\.[\w-]*$/.exec(jeton) ?? []
  if (charge === undefined) return undefined
  try {
    const bytes = Uint8Array.from(atob(charge.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0))
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

/** The world an issuer belongs to: `default` without prefix; undefined when this is no issuer of the sandbox. */
export function mondeDeLEmetteur(iss: string): string | undefined {
  if (iss.length > 500 || !iss.endsWith(ROYAUME)) return undefined
  const avant = iss.slice(0, -ROYAUME.length)
  const lu = /^https?:\/\/[^/?#]+(?:\/sim\/[^/?#]+)?(?:\/w\/([a-z0-9-]{1,40}))?(?:\/sim\/[^/?#]+)?$/.exec(avant)
  return lu ? (lu[1] ?? 'default') : undefined
}

/** The world that an access token names in `iss`, unverified: what a mail port needs to choose whom to ask. */
export function mondeDuJeton(jeton: string): string | undefined {
  const iss = chargeDuJeton(jeton)?.['iss']
  return typeof iss === 'string' ? mondeDeLEmetteur(iss) : undefined
}

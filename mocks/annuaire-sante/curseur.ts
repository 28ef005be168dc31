import { TYPES, type TypeRessource } from './ressources.ts'

/** Where the next page begins: everything is in it, the service keeps nothing. */
export interface Curseur {
  readonly type: TypeRessource
  /** The criteria, as a query. */
  readonly requete: string
  /** Id of the last resource of the page before. */
  readonly apres: string
}

/** Longest cursor read, and longest query. */
export const MAX_REQUETE = 8_000
const MAX_CURSEUR = 4 * MAX_REQUETE

/** Base64url of UTF-8. */
export function ecrireCurseur({ type, requete, apres }: Curseur): string {
  const octets = new TextEncoder().encode(JSON.stringify([type, requete, apres]))
  return btoa(Array.from(octets, (octet) => String.fromCharCode(octet)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** Undefined: not one of ours. What it holds is read again like any search. */
export function lireCurseur(id: string): Curseur | undefined {
  if (id.length > MAX_CURSEUR || !/^[A-Za-z0-9_-]+$/.test(id)) return undefined
  let lu: unknown
  try {
    const octets = Uint8Array.from(atob(id.replaceAll('-', '+').replaceAll('_', '/')), (lettre) => lettre.charCodeAt(0))
    lu = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(octets))
  } catch {
    return undefined
  }
  if (!Array.isArray(lu) || lu.length !== 3 || !lu.every((part) => typeof part === 'string')) return undefined
  const [dit, requete, apres] = lu as [string, string, string]
  const type = TYPES.find((un) => un === dit)
  return type && requete.length <= MAX_REQUETE && /^[A-Za-z0-9.-]{1,64}$/.test(apres) ? { type, requete, apres } : undefined
}

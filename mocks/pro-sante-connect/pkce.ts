import type { DefiPkce } from './objets.ts'

/** A verifier as given, and its SHA-256 in base64url; `null`: none was given; `'mal formé'`: not 43 to 128 unreserved characters. */
export type PreuvePkce = { readonly plain: string; readonly S256: string } | 'mal formé' | null

/** Outside any transaction: hashing waits for the platform. @see RFC 7636 §4.1 and §4.2 */
export async function preuveDe(verifier: string | null): Promise<PreuvePkce> {
  if (verifier === null) return null
  if (!estPkce(verifier)) return 'mal formé'
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier)))
  const base64 = btoa(String.fromCharCode(...hash))
  return { plain: verifier, S256: base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '') }
}

/** PSC-PKCE: also false when a verifier comes for a code asked without challenge. @see RFC 9700 §2.1.1 */
export const repondAuDefi = (defi: DefiPkce | undefined, preuve: PreuvePkce): boolean =>
  defi === undefined ? preuve === null : preuve !== null && preuve !== 'mal formé' && preuve[defi.methode] === defi.valeur

/** A challenge or a verifier. */
export const estPkce = (text: string): boolean => /^[A-Za-z0-9\-._~]{43,128}$/.test(text)

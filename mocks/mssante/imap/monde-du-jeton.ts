import { fromBinary } from '#standards/imap/bytes.ts'

/**
 * The world whose Pro Santé Connect delivered a token, read in its `iss` (`…/w/<world>/…`); `default` when it names none.
 * Nothing is trusted of it: that world then says whether it signed the token.
 */
export function mondeDuJeton(jeton: string): string {
  const [, charge = ''] = /^[\w-]+\.([\w-]{1,20000})\.[\w-]*$/.exec(jeton) ?? []
  try {
    const lu: unknown = JSON.parse(new TextDecoder().decode(fromBinary(atob(charge.replaceAll('-', '+').replaceAll('_', '/')))))
    const iss = typeof lu === 'object' && lu !== null && 'iss' in lu && typeof lu.iss === 'string' ? lu.iss : ''
    return /^https?:\/\/[^/?#]+\/w\/([a-z0-9-]{1,40})(?:\/|$)/.exec(iss)?.[1] ?? 'default'
  } catch {
    return 'default'
  }
}

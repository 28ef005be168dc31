import { type Cursor, ImapSyntaxError } from '#standards/imap/cursor.ts'
import { merged, readSequence, within } from '#standards/imap/sequence-set.ts'
import type { Vue } from './vue.ts'

/** The messages a command names: UIDs that the client knows, ascending. A UID it does not know is no mistake, a number beyond the last is. */
export function lireChoix(lu: Cursor, vue: Vue, parUid: boolean): number[] {
  lu.space()
  return uidsDe(lu.sequence(), vue, parUid)
}

export function uidsDe(suite: string, { uids }: Vue, parUid: boolean): number[] {
  if (parUid) return within(uids, readSequence(suite, uids.at(-1) ?? 0))
  const bornes = merged(readSequence(suite, uids.length))
  if (bornes.some(([de, a]) => (de < 1 || a > uids.length) && !(uids.length === 0 && a === 0))) throw new ImapSyntaxError('no such sequence number')
  return bornes.flatMap(([de, a]) => uids.slice(Math.max(0, de - 1), a))
}

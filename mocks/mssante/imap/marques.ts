import { type Cursor, ImapSyntaxError } from '#standards/imap/cursor.ts'
import type { MessageEnregistre } from '../store.ts'
import type { Vue } from './vue.ts'

/** Flags as IMAP writes them. @see RFC 3501 §2.3.2 */

export const SYSTEME = ['\\Answered', '\\Flagged', '\\Deleted', '\\Seen', '\\Draft'] as const
/** Keywords that clients of the field know. @see RFC 5788 */
export const MOTS_CLES = ['$Forwarded', '$MDNSent', '$Junk', '$NotJunk']
const MAX_MARQUES = 50

export const marquesDe = (vue: Pick<Vue, 'recentDes'>, { uid, marques }: Pick<MessageEnregistre, 'uid' | 'marques'>): string =>
  `(${[...marques, ...(uid >= vue.recentDes ? ['\\Recent'] : [])].join(' ')})`

/** `(\Seen $Forwarded)`, or without parentheses as STORE allows. `\Recent` is the server's: it is left out. */
export function lireMarques(lu: Cursor): string[] {
  const lues: string[] = []
  if (lu.peek === '(') lues.push(...lu.list(() => uneMarque(lu)))
  else {
    lues.push(uneMarque(lu))
    while (!lu.ended) {
      lu.space()
      lues.push(uneMarque(lu))
    }
  }
  const uniques = [...new Map(lues.filter((une) => une !== '').map((une) => [une.toLowerCase(), une])).values()]
  if (uniques.length > MAX_MARQUES) throw new ImapSyntaxError('too many flags')
  return uniques
}

function uneMarque(lu: Cursor): string {
  const marque = lu.flag()
  if (marque.toLowerCase() === '\\recent') return ''
  if (marque.length > 60 || /[^\x21-\x7e]/.test(marque)) throw new ImapSyntaxError('flag too long')
  if (!marque.startsWith('\\')) return marque
  const systeme = SYSTEME.find((une) => une.toLowerCase() === marque.toLowerCase())
  if (!systeme) throw new ImapSyntaxError('unknown system flag')
  return systeme
}

/** Whatever the case, as they were written first. */
export const porte = (marques: readonly string[], marque: string): boolean => marques.some((une) => une.toLowerCase() === marque.toLowerCase())

export function changees(marques: readonly string[], comment: '+' | '-' | '=', donnees: readonly string[]): readonly string[] {
  if (comment === '-') return marques.filter((une) => !porte(donnees, une))
  if (comment === '=') return donnees.map((une) => marques.find((connue) => connue.toLowerCase() === une.toLowerCase()) ?? une)
  return [...marques, ...donnees.filter((une) => !porte(marques, une))].slice(0, MAX_MARQUES)
}

import { textOf } from './bytes.ts'
import { type Cursor, ImapSyntaxError } from './cursor.ts'
import { readDate } from './write.ts'

/** @see RFC 3501 §6.4.4 */
export type SearchKey =
  | { readonly type: 'all' }
  | { readonly type: 'flag'; readonly flag: string; readonly set: boolean }
  | { readonly type: 'recent'; readonly recent: boolean; readonly unseen?: boolean }
  /** Days, in milliseconds UTC: of arrival, or of the Date field. */
  | { readonly type: 'date'; readonly sent: boolean; readonly how: 'before' | 'on' | 'since'; readonly day: number }
  | { readonly type: 'size'; readonly larger: boolean; readonly size: number }
  /** `text` in lower case; empty: the field is there. */
  | { readonly type: 'header'; readonly field: string; readonly text: string }
  | { readonly type: 'body' | 'text'; readonly text: string }
  | { readonly type: 'uid' | 'sequence'; readonly set: string }
  | { readonly type: 'modseq'; readonly from: number }
  | { readonly type: 'not'; readonly key: SearchKey }
  | { readonly type: 'or'; readonly one: SearchKey; readonly other: SearchKey }
  | { readonly type: 'and'; readonly keys: readonly SearchKey[] }

const FLAGS: Readonly<Record<string, string>> = {
  ANSWERED: '\\Answered',
  DELETED: '\\Deleted',
  DRAFT: '\\Draft',
  FLAGGED: '\\Flagged',
  SEEN: '\\Seen',
}
const FIELDS = ['BCC', 'CC', 'FROM', 'SUBJECT', 'TO']
const MAX_DEPTH = 50
const MAX_KEYS = 1_000

/** One letter case, one form of each character: how texts are compared. */
export const foldCase = (text: string): string => text.normalize('NFKC').toLowerCase()

/** Every key until the end of the command, all of which must hold. */
export function readSearchKeys(cursor: Cursor): SearchKey {
  const reading = { left: MAX_KEYS }
  const keys = [readKey(cursor, 0, reading)]
  while (!cursor.ended) {
    cursor.space()
    if (cursor.ended) break
    keys.push(readKey(cursor, 0, reading))
  }
  return keys.length === 1 ? keys[0]! : { type: 'and', keys }
}

function readKey(cursor: Cursor, depth: number, reading: { left: number }): SearchKey {
  if (depth > MAX_DEPTH || reading.left-- <= 0) throw new ImapSyntaxError('search too complex')
  const within = () => readKey(cursor, depth + 1, reading)
  if (cursor.peek === '(') {
    const keys = cursor.list(within)
    if (keys.length === 0) throw new ImapSyntaxError('search key expected')
    return { type: 'and', keys }
  }
  if (/[\d*]/.test(cursor.peek)) return { type: 'sequence', set: cursor.sequence() }
  const word = cursor.atom().toUpperCase()
  const argument = <T>(read: () => T): T => {
    cursor.space()
    return read()
  }
  const text = () => argument(() => foldCase(textOf(cursor.astring())))
  const flag = FLAGS[word] ?? FLAGS[word.replace(/^UN/, '')]
  if (flag) return { type: 'flag', flag, set: FLAGS[word] !== undefined }
  if (FIELDS.includes(word)) return { type: 'header', field: word.toLowerCase(), text: text() }
  switch (word) {
    case 'ALL':
      return { type: 'all' }
    case 'NEW':
      return { type: 'recent', recent: true, unseen: true }
    case 'RECENT':
      return { type: 'recent', recent: true }
    case 'OLD':
      return { type: 'recent', recent: false }
    case 'KEYWORD':
    case 'UNKEYWORD':
      return { type: 'flag', flag: argument(() => cursor.atom()), set: word === 'KEYWORD' }
    case 'BEFORE':
    case 'ON':
    case 'SINCE':
      return { type: 'date', sent: false, how: word.toLowerCase() as 'on', day: argument(() => date(cursor)) }
    case 'SENTBEFORE':
    case 'SENTON':
    case 'SENTSINCE':
      return { type: 'date', sent: true, how: word.slice(4).toLowerCase() as 'on', day: argument(() => date(cursor)) }
    case 'LARGER':
    case 'SMALLER':
      return { type: 'size', larger: word === 'LARGER', size: argument(() => cursor.number()) }
    case 'HEADER':
      return { type: 'header', field: argument(() => cursor.astring()).toLowerCase(), text: text() }
    case 'BODY':
    case 'TEXT':
      return { type: word.toLowerCase() as 'body', text: text() }
    case 'UID':
      return { type: 'uid', set: argument(() => cursor.sequence()) }
    case 'MODSEQ':
      cursor.space()
      // RFC 7162 §3.1.5: an entry may come before the number; one counter serves them all here.
      if (cursor.peek === '"') {
        cursor.string()
        argument(() => cursor.atom())
        cursor.space()
      }
      return { type: 'modseq', from: cursor.number() }
    case 'NOT':
      return { type: 'not', key: argument(within) }
    case 'OR': {
      const one = argument(within)
      return { type: 'or', one, other: argument(within) }
    }
    default:
      throw new ImapSyntaxError(`unknown search key ${word.slice(0, 30)}`)
  }
}

function date(cursor: Cursor): number {
  const day = readDate(cursor.astring())
  if (day === undefined) throw new ImapSyntaxError('date expected')
  return day
}

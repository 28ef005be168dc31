import { type Cursor, ImapSyntaxError } from './cursor.ts'
import type { Section } from './section.ts'

export type FetchItem =
  | { readonly type: 'UID' | 'FLAGS' | 'INTERNALDATE' | 'RFC822.SIZE' | 'ENVELOPE' | 'BODYSTRUCTURE' | 'BODY' | 'MODSEQ' }
  | {
      readonly type: 'section'
      /** How the answer names it, `BODY[1.2]`, origin of a partial apart. */
      readonly name: string
      readonly section: Section
      readonly peek: boolean
      readonly partial?: readonly [from: number, size: number]
    }

const MACROS: Readonly<Record<string, readonly string[]>> = {
  ALL: ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE', 'ENVELOPE'],
  FAST: ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE'],
  FULL: ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE', 'ENVELOPE', 'BODY'],
}
const MAX_ITEMS = 200

const whole = (name: string, part: Section['part'], peek: boolean): FetchItem => ({
  type: 'section',
  name,
  section: { path: [], part, fields: [] },
  peek,
})

/** What follows the set in a FETCH: an item, a macro, or a list. @see RFC 3501 §6.4.5 */
export function readFetchItems(cursor: Cursor): FetchItem[] {
  if (cursor.peek === '(') return cursor.list(() => readItem(cursor, undefined)).slice(0, MAX_ITEMS)
  const word = wordOf(cursor)
  const macro = MACROS[word]
  return macro ? macro.map((type) => ({ type }) as FetchItem) : [readItem(cursor, word)]
}

const wordOf = (cursor: Cursor): string => (cursor.match(/[A-Za-z0-9.]+/y)?.[0] ?? '').toUpperCase()

function readItem(cursor: Cursor, read: string | undefined): FetchItem {
  const word = read ?? wordOf(cursor)
  switch (word) {
    case 'UID':
    case 'FLAGS':
    case 'INTERNALDATE':
    case 'RFC822.SIZE':
    case 'ENVELOPE':
    case 'BODYSTRUCTURE':
    case 'MODSEQ':
      return { type: word }
    case 'RFC822':
      return whole('RFC822', '', false)
    case 'RFC822.HEADER':
      return whole('RFC822.HEADER', 'HEADER', true)
    case 'RFC822.TEXT':
      return whole('RFC822.TEXT', 'TEXT', false)
    case 'BODY':
    case 'BODY.PEEK':
      if (cursor.peek === '[') return readSection(cursor, word === 'BODY.PEEK')
      if (word === 'BODY') return { type: 'BODY' }
  }
  throw new ImapSyntaxError(`unknown data item ${word.slice(0, 30)}`)
}

function readSection(cursor: Cursor, peek: boolean): FetchItem {
  cursor.expect('[')
  const digits = cursor.match(/[1-9]\d{0,5}(?:\.[1-9]\d{0,5}){0,49}/y)?.[0] ?? ''
  const dot = digits === '' || cursor.take('.')
  const word = dot ? (cursor.match(/HEADER\.FIELDS\.NOT|HEADER\.FIELDS|HEADER|TEXT|MIME/iy)?.[0] ?? '').toUpperCase() : ''
  if ((dot && digits !== '' && word === '') || (digits === '' && word === 'MIME')) throw new ImapSyntaxError('unknown section')
  const part = word as Section['part']
  const fields: string[] = []
  if (part.startsWith('HEADER.FIELDS')) {
    cursor.space()
    fields.push(...cursor.list(() => cursor.astring()))
    if (fields.length === 0) throw new ImapSyntaxError('field names expected')
  }
  cursor.expect(']')
  const path = digits === '' ? [] : digits.split('.').map(Number)
  const names =
    fields.length === 0
      ? ''
      : ` (${fields.map((name) => (/^[!-'*-[\]-z|}~]+$/.test(name) ? name : `"${name.replace(/[^ -~]|["\\]/g, '')}"`)).join(' ')})`
  const name = `BODY[${digits}${digits !== '' && word !== '' ? '.' : ''}${word}${names}]`
  const section = { path, part, fields }
  if (!cursor.take('<')) return { type: 'section', name, section, peek }
  const from = cursor.number()
  cursor.expect('.')
  const size = cursor.number()
  cursor.expect('>')
  if (size === 0) throw new ImapSyntaxError('a partial has at least one byte')
  return { type: 'section', name, section, peek, partial: [from, size] }
}

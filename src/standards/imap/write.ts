import { concat } from './bytes.ts'

const UTF8 = new TextEncoder()

/** What responses are made of: text (sent as UTF-8) and bytes. */
export type Written = string | Uint8Array

export const bytesOf = (pieces: readonly Written[]): Uint8Array<ArrayBuffer> => {
  const whole: Uint8Array[] = []
  let text = ''
  for (const piece of pieces)
    if (typeof piece === 'string') text += piece
    else {
      whole.push(UTF8.encode(text), piece)
      text = ''
    }
  return concat([...whole, UTF8.encode(text)])
}

export const literal = (bytes: Uint8Array): Written[] => [`{${bytes.length}}\r\n`, bytes]

/** Quoted when it may be, a literal otherwise. @see RFC 3501 §4.3 */
export const string = (text: string): Written[] =>
  /^[\x20-\x7e]{0,1000}$/.test(text) ? [`"${text.replace(/["\\]/g, '\\$&')}"`] : literal(UTF8.encode(text.replaceAll('\0', '')))

export const nstring = (text: string | undefined): Written[] => (text === undefined ? ['NIL'] : string(text))

/** For names without quotes where they need none. */
export const astring = (text: string): Written[] => (/^[\w.\-/@$&+,]+$/.test(text) ? [text] : string(text))

/** Text of a response is seven bits: accents are taken off. @see RFC 3501 §9 (TEXT-CHAR) */
export const plainText = (text: string): string =>
  text
    .replace(/[’‘]/g, "'")
    .replace(/[«»“”]\s?/g, '"')
    .replace(/\s*[–—]\s*/g, ' - ')
    .replaceAll('œ', 'oe')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7e]/g, ' ')

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const two = (n: number) => String(n).padStart(2, '0')

/** `"23-Nov-2026 08:00:00 +0000"`, always in UTC. */
export function writeDateTime(ms: number): string {
  const date = new Date(ms)
  const day = `${String(date.getUTCDate()).padStart(2, ' ')}-${MONTHS[date.getUTCMonth()]}-${String(date.getUTCFullYear()).padStart(4, '0')}`
  return `"${day} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} +0000"`
}

const monthOf = (name: string): number => MONTHS.findIndex((month) => month.toLowerCase() === name.toLowerCase())

/** Start of a `23-Nov-2026` in UTC, milliseconds. */
export function readDate(text: string): number | undefined {
  const [, day, month = '', year] = /^(\d{1,2})-([a-z]{3})-(\d{4})$/i.exec(text) ?? []
  return day === undefined ? undefined : utc(Number(year), monthOf(month), Number(day))
}

function utc(year: number, month: number, day: number): number | undefined {
  if (month < 0) return undefined
  const ms = Date.UTC(year, month, day)
  return new Date(ms).getUTCDate() === day ? ms : undefined
}

/** `23-Nov-2026 08:00:00 +0100`, milliseconds. */
export function readDateTime(text: string): number | undefined {
  const [, day = '', h, m, s, sign, zh, zm] = /^ ?(\d{1,2}-[a-z]{3}-\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)$/i.exec(text) ?? []
  const start = readDate(day)
  if (start === undefined || Number(h) > 23 || Number(m) > 59 || Number(s) > 60) return undefined
  const zone = (Number(zh) * 60 + Number(zm)) * (sign === '-' ? -1 : 1)
  return start + ((Number(h) * 60 + Number(m) - zone) * 60 + Number(s)) * 1_000
}

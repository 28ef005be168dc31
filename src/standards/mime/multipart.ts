import { readContentType } from '../soap/content-type.ts'

/** One body part: headers in lower case, and a view of the message's own bytes. */
export interface MimePart {
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** The multipart cannot be read; `message` says why. */
export class MimeError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'MimeError'
  }
}

export const MAX_PARTS = 64
/** Bytes of one part's header block. */
const MAX_PART_HEADERS = 16_384

const CR = 13
const LF = 10
const DASH = 45
const SPACE = 32
const TAB = 9

/**
 * Cuts a multipart message without copying: each part is a view of `bytes`.
 * @throws {MimeError} no boundary, delimiter not found, unterminated part, too many parts or headers.
 * @see RFC 2046 §5.1
 */
export function readMultipart(bytes: Uint8Array, contentType: string): MimePart[] {
  const boundary = readContentType(contentType).parameters['boundary']
  if (!boundary || boundary.length > 200 || !/^[\x20-\x7e]+$/.test(boundary))
    throw new MimeError('paramètre boundary absent ou illisible dans le Content-Type')
  const delimiter = ascii(`--${boundary}`)
  let at = findDelimiter(bytes, delimiter, 0)
  if (at < 0) throw new MimeError(`délimiteur --${boundary} introuvable`)
  const parts: MimePart[] = []
  for (;;) {
    at += delimiter.length
    if (bytes[at] === DASH && bytes[at + 1] === DASH) return parts
    if (parts.length >= MAX_PARTS) throw new MimeError(`plus de ${MAX_PARTS} parties`)
    at = endOfLine(bytes, at)
    const { headers, start } = readHeaders(bytes, at)
    const end = findDelimiter(bytes, delimiter, start)
    if (end < 0) throw new MimeError(`partie ${parts.length + 1} non terminée : délimiteur de fin absent`)
    parts.push({ headers, body: bytes.subarray(start, Math.max(start, beforeLineBreak(bytes, end))) })
    at = end
  }
}

/** Position of a delimiter that begins a line. */
function findDelimiter(bytes: Uint8Array, delimiter: Uint8Array, from: number): number {
  // Dashes come by two at the start of a delimiter; base64 has none, so the first byte alone skips most of a document.
  for (let at = bytes.indexOf(DASH, from); at >= 0; at = bytes.indexOf(DASH, at + 1)) {
    if (at > 0 && bytes[at - 1] !== LF) continue
    let n = 1
    while (n < delimiter.length && bytes[at + n] === delimiter[n]) n++
    if (n < delimiter.length) continue
    if (endsDelimiter(bytes, at + n)) return at
  }
  return -1
}

/** White space or the end, after the two dashes that close the message if there are: `--b-x` is no delimiter of `b`. */
function endsDelimiter(bytes: Uint8Array, from: number): boolean {
  const next = bytes[from] === DASH && bytes[from + 1] === DASH ? bytes[from + 2] : bytes[from]
  return next === undefined || next === CR || next === LF || next === SPACE || next === TAB
}

/** A delimiter owns the line break before it. */
function beforeLineBreak(bytes: Uint8Array, delimiter: number): number {
  if (bytes[delimiter - 1] !== LF) return delimiter
  return bytes[delimiter - 2] === CR ? delimiter - 2 : delimiter - 1
}

function endOfLine(bytes: Uint8Array, from: number): number {
  const end = bytes.indexOf(LF, from)
  if (end < 0) throw new MimeError('ligne de délimiteur non terminée')
  return end + 1
}

function readHeaders(bytes: Uint8Array, from: number): { headers: Record<string, string>; start: number } {
  const headers: Record<string, string> = Object.create(null)
  let at = from
  let last = ''
  for (;;) {
    const end = bytes.indexOf(LF, at)
    if (end < 0 || end - from > MAX_PART_HEADERS) throw new MimeError('en-têtes de partie non terminés')
    const line = text(bytes.subarray(at, bytes[end - 1] === CR ? end - 1 : end))
    at = end + 1
    if (line === '') return { headers, start: at }
    if (/^[ \t]/.test(line) && last) headers[last] += ` ${line.trim()}`
    else {
      const colon = line.indexOf(':')
      if (colon <= 0) throw new MimeError(`en-tête de partie illisible : « ${line.slice(0, 60)} »`)
      last = line.slice(0, colon).trim().toLowerCase()
      headers[last] = line.slice(colon + 1).trim()
    }
  }
}

/** Joins parts under a boundary that the caller knows to be absent from them. */
export function writeMultipart(parts: readonly { headers: Readonly<Record<string, string>>; body: Uint8Array }[], boundary: string): Uint8Array {
  const pieces: Uint8Array[] = []
  for (const { headers, body } of parts) {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value.replace(/[\r\n]+/g, ' ')}\r\n`)
    pieces.push(new TextEncoder().encode(`--${boundary}\r\n${lines.join('')}\r\n`), body, ascii('\r\n'))
  }
  pieces.push(ascii(`--${boundary}--\r\n`))
  return concat(pieces)
}

function concat(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

const ascii = (value: string): Uint8Array => new TextEncoder().encode(value)
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

import { type ChampEntete, readEntete, valeurDe } from '../mime/entetes.ts'
import { fromBinary } from './bytes.ts'

/** Multiparts within multiparts, and parts in all, beyond which the rest is taken as text. */
const MAX_DEPTH = 20
const MAX_PARTS = 1_000

/** One part of a message, by offsets in the bytes of the whole. */
export interface MimePart {
  /** First byte of its header, of its body; first byte after it. */
  readonly start: number
  readonly body: number
  readonly end: number
  readonly champs: readonly ChampEntete[]
  /** Lower case. */
  readonly type: string
  readonly subtype: string
  readonly parameters: readonly Parameter[]
  /** Of a multipart. */
  readonly parts: readonly MimePart[]
  /** Of a message/rfc822: the message it holds. */
  readonly message?: MimePart
}

export type Parameter = readonly [name: string, value: string]

const FIELD = /;\s*([^\s=;]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*))/g

/** A value and its parameters, in their order and case, as BODYSTRUCTURE shows them. */
export function readParameters(header: string): { value: string; parameters: Parameter[] } {
  const text = header.slice(0, 16_384)
  const end = text.indexOf(';')
  const parameters: Parameter[] = []
  if (end >= 0)
    for (const [, name, quoted, bare] of text.slice(end).matchAll(FIELD))
      if (parameters.length < 50)
        parameters.push([name!, quoted === undefined ? (bare ?? '').replace(/\([^)]*\)\s*$/, '').trim() : quoted.replace(/\\(.)/g, '$1')])
  return { value: (end < 0 ? text : text.slice(0, end)).trim(), parameters }
}

/** The structure of a message, whatever its bytes are. @see RFC 2045, RFC 2046 */
export function readMessage(bytes: Uint8Array): MimePart {
  return readPart({ bytes, left: MAX_PARTS }, 0, bytes.length, 0, 'text/plain')
}

interface Reading {
  readonly bytes: Uint8Array
  /** Parts that may still be made. */
  left: number
}

function readPart(reading: Reading, start: number, end: number, depth: number, byDefault: string): MimePart {
  const { bytes } = reading
  const entete = readEntete(bytes.subarray(0, end), start)
  const body = Math.min(entete.corps, end)
  const { value, parameters } = readParameters(valeurDe(entete, 'Content-Type'))
  const [, type = '', subtype = ''] = /^([^\s/"()]+)\/([^\s/"()]+)$/.exec(value.toLowerCase()) ?? /^(.*)\/(.*)$/.exec(byDefault)!
  const leaf = { start, body, end, champs: entete.champs, type, subtype, parameters, parts: [] }
  if (depth >= MAX_DEPTH) return plain(leaf)
  if (type === 'multipart') {
    const boundary = parameters.find(([name]) => name.toLowerCase() === 'boundary')?.[1] ?? ''
    const parts = boundary === '' || boundary.length > 200 ? [] : readParts(reading, body, end, boundary, depth, subtype === 'digest')
    return parts.length === 0 ? plain(leaf) : { ...leaf, parts }
  }
  const encoding = valeurDe(entete, 'Content-Transfer-Encoding').toLowerCase()
  if (type === 'message' && subtype === 'rfc822' && encoding !== 'base64' && encoding !== 'quoted-printable' && reading.left-- > 0)
    return { ...leaf, message: readPart(reading, body, end, depth + 1, 'text/plain') }
  return leaf
}

/** A multipart that holds nothing readable is shown as text: a body of type multipart has at least one part. */
const plain = (leaf: MimePart): MimePart => (leaf.type === 'multipart' ? { ...leaf, type: 'text', subtype: 'plain' } : leaf)

const LF = 10
const CR = 13
const DASH = 45

function readParts(reading: Reading, from: number, end: number, boundary: string, depth: number, digest: boolean): MimePart[] {
  const { bytes } = reading
  const parts: MimePart[] = []
  const delimiter = fromBinary(`--${boundary}`)
  let open = -1
  for (let at = nextDelimiter(bytes, delimiter, from, end, from); ; at = nextDelimiter(bytes, delimiter, at + delimiter.length, end, from)) {
    const until = at < 0 ? end : beforeLineBreak(bytes, at, Math.max(open, from))
    if (open >= 0 && reading.left-- > 0)
      parts.push(readPart(reading, open, Math.max(open, until), depth + 1, digest ? 'message/rfc822' : 'text/plain'))
    if (at < 0) return parts
    const after = at + delimiter.length
    if (bytes[after] === DASH && bytes[after + 1] === DASH) return parts
    const line = bytes.indexOf(LF, after)
    if (line < 0 || line >= end) return parts
    open = line + 1
  }
}

function nextDelimiter(bytes: Uint8Array, delimiter: Uint8Array, from: number, end: number, first: number): number {
  for (let at = bytes.indexOf(DASH, from); at >= 0 && at + delimiter.length <= end; at = bytes.indexOf(DASH, at + 1)) {
    if (at > first && bytes[at - 1] !== LF) continue
    let n = 1
    while (n < delimiter.length && bytes[at + n] === delimiter[n]) n++
    if (n === delimiter.length && endsDelimiter(bytes, at + n, end)) return at
  }
  return -1
}

/** White space or the end, after the two dashes that close if there are: `--b-x` is no delimiter of `b`. */
function endsDelimiter(bytes: Uint8Array, from: number, end: number): boolean {
  const at = bytes[from] === DASH && bytes[from + 1] === DASH ? from + 2 : from
  const next = at >= end ? LF : bytes[at]
  return next === LF || next === CR || next === 32 || next === 9
}

/** A delimiter owns the line break before it. */
function beforeLineBreak(bytes: Uint8Array, at: number, first: number): number {
  if (at <= first || bytes[at - 1] !== LF) return at
  return at - 1 > first && bytes[at - 2] === CR ? at - 2 : at - 1
}

/** Lines of a body, as BODYSTRUCTURE counts them. */
export function linesOf(bytes: Uint8Array, { body, end }: Pick<MimePart, 'body' | 'end'>): number {
  let lines = 0
  for (let at = bytes.indexOf(LF, body); at >= 0 && at < end; at = bytes.indexOf(LF, at + 1)) lines++
  return end > body && bytes[end - 1] !== LF ? lines + 1 : lines
}

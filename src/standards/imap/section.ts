import { concat, fromBinary, toBinary } from './bytes.ts'
import type { MimePart } from './mime-part.ts'

/** `BODY[1.2.HEADER.FIELDS (Subject)]` without its brackets. @see RFC 3501 §6.4.5 */
export interface Section {
  readonly path: readonly number[]
  readonly part: '' | 'HEADER' | 'HEADER.FIELDS' | 'HEADER.FIELDS.NOT' | 'TEXT' | 'MIME'
  /** As the client wrote them. */
  readonly fields: readonly string[]
}

const EMPTY = new Uint8Array()

/** Its bytes, undefined when the message has no such part. */
export function bytesOfSection(bytes: Uint8Array, message: MimePart, { path, part, fields }: Section): Uint8Array | undefined {
  let found: MimePart | undefined
  for (const number of path) {
    const from: MimePart | undefined = found ? (found.message ?? found) : message
    // A message that is no multipart has one part, its body.
    found = from.parts.length > 0 ? from.parts[number - 1] : number === 1 && (!found || found.message) ? from : undefined
    if (!found) return undefined
  }
  if (!found) return bytesOfMessage(bytes, message, part, fields)
  if (part === '') return bytes.subarray(found.body, found.end)
  // The only part of a message without multipart has no MIME header but the message's own.
  if (part === 'MIME') return bytes.subarray(found.start, found.body)
  return found.message ? bytesOfMessage(bytes, found.message, part, fields) : undefined
}

function bytesOfMessage(bytes: Uint8Array, { start, body, end }: MimePart, part: Section['part'], fields: readonly string[]): Uint8Array | undefined {
  switch (part) {
    case '':
      return bytes.subarray(start, end)
    case 'TEXT':
      return bytes.subarray(body, end)
    case 'HEADER':
      return bytes.subarray(start, body)
    case 'MIME':
      return undefined
    default:
      return fieldsOf(bytes.subarray(start, body), fields, part === 'HEADER.FIELDS.NOT')
  }
}

/** Fields as they are written, folding included, then the blank line. */
export function fieldsOf(header: Uint8Array, names: readonly string[], others = false): Uint8Array {
  const wanted = new Set(names.map((name) => name.toLowerCase()))
  const kept: Uint8Array[] = []
  let keeping = false
  for (let at = 0; at < header.length;) {
    const end = header.indexOf(10, at)
    const next = end < 0 ? header.length : end + 1
    const line = header.subarray(at, next)
    at = next
    if (line[0] === 10 || (line[0] === 13 && line[1] === 10)) break
    if (line[0] !== 32 && line[0] !== 9) {
      const colon = line.indexOf(58)
      keeping =
        colon > 0 &&
        wanted.has(
          toBinary(line.subarray(0, Math.min(colon, 200)))
            .trim()
            .toLowerCase(),
        ) !== others
    }
    if (keeping) kept.push(line)
  }
  return concat([...kept, fromBinary('\r\n')])
}

/** `<from.size>` of a section. */
export const partial = (bytes: Uint8Array, from: number, size: number): Uint8Array =>
  from >= bytes.length ? EMPTY : bytes.subarray(from, from + size)

import { toBase64 } from '../database/base64.ts'
import { type KeptMessage, sizeOf } from '../kit/journal.ts'

/** A body as somebody reads it: text when it is text, its parts when it has some, else base64. */
export interface ShownBody {
  /** Bytes of the whole body as it went through. */
  readonly size: number
  /** Only the beginning was kept. */
  readonly truncated: boolean
  readonly text?: string
  readonly base64?: string
  readonly parts?: readonly ShownPart[]
}

interface ShownPart {
  readonly headers: Readonly<Record<string, string>>
  readonly size: number
  /** Absent when the part is binary. */
  readonly text?: string
}

/** Most parts shown of a multipart body. */
const MAX_PARTS = 50

export function showBody(message: KeptMessage): ShownBody {
  const { headers, body, truncated } = message
  const about = { size: sizeOf(message), truncated }
  if (body === undefined) return { ...about, text: '' }
  if (typeof body === 'string') return { ...about, text: body }
  const contentType = headers['content-type'] ?? ''
  const boundary = /^multipart\/[^;]+;.*?boundary="?([^";]{1,200})"?/i.exec(contentType)?.[1]
  if (boundary) return { ...about, parts: partsOf(body, boundary) }
  const text = isTextual(contentType) ? decode(body, contentType, truncated) : undefined
  return text === undefined ? { ...about, base64: toBase64(body) } : { ...about, text }
}

const isTextual = (contentType: string) =>
  contentType === '' ||
  /^\s*(text\/|application\/(?:[\w.+-]*\+)?(?:xml|json)\b|application\/(?:x-www-form-urlencoded|javascript)\b)/i.test(contentType)

/** Undefined when the bytes are not text in that charset. */
function decode(bytes: Uint8Array, contentType: string, truncated = false): string | undefined {
  const charset = /charset="?([\w-]+)/i.exec(contentType)?.[1] ?? 'utf-8'
  try {
    return new TextDecoder(charset, { fatal: !truncated }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Cuts at the boundary lines; tolerant, since what is shown may be broken. @see RFC 2046 §5.1 */
function partsOf(body: Uint8Array, boundary: string): ShownPart[] {
  // One character per byte: positions in the string are positions in the body.
  const text = new TextDecoder('latin1').decode(body)
  const mark = `--${boundary}`
  const parts: ShownPart[] = []
  let from = text.indexOf(mark)
  while (from >= 0 && parts.length < MAX_PARTS && !text.startsWith('--', from + mark.length)) {
    const start = from + mark.length
    const next = text.indexOf(mark, start)
    const end = next < 0 ? text.length : next
    const blank = /\r?\n\r?\n/.exec(text.slice(start, Math.min(end, start + 8_192)))
    const contentStart = blank ? start + blank.index + blank[0].length : end
    const contentEnd = text.startsWith('\r\n', end - 2) ? end - 2 : end
    parts.push(partOf(text.slice(start, blank ? start + blank.index : end), body.subarray(contentStart, Math.max(contentStart, contentEnd))))
    from = next
  }
  return parts
}

function partOf(head: string, content: Uint8Array): ShownPart {
  const headers: Record<string, string> = {}
  for (const line of head.split(/\r?\n/)) {
    const colon = line.indexOf(':')
    if (colon > 0) headers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim()
  }
  const contentType = headers['content-type'] ?? ''
  const text = isTextual(contentType) ? decode(content, contentType) : undefined
  return text === undefined ? { headers, size: content.length } : { headers, size: content.length, text }
}

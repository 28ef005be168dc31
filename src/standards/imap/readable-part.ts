import { enClair, valeurDe } from '../mime/entetes.ts'
import { toBinary } from './bytes.ts'
import type { MimePart } from './mime-part.ts'

/** Bytes of one part that are decoded. */
const MAX_DECODED = 4_000_000

/**
 * Gives what a person could read of a message, part by part, until one is found to be what is looked for: texts in clear, and the
 * headers of the messages it holds. The header of the message itself is not given.
 */
export function readablePart(bytes: Uint8Array, part: MimePart, isIt: (text: string, header: boolean) => boolean): boolean {
  if (part.parts.length > 0) return part.parts.some((inner) => readablePart(bytes, inner, isIt))
  if (part.message) {
    const header = part.message.champs.map(({ nom, valeur }) => `${nom}: ${enClair(valeur)}`).join('\n')
    return isIt(header, false) || readablePart(bytes, part.message, isIt)
  }
  return part.type === 'text' && isIt(readText(bytes, part), false)
}

/** A text part in clear, whatever its transfer encoding and charset; what cannot be decoded is left as it is. */
function readText(bytes: Uint8Array, part: MimePart): string {
  const body = bytes.subarray(part.body, Math.min(part.end, part.body + MAX_DECODED))
  const encoding = valeurDe(part, 'Content-Transfer-Encoding').trim().toLowerCase()
  const decoded = encoding === 'base64' ? fromBase64(body) : encoding === 'quoted-printable' ? fromQuotedPrintable(body) : body
  const charset = part.parameters.find(([name]) => name.toLowerCase() === 'charset')?.[1] ?? 'utf-8'
  return decoderOf(charset).decode(decoded)
}

function decoderOf(charset: string): TextDecoder {
  try {
    return new TextDecoder(/^us-ascii$/i.test(charset) ? 'utf-8' : charset)
  } catch {
    return new TextDecoder('utf-8')
  }
}

function fromBase64(body: Uint8Array): Uint8Array {
  const digits = toBinary(body).replace(/[^A-Za-z0-9+/]/g, '')
  const text = atob(digits.slice(0, digits.length - (digits.length % 4 === 1 ? 1 : 0)))
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at)
  return bytes
}

function fromQuotedPrintable(body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(body.length)
  let size = 0
  for (let at = 0; at < body.length; at++) {
    const byte = body[at]!
    if (byte !== 61) {
      bytes[size++] = byte
      continue
    }
    const pair = toBinary(body.subarray(at + 1, at + 3))
    if (/^[0-9A-Fa-f]{2}$/.test(pair)) {
      bytes[size++] = Number.parseInt(pair, 16)
      at += 2
    } else if (pair === '\r\n') at += 2
    else if (pair.startsWith('\n')) at += 1
    else bytes[size++] = byte
  }
  return bytes.subarray(0, size)
}

/**
 * Bytes of an XML entity to text.
 * @see RFC 7303 §3: a byte order mark decides first, then the `charset` of the media type, then the XML declaration, else UTF-8.
 * @see https://www.w3.org/TR/xml/#sec-guessing
 */

/** The bytes cannot be read: unknown encoding, or bytes that the announced one does not allow. */
export class CharsetError extends Error {
  /** The encoding as announced, or found in the bytes. */
  readonly charset: string
  constructor(charset: string, message: string) {
    super(message)
    this.name = 'CharsetError'
    this.charset = charset
  }
}

const UTF8 = new TextDecoder('utf-8', { fatal: true })
// An XML declaration is ASCII in every encoding looked at here.
const HEAD = new TextDecoder('windows-1252')

/** Encodings read, by their usual labels in lower case. The values are the ones of `decode` below. */
const KNOWN: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'utf-8': 'utf-8',
    utf8: 'utf-8',
    'utf-16': 'utf-16',
    utf16: 'utf-16',
    'utf-16le': 'utf-16le',
    'utf-16be': 'utf-16be',
    'iso-8859-1': 'latin1',
    iso8859_1: 'latin1',
    'iso8859-1': 'latin1',
    latin1: 'latin1',
    'iso-8859-15': 'iso-8859-15',
    'iso8859-15': 'iso-8859-15',
    iso8859_15: 'iso-8859-15',
    'latin-9': 'iso-8859-15',
    'windows-1252': 'windows-1252',
    cp1252: 'windows-1252',
    'us-ascii': 'ascii',
    ascii: 'ascii',
  }),
)

/**
 * Text of an XML document, without its byte order mark.
 * @param charset the `charset` parameter of the media type, when there is one.
 * @throws {CharsetError} unknown encoding, or bytes it does not allow.
 */
export function decodeXml(bytes: Uint8Array, charset?: string): string {
  const announced = markOf(bytes) ?? charset ?? declaredEncoding(bytes) ?? 'utf-8'
  const known = KNOWN.get(announced.toLowerCase())
  if (!known) throw new CharsetError(announced, `jeu de caractères inconnu : ${announced.slice(0, 40)}`)
  try {
    return decode(known, bytes)
  } catch {
    throw new CharsetError(announced, `octets invalides pour le jeu de caractères ${announced}`)
  }
}

function decode(charset: string, bytes: Uint8Array): string {
  if (charset === 'utf-8') return UTF8.decode(bytes)
  // The platform's "iso-8859-1" is in fact windows-1252; the true one maps each byte to the code point of the same number.
  if (charset === 'latin1') return codePoints(bytes)
  if (charset === 'ascii') {
    if (bytes.some((byte) => byte > 0x7f)) throw new RangeError('not ASCII')
    return codePoints(bytes)
  }
  if (charset === 'utf-16') return new TextDecoder(bytes[0] === 0 ? 'utf-16be' : 'utf-16le', { fatal: true }).decode(bytes)
  return new TextDecoder(charset, { fatal: true }).decode(bytes)
}

function codePoints(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return text
}

function markOf(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return undefined
}

/** Encoding of the XML declaration, or the family its first bytes betray. Looks at 256 bytes at most. */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0x3c && bytes[1] === 0) return 'utf-16le'
  if (bytes[0] === 0 && bytes[1] === 0x3c) return 'utf-16be'
  if (bytes[0] !== 0x3c || bytes[1] !== 0x3f) return undefined
  const head = HEAD.decode(bytes.subarray(0, 256))
  return /^<\?xml\s[^>]*?\sencoding\s*=\s*["']([^"']*)["']/.exec(head)?.[1]
}

/** Base64 that is truncated, or holds a character that base64 does not have. */
export class Base64Error extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'Base64Error'
  }
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const VALUE = new Uint8Array(256).fill(255)
for (let n = 0; n < 64; n++) VALUE[ALPHABET.charCodeAt(n)] = n
for (const space of ' \t\r\n') VALUE[space.charCodeAt(0)] = 254

/**
 * Strict base64, white space between groups forgiven.
 * @throws {Base64Error} unknown character, truncated group, padding out of place.
 * @see RFC 4648 §4
 */
export function readBase64(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
  let size = 0
  let group = 0
  let digits = 0
  let padding = 0
  for (let n = 0; n < text.length; n++) {
    const code = text.charCodeAt(n)
    const value = code < 256 ? VALUE[code]! : 255
    if (value === 254) continue
    if (code === 61 /* = */) {
      padding += 1
      continue
    }
    if (value === 255) throw new Base64Error(`caractère « ${text[n]} » interdit en base64`)
    if (padding > 0) throw new Base64Error('caractères après le remplissage « = » du base64')
    group = (group << 6) | value
    if (++digits === 4) {
      bytes[size++] = group >> 16
      bytes[size++] = (group >> 8) & 255
      bytes[size++] = group & 255
      group = 0
      digits = 0
    }
  }
  if (digits === 1 || (digits === 0 ? padding !== 0 : digits + padding !== 4)) throw new Base64Error('base64 tronqué')
  if (digits === 2) bytes[size++] = group >> 4
  if (digits === 3) {
    bytes[size++] = group >> 10
    bytes[size++] = (group >> 2) & 255
  }
  return bytes.subarray(0, size)
}

const DIGIT = new TextEncoder().encode(ALPHABET)
const PADDING = 61

/** @see RFC 4648 §4 */
export function writeBase64(bytes: Uint8Array): string {
  // Digits go to an array decoded at once: ten times faster than btoa, which wants a string of one character for each byte.
  const digits = new Uint8Array(Math.ceil(bytes.length / 3) * 4)
  const whole = bytes.length - (bytes.length % 3)
  let to = 0
  for (let at = 0; at < whole; at += 3) {
    const group = (bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!
    digits[to++] = DIGIT[group >> 18]!
    digits[to++] = DIGIT[(group >> 12) & 63]!
    digits[to++] = DIGIT[(group >> 6) & 63]!
    digits[to++] = DIGIT[group & 63]!
  }
  if (whole < bytes.length) {
    const second = bytes[whole + 1]
    const group = (bytes[whole]! << 16) | ((second ?? 0) << 8)
    digits[to++] = DIGIT[group >> 18]!
    digits[to++] = DIGIT[(group >> 12) & 63]!
    digits[to++] = second === undefined ? PADDING : DIGIT[(group >> 6) & 63]!
    digits[to] = PADDING
  }
  return new TextDecoder().decode(digits)
}

/** IMAP lines are bytes: here a string holds one byte in each character, so that nothing is lost before its charset is known. */

export function toBinary(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192))
  return text
}

export function fromBinary(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at)
  return bytes
}

const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Text of a binary string: UTF-8 when it is, Latin-1 otherwise. */
export function textOf(binary: string): string {
  if (/^[\0-\x7f]*$/.test(binary)) return binary
  try {
    return STRICT.decode(fromBinary(binary))
  } catch {
    return binary
  }
}

export function concat(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

/**
 * Characters and names of XML 1.0, fifth edition, and of Namespaces in XML 1.0.
 * @see https://www.w3.org/TR/xml/#charsets ; https://www.w3.org/TR/xml/#NT-Name ; https://www.w3.org/TR/xml-names/#NT-NCName
 */

// What a document may never contain, lone surrogates apart (`String.isWellFormed` looks for those).
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/

/** Whether every character is allowed somewhere in a document. */
export const areXmlCharacters = (text: string): boolean => !FORBIDDEN.test(text) && text.isWellFormed()

/** A code point that a character reference may give. */
export const isXmlCodePoint = (code: number): boolean =>
  (code >= 0x20 && code <= 0xd7ff) ||
  code === 0x9 ||
  code === 0xa ||
  code === 0xd ||
  (code >= 0xe000 && code <= 0xfffd) ||
  (code >= 0x10000 && code <= 0x10ffff)

const START_CHARACTERS =
  'A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}\\u{200D}\\u{2070}-\\u{218F}' +
  '\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}'

/** An NCName: a name without colon. */
const NAME = new RegExp(`[${START_CHARACTERS}][-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}\\u{2040}${START_CHARACTERS}]*`, 'uy')

// 1: may start a name; 2: may only continue it.
const ASCII = new Uint8Array(128)
for (const c of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz') ASCII[c.charCodeAt(0)] = 1
for (const c of '-.0123456789') ASCII[c.charCodeAt(0)] = 2

/** Where the name that starts at `start` ends; `start` itself when there is none. The colon is no part of it. */
export function endOfName(text: string, start: number): number {
  let at = start
  let code = text.charCodeAt(at)
  if (code < 128 && ASCII[code] !== 1) return start
  while (code < 128 && ASCII[code] !== 0) code = text.charCodeAt(++at)
  // The end of the text is no number and stops here too.
  if (!(code >= 128)) return at
  NAME.lastIndex = start
  return NAME.test(text) ? NAME.lastIndex : start
}

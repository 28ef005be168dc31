import { assert, constant, constantFrom, oneof, property, string, uint8Array } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CharsetError, decodeXml } from './charset.ts'

const XML = '<?xml version="1.0"?><a>Œuvre d’été à 10 €</a>'
const LATIN = '<a>Élodie Façade</a>'

const utf16 = (text: string, order: 'le' | 'be', mark: boolean) => {
  const marked = mark ? `\uFEFF${text}` : text
  const bytes = new Uint8Array(marked.length * 2)
  const view = new DataView(bytes.buffer)
  for (let n = 0; n < marked.length; n++) view.setUint16(n * 2, marked.charCodeAt(n), order === 'le')
  return bytes
}
const latin1 = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0))
const utf8 = (text: string) => new TextEncoder().encode(text)

describe('charset of an XML entity', () => {
  test('UTF-8 is read with and without a byte order mark, announced or not', () => {
    for (const charset of [undefined, 'utf-8', 'UTF-8', 'utf8']) {
      expect(decodeXml(utf8(XML), charset)).toBe(XML)
      expect(decodeXml(utf8(`\uFEFF${XML}`), charset)).toBe(XML)
    }
  })

  test('UTF-16 is read in both orders, from its mark, its label or its first bytes', () => {
    for (const order of ['le', 'be'] as const)
      for (const mark of [true, false])
        for (const charset of [undefined, 'utf-16', `UTF-16${order}`]) expect(decodeXml(utf16(XML, order, mark), charset)).toBe(XML)
  })

  test('the 8-bit Western encodings are read from the media type or from the XML declaration', () => {
    expect(decodeXml(latin1(LATIN), 'ISO-8859-1')).toBe(LATIN)
    expect(decodeXml(latin1(`<?xml version='1.0' encoding='ISO-8859-1'?>${LATIN}`))).toContain('Élodie Façade')
    expect(decodeXml(latin1('<a>\xA4\xBD</a>'), 'iso-8859-15')).toBe('<a>€œ</a>')
    expect(decodeXml(latin1('<a>\x80\x9C</a>'), 'windows-1252')).toBe('<a>€œ</a>')
    expect(decodeXml(latin1('<a>ADRUN</a>'), 'us-ascii')).toBe('<a>ADRUN</a>')
  })

  test('the media type wins over the XML declaration, a byte order mark wins over both', () => {
    const declared = '<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>'
    expect(decodeXml(utf8(declared), 'utf-8')).toBe(declared)
    expect(decodeXml(utf8(`\uFEFF${declared}`), 'iso-8859-1')).toBe(declared)
  })

  test('an unknown encoding and bytes that the encoding does not allow are refused by name', () => {
    expect(() => decodeXml(utf8(XML), 'ebcdic-fr')).toThrow(CharsetError)
    expect(() => decodeXml(utf8(XML), 'ebcdic-fr')).toThrow('ebcdic-fr')
    expect(() => decodeXml(latin1(LATIN), 'utf-8')).toThrow(CharsetError)
    expect(() => decodeXml(utf8(XML), 'us-ascii')).toThrow(CharsetError)
    expect(() => decodeXml(utf8('<a/>'), '__proto__')).toThrow(CharsetError)
    expect(() => decodeXml(utf8('<a/>'), 'constructor')).toThrow(CharsetError)
  })

  test('any bytes are either read or refused with a CharsetError', () => {
    const charsets = oneof(constant(undefined), constantFrom('utf-8', 'utf-16', 'iso-8859-1', 'us-ascii', 'x'))
    const outcome = (bytes: Uint8Array, charset: string | undefined) => {
      try {
        return typeof decodeXml(bytes, charset)
      } catch (error) {
        return (error as Error).name
      }
    }
    assert(property(uint8Array({ maxLength: 300 }), charsets, (bytes, charset) => ['string', 'CharsetError'].includes(outcome(bytes, charset))))
  })

  test('any text survives UTF-8 and both orders of UTF-16', () => {
    assert(
      property(string({ unit: 'grapheme' }), (content) => {
        const text = `<a>${content}</a>`
        expect(decodeXml(utf8(text), 'utf-8')).toBe(text)
        expect(decodeXml(utf16(text, 'le', true))).toBe(text)
        expect(decodeXml(utf16(text, 'be', true))).toBe(text)
      }),
    )
  })
})

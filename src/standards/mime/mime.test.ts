import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { include, readBinary, readMtom, writeMtom } from '../soap/mtom.ts'
import { readXml } from '../xml/read.ts'
import { vocabulary } from '../xml/write.ts'
import { Base64Error, readBase64, writeBase64 } from './base64.ts'
import { MAX_PARTS, MimeError, readMultipart, writeMultipart } from './multipart.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const octets = fc.uint8Array({ maxLength: 200 })

describe('base64', () => {
  test('what is written is read back, whatever the bytes', () => {
    fc.assert(
      fc.property(octets, (data) => {
        expect([...readBase64(writeBase64(data))]).toEqual([...data])
      }),
    )
  })
  test('a large document is read back', () => {
    const data = new Uint8Array(100_000).map((_, n) => n)
    expect(readBase64(writeBase64(data))).toEqual(data)
  })
  test('white space between groups is forgiven', () => {
    expect(readBase64('QUJD\r\n REVG')).toEqual(bytes('ABCDEF'))
  })
  test.each(['QUJ', 'QUJDR', 'QUJD=', 'QU=D', 'QUJ*', 'Q===', 'é'])('truncated or foreign text is refused: %s', (text) => {
    expect(() => readBase64(text)).toThrow(Base64Error)
  })
})

describe('multipart', () => {
  const part = fc.record({ name: fc.stringMatching(/^[a-z]{1,10}$/), body: octets })
  test('what is written is read back, bytes untouched', () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), (parts) => {
        const written = writeMultipart(
          parts.map(({ name, body }) => ({ headers: { 'X-Name': name }, body })),
          'limite-6e0b',
        )
        const read = readMultipart(written, 'multipart/related; boundary="limite-6e0b"')
        expect(read.map(({ headers, body }) => ({ name: headers['x-name'], body: [...body] }))).toEqual(
          parts.map(({ name, body }) => ({ name, body: [...body] })),
        )
      }),
    )
  })
  test('a preamble, bare line feeds and folded headers are accepted', () => {
    const [first] = readMultipart(bytes('preamble\n--b\nContent-Type: text/plain;\n charset=x\n\nhello\n--b--'), 'multipart/mixed; boundary=b')
    expect(first!.headers['content-type']).toBe('text/plain; charset=x')
    expect(new TextDecoder().decode(first!.body)).toBe('hello')
  })
  test.each(['--bc', '--b-c', '--b--c'])('a boundary that is the beginning of a longer line does not cut: %s', (line) => {
    const [first] = readMultipart(bytes(`--b\r\n\r\n${line}\r\n--b--`), 'multipart/mixed; boundary=b')
    expect(new TextDecoder().decode(first!.body)).toBe(line)
  })
  test.each([
    ['no boundary', '--b\r\n\r\nx\r\n--b--', 'multipart/related'],
    ['another boundary', '--b\r\n\r\nx\r\n--b--', 'multipart/related; boundary=c'],
    ['unterminated part', '--b\r\n\r\nx', 'multipart/related; boundary=b'],
    ['unterminated headers', '--b\r\nA: b', 'multipart/related; boundary=b'],
    ['no header name', '--b\r\nrien\r\n\r\nx\r\n--b--', 'multipart/related; boundary=b'],
    ['too many parts', `${'--b\r\n\r\nx\r\n'.repeat(MAX_PARTS + 1)}--b--`, 'multipart/related; boundary=b'],
    ['endless headers', `--b\r\n${'A: b\r\n'.repeat(5_000)}\r\nx\r\n--b--`, 'multipart/related; boundary=b'],
  ])('a broken message is refused: %s', (_, text, contentType) => {
    expect(() => readMultipart(bytes(text), contentType)).toThrow(MimeError)
  })
})

/** `'read'`, or the name of the error. */
function outcome(read: () => unknown): string {
  try {
    read()
    return 'read'
  } catch (error) {
    return error instanceof Error ? error.name : String(error)
  }
}

describe('hostile bytes', () => {
  const piece = fc.constantFrom(
    '--b',
    '--',
    'b',
    '\r\n',
    '\n',
    '\r\n\r\n',
    ':',
    'Content-ID: <1>',
    'Content-Transfer-Encoding: base64',
    ' ',
    'x',
    '=',
  )
  test('any bytes are read, as views of the message, or refused with MimeError', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.constantFrom('b', '', '"b"', 'b; start="<1>"'), (pieces, boundary) => {
        const message = bytes(pieces.join(''))
        const read = () => expect(readMtom(message, `multipart/related; boundary=${boundary}`).root.buffer).toBe(message.buffer)
        expect(['read', 'MimeError']).toContain(outcome(read))
      }),
      { numRuns: 1_000 },
    )
  })
  test('any text is base64, or refused with Base64Error', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[A-Za-z0-9+/= \n]{0,40}$/)), (text) => {
        expect(['read', 'Base64Error']).toContain(outcome(() => readBase64(text)))
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('MTOM', () => {
  const x = vocabulary('x', 'urn:x')
  test('binary parts come back through their xop:Include', () => {
    fc.assert(
      fc.property(octets, (body) => {
        const { contentType, body: sent } = writeMtom('<a/>', [{ id: '1@urn:ihe:iti:xds-b:2007', mimeType: 'text/xml', body }], {
          boundary: 'b-51c',
          action: 'urn:a',
        })
        const opened = readMtom(sent, contentType)
        expect(new TextDecoder().decode(opened.root)).toBe('<a/>')
        expect([...readBinary(x('Document', {}, include('1@urn:ihe:iti:xds-b:2007')), opened.parts)]).toEqual([...body])
      }),
    )
  })
  test('an href that is not percent-encoded finds its part too', () => {
    const parts = new Map([['1@urn:x', { headers: {}, body: bytes('ok') }]])
    const element = readXml('<d><i:Include xmlns:i="http://www.w3.org/2004/08/xop/include" href="cid:1@urn:x"/></d>')
    expect(new TextDecoder().decode(readBinary(element, parts))).toBe('ok')
  })
  test('a part sent in base64 is decoded', () => {
    const parts = new Map([['1', { headers: { 'content-transfer-encoding': 'Base64' }, body: bytes('b2s=') }]])
    expect(new TextDecoder().decode(readBinary(x('d', {}, include('1')), parts))).toBe('ok')
  })
  test('an absent part and a foreign reference are refused', () => {
    expect(() => readBinary(x('d', {}, include('2')), new Map())).toThrow(MimeError)
    expect(() => readBinary(readXml('<d><i:Include xmlns:i="http://www.w3.org/2004/08/xop/include" href="http://x/"/></d>'), new Map())).toThrow(
      MimeError,
    )
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromBinary, textOf, toBinary } from './bytes.ts'
import { CommandReader, MAX_LINE, type Piece, type Read } from './command-reader.ts'
import { Cursor, ImapSyntaxError } from './cursor.ts'
import { readFetchItems } from './fetch-items.ts'
import { type MimePart, readMessage } from './mime-part.ts'
import { readSearchKeys } from './search-keys.ts'
import { bytesOfSection, fieldsOf } from './section.ts'
import { placeOf, readSequence, within, writeSequence } from './sequence-set.ts'
import { writeEnvelope, writeStructure } from './structure.ts'
import { decodeMailbox, encodeMailbox } from './utf7.ts'
import { astring, bytesOf, plainText, readDate, readDateTime, string, writeDateTime } from './write.ts'

const binary = (text: string) => toBinary(new TextEncoder().encode(text))
const bytes = (text: string) => new TextEncoder().encode(text)

/** Everything a reader gives when it is fed so, literals accepted. */
function readAll(chunks: readonly Uint8Array[]): Read[] {
  const reader = new CommandReader()
  const all: Read[] = []
  for (const chunk of chunks) {
    reader.push(chunk)
    for (let read = reader.next(); read; read = reader.next()) {
      if (read.type === 'literal') {
        reader.accept(read.size)
        continue
      }
      all.push(read)
      if (read.type === 'overflow') return all
    }
  }
  return all
}

describe('the reader of commands', () => {
  test('gives the same commands however the bytes are cut', () => {
    const sent = bytes('a1 NOOP\r\na2 APPEND Sent {10}\r\nabc\r\n{3}\r\n (x)\r\na3 LOGIN {3+}\r\nb"c {0}\r\n\r\na4 NOOP\n')
    const whole = readAll([sent])
    expect(whole).toHaveLength(4)
    expect(whole[1]).toEqual({ type: 'command', pieces: ['a2 APPEND Sent {10}', bytes('abc\r\n{3}\r\n'), ' (x)'] })
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: sent.length - 1 }), { maxLength: 20 }), (cuts) => {
        const at = [0, ...new Set(cuts.toSorted((a, b) => a - b)), sent.length]
        expect(readAll(at.slice(1).map((end, n) => sent.slice(at[n], end)))).toEqual(whole)
      }),
    )
  })

  test('stops at a line that never ends, and at literals that never end', () => {
    expect(readAll([new Uint8Array(MAX_LINE + 1).fill(65)])).toEqual([{ type: 'overflow' }])
    const many = bytes('a NOOP {0+}\r\n'.repeat(10_000))
    expect(readAll([many]).at(-1)).toEqual({ type: 'overflow' })
  })

  test('any bytes at all are read without a crash, and nothing is invented', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 10 }), (chunks) => {
        const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0)
        const pieces = readAll(chunks).flatMap((read) => (read.type === 'command' ? read.pieces : []))
        expect(pieces.reduce((sum, piece) => sum + piece.length, 0)).toBeLessThanOrEqual(length)
      }),
    )
  })
})

const cursor = (...pieces: Piece[]) => new Cursor(pieces)

describe('the grammar', () => {
  test('strings, quoted or literal, atoms, lists', () => {
    expect(cursor('"a \\"b\\" \\\\"').astring()).toBe('a "b" \\')
    expect(cursor('abc]d').astring()).toBe('abc]d')
    const login = cursor('{3}', bytes('a"b'), ' x')
    expect(login.astring()).toBe('a"b')
    login.space()
    expect([login.atom(), login.ended]).toEqual(['x', true])
  })

  test.each(['"a', '"a\\b"', '{5}', '(a', '', '\\'])('%j is no string', (text) => {
    expect(() => {
      const read = cursor(text)
      read.string()
    }).toThrow(ImapSyntaxError)
  })

  test('whatever is written is read again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        const kept = text.replaceAll('\0', '').toWellFormed()
        for (const write of [string, astring]) {
          const sent = bytesOf([...write(kept), '\r\n'])
          const [read] = readAll([sent])
          expect(read?.type === 'command' && textOf(new Cursor(read.pieces).astring())).toBe(kept)
        }
      }),
    )
  })

  test('names of folders go through modified UTF-7 and back; what is none is refused', () => {
    expect(encodeMailbox('~peter/mail/台北/日本語 & Cie')).toBe('~peter/mail/&U,BTFw-/&ZeVnLIqe- &- Cie')
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (name) => {
        const kept = name.toWellFormed()
        expect(decodeMailbox(encodeMailbox(kept))).toBe(kept)
        expect(encodeMailbox(kept)).toMatch(/^[\x20-\x7e]*$/)
      }),
    )
    for (const wrong of ['&', '&é', '&AA-', '&****-', '&2AA-', 'a&AOk'].filter((name) => !name.includes('é')))
      expect(() => decodeMailbox(wrong)).toThrow(ImapSyntaxError)
  })

  test('dates', () => {
    expect(readDate('1-feb-2026')).toBe(Date.UTC(2026, 1, 1))
    for (const wrong of ['31-Feb-2026', '1-Fev-2026', '', '1-2-2026']) expect(readDate(wrong)).toBeUndefined()
    expect(readDateTime(' 1-Feb-2026 01:00:00 +0130')).toBe(Date.UTC(2026, 0, 31, 23, 30))
    expect(readDateTime('01-Feb-2026 25:00:00 +0000')).toBeUndefined()
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (seconds) => {
        expect(readDateTime(writeDateTime(seconds * 1_000).slice(1, -1))).toBe(seconds * 1_000)
      }),
    )
  })

  test('text of a response is seven bits', () => {
    expect(plainText('« L’opérateur » — cœur\r\n')).toBe('"L\'operateur " - coeur  ')
  })

  test.each([
    'BODY[1.HEADERS]',
    'BODY[MIME]',
    'BODY[0]',
    'BODY[1.]',
    'BODY[',
    'BODY[]<0>',
    'BODY[]<0.0>',
    'FLAG',
    '(FLAGS',
    '((FLAGS))',
    'BODY[HEADER.FIELDS ()]',
  ])('FETCH %s is refused', (items) => {
    expect(() => {
      const read = cursor(items)
      readFetchItems(read)
      read.end()
    }).toThrow(ImapSyntaxError)
  })

  test.each(['FLAGS', 'HEADER From', 'SINCE hier', 'OR ALL', 'NOT', '()', '(ALL', 'UID x', `${'NOT '.repeat(60)}ALL`, `ALL${' ALL'.repeat(1_100)}`])(
    'SEARCH %s is refused',
    (keys) => {
      expect(() => readSearchKeys(cursor(keys))).toThrow(ImapSyntaxError)
    },
  )

  test('search keys', () => {
    expect(readSearchKeys(cursor('UNSEEN (OR FROM "É" NOT 1:*) MODSEQ "/flags/\\\\Seen" all 5'.replace('É', binary('É'))))).toEqual({
      type: 'and',
      keys: [
        { type: 'flag', flag: '\\Seen', set: false },
        {
          type: 'and',
          keys: [{ type: 'or', one: { type: 'header', field: 'from', text: 'é' }, other: { type: 'not', key: { type: 'sequence', set: '1:*' } } }],
        },
        { type: 'modseq', from: 5 },
      ],
    })
  })

  test('sets of numbers', () => {
    expect(readSequence('1:3,*,9:*,7:5', 8)).toEqual([
      [1, 3],
      [8, 8],
      [8, 9],
      [5, 7],
    ])
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 60 })),
        fc.array(fc.tuple(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 70 }))),
        (some, ranges) => {
          const sorted = some.toSorted((a, b) => a - b)
          const bounds = ranges.map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)])
          expect(within(sorted, bounds)).toEqual(sorted.filter((n) => bounds.some(([from, to]) => n >= from && n <= to)))
          expect(sorted.length === 0 ? [] : within(sorted, readSequence(writeSequence(sorted), 0))).toEqual(sorted)
          expect(placeOf(sorted, 30)).toBe(sorted.filter((n) => n < 30).length)
        },
      ),
    )
  })
})

describe('messages', () => {
  test('any bytes have a structure, within the bytes, and bounded', () => {
    const line = fc.oneof(
      fc.constantFrom(
        '--b',
        '--b--',
        '--in',
        '',
        'Content-Type: multipart/mixed; boundary=b',
        'Content-Type: multipart/digest; boundary=in',
        'Content-Type: message/rfc822',
        'Subject: x',
      ),
      fc.string({ maxLength: 20 }),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
        const message = bytes(lines.join('\r\n'))
        const check = (part: MimePart, start: number, end: number) => {
          expect(part.start >= start && part.start <= part.body && part.body <= part.end && part.end <= end).toBe(true)
          for (const inner of part.parts) check(inner, part.body, part.end)
          if (part.message) check(part.message, part.body, part.end)
        }
        const part = readMessage(message)
        check(part, 0, message.length)
        expect(bytesOf(writeStructure(message, part, true)).length).toBeGreaterThan(10)
        expect(bytesOf(writeEnvelope(part))[0]).toBe(40)
        for (const path of [[], [1], [2, 1], [1, 1, 1]])
          for (const section of ['', 'HEADER', 'TEXT', 'MIME'] as const) bytesOfSection(message, part, { path, part: section, fields: [] })
      }),
      { numRuns: 300 },
    )
  })

  test('thousands of parts, or of levels, stop being told apart', () => {
    const wide = bytes(`Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(3_000)}--b--`)
    expect(readMessage(wide).parts).toHaveLength(1_000)
    let deep = 'x'
    for (let n = 0; n < 60; n++) deep = `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n${deep}\r\n--b${n}--\r\n`
    let depth = 0
    for (let part: MimePart | undefined = readMessage(bytes(deep)); part; part = part.parts[0]) depth++
    expect(depth).toBe(21)
  })

  test('a boundary that begins another is not taken for it; what follows the end is no part', () => {
    const message = bytes(
      'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n--b-x\r\n--bx\r\nun\r\n--b \r\n\r\ndeux\r\n--b--\r\n--b\r\n\r\ntrois',
    )
    const part = readMessage(message)
    expect(part.parts.map(({ body, end }) => new TextDecoder().decode(message.subarray(body, end)))).toEqual(['--b-x\r\n--bx\r\nun', 'deux'])
  })

  test('fields keep their folding and their order', () => {
    const header = bytes('From: a\r\nSubject: un\r\n deux\r\n\ttrois\r\nTo: b\r\nsubject: encore\r\n\r\n')
    expect(new TextDecoder().decode(fieldsOf(header, ['SUBJECT']))).toBe('Subject: un\r\n deux\r\n\ttrois\r\nsubject: encore\r\n\r\n')
    expect(new TextDecoder().decode(fieldsOf(header, ['SUBJECT'], true))).toBe('From: a\r\nTo: b\r\n\r\n')
  })

  test('bytes and binary strings are the same', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (some) => {
        expect(fromBinary(toBinary(some))).toEqual(some)
      }),
    )
  })
})

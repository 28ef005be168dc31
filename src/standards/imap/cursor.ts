import { textOf, toBinary } from './bytes.ts'
import type { Piece } from './command-reader.ts'

/** A command that does not follow the grammar; `message` says what was expected. */
export class ImapSyntaxError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ImapSyntaxError'
  }
}

const ATOM = /[^\0-\x1f\x7f(){ %*"\\\]]+/y
const ASTRING = /[^\0-\x1f\x7f(){ %*"\\]+/y
const LIST_MAILBOX = /[^\0-\x1f\x7f(){ "\\]+/y
const QUOTED = /"((?:[^"\\\0\r\n]|\\["\\])*)"/y
const NUMBER = /\d{1,15}/y
const SEQUENCE = /(?:\d{1,10}|\*)(?::(?:\d{1,10}|\*))?(?:,(?:\d{1,10}|\*)(?::(?:\d{1,10}|\*))?)*/y

/** Reads the grammar of RFC 3501 §9 along the pieces of one command. */
export class Cursor {
  readonly #pieces: readonly Piece[]
  #piece = 0
  #at = 0

  constructor(pieces: readonly Piece[]) {
    this.#pieces = pieces
  }

  get #line(): string {
    const piece = this.#pieces[this.#piece]
    return typeof piece === 'string' ? piece : ''
  }

  get ended(): boolean {
    return this.#piece >= this.#pieces.length - 1 && this.#at >= this.#line.length
  }

  /** The next character, in capitals; `''` at the end. */
  get peek(): string {
    return (this.#line[this.#at] ?? '').toUpperCase()
  }

  match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#line)
    if (!found) return undefined
    this.#at = pattern.lastIndex
    return found
  }

  #need(pattern: RegExp, what: string): string {
    const found = this.match(pattern)
    if (!found) throw new ImapSyntaxError(`${what} expected`)
    return found[0]
  }

  take(character: string): boolean {
    if (this.#line[this.#at] !== character) return false
    this.#at += 1
    return true
  }

  expect(character: string): void {
    if (!this.take(character)) throw new ImapSyntaxError(`"${character}" expected`)
  }

  space(): void {
    if (!this.take(' ')) throw new ImapSyntaxError('space expected')
    // Some clients send several.
    while (this.take(' '));
  }

  end(): void {
    this.match(/ */y)
    if (!this.ended) throw new ImapSyntaxError('end of command expected')
  }

  atom(): string {
    return this.#need(ATOM, 'atom')
  }

  number(): number {
    return Number(this.#need(NUMBER, 'number'))
  }

  sequence(): string {
    return this.#need(SEQUENCE, 'sequence set')
  }

  #quoted(): string | undefined {
    return this.match(QUOTED)?.[1]?.replace(/\\(["\\])/g, '$1')
  }

  /** The literal announced here; the announcement itself is checked by the reader of commands. */
  literal(): Uint8Array | undefined {
    const announced = this.match(/~?\{\d{1,10}\+?\}$/y)
    if (!announced) return undefined
    const bytes = this.#pieces[this.#piece + 1]
    if (!(bytes instanceof Uint8Array)) throw new ImapSyntaxError('literal expected')
    this.#piece += 2
    this.#at = 0
    return bytes
  }

  /** Binary string. */
  string(): string {
    const quoted = this.#quoted()
    if (quoted !== undefined) return quoted
    const literal = this.literal()
    if (!literal) throw new ImapSyntaxError('string expected')
    if (literal.length > 1_000_000) throw new ImapSyntaxError('string too long')
    return toBinary(literal)
  }

  /** Binary string. */
  astring(): string {
    return this.match(ASTRING)?.[0] ?? this.string()
  }

  /** Text, UTF-8 when it is. */
  text(): string {
    return textOf(this.astring())
  }

  listMailbox(): string {
    return this.match(LIST_MAILBOX)?.[0] ?? this.string()
  }

  /** `(a b c)`, or nothing between the parentheses. */
  list<T>(item: () => T): T[] {
    const items: T[] = []
    this.expect('(')
    if (this.take(')')) return items
    for (;;) {
      items.push(item())
      if (this.take(')')) return items
      this.space()
      if (items.length > 10_000) throw new ImapSyntaxError('list too long')
    }
  }

  flag(): string {
    const slash = this.take('\\') ? '\\' : ''
    return slash + this.atom()
  }
}

import { concat, toBinary } from './bytes.ts'

/** Bytes of one command, its literals apart. */
export const MAX_LINE = 65_536
/** Bytes of one literal: a message being appended. */
export const MAX_LITERAL = 33_554_432
/** Literals of one command: more is no honest one. */
const MAX_LITERALS = 1_000

/** A command in pieces: lines (one byte in each character, without their line break) and literals, in turns. */
export type Piece = string | Uint8Array

export type Read =
  | { readonly type: 'command'; readonly pieces: readonly Piece[] }
  /** A literal is announced: answer by `accept` or `refuse` before reading on. */
  | { readonly type: 'literal'; readonly size: number; readonly synchronizing: boolean; readonly pieces: readonly Piece[] }
  | { readonly type: 'line'; readonly line: string }
  /** Nothing more can be understood of this client. */
  | { readonly type: 'overflow' }

const LF = 10
const CR = 13

/**
 * Cuts what a client sends into commands. Never keeps more than one command and what came with it.
 * @see RFC 3501 §2.2.1, §4.3 ; RFC 7888 (non-synchronising literals)
 */
export class CommandReader {
  #chunks: Uint8Array[] = []
  #size = 0
  #scanned = 0
  #pieces: Piece[] = []
  #text = 0
  /** Bytes of the literal still to come; undefined outside a literal. */
  #literal: number | undefined
  #asked = false

  push(bytes: Uint8Array): void {
    if (bytes.length === 0) return
    this.#chunks.push(bytes)
    this.#size += bytes.length
  }

  /** Bytes received that no command has taken yet. */
  get waiting(): number {
    return this.#size
  }

  /** The next whole command, or the literal it stops at; undefined: more bytes are needed. */
  next(): Read | undefined {
    if (this.#asked) return undefined
    for (;;) {
      if (this.#literal !== undefined) {
        if (this.#size < this.#literal) return undefined
        this.#pieces.push(this.#take(this.#literal))
        this.#literal = undefined
      }
      const line = this.#line()
      if (line === undefined) return this.#text + this.#size > MAX_LINE ? { type: 'overflow' } : undefined
      this.#text += line.length
      if (this.#text > MAX_LINE) return { type: 'overflow' }
      this.#pieces.push(line)
      const [, digits, plus] = /\{(\d{1,10})(\+?)\}$/.exec(line) ?? []
      if (digits === undefined) {
        const pieces = this.#pieces
        this.#reset()
        return { type: 'command', pieces }
      }
      if (this.#pieces.length > 2 * MAX_LITERALS) return { type: 'overflow' }
      this.#asked = true
      return { type: 'literal', size: Number(digits), synchronizing: plus === '', pieces: this.#pieces }
    }
  }

  /** The announced literal is read as part of the command. */
  accept(size: number): void {
    this.#asked = false
    this.#literal = size
  }

  /** The command is dropped; its client, told no, does not send the literal. */
  refuse(): void {
    this.#reset()
  }

  /** One line as it is: what a continuation request asks for. */
  nextLine(): Read | undefined {
    const line = this.#line()
    if (line !== undefined) return line.length > MAX_LINE ? { type: 'overflow' } : { type: 'line', line }
    return this.#size > MAX_LINE ? { type: 'overflow' } : undefined
  }

  /** Forgets what came already: it was sent before the channel was secure. @see CVE-2011-0411 */
  clear(): void {
    this.#chunks = []
    this.#size = 0
    this.#scanned = 0
    this.#reset()
  }

  #reset(): void {
    this.#pieces = []
    this.#text = 0
    this.#literal = undefined
    this.#asked = false
  }

  #line(): string | undefined {
    const whole = this.#whole()
    const end = whole.indexOf(LF, this.#scanned)
    if (end < 0) {
      this.#scanned = whole.length
      return undefined
    }
    const bytes = this.#take(end + 1)
    return toBinary(bytes.subarray(0, bytes[end - 1] === CR ? end - 1 : end))
  }

  #whole(): Uint8Array {
    if (this.#chunks.length > 1) this.#chunks = [concat(this.#chunks)]
    return this.#chunks[0] ?? new Uint8Array()
  }

  #take(size: number): Uint8Array {
    const whole = this.#whole()
    this.#chunks = size === whole.length ? [] : [whole.subarray(size)]
    this.#size -= size
    this.#scanned = 0
    return whole.subarray(0, size)
  }
}

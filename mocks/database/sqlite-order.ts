import type { IndexValue } from './store.ts'

/** Above the surrogates in UTF-16, below the supplementary planes in UTF-8; and the one code point used to escape them. */
const MOVED = /[\u{E000}-\u{FFFF}\u{10FFFF}]/u
const ALL_MOVED = /[\u{E000}-\u{FFFF}\u{10FFFF}]/gu

/**
 * Makes SQLite, which compares UTF-8, order strings as IndexedDB does: by UTF-16 code units. U+E000 to U+FFFF come after the
 * supplementary planes in UTF-16, so they are preceded by the last code point of all.
 */
export function comparable<V extends IndexValue>(value: V): V {
  return typeof value === 'string' && MOVED.test(value) ? (value.replace(ALL_MOVED, escaped) as V) : value
}

const escaped = (character: string) => (character === '\u{10FFFF}' ? '\u{10FFFF}\u0001' : `\u{10FFFF}${character}`)

import type { IndexValue, Range } from './store.ts'

/** Readings kept for one collection. */
const MAX_READINGS = 500
/** Longer results, in characters of JSON, are read again each time. */
const MAX_LENGTH = 16_384

/**
 * Results of recent readings, as JSON texts: parsed anew for each caller. A write to a collection forgets all that was read of it, so what
 * is found here is what the database would say.
 */
export class ReadCache {
  readonly #collections = new Map<string, Map<string, readonly string[]>>()

  /** @returns undefined when it must be read. */
  find(collection: string, reading: string): readonly string[] | undefined {
    return this.#collections.get(collection)?.get(reading)
  }

  keep(collection: string, reading: string, rows: readonly string[]): void {
    let length = 0
    for (const row of rows) length += row.length
    if (length > MAX_LENGTH) return
    let readings = this.#collections.get(collection)
    if (!readings) this.#collections.set(collection, (readings = new Map()))
    if (readings.size >= MAX_READINGS) readings.clear()
    readings.set(reading, rows)
  }

  forget(collections: Iterable<string>): void {
    for (const name of collections) this.#collections.get(name)?.clear()
  }
}

/** A name for a range, different for any two that could differ in their result. */
export function readingOf({ index, equals, from, to, reverse, limit }: Range): string {
  let name = `${index ?? ''}/${limit}${reverse ? '-' : '+'}${nameOf(from)}${nameOf(to)}`
  if (equals) for (const value of equals) name += nameOf(value)
  return name
}

const nameOf = (value: IndexValue | undefined) => (typeof value === 'string' ? `/s${value.length}:${value}` : `/${value}`)

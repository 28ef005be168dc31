import { Dexie, type Collection as DexieCollection, type Table } from 'dexie'
import { StoreValueError, checkedKey, indexOf, indexValue, keyOf } from './schema.ts'
import type { Collection, Range, StoreAccess } from './store.ts'

/** Holds the documents' bytes: `{ id, bytes }`. */
export const BYTES = '_bytes'

/** An index as Dexie writes it. */
export const dexieIndex = (properties: readonly string[]) => (properties.length === 1 ? properties[0]! : `[${properties.join('+')}]`)

/** Reads and writes; a transaction has one of its own, useless once it has ended. */
export class DexieAccess implements StoreAccess {
  readonly touched = new Set<string>()
  readonly #database: Dexie
  #open = true

  constructor(database: Dexie) {
    this.#database = database
  }

  close(): void {
    this.#open = false
  }

  async get<R extends object>(collection: Collection<R>, key: string): Promise<R | undefined> {
    return await this.#table<R>(collection.name).get(key)
  }

  async range<R extends object>(collection: Collection<R>, range: Range): Promise<R[]> {
    if (range.limit === undefined) throw new StoreValueError(`${collection.name}: a range needs a limit`)
    const selected = this.#select(collection, range)
    // oxlint-disable-next-line unicorn/no-array-reverse -- a Dexie collection
    return await (range.reverse ? selected.reverse() : selected).limit(range.limit).toArray()
  }

  async count<R extends object>(collection: Collection<R>, range: Omit<Range, 'limit' | 'reverse'> = {}): Promise<number> {
    return await this.#select(collection, range).count()
  }

  async column<R extends object>(collection: Collection<R>, range: Omit<Range, 'limit' | 'reverse'> & { index: string }): Promise<number[]> {
    const place = range.equals?.length ?? 0
    if (indexOf(collection, range)[place] === undefined)
      throw new StoreValueError(`${collection.name}: no property of ${range.index} is left to read`)
    const keys = (await this.#select(collection, range).keys()) as unknown as (number | number[])[]
    return keys.map((key) => (typeof key === 'number' ? key : key[place]!))
  }

  async put<R extends object>(collection: Collection<R>, row: R): Promise<void> {
    checkRow(collection, row)
    await this.#table<R>(collection.name).put(row)
    this.touched.add(collection.name)
  }

  async putAll<R extends object>(collection: Collection<R>, rows: readonly R[]): Promise<void> {
    for (const row of rows) checkRow(collection, row)
    if (rows.length === 0) return
    await this.#table<R>(collection.name).bulkPut(rows)
    this.touched.add(collection.name)
  }

  async delete<R extends object>(collection: Collection<R>, key: string): Promise<void> {
    const table = this.#table<R>(collection.name)
    if ((await table.where(':id').equals(key).delete()) > 0) this.touched.add(collection.name)
  }

  async getBytes(id: string): Promise<Uint8Array | undefined> {
    return (await this.#table<{ bytes: Uint8Array }>(BYTES).get(id))?.bytes
  }

  async putBytes(id: string, bytes: Uint8Array): Promise<void> {
    await this.#table(BYTES).put({ id: checkedKey('bytes', id), bytes: ownBytes(bytes) })
  }

  async deleteBytes(id: string): Promise<void> {
    await this.#table(BYTES).delete(id)
  }

  async clear(names: readonly string[]): Promise<void> {
    for (const name of names)
      if ((await this.#table(name).count()) > 0) {
        await this.#table(name).clear()
        this.touched.add(name)
      }
    await this.#table(BYTES).clear()
  }

  #table<R extends object>(name: string): Table<R, string> {
    if (!this.#open) throw new StoreValueError('this transaction has ended: something in it was not awaited')
    return this.#database.table<R, string>(name)
  }

  #select<R extends object>(collection: Collection<R>, range: Partial<Range>): DexieCollection<R, string> {
    const properties = indexOf(collection, range)
    const table = this.#table<R>(collection.name)
    const where = table.where(range.index === undefined ? ':id' : dexieIndex(properties))
    const equals = range.equals ?? []
    if (properties.length === 1) {
      if (equals.length === 1) return where.equals(equals[0]!)
      return where.between(range.from ?? Dexie.minKey, range.to ?? Dexie.maxKey, true, true)
    }
    // A shorter array sorts before every longer one that begins with it: no bound is needed below, the largest key is above.
    const lower = range.from === undefined ? [...equals] : [...equals, range.from]
    const upper = range.to === undefined ? [...equals, Dexie.maxKey] : [...equals, range.to, Dexie.maxKey]
    if (equals.length === properties.length) return where.equals([...equals])
    return where.between(lower, upper, true, true)
  }
}

function checkRow<R extends object>(collection: Collection<R>, row: R): void {
  keyOf(collection, row)
  for (const properties of Object.values(collection.indexes)) for (const property of properties) indexValue(row[property])
}

/** A view on a large buffer would be stored with the whole buffer. */
const ownBytes = (bytes: Uint8Array) => (bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice())

import type { Collection, IndexValue, Range } from './store.ts'

/** What an engine must know to keep a collection. Plain data, so that versions can be frozen and compared. */
export interface CollectionSchema {
  readonly key: string
  readonly indexes: Readonly<Record<string, readonly string[]>>
}

export type Schema = Readonly<Record<string, CollectionSchema>>

/** One frozen state of the tables. */
export interface SchemaVersion {
  /** 1, 2, 3… */
  readonly version: number
  readonly schema: Schema
}

/** Most rows one reading gives back. */
const MAX_RANGE = 10_000

/** A value or a request that no engine can keep: the caller's mistake, the same on both engines. */
export class StoreValueError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'StoreValueError'
  }
}

// oxlint-disable-next-line no-explicit-any -- rows differ from one collection to the next
export function schemaOf(collections: readonly Collection<any>[]): Schema {
  const schema: Record<string, CollectionSchema> = {}
  for (const { name, key, indexes } of collections) {
    if (!/^[a-z][a-z0-9-]{0,59}$/i.test(name)) throw new StoreValueError(`collection name "${name}": letters, digits and hyphens expected`)
    if (schema[name]) throw new StoreValueError(`two collections are named "${name}"`)
    schema[name] = { key, indexes: { ...indexes } }
  }
  return schema
}

/** The row's key. @throws {StoreValueError} not a non-empty, well-formed string. */
export function keyOf(collection: { name: string; key: string }, row: object): string {
  return checkedKey(collection.name, (row as Record<string, unknown>)[collection.key])
}

export function checkedKey(name: string, key: unknown): string {
  if (typeof key !== 'string' || key === '' || !key.isWellFormed()) throw new StoreValueError(`${name}: a key is a non-empty, well-formed string`)
  return key
}

/** The value an index sees, or undefined when the row is not to be in it. */
export function indexValue(value: unknown): IndexValue | undefined {
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new StoreValueError('an indexed string must be well-formed Unicode')
    return value
  }
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

/**
 * Properties of the index a range reads (`undefined` for the key of the collection), once the range is known to make sense.
 * @throws {StoreValueError} unknown index, more values than properties, limit out of 1 to 10 000.
 */
export function indexOf(
  collection: { name: string; key: string; indexes: Readonly<Record<string, readonly string[]>> },
  range: Partial<Range>,
): readonly string[] {
  const properties = range.index === undefined ? [collection.key] : collection.indexes[range.index]
  if (!properties) throw new StoreValueError(`${collection.name} has no index "${range.index}"`)
  const equals = range.equals?.length ?? 0
  const bounded = range.from !== undefined || range.to !== undefined
  if (equals + (bounded ? 1 : 0) > properties.length) throw new StoreValueError(`${collection.name}: more values than the index has properties`)
  if (range.limit !== undefined && !(Number.isInteger(range.limit) && range.limit >= 1 && range.limit <= MAX_RANGE))
    throw new StoreValueError(`limit ${range.limit}: 1 to ${MAX_RANGE} expected`)
  return properties
}

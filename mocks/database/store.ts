/**
 * The store port: a few typed collections with declared indexes, and bytes apart. Two engines keep the same contract
 * (`store.contract.ts`): Dexie on IndexedDB in a browser, SQLite in Node.
 */

/** Declares a collection once; engines make tables of it. */
export interface Collection<Row extends object> {
  readonly name: string
  /** Property that identifies a row; its value is a non-empty string. */
  readonly key: keyof Row & string
  /** Indexes by name: properties in order. Their values are strings or finite numbers; a row that lacks one of them is not in the index. */
  readonly indexes: Readonly<Record<string, readonly (keyof Row & string)[]>>
}

export function defineCollection<Row extends object>(
  name: string,
  key: keyof Row & string,
  indexes: Collection<Row>['indexes'] = {},
): Collection<Row> {
  return { name, key, indexes }
}

export type IndexValue = string | number

/** A bounded, ordered reading of an index. */
export interface Range {
  /** Name of the index; the key of the collection when absent. */
  index?: string
  /** Leading properties that must equal these values. */
  equals?: readonly IndexValue[]
  /** Bounds on the property that follows `equals`, both included. */
  from?: IndexValue
  to?: IndexValue
  /** Largest first. */
  reverse?: boolean
  /** Most rows given back, 1 to 10 000. */
  limit: number
}

/** Reading and writing, inside or outside a transaction. Rows are JSON values; what is given back is the caller's own copy. */
export interface StoreAccess {
  get<Row extends object>(collection: Collection<Row>, key: string): Promise<Row | undefined>
  /** In the order of the index, then of the key. */
  range<Row extends object>(collection: Collection<Row>, range: Range): Promise<Row[]>
  count<Row extends object>(collection: Collection<Row>, range?: Omit<Range, 'limit' | 'reverse'>): Promise<number>
  /** Numbers of the property that follows `equals` in the index, in its order, without reading the rows; as many as there are. */
  column<Row extends object>(collection: Collection<Row>, range: Omit<Range, 'limit' | 'reverse'> & { index: string }): Promise<number[]>
  /** Inserts or replaces. */
  put<Row extends object>(collection: Collection<Row>, row: Row): Promise<void>
  putAll<Row extends object>(collection: Collection<Row>, rows: readonly Row[]): Promise<void>
  delete<Row extends object>(collection: Collection<Row>, key: string): Promise<void>
  getBytes(id: string): Promise<Uint8Array | undefined>
  putBytes(id: string, bytes: Uint8Array): Promise<void>
  deleteBytes(id: string): Promise<void>
}

/** What changed, told after the commit, also to the other tabs of the same origin. */
export interface StoreChange {
  /** Names of the collections written, `bytes` left out. */
  readonly collections: readonly string[]
}

export interface Store extends StoreAccess {
  /**
   * All or nothing, one after the other. Inside, await only the access given: an IndexedDB transaction ends as soon as something else is awaited.
   */
  transaction<T>(work: (access: StoreAccess) => Promise<T>): Promise<T>
  /** Called after each commit, whoever made it (another tab included, within 200 ms). Returns how to stop. */
  subscribe(listener: (change: StoreChange) => void): () => void
  /** Empties every collection and the bytes. */
  clear(): Promise<void>
  /** Empties everything, then writes what `work` writes, in one transaction: when `work` throws, nothing has changed. */
  refill<T>(work: (access: StoreAccess) => Promise<T>): Promise<T>
  /** Everything, for an export. */
  dump(): Promise<StoreDump>
  /** Replaces everything by a dump, all or nothing. @throws {StoreValueError} a collection it does not have, a row without key. */
  restore(dump: StoreDump): Promise<void>
  close(): Promise<void>
}

export interface StoreDump {
  readonly collections: Readonly<Record<string, readonly object[]>>
  /** Base64 by id. */
  readonly bytes: Readonly<Record<string, string>>
}

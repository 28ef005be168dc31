import { AsyncLocalStorage } from 'node:async_hooks'
import { DatabaseSync } from 'node:sqlite'
import { fromBase64 } from './base64.ts'
import { ReadCache, readingOf } from './read-cache.ts'
import { type Schema, StoreValueError } from './schema.ts'
import { SqliteAccess, Statements } from './sqlite-access.ts'
import { prepareTables } from './sqlite-tables.ts'
import type { Collection, Range, Store, StoreAccess, StoreChange, StoreDump } from './store.ts'

export interface SqliteOptions {
  /** Path of the file; in memory when absent. */
  readonly file?: string
  readonly schema: Schema
}

/**
 * The store on `node:sqlite`. Each write is committed before its promise resolves; with a file, a committed write survives the death of
 * the process (write-ahead log). A file is open in one process at a time.
 * @throws {Error} the file is in use by another process, or is no store.
 */
export function openSqliteStore({ file = ':memory:', schema }: SqliteOptions): Store {
  const database = new DatabaseSync(file)
  try {
    // In memory, each COMMIT walks every page of the base: four times fewer pages keep deposits as fast after a thousand documents.
    if (file === ':memory:') database.exec('PRAGMA page_size = 16384')
    else database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
    prepareTables(database, schema)
  } catch (error) {
    database.close()
    throw error
  }
  return new SqliteStore(database, schema)
}

class SqliteStore implements Store {
  readonly #database: DatabaseSync
  readonly #schema: Schema
  readonly #direct: SqliteAccess
  readonly #statements: Statements
  readonly #recent = new ReadCache()
  readonly #listeners = new Set<(change: StoreChange) => void>()
  /** The transaction the current code runs in, to tell a mistake (using the store inside its own transaction) from a wait. */
  readonly #inside = new AsyncLocalStorage<symbol>()
  #running: symbol | undefined
  /** Ends when the last transaction asked for ends; undefined when none runs or waits. */
  #tail: Promise<void> | undefined

  constructor(database: DatabaseSync, schema: Schema) {
    this.#database = database
    this.#schema = schema
    this.#statements = new Statements(database)
    this.#direct = new SqliteAccess(this.#statements)
  }

  get<R extends object>(collection: Collection<R>, key: string): Promise<R | undefined> {
    return this.#whenFree(() => {
      const [row] = this.#read(collection.name, `#${key}`, () => this.#direct.textOf(collection, key))
      return row === undefined ? undefined : (JSON.parse(row) as R)
    })
  }

  range<R extends object>(collection: Collection<R>, range: Range): Promise<R[]> {
    return this.#whenFree(() =>
      this.#read(collection.name, readingOf(range), () => this.#direct.textsOf(collection, range)).map((row) => JSON.parse(row) as R),
    )
  }

  count<R extends object>(collection: Collection<R>, range: Omit<Range, 'limit' | 'reverse'> = {}): Promise<number> {
    return this.#whenFree(() => this.#direct.countNow(collection, range))
  }

  column<R extends object>(collection: Collection<R>, range: Omit<Range, 'limit' | 'reverse'> & { index: string }): Promise<number[]> {
    return this.#whenFree(() => this.#direct.columnNow(collection, range))
  }

  put<R extends object>(collection: Collection<R>, row: R): Promise<void> {
    return this.#whenFree(() => this.#committed((access) => access.putNow(collection, row)))
  }

  putAll<R extends object>(collection: Collection<R>, rows: readonly R[]): Promise<void> {
    return this.transaction((access) => access.putAll(collection, rows))
  }

  delete<R extends object>(collection: Collection<R>, key: string): Promise<void> {
    return this.#whenFree(() => this.#committed((access) => access.deleteNow(collection, key)))
  }

  getBytes(id: string): Promise<Uint8Array | undefined> {
    return this.#whenFree(() => this.#direct.getBytesNow(id))
  }

  putBytes(id: string, bytes: Uint8Array): Promise<void> {
    return this.#whenFree(() => this.#committed((access) => access.putBytesNow(id, bytes)))
  }

  deleteBytes(id: string): Promise<void> {
    return this.#whenFree(() => this.#committed((access) => access.deleteBytesNow(id)))
  }

  async transaction<T>(work: (access: StoreAccess) => Promise<T>): Promise<T> {
    this.#refuseInside()
    const before = this.#tail
    let finished = () => {}
    const tail = new Promise<void>((resolve) => (finished = resolve))
    this.#tail = tail
    if (before) await before
    const token = Symbol('transaction')
    const access = new SqliteAccess(this.#statements)
    try {
      this.#running = token
      this.#statements.run('BEGIN IMMEDIATE')
      let result: T
      try {
        result = await this.#inside.run(token, () => work(access))
        access.close()
        this.#statements.run('COMMIT')
      } catch (error) {
        access.close()
        this.#statements.run('ROLLBACK')
        throw error
      }
      this.#tell(access.touched)
      return result
    } finally {
      this.#running = undefined
      if (this.#tail === tail) this.#tail = undefined
      finished()
    }
  }

  subscribe(listener: (change: StoreChange) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  clear(): Promise<void> {
    return this.transaction(async (access) => (access as SqliteAccess).clearNow(Object.keys(this.#schema)))
  }

  dump(): Promise<StoreDump> {
    return this.#whenFree(() => this.#direct.dumpNow(Object.keys(this.#schema)))
  }

  refill<T>(work: (access: StoreAccess) => Promise<T>): Promise<T> {
    return this.transaction(async (access) => {
      ;(access as SqliteAccess).clearNow(Object.keys(this.#schema))
      return await work(access)
    })
  }

  restore(dump: StoreDump): Promise<void> {
    return this.refill(async (access) => {
      for (const [name, rows] of Object.entries(dump.collections)) {
        const schema = this.#schema[name]
        if (!schema) throw new StoreValueError(`the store has no collection "${name}"`)
        const collection = { name, key: schema.key, indexes: schema.indexes } as unknown as Collection<object>
        for (const row of rows) (access as SqliteAccess).putNow(collection, row)
      }
      for (const [id, text] of Object.entries(dump.bytes)) (access as SqliteAccess).putBytesNow(id, fromBase64(text))
    })
  }

  async close(): Promise<void> {
    while (this.#tail) await this.#tail
    this.#listeners.clear()
    if (this.#database.isOpen) this.#database.close()
  }

  /** At once when no transaction runs, else after those asked for before. */
  #whenFree<T>(work: () => T): Promise<T> {
    if (this.#tail) {
      try {
        this.#refuseInside()
      } catch (error) {
        return Promise.reject(error)
      }
      return this.#afterTail(work)
    }
    try {
      return Promise.resolve(work())
    } catch (error) {
      return Promise.reject(error)
    }
  }

  async #afterTail<T>(work: () => T): Promise<T> {
    while (this.#tail) await this.#tail
    return work()
  }

  #read(collection: string, reading: string, read: () => readonly string[]): readonly string[] {
    const known = this.#recent.find(collection, reading)
    if (known) return known
    const rows = read()
    this.#recent.keep(collection, reading, rows)
    return rows
  }

  #refuseInside(): void {
    if (this.#running && this.#inside.getStore() === this.#running)
      throw new StoreValueError('inside a transaction, use the access (or the world) it gives: waiting for the store itself would never end')
  }

  #committed(work: (access: SqliteAccess) => void): void {
    work(this.#direct)
    const touched = new Set(this.#direct.touched)
    this.#direct.touched.clear()
    this.#tell(touched)
  }

  #tell(touched: ReadonlySet<string>): void {
    if (touched.size === 0) return
    this.#recent.forget(touched)
    const change = { collections: [...touched] }
    for (const listener of this.#listeners) listener(change)
  }
}

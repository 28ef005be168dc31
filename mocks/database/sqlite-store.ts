import { AsyncLocalStorage } from 'node:async_hooks'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { fromBase64, toBase64 } from './base64.ts'
import { type Schema, StoreValueError, checkedKey, indexOf, indexValue, keyOf } from './schema.ts'
import { comparable } from './sqlite-order.ts'
import { prepareTables, tableName } from './sqlite-tables.ts'
import type { Collection, IndexValue, Range, Store, StoreAccess, StoreChange, StoreDump } from './store.ts'

type Row = Record<string, unknown>

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
    if (file !== ':memory:') database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
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
  readonly #direct: Access
  readonly #statements: Statements
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
    this.#direct = new Access(this.#statements)
  }

  get<R extends object>(collection: Collection<R>, key: string): Promise<R | undefined> {
    return this.#whenFree(() => this.#direct.getNow(collection, key))
  }

  range<R extends object>(collection: Collection<R>, range: Range): Promise<R[]> {
    return this.#whenFree(() => this.#direct.rangeNow(collection, range))
  }

  count<R extends object>(collection: Collection<R>, range: Omit<Range, 'limit' | 'reverse'> = {}): Promise<number> {
    return this.#whenFree(() => this.#direct.countNow(collection, range))
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
    const access = new Access(this.#statements)
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
    return this.transaction(async (access) => (access as Access).clearNow(Object.keys(this.#schema)))
  }

  dump(): Promise<StoreDump> {
    return this.#whenFree(() => this.#direct.dumpNow(Object.keys(this.#schema)))
  }

  refill<T>(work: (access: StoreAccess) => Promise<T>): Promise<T> {
    return this.transaction(async (access) => {
      ;(access as Access).clearNow(Object.keys(this.#schema))
      return await work(access)
    })
  }

  restore(dump: StoreDump): Promise<void> {
    return this.refill(async (access) => {
      for (const [name, rows] of Object.entries(dump.collections)) {
        const schema = this.#schema[name]
        if (!schema) throw new StoreValueError(`the store has no collection "${name}"`)
        const collection = { name, key: schema.key, indexes: schema.indexes } as unknown as Collection<object>
        for (const row of rows) (access as Access).putNow(collection, row)
      }
      for (const [id, text] of Object.entries(dump.bytes)) (access as Access).putBytesNow(id, fromBase64(text))
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

  #refuseInside(): void {
    if (this.#running && this.#inside.getStore() === this.#running)
      throw new StoreValueError('inside a transaction, use the access (or the world) it gives: waiting for the store itself would never end')
  }

  #committed(work: (access: Access) => void): void {
    work(this.#direct)
    const touched = new Set(this.#direct.touched)
    this.#direct.touched.clear()
    this.#tell(touched)
  }

  #tell(touched: ReadonlySet<string>): void {
    if (touched.size === 0) return
    const change = { collections: [...touched] }
    for (const listener of this.#listeners) listener(change)
  }
}

/** Statements by their text: preparing costs more than running. */
class Statements {
  readonly #database: DatabaseSync
  readonly #prepared = new Map<string, StatementSync>()

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  of(sql: string): StatementSync {
    let statement = this.#prepared.get(sql)
    if (!statement) this.#prepared.set(sql, (statement = this.#database.prepare(sql)))
    return statement
  }

  run(sql: string): void {
    this.of(sql).run()
  }
}

/** Reads and writes at once; a transaction has one of its own, useless once it has ended. */
class Access implements StoreAccess {
  readonly touched = new Set<string>()
  readonly #statements: Statements
  readonly #writers = new Map<string, { sql: string; properties: readonly string[] }>()
  #open = true

  constructor(statements: Statements) {
    this.#statements = statements
  }

  close(): void {
    this.#open = false
  }

  async get<R extends object>(collection: Collection<R>, key: string): Promise<R | undefined> {
    return this.getNow(collection, key)
  }

  async range<R extends object>(collection: Collection<R>, range: Range): Promise<R[]> {
    return this.rangeNow(collection, range)
  }

  async count<R extends object>(collection: Collection<R>, range: Omit<Range, 'limit' | 'reverse'> = {}): Promise<number> {
    return this.countNow(collection, range)
  }

  async put<R extends object>(collection: Collection<R>, row: R): Promise<void> {
    this.putNow(collection, row)
  }

  async putAll<R extends object>(collection: Collection<R>, rows: readonly R[]): Promise<void> {
    for (const row of rows) this.putNow(collection, row)
  }

  async delete<R extends object>(collection: Collection<R>, key: string): Promise<void> {
    this.deleteNow(collection, key)
  }

  async getBytes(id: string): Promise<Uint8Array | undefined> {
    return this.getBytesNow(id)
  }

  async putBytes(id: string, bytes: Uint8Array): Promise<void> {
    this.putBytesNow(id, bytes)
  }

  async deleteBytes(id: string): Promise<void> {
    this.deleteBytesNow(id)
  }

  getNow<R extends object>(collection: Collection<R>, key: string): R | undefined {
    const found = this.#statement(`SELECT v FROM ${tableName(collection.name)} WHERE k = ?`).get(comparable(key)) as { v: string } | undefined
    return found && (JSON.parse(found.v) as R)
  }

  rangeNow<R extends object>(collection: Collection<R>, range: Range): R[] {
    const { where, values, order } = selection(collection, range)
    if (range.limit === undefined) throw new StoreValueError(`${collection.name}: a range needs a limit`)
    const sql = `SELECT v FROM ${tableName(collection.name)}${where} ORDER BY ${order} LIMIT ?`
    return this.#statement(sql)
      .all(...values, range.limit)
      .map((found) => JSON.parse((found as { v: string }).v) as R)
  }

  countNow<R extends object>(collection: Collection<R>, range: Omit<Range, 'limit' | 'reverse'>): number {
    const { where, values } = selection(collection, range)
    return (this.#statement(`SELECT count(*) AS n FROM ${tableName(collection.name)}${where}`).get(...values) as { n: number }).n
  }

  putNow<R extends object>(collection: Collection<R>, row: R): void {
    const { sql, properties } = this.#writer(collection)
    const values: SQLInputValue[] = [comparable(keyOf(collection, row)), JSON.stringify(row)]
    for (const property of properties) {
      const value = indexValue((row as Row)[property])
      values.push(value === undefined ? null : comparable(value))
    }
    this.#statement(sql).run(...values)
    this.touched.add(collection.name)
  }

  deleteNow<R extends object>(collection: Collection<R>, key: string): void {
    const { changes } = this.#statement(`DELETE FROM ${tableName(collection.name)} WHERE k = ?`).run(comparable(key))
    if (changes) this.touched.add(collection.name)
  }

  getBytesNow(id: string): Uint8Array | undefined {
    return (this.#statement('SELECT b FROM bytes WHERE id = ?').get(id) as { b: Uint8Array } | undefined)?.b
  }

  putBytesNow(id: string, bytes: Uint8Array): void {
    this.#statement('INSERT OR REPLACE INTO bytes (id, b) VALUES (?, ?)').run(checkedKey('bytes', id), bytes)
  }

  deleteBytesNow(id: string): void {
    this.#statement('DELETE FROM bytes WHERE id = ?').run(id)
  }

  clearNow(names: readonly string[]): void {
    for (const name of names) if (this.#statement(`DELETE FROM ${tableName(name)}`).run().changes) this.touched.add(name)
    this.#statement('DELETE FROM bytes').run()
  }

  dumpNow(names: readonly string[]): StoreDump {
    const collections: Record<string, object[]> = {}
    for (const name of names)
      collections[name] = this.#statement(`SELECT v FROM ${tableName(name)} ORDER BY k`)
        .all()
        .map((found) => JSON.parse((found as { v: string }).v) as object)
    const bytes: Record<string, string> = {}
    for (const found of this.#statement('SELECT id, b FROM bytes ORDER BY id').iterate()) {
      const { id, b } = found as { id: string; b: Uint8Array }
      bytes[id] = toBase64(b)
    }
    return { collections, bytes }
  }

  #statement(sql: string): StatementSync {
    if (!this.#open) throw new StoreValueError('this transaction has ended: something in it was not awaited')
    return this.#statements.of(sql)
  }

  #writer<R extends object>(collection: Collection<R>): { sql: string; properties: readonly string[] } {
    let writer = this.#writers.get(collection.name)
    if (!writer) {
      const properties = [...new Set(Object.values(collection.indexes).flat())]
      const columns = ['k', 'v', ...properties.map((property) => column(property))]
      const sql = `INSERT OR REPLACE INTO ${tableName(collection.name)} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`
      this.#writers.set(collection.name, (writer = { sql, properties }))
    }
    return writer
  }
}

const column = (property: string) => `"p_${property}"`

/** The WHERE and ORDER BY of a range, in the order IndexedDB gives: index, then key. */
function selection(
  collection: { name: string; key: string; indexes: Readonly<Record<string, readonly string[]>> },
  range: Partial<Range>,
): { where: string; values: (string | number)[]; order: string } {
  const properties = indexOf(collection, range)
  const columns = range.index === undefined ? ['k'] : properties.map((property) => column(property))
  const conditions: string[] = []
  const values: (string | number)[] = []
  const compare = (at: number, operator: string, value: IndexValue) => {
    conditions.push(`${columns[at]} ${operator} ?`)
    values.push(comparable(value))
  }
  const equals = range.equals ?? []
  equals.forEach((value, at) => compare(at, '=', value))
  if (range.from !== undefined) compare(equals.length, '>=', range.from)
  if (range.to !== undefined) compare(equals.length, '<=', range.to)
  if (range.index !== undefined) for (const name of columns) conditions.push(`${name} IS NOT NULL`)
  const direction = range.reverse ? ' DESC' : ''
  const order = [...columns.slice(equals.length), ...(range.index === undefined && equals.length === 0 ? [] : ['k'])]
  return {
    where: conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '',
    values,
    order: order.map((name) => name + direction).join(', '),
  }
}

import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import { toBase64 } from './base64.ts'
import { StoreValueError, checkedKey, indexOf, indexValue, keyOf } from './schema.ts'
import { comparable } from './sqlite-order.ts'
import { tableName } from './sqlite-tables.ts'
import type { Collection, IndexValue, Range, StoreAccess, StoreDump } from './store.ts'

type Row = Record<string, unknown>

/** Statements by their text: preparing costs more than running. */
export class Statements {
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
export class SqliteAccess implements StoreAccess {
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

  async column<R extends object>(collection: Collection<R>, range: Omit<Range, 'limit' | 'reverse'> & { index: string }): Promise<number[]> {
    return this.columnNow(collection, range)
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
    const [row] = this.textOf(collection, key)
    return row === undefined ? undefined : (JSON.parse(row) as R)
  }

  /** The row in JSON, none when there is none. */
  textOf(collection: { name: string }, key: string): readonly string[] {
    const found = this.#statement(`SELECT v FROM ${tableName(collection.name)} WHERE k = ?`).get(comparable(key)) as { v: string } | undefined
    return found ? [found.v] : []
  }

  rangeNow<R extends object>(collection: Collection<R>, range: Range): R[] {
    return this.textsOf(collection, range).map((row) => JSON.parse(row) as R)
  }

  /** The rows in JSON. */
  textsOf<R extends object>(collection: Collection<R>, range: Range): readonly string[] {
    const { where, values, order } = selection(collection, range)
    if (range.limit === undefined) throw new StoreValueError(`${collection.name}: a range needs a limit`)
    const sql = `SELECT v FROM ${tableName(collection.name)}${where} ORDER BY ${order} LIMIT ?`
    return this.#statement(sql)
      .all(...values, range.limit)
      .map((found) => (found as { v: string }).v)
  }

  countNow<R extends object>(collection: Collection<R>, range: Omit<Range, 'limit' | 'reverse'>): number {
    const { where, values } = selection(collection, range)
    return (this.#statement(`SELECT count(*) AS n FROM ${tableName(collection.name)}${where}`).get(...values) as { n: number }).n
  }

  columnNow<R extends object>(collection: Collection<R>, range: Omit<Range, 'limit' | 'reverse'> & { index: string }): number[] {
    const { where, values, order } = selection(collection, range)
    const property = indexOf(collection, range)[range.equals?.length ?? 0]
    if (property === undefined) throw new StoreValueError(`${collection.name}: no property of ${range.index} is left to read`)
    const statement = this.#statement(`SELECT ${column(property)} AS n FROM ${tableName(collection.name)}${where} ORDER BY ${order}`)
    return statement.all(...values).map((found) => (found as { n: number }).n)
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

import type { DatabaseSync } from 'node:sqlite'
import { type CollectionSchema, type Schema, indexValue } from './schema.ts'
import { comparable } from './sqlite-order.ts'

/** `v` is the row in JSON, `k` its key, `p_…` the properties that are in an index. */
export const tableName = (collection: string) => `"c_${collection}"`

/**
 * Creates the tables, or brings those of a former version up to date: a row is whole in `v`, so a table whose indexes changed is
 * rebuilt from its rows. A collection that is no longer declared is dropped.
 */
export function prepareTables(database: DatabaseSync, schema: Schema): void {
  database.exec('BEGIN IMMEDIATE')
  try {
    database.exec('CREATE TABLE IF NOT EXISTS schema (name TEXT PRIMARY KEY, declared TEXT NOT NULL)')
    database.exec('CREATE TABLE IF NOT EXISTS bytes (id TEXT PRIMARY KEY, b BLOB NOT NULL)')
    const kept = new Map(
      database
        .prepare('SELECT name, declared FROM schema')
        .all()
        .map((row) => [row['name'] as string, row['declared'] as string]),
    )
    for (const name of kept.keys())
      if (!schema[name]) {
        database.exec(`DROP TABLE ${tableName(name)}`)
        database.prepare('DELETE FROM schema WHERE name = ?').run(name)
      }
    for (const [name, declared] of Object.entries(schema)) {
      const text = JSON.stringify(declared)
      if (kept.get(name) === text) continue
      const rows = kept.has(name) ? database.prepare(`SELECT v FROM ${tableName(name)}`).all() : []
      if (kept.has(name)) database.exec(`DROP TABLE ${tableName(name)}`)
      createTable(database, name, declared)
      fill(
        database,
        name,
        declared,
        rows.map((row) => row['v'] as string),
      )
      database.prepare('INSERT OR REPLACE INTO schema (name, declared) VALUES (?, ?)').run(name, text)
    }
    database.exec('COMMIT')
  } catch (error) {
    database.exec('ROLLBACK')
    throw error
  }
}

const columnsOf = (declared: CollectionSchema) => [...new Set(Object.values(declared.indexes).flat())]

function createTable(database: DatabaseSync, name: string, declared: CollectionSchema): void {
  const columns = columnsOf(declared).map((property) => `, "p_${property}"`)
  database.exec(`CREATE TABLE ${tableName(name)} (k TEXT PRIMARY KEY, v TEXT NOT NULL${columns.join('')})`)
  for (const [index, properties] of Object.entries(declared.indexes)) {
    const names = properties.map((property) => `"p_${property}"`)
    const present = names.map((column) => `${column} IS NOT NULL`)
    database.exec(`CREATE INDEX "i_${name}_${index}" ON ${tableName(name)} (${names.join(', ')}, k) WHERE ${present.join(' AND ')}`)
  }
}

function fill(database: DatabaseSync, name: string, declared: CollectionSchema, rows: readonly string[]): void {
  if (rows.length === 0) return
  const columns = columnsOf(declared)
  const names = ['k', 'v', ...columns.map((property) => `"p_${property}"`)]
  const insert = database.prepare(`INSERT INTO ${tableName(name)} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`)
  for (const text of rows) {
    const row = JSON.parse(text) as Record<string, unknown>
    const values = columns.map((property) => indexValue(row[property])).map((value) => (value === undefined ? null : comparable(value)))
    insert.run(comparable(row[declared.key] as string), text, ...values)
  }
}

import { Dexie, type Transaction } from 'dexie'
import { fromBase64, toBase64 } from './base64.ts'
import { BYTES, DexieAccess, dexieIndex } from './dexie-access.ts'
import { type Schema, type SchemaVersion, StoreValueError } from './schema.ts'
import type { Collection, Range, Store, StoreAccess, StoreChange, StoreDump } from './store.ts'

export interface DexieOptions {
  /** Of the IndexedDB database; two tabs that give the same name share it. */
  readonly name: string
  /** Every version ever published, oldest first. */
  readonly versions: readonly SchemaVersion[]
  /** Called when another tab deletes or upgrades the database: this store is closed then. */
  readonly lost?: () => void
  /** Tells the other tabs; `BroadcastChannel` of the platform unless a test gives another. */
  readonly channel?: BroadcastChannel
}

/**
 * The store on IndexedDB. A commit is told to the other tabs of the origin at once, by `BroadcastChannel`.
 * @throws {Error} IndexedDB is absent or refused (some private windows).
 */
export async function openDexieStore({ name, versions, lost, channel = new BroadcastChannel(`${name} changes`) }: DexieOptions): Promise<Store> {
  const database = new Dexie(name, { chromeTransactionDurability: 'relaxed' })
  for (const { version, schema } of versions) database.version(version).stores(dexieTables(schema))
  await database.open()
  if (lost) database.on('versionchange', lost)
  return new DexieStore(database, versions.at(-1)!.schema, channel)
}

function dexieTables(schema: Schema): Record<string, string> {
  const tables: Record<string, string> = { [BYTES]: 'id' }
  for (const [name, { key, indexes }] of Object.entries(schema))
    tables[name] = [key, ...Object.values(indexes).map((properties) => dexieIndex(properties))].join(', ')
  return tables
}

class DexieStore implements Store {
  readonly #database: Dexie
  readonly #schema: Schema
  readonly #channel: BroadcastChannel
  readonly #direct: DexieAccess
  readonly #listeners = new Set<(change: StoreChange) => void>()
  /** Transactions of ours that run, to tell a mistake: see `#outside`. */
  readonly #running = new WeakSet<Transaction>()

  constructor(database: Dexie, schema: Schema, channel: BroadcastChannel) {
    this.#database = database
    this.#schema = schema
    this.#channel = channel
    this.#direct = new DexieAccess(database)
    channel.addEventListener('message', (event: MessageEvent<StoreChange>) => this.#hear(event.data))
  }

  get<R extends object>(collection: Collection<R>, key: string): Promise<R | undefined> {
    return this.#outside((access) => access.get(collection, key))
  }

  range<R extends object>(collection: Collection<R>, range: Range): Promise<R[]> {
    return this.#outside((access) => access.range(collection, range))
  }

  count<R extends object>(collection: Collection<R>, range: Omit<Range, 'limit' | 'reverse'> = {}): Promise<number> {
    return this.#outside((access) => access.count(collection, range))
  }

  column<R extends object>(collection: Collection<R>, range: Omit<Range, 'limit' | 'reverse'> & { index: string }): Promise<number[]> {
    return this.#outside((access) => access.column(collection, range))
  }

  put<R extends object>(collection: Collection<R>, row: R): Promise<void> {
    return this.#writing(collection.name, (access) => access.put(collection, row))
  }

  putAll<R extends object>(collection: Collection<R>, rows: readonly R[]): Promise<void> {
    return this.#writing(collection.name, (access) => access.putAll(collection, rows))
  }

  delete<R extends object>(collection: Collection<R>, key: string): Promise<void> {
    return this.transaction((access) => access.delete(collection, key))
  }

  getBytes(id: string): Promise<Uint8Array | undefined> {
    return this.#outside((access) => access.getBytes(id))
  }

  putBytes(id: string, bytes: Uint8Array): Promise<void> {
    return this.#outside((access) => access.putBytes(id, bytes))
  }

  deleteBytes(id: string): Promise<void> {
    return this.#outside((access) => access.deleteBytes(id))
  }

  transaction<T>(work: (access: StoreAccess) => Promise<T>): Promise<T> {
    return this.#transaction(work)
  }

  subscribe(listener: (change: StoreChange) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  clear(): Promise<void> {
    return this.#transaction((access) => access.clear(Object.keys(this.#schema)))
  }

  async dump(): Promise<StoreDump> {
    const kept = await this.#database.transaction('r', this.#database.tables, async () => {
      const rows: Record<string, object[]> = {}
      for (const name of Object.keys(this.#schema)) rows[name] = await this.#database.table<object, string>(name).toArray()
      return { rows, files: await this.#database.table<{ id: string; bytes: Uint8Array }, string>(BYTES).toArray() }
    })
    const bytes: Record<string, string> = {}
    for (const file of kept.files) bytes[file.id] = toBase64(file.bytes)
    return { collections: kept.rows, bytes }
  }

  refill<T>(work: (access: StoreAccess) => Promise<T>): Promise<T> {
    return this.#transaction(async (access) => {
      await access.clear(Object.keys(this.#schema))
      return await work(access)
    })
  }

  async restore(dump: StoreDump): Promise<void> {
    const files = Object.entries(dump.bytes).map(([id, text]) => ({ id, bytes: fromBase64(text) }))
    await this.refill(async (access) => {
      for (const [name, rows] of Object.entries(dump.collections)) {
        const schema = this.#schema[name]
        if (!schema) throw new StoreValueError(`the store has no collection "${name}"`)
        await access.putAll({ name, key: schema.key, indexes: schema.indexes } as unknown as Collection<object>, rows)
      }
      for (const { id, bytes } of files) await access.putBytes(id, bytes)
    })
  }

  async close(): Promise<void> {
    this.#listeners.clear()
    this.#channel.close()
    this.#database.close()
  }

  async #transaction<T>(work: (access: DexieAccess) => Promise<T>): Promise<T> {
    return await this.#outside(async () => {
      const access = new DexieAccess(this.#database)
      try {
        const result = await this.#database.transaction('rw', this.#database.tables, async (transaction) => {
          this.#running.add(transaction)
          return await work(access)
        })
        this.#tell(access.touched)
        return result
      } finally {
        access.close()
      }
    })
  }

  async #writing(name: string, work: (access: DexieAccess) => Promise<void>): Promise<void> {
    await this.#outside(work)
    this.#tell(new Set([name]))
  }

  /** Dexie would quietly join the running transaction; SQLite cannot. Both refuse, so that a mistake shows on either. */
  async #outside<T>(work: (access: DexieAccess) => Promise<T>): Promise<T> {
    const current = Dexie.currentTransaction
    if (current && this.#running.has(current))
      throw new StoreValueError('inside a transaction, use the access (or the world) it gives: waiting for the store itself would never end')
    return await work(this.#direct)
  }

  #tell(touched: ReadonlySet<string>): void {
    if (touched.size === 0) return
    const change: StoreChange = { collections: [...touched] }
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none
    this.#channel.postMessage(change)
    this.#hear(change)
  }

  #hear(change: StoreChange): void {
    for (const listener of this.#listeners) listener(change)
  }
}

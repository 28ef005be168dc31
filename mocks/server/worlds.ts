import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { openSqliteStore } from '../database/sqlite-store.ts'
import { MemoryJournal } from '../kit/memory-journal.ts'
import { isWorldName } from '../kit/target.ts'
import type { SandboxOptions } from '../sandbox/sandbox.ts'

type Keeping = Pick<SandboxOptions, 'openStore' | 'openJournal' | 'stored' | 'erase'>

/** Worlds end with the process. */
export const inMemory = (): Keeping => ({
  openStore: async (_world, schema) => openSqliteStore({ schema }),
  openJournal: async () => new MemoryJournal(),
})

const SUFFIX = '.sqlite'

/** One SQLite file for each world in a folder; the journal stays in memory. @throws {Error} the folder cannot be made. */
export function onDisk(folder: string): Keeping {
  mkdirSync(folder, { recursive: true })
  const fileOf = (world: string) => join(folder, world + SUFFIX)
  return {
    openStore: async (world, schema) => openSqliteStore({ file: fileOf(world), schema }),
    openJournal: async () => new MemoryJournal(),
    stored: async () =>
      readdirSync(folder)
        .filter((file) => file.endsWith(SUFFIX))
        .map((file) => file.slice(0, -SUFFIX.length))
        .filter((name) => isWorldName(name)),
    erase: async (world) => {
      for (const end of ['', '-wal', '-shm', '-journal']) if (existsSync(fileOf(world) + end)) rmSync(fileOf(world) + end)
    },
  }
}

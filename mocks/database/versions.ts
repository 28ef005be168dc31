import type { Schema, SchemaVersion } from './schema.ts'
import schema1 from './schema-1.json' with { type: 'json' }

/**
 * Every state of the tables ever published, oldest first: a browser that holds an older one is brought up to date. A published version
 * never changes: add `schema-<n>.json`. Until the first release, `npx vitest run mocks/database/versions.test.ts -u` rewrites the last one.
 */
export const versions: readonly SchemaVersion[] = [{ version: 1, schema: schema1 }]

/** The versions with, as the last one, what the services declare: the same as the frozen one in a release, ahead of it while we work. */
export const upTo = (schema: Schema): readonly SchemaVersion[] =>
  versions.map((frozen, at) => (at === versions.length - 1 ? { ...frozen, schema } : frozen))

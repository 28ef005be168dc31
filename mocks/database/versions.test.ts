import { expect, test } from 'vitest'
import { services } from '../routes.ts'
import { ownCollections } from '../sandbox/collections.ts'
import { schemaOf } from './schema.ts'
import { versions } from './versions.ts'

const declared = () => schemaOf([...ownCollections, ...services.flatMap(({ collections }) => collections)])

test('the last version of the tables is what the services declare', async () => {
  const last = versions.at(-1)!
  await expect(`${JSON.stringify(declared(), null, 2)}\n`).toMatchFileSnapshot(`./schema-${last.version}.json`)
})

test('versions follow one another', () => {
  expect(versions.map(({ version }) => version)).toEqual(versions.map((_, at) => at + 1))
})

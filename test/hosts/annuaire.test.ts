import { Client } from 'fhir-kit-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningServer, startServer } from '../../mocks/server.ts'

let server: RunningServer
let client: Client

beforeAll(async () => {
  server = await startServer({ port: 0 })
  client = new Client({ baseUrl: `${server.origin}/annuaire/fhir/v2`, customHeaders: { 'ESANTE-API-KEY': 'fictive' } })
})
afterAll(() => server.stop())

interface Page {
  readonly total: number
  readonly entry: readonly { readonly resource: { readonly id: string } }[]
  readonly link: { readonly relation: string; readonly url: string }[]
}

test('a stock FHIR client reads, searches, follows the pages and resolves references of the directory', async () => {
  const capacites = (await client.capabilityStatement()) as unknown as { fhirVersion: string }
  expect(capacites.fhirVersion).toBe('4.0.1')
  const page = (await client.search({ resourceType: 'Practitioner', searchParams: { _count: 8, active: 'true' } })) as unknown as Page
  const suite = (await client.nextPage({ bundle: page } as never)) as unknown as Page
  expect(page.entry.length + suite.entry.length).toBe(page.total)
  const { id } = page.entry[0]!.resource
  expect(await client.read({ resourceType: 'Practitioner', id })).toMatchObject({ resourceType: 'Practitioner', id })
  const parPost = await client.search({
    resourceType: 'Practitioner',
    searchParams: { 'mailbox-mss:contains': 'primidi' },
    options: { postSearch: true },
  })
  expect(parPost).toMatchObject({ resourceType: 'Bundle', total: 1 })
})

test('a stock FHIR client is told of errors by an OperationOutcome', async () => {
  await expect(client.read({ resourceType: 'Practitioner', id: 'inconnu' })).rejects.toMatchObject({
    response: { status: 404, data: { resourceType: 'OperationOutcome' } },
  })
})

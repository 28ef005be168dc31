import { ImapFlow } from 'imapflow'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startImap, type RunningImap } from '../../mocks/server/imap-host.ts'
import { castOf } from '../../mocks/database/registre.ts'
import { remettre } from '../../mocks/mssante/remise.ts'
import { jetonPour } from '../jetons.ts'
import { createTestWorld, type TestWorld } from '../world.ts'

const PRIMIDI = 'claire.primidi@medecins.bac.mssante.fr'
const DUODI = 'bastien.duodi@medecins.bac.mssante.fr'

let monde: TestWorld
let imap: RunningImap
let clients: ImapFlow[] = []
const bugs: unknown[] = []

beforeEach(async () => {
  monde = await createTestWorld()
  imap = await startImap({ port: 0, sandbox: monde.sandbox, onBug: (error) => bugs.push(error) })
})
afterEach(async () => {
  for (const client of clients) client.close()
  clients = []
  await imap.stop()
  await monde.close()
  expect(bugs.splice(0)).toEqual([])
})

const identifiantDe = async (id: string): Promise<string> => (await castOf(monde.world)).professionnels.find((un) => un.id === id)!.carte.identifiant

async function client(adresse = PRIMIDI, id = 'dr-primidi'): Promise<ImapFlow> {
  const flow = new ImapFlow({
    host: '127.0.0.1',
    port: imap.port,
    secure: false,
    doSTARTTLS: false,
    auth: { user: adresse, accessToken: await jetonPour(monde, await identifiantDe(id)) },
    logger: process.env['IMAP_LOG'] ? (console as never) : false,
  })
  clients.push(flow)
  await flow.connect()
  return flow
}

const livrer = (objet: string, a = PRIMIDI) =>
  monde.world.atomically((inside) =>
    remettre(inside, {
      de: DUODI,
      pour: [{ adresse: a }],
      octets: new TextEncoder().encode(
        `From: Dr Bastien DUODI <${DUODI}>\r\nTo: ${a}\r\nSubject: ${objet}\r\nDate: Mon, 23 Nov 2026 09:00:00 +0100\r\nMessage-ID: <${objet.replace(/\W/g, '')}@bac.test>\r\n\r\nBonjour ${objet}\r\n`,
      ),
    }),
  )

describe('imapflow, as it is published', () => {
  test('lists the folders with their special use, selects, and reads envelopes', async () => {
    await livrer('Premier')
    await livrer('Deuxième')
    const flow = await client()
    const dossiers = await flow.list()
    expect(dossiers.map(({ path, specialUse }) => [path, specialUse])).toEqual([
      ['INBOX', '\\Inbox'],
      ['Sent', '\\Sent'],
      ['Drafts', '\\Drafts'],
      ['Trash', '\\Trash'],
    ])
    const boite = await flow.mailboxOpen('INBOX')
    expect(boite).toMatchObject({ exists: 2, uidNext: 3, readOnly: false })
    const lus = await flow.fetchAll('1:*', { envelope: true, flags: true, bodyStructure: true, size: true, internalDate: true })
    expect(lus.map(({ envelope }) => envelope?.subject)).toEqual(['Premier', 'Deuxième'])
    expect(lus[0]!.envelope!.from).toEqual([{ name: 'Dr Bastien DUODI', address: DUODI }])
    await flow.logout()
  })

  test('receives in IDLE what is delivered meanwhile', async () => {
    const flow = await client()
    await flow.mailboxOpen('INBOX')
    const arrivee = new Promise<{ count: number }>((resolve) => flow.once('exists', resolve))
    void flow.idle()
    await livrer('Pendant l’attente')
    expect(await arrivee).toMatchObject({ count: 1 })
    await flow.logout()
  })
})

import { createConnection } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { ImapFlow, type ImapFlowOptions } from 'imapflow'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { boites } from '../../mocks/mssante/store.ts'
import { remettre } from '../../mocks/mssante/remise.ts'
import { startImap } from '../../mocks/server/imap-host.ts'
import type { MailPortOptions, RunningPort } from '../../mocks/server/mail-port.ts'
import { autoriteDeTest } from '../certificats.ts'
import { identifiantDe } from '../imap.ts'
import { jetonPour } from '../jetons.ts'
import { createTestWorld, type TestWorld } from '../world.ts'

const PRIMIDI = 'claire.primidi@medecins.bac.mssante.fr'
const DUODI = 'bastien.duodi@medecins.bac.mssante.fr'
const COMPTES_RENDUS = 'comptes-rendus@solstice.bac.mssante.fr'

let monde: TestWorld
let imap: RunningPort
let clients: ImapFlow[] = []
const bugs: unknown[] = []
const autorite = autoriteDeTest()

const ecouter = async (options: Partial<MailPortOptions> = {}) => {
  const { ca, serveur } = await autorite
  imap = await startImap({
    port: 0,
    sandbox: monde.sandbox,
    secureContextOptions: { ...serveur, ca },
    onBug: (error) => bugs.push(error),
    ...options,
  })
}

beforeEach(async () => {
  monde = await createTestWorld()
  await ecouter()
})
afterEach(async () => {
  for (const client of clients) client.close()
  clients = []
  await imap.stop()
  await monde.close()
  if (bugs.length > 0) throw bugs.splice(0)[0]
})

async function client(options: Partial<ImapFlowOptions> = {}): Promise<ImapFlow> {
  const { ca } = await autorite
  const accessToken = await jetonPour(monde, await identifiantDe(monde, 'dr-primidi'))
  const flow = new ImapFlow({
    host: 'localhost',
    port: imap.port,
    secure: false,
    doSTARTTLS: true,
    tls: { ca },
    auth: { user: PRIMIDI, accessToken },
    logger: false,
    ...options,
  })
  clients.push(flow)
  await flow.connect()
  return flow
}

const message = (objet: string) =>
  new TextEncoder().encode(
    `From: Dr Bastien DUODI <${DUODI}>\r\nTo: ${PRIMIDI}\r\nSubject: ${objet}\r\nDate: Mon, 23 Nov 2026 09:00:00 +0100\r\nMessage-ID: <${objet.replace(/\W/g, '')}@bac.test>\r\n\r\nBonjour ${objet}\r\n`,
  )

const livrer = (objet: string) =>
  monde.world.atomically((inside) => remettre(inside, { de: DUODI, pour: [{ adresse: PRIMIDI }], octets: message(objet) }))

describe('imapflow, as it is published, over STARTTLS', () => {
  test('lists the folders with their special use, selects, and reads envelopes', async () => {
    await livrer('Premier')
    await livrer('Deuxième')
    const flow = await client()
    expect(flow.secureConnection).toBe(true)
    const dossiers = await flow.list({ statusQuery: { messages: true, unseen: true } })
    expect(dossiers.map(({ path, specialUse }) => [path, specialUse])).toEqual([
      ['INBOX', '\\Inbox'],
      ['Sent', '\\Sent'],
      ['Drafts', '\\Drafts'],
      ['Trash', '\\Trash'],
    ])
    expect(dossiers[0]!.status).toMatchObject({ messages: 2, unseen: 2 })
    const boite = await flow.mailboxOpen('INBOX')
    expect(boite).toMatchObject({ exists: 2, uidNext: 3, readOnly: false })
    const lus = await flow.fetchAll('1:*', { envelope: true, flags: true, bodyStructure: true, size: true, internalDate: true })
    expect(lus.map(({ envelope }) => envelope?.subject)).toEqual(['Premier', 'Deuxième'])
    expect(lus[0]!.envelope!.from).toEqual([{ name: 'Dr Bastien DUODI', address: DUODI }])
    expect(lus[0]!.bodyStructure).toMatchObject({ type: 'text/plain' })
    await flow.logout()
  })

  test('appends, searches, marks, copies, moves, deletes; folders are made and renamed', async () => {
    const flow = await client()
    await flow.mailboxCreate('Archives/Année 2026')
    await flow.mailboxRename('Archives/Année 2026', 'Archives/Été')
    const garde = await flow.append('Archives/Été', Buffer.from(message('Gardé')), ['\\Seen'], new Date('2026-01-02T03:04:05Z'))
    expect(garde).toMatchObject({ destination: 'Archives/Été', uid: 1 })
    await livrer('Un')
    await livrer('Deux')
    await flow.mailboxOpen('INBOX')
    expect(await flow.search({ subject: 'deux' }, { uid: true })).toEqual([2])
    expect(await flow.search({ or: [{ from: 'duodi' }, { seen: true }] })).toEqual([1, 2])
    await flow.messageFlagsAdd('1', ['\\Flagged', '$Traite'])
    const [un] = await flow.fetchAll('1', { flags: true, source: true, headers: ['subject'] })
    expect([...un!.flags!].toSorted()).toEqual(['$Traite', '\\Flagged'])
    expect(new Uint8Array(un!.source!).length).toBeGreaterThan(100)
    expect(un!.headers!.toString()).toMatch(/^Subject: Un\r\n/i)
    expect(await flow.messageCopy('1', 'Trash')).toMatchObject({ uidMap: new Map([[1, 1]]) })
    expect(await flow.messageMove('2', 'Archives/Été')).toMatchObject({ uidMap: new Map([[2, 2]]) })
    expect(await flow.messageDelete('1')).toBe(true)
    expect(await flow.status('INBOX', { messages: true })).toMatchObject({ messages: 0 })
    expect(await flow.status('Archives/Été', { messages: true, unseen: true })).toMatchObject({ messages: 2, unseen: 1 })
    await flow.logout()
  })

  test('receives in IDLE what is delivered, marked and removed meanwhile', async () => {
    const flow = await client()
    await flow.mailboxOpen('INBOX')
    const autre = await client()
    await autre.mailboxOpen('INBOX')
    const prochain = <T>(quoi: string) => new Promise<T>((resolve) => flow.once(quoi, resolve))
    const arrivee = prochain('exists')
    void flow.idle()
    await livrer('Pendant l’attente')
    expect(await arrivee).toMatchObject({ count: 1, prevCount: 0 })
    await autre.noop()
    const marque = prochain<{ seq: number; flags: Set<string> }>('flags')
    await autre.messageFlagsAdd('1', ['\\Seen'])
    expect([...(await marque).flags]).toContain('\\Seen')
    const depart = prochain('expunge')
    await autre.messageDelete('1')
    expect(await depart).toMatchObject({ seq: 1 })
    await flow.logout()
  })

  test('MSS-IMAP-XOAUTH2 : un jeton refusé est dit refusé', async () => {
    const refus = await client({ auth: { user: PRIMIDI, accessToken: 'faux' } }).catch((error: unknown) => error)
    expect(refus).toMatchObject({ authenticationFailed: true, serverResponseCode: 'AUTHENTICATIONFAILED' })
    const pasASoi = await client({ auth: { user: DUODI, accessToken: await jetonPour(monde, await identifiantDe(monde, 'dr-primidi')) } }).catch(
      (error: unknown) => error,
    )
    expect(pasASoi).toMatchObject({ serverResponseCode: 'AUTHORIZATIONFAILED' })
  })

  test('MSS-IMAP-APP-PLAIN : une boîte applicative s’ouvre avec le certificat d’organisation de sa structure, d’une autorité connue', async () => {
    const { ca, structure } = await autorite
    const { structure: identifiant } = (await monde.world.store.get(boites, COMPTES_RENDUS))!
    const auth = { user: COMPTES_RENDUS, pass: 'peu-importe', loginMethod: 'AUTH=PLAIN' }
    const flow = await client({ tls: { ca, ...(await structure(identifiant)) }, auth })
    expect(await flow.status('INBOX', { messages: true })).toMatchObject({ messages: 0 })
    await flow.logout()
    const dAilleurs = await (await autoriteDeTest()).structure(identifiant)
    await expect(client({ tls: { ca, ...dAilleurs }, auth })).rejects.toMatchObject({ authenticationFailed: true })
    await expect(client({ tls: { ca, ...(await structure('1888888888')) }, auth })).rejects.toMatchObject({
      serverResponseCode: 'AUTHORIZATIONFAILED',
    })
  })
})

/** A socket that says and hears lines. */
function enClair(port: number) {
  let recu = ''
  let fermee = false
  const socket = createConnection(port, '127.0.0.1')
    .on('data', (chunk) => (recu += chunk.toString('latin1')))
    .on('error', () => {})
  const fin = new Promise<void>((resolve) => socket.on('close', () => resolve(void (fermee = true))))
  const jusque = async (motif: RegExp): Promise<string> => {
    while (!motif.test(recu)) {
      if (fermee) throw new Error(`closed after ${recu}`)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    return recu
  }
  return { socket, jusque, fin }
}

describe('the host', () => {
  test('MSS-IMAP-STARTTLS : refuse TLS 1.1 et les suites hors de la liste', async () => {
    const essayer = async (options: object) => {
      const { socket, jusque } = enClair(imap.port)
      await jusque(/\* OK/)
      socket.write('a STARTTLS\r\n')
      await jusque(/a OK/)
      socket.removeAllListeners('data')
      return await new Promise<string>((resolve) => {
        const tls = connectTls({ socket, rejectUnauthorized: false, ...options }, () => {
          resolve(`${tls.getProtocol()} ${tls.getCipher().standardName}`)
          tls.destroy()
        })
        tls.on('error', () => resolve('refusé')).on('close', () => resolve('refusé'))
      })
    }
    expect(await essayer({ maxVersion: 'TLSv1.2' })).toBe('TLSv1.2 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384')
    expect(await essayer({})).toMatch(/^TLSv1\.3/)
    expect(await essayer({ minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'ALL@SECLEVEL=0' })).toBe('refusé')
    expect(await essayer({ maxVersion: 'TLSv1.2', ciphers: 'AES256-SHA:AES128-GCM-SHA256' })).toBe('refusé')
  })

  test('tells clients that it stops, and lets the port go', async () => {
    const { jusque, fin } = enClair(imap.port)
    await jusque(/\* OK/)
    await imap.stop()
    await fin
    expect(await jusque(/BYE/)).toMatch(/\* BYE Le bac a sable s'arrete\r\n$/)
    await ecouter({ port: imap.port })
  })

  test('a client that leaves in the middle of anything is no mistake of ours', async () => {
    for (const debut of ['a LOGIN {10}\r\nabc', 'a STARTTLS\r\n\x16\x03\x01', 'a AUTHENTICATE PLAIN\r\n', 'a NOOP']) {
      const { socket, jusque, fin } = enClair(imap.port)
      await jusque(/\* OK/)
      socket.write(debut)
      await new Promise((resolve) => setTimeout(resolve, 10))
      socket.resetAndDestroy()
      await fin
    }
    const flow = await client()
    await flow.logout()
    expect(bugs).toEqual([])
  })

  test('a client that reads slowly gets everything', async () => {
    await imap.stop()
    await ecouter({ sansTls: true })
    const jeton = await jetonPour(monde, await identifiantDe(monde, 'dr-primidi'))
    const { socket, jusque } = enClair(imap.port)
    await jusque(/\* OK/)
    socket.write(`a LOGIN ${PRIMIDI} "${jeton}"\r\n`)
    await jusque(/a OK/)
    const gros = 'x'.repeat(1_000_000)
    socket.write(`b APPEND INBOX {${gros.length}+}\r\n${gros}\r\nc SELECT INBOX\r\n`)
    await jusque(/c OK/)
    socket.pause()
    for (let n = 0; n < 40; n++) socket.write(`f${n} FETCH 1 BODY.PEEK[]\r\n`)
    await new Promise((resolve) => setTimeout(resolve, 200))
    socket.resume()
    expect((await jusque(/f39 OK/)).length).toBeGreaterThan(40_000_000)
    socket.destroy()
  })
})

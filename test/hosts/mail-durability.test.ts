import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ImapFlow } from 'imapflow'
import { createTransport } from 'nodemailer'
import { expect, onTestFinished, test } from 'vitest'
import { Bac } from '../bac.ts'

const KILLS = 5
const PRIMIDI = { adresse: 'claire.primidi@medecins.bac.mssante.fr', identifiant: '899700979001' }
const DUODI = { adresse: 'bastien.duodi@medecins.bac.mssante.fr', identifiant: '899700979002' }

const trust = (bac: Bac) => ({ ca: readFileSync(bac.ca) })

/** One message after the other on one connection until the server is gone; the subjects it said 250 to. */
async function sendUntilKilled(bac: Bac, name: string): Promise<string[]> {
  const transport = createTransport({
    host: 'localhost',
    port: bac.smtp,
    requireTLS: true,
    tls: trust(bac),
    auth: { type: 'OAuth2', user: PRIMIDI.adresse, accessToken: await bac.token(PRIMIDI.identifiant) },
    pool: true,
    maxConnections: 1,
    maxMessages: Infinity,
  })
  transport.on('error', () => {})
  const acknowledged: string[] = []
  try {
    for (let n = 0; ; n++) {
      const subject = `${name}-${n}`
      await transport.sendMail({
        from: PRIMIDI.adresse,
        to: DUODI.adresse,
        subject,
        text: 'Bonjour.',
        attachments: n % 5 === 0 ? [{ filename: 'piece.bin', content: Buffer.alloc(50_000, n) }] : [],
      })
      acknowledged.push(subject)
    }
  } catch {
    return acknowledged
  } finally {
    transport.close()
  }
}

async function reader(bac: Bac, { adresse, identifiant }: typeof DUODI): Promise<ImapFlow> {
  const flow = new ImapFlow({
    host: 'localhost',
    port: bac.imap,
    secure: false,
    doSTARTTLS: true,
    tls: trust(bac),
    auth: { user: adresse, accessToken: await bac.token(identifiant) },
    logger: false,
  })
  flow.on('error', () => {})
  await flow.connect()
  return flow
}

/** The same by IMAP APPEND, in the sender's own folder. */
async function appendUntilKilled(bac: Bac, name: string): Promise<string[]> {
  const flow = await reader(bac, PRIMIDI)
  const acknowledged: string[] = []
  try {
    for (let n = 0; ; n++) {
      const subject = `${name}-${n}`
      if (!(await flow.append('Sent', `From: ${PRIMIDI.adresse}\r\nSubject: ${subject}\r\n\r\nBonjour.\r\n`))) return acknowledged
      acknowledged.push(subject)
    }
  } catch {
    return acknowledged
  } finally {
    flow.close()
  }
}

async function subjects(bac: Bac, qui: typeof DUODI, folder: string): Promise<string[]> {
  const flow = await reader(bac, qui)
  await flow.mailboxOpen(folder)
  const all = await flow.fetchAll('1:*', { envelope: true, source: true })
  await flow.logout()
  // Every message is whole: header, and the text at its end.
  return all.filter(({ source }) => source?.includes('Bonjour.')).map(({ envelope }) => envelope?.subject ?? '')
}

test(`MSS-SMTP-ACCEPTE : rien de ce qui a reçu 250 n’est perdu quand le serveur est tué (${KILLS} fois, à des moments tirés au hasard)`, async () => {
  const data = mkdtempSync(join(tmpdir(), 'bac-kill-mail-'))
  onTestFinished(() => rmSync(data, { recursive: true, force: true }))
  const sent: string[] = []
  const kept: string[] = []
  for (let round = 0; round < KILLS; round++) {
    const bac = await Bac.start('--data', data)
    const working = [sendUntilKilled(bac, `envoi ${round}`), appendUntilKilled(bac, `copie ${round}`)]
    await new Promise((resolve) => setTimeout(resolve, 700 + Math.random() * 500))
    await bac.stop('SIGKILL')
    const [bySmtp, byImap] = await Promise.all(working)
    sent.push(...bySmtp!)
    kept.push(...byImap!)
  }
  expect(sent.length).toBeGreaterThan(KILLS * 3)
  expect(kept.length).toBeGreaterThan(KILLS * 3)
  const bac = await Bac.start('--data', data)
  onTestFinished(() => bac.stop())
  const received = await subjects(bac, DUODI, 'INBOX')
  const appended = await subjects(bac, PRIMIDI, 'Sent')
  expect(sent.filter((subject) => !received.includes(subject))).toEqual([])
  expect(kept.filter((subject) => !appended.includes(subject))).toEqual([])
  // Nor is any there twice.
  expect(new Set(received).size).toBe(received.length)
  expect(new Set(appended).size).toBe(appended.length)
}, 90_000)

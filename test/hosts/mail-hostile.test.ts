import { createConnection, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lireCourriel } from '#standards/mssante/courriel/lire-courriel.ts'
import { cleDossier, messages } from '../../mocks/mssante/store.ts'
import type { RunningPort } from '../../mocks/server/mail-port.ts'
import { startSmtp } from '../../mocks/server/smtp-host.ts'
import { boiteOuverte, DUODI, identifiantDe, poserDansInbox, PRIMIDI, xoauth2 } from '../imap.ts'
import { jetonPour } from '../jetons.ts'
import { mutate, random } from '../mutate.ts'
import { createTestWorld, type TestWorld } from '../world.ts'

let monde: TestWorld
let smtp: RunningPort
const bugs: unknown[] = []

beforeEach(async () => {
  monde = await createTestWorld()
  await poserDansInbox(monde, DUODI, 'SECRET-DUODI', { corps: 'SECRET-DUODI' })
  smtp = await startSmtp({ port: 0, sandbox: monde.sandbox, sansTls: true, onBug: (error) => bugs.push(error) })
})
afterEach(async () => {
  await smtp.stop()
  await monde.close()
  if (bugs.length > 0) throw bugs.splice(0)[0]
})

const REPLY = /(?:^|\r\n)(\d{3})(?: [^\r\n]*)?\r\n/

/** One connection: writes, and waits a moment for the replies. */
class Client {
  readonly #socket: Socket
  heard = ''
  closed = false
  #wake = () => {}

  constructor(port: number) {
    this.#socket = createConnection({ port, host: '127.0.0.1' })
      .on('data', (chunk) => {
        this.heard += chunk.toString('latin1')
        this.#wake()
      })
      .on('error', () => {})
      .on('close', () => {
        this.closed = true
        this.#wake()
      })
  }

  /** The code of the next reply, and its text; undefined when the server has gone or waits for more. */
  async reply(patience = 2_000): Promise<string | undefined> {
    for (const until = Date.now() + patience; ;) {
      const found = REPLY.exec(this.heard)
      if (found) {
        const end = found.index + found[0].length
        const text = this.heard.slice(0, end)
        this.heard = this.heard.slice(end)
        return text.trim()
      }
      if (this.closed || Date.now() > until) return undefined
      await new Promise<void>((resolve) => {
        this.#wake = resolve
        setTimeout(resolve, 20)
      })
    }
  }

  async says(text: string, patience?: number): Promise<string | undefined> {
    this.#socket.write(text, 'latin1')
    return await this.reply(patience)
  }

  end(): void {
    this.#socket.destroy()
  }
}

async function authenticated(): Promise<Client> {
  const client = new Client(smtp.port)
  await client.reply()
  await client.says('EHLO logiciel.test\r\n')
  const jeton = await jetonPour(monde, await identifiantDe(monde, 'dr-primidi'))
  expect(await client.says(`AUTH XOAUTH2 ${xoauth2(PRIMIDI, jeton)}\r\n`)).toMatch(/^235 /)
  return client
}

const received = async (adresse: string) =>
  await monde.world.store.range(messages, { index: 'parUid', equals: [cleDossier(adresse, 'INBOX')], limit: 10_000 })

const LINES = [
  `MAIL FROM:<${PRIMIDI}>`,
  `MAIL FROM:<${PRIMIDI}> SIZE=1000 BODY=8BITMIME RET=HDRS ENVID=abc`,
  `RCPT TO:<${DUODI}>`,
  `RCPT TO:<${DUODI}> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;${DUODI}`,
  'DATA',
  'RSET',
  'NOOP',
  'HELP',
  'VRFY x',
  'EHLO autre.test',
  'HELO autre.test',
  'AUTH PLAIN',
  'STARTTLS',
  'BDAT 10 LAST',
  `MAIL FROM:<${DUODI}>`,
  'SHELL',
  'WIZ x',
  'QUIT',
]
const SENDING = ['RSET', `MAIL FROM:<${PRIMIDI}>`, `RCPT TO:<${DUODI}>`, 'DATA']
const PIECES = [
  '<',
  '>',
  '<>',
  ' ',
  '\0',
  '\r',
  '\n',
  '\r\n',
  '\xff',
  ':',
  '@',
  '"',
  '\\',
  '=',
  '+0D+0A',
  ';',
  '%',
  '../',
  DUODI,
  'é',
  '\r\n.\r\n',
  'SIZE=99999999999',
  '__proto__',
  'x'.repeat(600),
]

test('two thousand mutated lines of SMTP crash nothing and show nothing of another mailbox; what is said 250 to is there', async () => {
  const work = async (seed: number): Promise<string[]> => {
    const draw = random(seed)
    const accepted: string[] = []
    let client = await authenticated()
    let data = false
    for (let n = 0; n < 100; n++) {
      const subject = `s${seed}-${n}`
      // A sender that knows what it does, now and then; noise in between.
      const wanted = draw(3) === 0 ? mutate(LINES[draw(LINES.length)]!, PIECES, draw) : SENDING[n % SENDING.length]!
      const text = data
        ? `From: ${PRIMIDI}\r\nSubject: ${subject}\r\n\r\n${mutate('Bonjour.', PIECES, draw).replaceAll('\r\n.\r\n', '')}\r\n.\r\n`
        : `${wanted}\r\n`
      const reply = await client.says(text, 300)
      expect(reply ?? '').not.toContain('SECRET')
      if (data && reply?.startsWith('250 2.6.0')) accepted.push(subject)
      data = reply?.startsWith('354') === true
      if (reply === undefined || client.closed || reply.startsWith('421') || reply.startsWith('221')) {
        client.end()
        client = await authenticated()
        data = false
      }
    }
    client.end()
    return accepted
  }
  const accepted = (await Promise.all(Array.from({ length: 20 }, (_, at) => work(at + 1)))).flat()
  expect(accepted.length).toBeGreaterThan(50)
  const there = new Set((await received(DUODI)).map(({ entete }) => entete.objet))
  expect(accepted.filter((subject) => !there.has(subject))).toEqual([])
  expect(there).toContain('SECRET-DUODI')
  const senders = new Set((await received(DUODI)).filter(({ entete }) => entete.objet !== 'SECRET-DUODI').map(({ entete }) => entete.de[0]?.adresse))
  expect([...senders]).toEqual([PRIMIDI])
}, 90_000)

const MESSAGES = [
  'Content-Type: text/plain; charset=utf-8\r\n\r\nBonjour é\r\n',
  'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain; charset="iso-8859-1"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nBonjour =E9\r\n--b\r\nContent-Type: application/pdf; name*0="lon"; name*1="g.pdf"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename*=UTF-8\'\'%C3%A9.pdf\r\n\r\nJVBERi0xLjQ=\r\n--b--\r\n',
  'Content-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\nContent-Type: text/plain; charset=utf-7\r\n\r\n+ADw-\r\n--c\r\nContent-Type: text/html\r\n\r\n<p>Bonjour<script>\r\n--c\r\nContent-Type: message/rfc822\r\n\r\nSubject: dedans\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c--\r\n--c--\r\n',
  'Content-Type: application/octet-stream; name=IHE_XDM.ZIP\r\nContent-Transfer-Encoding: base64\r\nX-MSS-INS: O\r\nX-MSS-CODECDA: 11502-2\r\n\r\nUEsDBBQAAAAIAA==\r\n',
  'Content-Type: multipart/report; report-type=disposition-notification; boundary=d\r\nReferences: <a@b> <c@d>\r\nIn-Reply-To: <a@b>\r\nDisposition-Notification-To: x@y.z\r\nReply-To: \r\n\r\n--d\r\nContent-Type: message/disposition-notification\r\n\r\nDisposition: automatic-action/MDN-sent-automatically; processed\r\n--d--\r\n',
]
const HEADER_PIECES = [
  ...PIECES,
  '--b',
  '--b--',
  '--c\r\n\r\n',
  '=?utf-8?q?=00?=',
  '=?x?b?////?=',
  '\t',
  '(',
  '((((',
  'Content-Type: multipart/mixed; boundary=',
  'X-MSS-MES: FIN\r\n',
  `Bcc: ${DUODI}\r\n`,
  '\u0000'.repeat(40),
]

test('two thousand mutated messages are kept as they came or refused, and every way of reading them answers', async () => {
  const work = async (seed: number): Promise<string[]> => {
    const draw = random(seed * 1_000)
    const accepted: string[] = []
    const client = await authenticated()
    for (let n = 0; n < 100; n++) {
      const name = `m${seed}-${n}`
      const body = mutate(MESSAGES[draw(MESSAGES.length)]!, HEADER_PIECES, draw).replaceAll(/(^|\r\n)\./g, '$1..')
      await client.says(`MAIL FROM:<${PRIMIDI}>\r\n`)
      await client.says(`RCPT TO:<${DUODI}>\r\n`)
      expect(await client.says('DATA\r\n')).toMatch(/^354/)
      const reply = await client.says(`From: ${PRIMIDI}\r\nMessage-ID: <${name}@essai.test>\r\n${body}\r\n.\r\n`)
      expect(reply).toMatch(/^(?:250|5\d\d) /)
      if (reply!.startsWith('250')) accepted.push(`<${name}@essai.test>`)
    }
    client.end()
    return accepted
  }
  const accepted = (await Promise.all(Array.from({ length: 20 }, (_, at) => work(at + 1)))).flat()
  expect(accepted.length).toBeGreaterThan(1_500)
  const all = await received(DUODI)
  const there = new Set(all.map(({ messageId }) => messageId))
  // A mutation may not reach the fields before it: each accepted message is there under its own name.
  expect(accepted.filter((id) => !there.has(id))).toEqual([])

  const imap = await boiteOuverte(monde, DUODI, 'dr-duodi')
  await imap.dit('SELECT INBOX')
  for (const line of [
    'FETCH 1:* (ENVELOPE BODYSTRUCTURE FLAGS)',
    'FETCH 1:* (BODY.PEEK[1] BODY.PEEK[HEADER.FIELDS (Subject)])',
    'SEARCH TEXT "bonjour"',
    'SEARCH HEADER X-MSS-MES FIN',
  ])
    expect(await imap.fin(line)).toMatch(/^OK/)
  const headers = { Authorization: `Bearer ${await jetonPour(monde, await identifiantDe(monde, 'dr-duodi'))}` }
  expect((await monde.send('GET', `/mssante/api/boites/${DUODI}/messages?dossier=INBOX`, { headers })).status).toBe(200)
  for (const { id } of all.slice(0, 500)) {
    const { status, bytes } = await monde.send('GET', `/mssante/api/boites/${DUODI}/messages/${id}`, { headers })
    expect(status).toBe(200)
    const { objet, texte } = await lireCourriel(bytes)
    expect([objet.isWellFormed(), typeof texte]).toEqual([true, 'string'])
  }
}, 120_000)

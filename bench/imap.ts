import { spawn, spawnSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { type AddressInfo, createConnection, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ImapFlow, type ImapFlowOptions } from 'imapflow'
import { ajouter, dossierDe, retirer } from '../mocks/mssante/dossier.ts'
import { boites, cleDossier, messages as mails } from '../mocks/mssante/store.ts'
import { remettre } from '../mocks/mssante/remise.ts'
import type { Service } from '../mocks/kit/service.ts'
import { services } from '../mocks/routes.ts'
import type { World } from '../mocks/world.ts'
import { Sandbox } from '../mocks/sandbox/sandbox.ts'
import { startImap } from '../mocks/server/imap-host.ts'
import { inMemory } from '../mocks/server/worlds.ts'
import { median } from './load.ts'

/** Milliseconds of each act, one for each round. */
type ImapActs = Readonly<Record<string, readonly number[]>>

export interface ImapFigures {
  readonly messages: number
  readonly ours: ImapActs
  /** Debian's Dovecot on the same messages, with the same client; undefined when it is not installed. */
  readonly dovecot: ImapActs | undefined
  readonly dovecotVersion: string
  /** Milliseconds of one delivery, by how many messages the mailbox holds already. */
  readonly delivery: readonly { readonly held: number; readonly ms: number }[]
}

const PRIMIDI = 'claire.primidi@medecins.bac.mssante.fr'
const DUODI = 'bastien.duodi@medecins.bac.mssante.fr'
const TITULAIRE = 'banc'

/** Stands for Pro Santé Connect: the bench opens one mailbox. */
const psc: Service = {
  name: 'pro-sante-connect',
  title: 'Pro Santé Connect, du banc',
  routes: [],
  rules: {},
  collections: [],
  answers: {
    identiteDuJeton: async (world) => ({ identifiant: TITULAIRE, nom: TITULAIRE, expireLe: world.now() + 3_600_000 }),
  },
}

/** Messages come one after the other, in the past of the world. */
const START = Date.UTC(2025, 0, 1)
const EVERY = 600_000
const BEGINNING = Date.UTC(2026, 10, 23)

/** One message of about 1.5 kB; one in 100 speaks of radiology. */
function message(n: number): { bytes: Uint8Array; at: number; seen: boolean } {
  const at = START + n * EVERY
  const subject = n % 100 === 0 ? `Compte rendu de radiologie ${n}` : `Courrier de suivi ${n}`
  const text = `From: Dr Bastien DUODI <${DUODI}>\r\nTo: Dr Claire PRIMIDI <${PRIMIDI}>\r\nSubject: ${subject}\r\nDate: ${new Date(at).toUTCString().replace('GMT', '+0000')}\r\nMessage-ID: <banc-${n}@bac.test>\r\nX-MSS-NIL: ${n}\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${'Madame, Monsieur, voici des nouvelles fictives de notre patient fictif.\r\n'.repeat(15)}`
  return { bytes: new TextEncoder().encode(text), at, seen: n % 10 !== 0 }
}

/** What a mail client does in a large folder. */
async function acts(connect: () => Promise<ImapFlow>, messages: number, rounds: number): Promise<Record<string, number[]>> {
  const times: Record<string, number[]> = {}
  const time = async <T>(name: string, work: () => Promise<T>, check: (result: T) => boolean): Promise<void> => {
    const started = performance.now()
    const result = await work()
    ;(times[name] ??= []).push(performance.now() - started)
    if (!check(result)) throw new Error(`${name}: not the expected answer, ${JSON.stringify(result)?.slice(0, 200)}`)
  }
  for (let round = 0; round < rounds; round++) {
    const client = await connect()
    await time(
      'SELECT',
      () => client.mailboxOpen('INBOX'),
      ({ exists }) => exists === messages,
    )
    const middle = new Date(START + (messages / 2) * EVERY)
    const uids = (found: number[] | false | undefined) => (found ? found.length : 0)
    await time(
      'UID SEARCH SUBJECT',
      () => client.search({ subject: 'radiologie' }, { uid: true }),
      (found) => uids(found) === messages / 100,
    )
    await time(
      'UID SEARCH SINCE',
      () => client.search({ since: middle }, { uid: true }),
      (found) => Math.abs(uids(found) - messages / 2) < 200,
    )
    await time(
      'UID SEARCH UNSEEN',
      () => client.search({ seen: false }, { uid: true }),
      (found) => uids(found) > 0,
    )
    await time(
      'UID SEARCH HEADER Message-ID',
      () => client.search({ header: { 'message-id': `<banc-${messages - 7}@bac.test>` } }, { uid: true }),
      (found) => uids(found) === 1,
    )
    await time(
      'UID FETCH of every flag',
      () => client.fetchAll('1:*', { flags: true, uid: true }),
      (all) => all.length === messages,
    )
    await time(
      'FETCH of 100 envelopes',
      () => client.fetchAll(`${messages - 99}:*`, { envelope: true, flags: true, size: true }),
      (page) => page.length === 100,
    )
    await time(
      'FETCH of 100 bodies',
      () => client.fetchAll(`${messages - 99}:*`, { source: true }),
      (page) => page.length === 100 && page[0]!.source!.length > 1_000,
    )
    await client.logout()
  }
  return times
}

const quiet = { host: '127.0.0.1', secure: false, doSTARTTLS: false, logger: false } as const

async function connected(options: Pick<ImapFlowOptions, 'auth' | 'port'>): Promise<ImapFlow> {
  const client = new ImapFlow({ ...quiet, ...options })
  await client.connect()
  return client
}

export async function measureImap({ messages, rounds }: { messages: number; rounds: number }): Promise<ImapFigures> {
  const sandbox = new Sandbox({
    host: 'server',
    services: [...services.filter(({ name }) => name !== 'pro-sante-connect'), psc],
    beginning: { dataset: 'cabinet', seed: 1, date: BEGINNING },
    ...inMemory(),
  })
  const { world } = await sandbox.open('default')
  const boite = (await world.store.get(boites, PRIMIDI))!
  await world.store.put(boites, { ...boite, titulaires: [TITULAIRE], quota: 1e12 })
  const delivery: { held: number; ms: number }[] = []
  let filled = 0
  const fillTo = async (count: number) => {
    // oxlint-disable-next-line no-unmodified-loop-condition -- it is, within
    while (filled < count)
      await world.atomically(async (inside) => {
        const inbox = (await dossierDe(inside, PRIMIDI, 'INBOX'))!
        for (let n = 0; n < 500 && filled < count; n++, filled++) {
          const { bytes, at, seen } = message(filled)
          await ajouter(inside, inbox, { octets: bytes, le: at, marques: seen ? ['\\Seen'] : [] })
        }
      })
  }
  for (const count of [100, messages / 5, messages]) {
    await fillTo(count)
    const times: number[] = []
    for (let n = 0; n < 50; n++) times.push(await deliver(world, `${count}-${n}`))
    delivery.push({ held: count, ms: median(times) })
  }
  await world.atomically(async (inside) => {
    const inbox = cleDossier(PRIMIDI, 'INBOX')
    for (const one of await inside.store.range(mails, { index: 'parDate', equals: [PRIMIDI], from: START + messages * EVERY, limit: 1_000 }))
      if (one.dossier === inbox) await retirer(inside, one)
  })
  const imap = await startImap({ port: 0, sandbox })
  const ours = await acts(() => connected({ port: imap.port, auth: { user: PRIMIDI, accessToken: 'banc' } }), messages, rounds)
  await imap.stop()
  await sandbox.close()
  return { messages, ours, delivery, ...(await besideDovecot(messages, rounds)) }
}

async function deliver(world: World, name: string): Promise<number> {
  const octets = new TextEncoder().encode(
    `From: <${DUODI}>\r\nTo: <${PRIMIDI}>\r\nSubject: Remise\r\nMessage-ID: <${name}@bac.test>\r\n\r\nTexte\r\n`,
  )
  const started = performance.now()
  await world.atomically((inside) => remettre(inside, { de: DUODI, pour: [{ adresse: PRIMIDI }], octets }))
  return performance.now() - started
}

/** Debian's Dovecot with a Maildir of the same messages, if it is there and this is its root. */
async function besideDovecot(messages: number, rounds: number): Promise<Pick<ImapFigures, 'dovecot' | 'dovecotVersion'>> {
  const asked = spawnSync('dovecot', ['--version'], { encoding: 'utf8' })
  if (asked.status !== 0 || process.getuid?.() !== 0) return { dovecot: undefined, dovecotVersion: '' }
  const base = await mkdtemp(join(tmpdir(), 'bench-imap-'))
  const mail = join(base, 'Maildir')
  for (const folder of ['cur', 'new', 'tmp']) await mkdir(join(mail, folder), { recursive: true })
  for (let n = 0; n < messages; n++) {
    const { bytes, at, seen } = message(n)
    const file = join(mail, 'cur', `${at / 1_000}.M${n}.banc:2,${seen ? 'S' : ''}`)
    await writeFile(file, bytes)
    await utimes(file, at / 1_000, at / 1_000)
  }
  spawnSync('chown', ['-R', 'nobody:nogroup', base])
  const port = await freePort()
  const conf = join(base, 'dovecot.conf')
  await writeFile(
    conf,
    `base_dir = ${base}/run
log_path = ${base}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:${mail}
passdb {
  driver = static
  args = password=banc
}
userdb {
  driver = static
  args = uid=nobody gid=nogroup home=${base}
}
service imap-login {
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
`,
  )
  await chmod(base, 0o755)
  const dovecot = spawn('dovecot', ['-F', '-c', conf], { stdio: 'ignore' })
  try {
    await untilItListens(port)
    const figures = await acts(() => connected({ port, auth: { user: 'banc', pass: 'banc' } }), messages, rounds)
    return { dovecot: figures, dovecotVersion: asked.stdout.trim() }
  } finally {
    const gone = new Promise((resolve) => dovecot.once('exit', resolve))
    dovecot.kill()
    await gone
    await rm(base, { recursive: true, force: true })
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function untilItListens(port: number): Promise<void> {
  for (let tries = 0; ; tries++) {
    const answers = await new Promise<boolean>((resolve) => {
      const socket = createConnection(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false))
      socket.on('close', () => {}).unref()
      setTimeout(() => socket.destroy(), 50)
    })
    if (answers) return
    if (tries > 100) throw new Error('Dovecot does not start')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

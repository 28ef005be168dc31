/** Mail clients on a real port: connections and TLS. What is said on them is the service's. */
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { createServer as createTlsServer, type SecureContextOptions, type TLSSocket } from 'node:tls'
import type { WireLink, WireSession, WireWorld } from '../kit/wire.ts'
import type { Sandbox } from '../sandbox/sandbox.ts'
import { type MailPortOptions, MAX_CONNECTIONS, type RunningPort, SUITES } from './mail-port.ts'

/** Real milliseconds: before a mailbox is open, then without a word of the client (RFC 3501 §5.4 asks for 30 minutes at least). */
const PATIENCE = { avant: 60_000, apres: 31 * 60_000 }
const TICK_MS = 1_000
/** What a client sends is read this far ahead of its answers, bytes. */
const READ_AHEAD = 1_048_576

/** @throws {Error} with `code: 'EADDRINUSE'` and the like; no service answers IMAP. */
export async function startImap({ port, host = '127.0.0.1', sandbox, secureContextOptions, sansTls, onBug }: MailPortOptions): Promise<RunningPort> {
  const service = sandbox.country.services.find(({ imap }) => imap)
  if (!service?.imap) throw new Error('no service answers IMAP')
  const session = await service.imap()
  const connections = new Set<Connection>()
  const upgrade = secureContextOptions && upgradeWith(secureContextOptions)
  const server = createServer({ allowHalfOpen: false, noDelay: true }, (socket) => {
    const connection = new Connection(socket, {
      sandbox,
      upgrade,
      secure: sansTls === true || !upgrade,
      session,
      onBug: onBug ?? sandbox.onBug,
      ended: () => connections.delete(connection),
    })
    connections.add(connection)
  })
  server.maxConnections = MAX_CONNECTIONS
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const ticking = setInterval(() => {
    for (const connection of connections) connection.tick()
  }, TICK_MS)
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      clearInterval(ticking)
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      await Promise.all([...connections].map((connection) => connection.dismiss('Le bac a sable s’arrete')))
      await closed
    },
  }
}

type Upgrade = (plain: Socket) => Promise<TLSSocket>

/** TLS on connections that are open already: a TLS server that listens nowhere, and is handed them. */
function upgradeWith(options: SecureContextOptions): Upgrade {
  const server = createTlsServer({
    ...options,
    minVersion: 'TLSv1.2',
    ciphers: SUITES,
    honorCipherOrder: true,
    dhparam: 'auto',
    requestCert: options.ca !== undefined,
    // A certificate is asked for, not required: only mailboxes of softwares open with one.
    rejectUnauthorized: false,
  })
  const handshakes = new Map<string, (tls: TLSSocket) => void>()
  server.on('secureConnection', (tls) => handshakes.get(nameOf(tls))?.(tls))
  // The connection is then closed, which is what its handshake waits for.
  server.on('tlsClientError', () => {})
  return (plain) =>
    new Promise((resolve, reject) => {
      const name = nameOf(plain)
      const failed = () => {
        handshakes.delete(name)
        reject(new Error('TLS was not established'))
      }
      plain.once('close', failed)
      handshakes.set(name, (tls) => {
        handshakes.delete(name)
        plain.off('close', failed)
        resolve(tls)
      })
      server.emit('connection', plain)
    })
}

const nameOf = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress}/${remotePort}`

interface Around {
  readonly sandbox: Sandbox
  readonly upgrade: Upgrade | undefined
  readonly secure: boolean
  readonly session: (link: WireLink) => WireSession
  readonly onBug: (error: unknown, where: string) => void
  readonly ended: () => void
}

class Connection implements WireLink {
  readonly #around: Around
  readonly #raw: Socket
  readonly #session: WireSession
  #socket: Socket
  #tls: TLSSocket | undefined
  #waiting: Uint8Array[] = []
  #ahead = 0
  #reading = false
  #over = false
  #quietSince = Date.now()

  constructor(socket: Socket, around: Around) {
    this.#around = around
    this.#raw = socket
    this.#socket = socket
    this.#hear(socket)
    socket.on('close', () => this.#ended())
    this.#session = around.session(this)
    this.#guard(this.#session.greet(), 'greeting')
  }

  get secure(): boolean {
    return this.#around.secure || this.#tls !== undefined
  }

  /** Of a certificate signed by an authority the host knows. */
  get structure(): string | undefined {
    if (!this.#tls?.authorized) return undefined
    const { OU } = this.#tls.getPeerCertificate().subject ?? {}
    return typeof OU === 'string' && OU !== '' ? OU : undefined
  }

  get startTls(): (() => Promise<void>) | undefined {
    return this.#around.upgrade && !this.#tls ? () => this.#startTls() : undefined
  }

  write(bytes: Uint8Array): Promise<void> {
    const socket = this.#socket
    if (this.#over || socket.destroyed || socket.writableEnded) return Promise.resolve()
    if (socket.write(bytes)) return Promise.resolve()
    return new Promise((resolve) => {
      const done = () => {
        socket.off('drain', done).off('close', done)
        resolve()
      }
      socket.on('drain', done).on('close', done)
    })
  }

  async world(name: string): Promise<WireWorld | undefined> {
    const { sandbox } = this.#around
    // A name that comes over the wire makes no new world.
    if (name !== 'default' && !(await sandbox.worlds()).some((known) => known.name === name)) return undefined
    const running = await sandbox.open(name)
    return {
      world: running.world,
      listen: (listener) => running.store.subscribe(() => listener()),
      closed: running.events.closed,
    }
  }

  close(): void {
    this.#socket.end()
    // A client that never closes its side is not waited for.
    setTimeout(() => this.#raw.destroy(), 1_000).unref()
  }

  tick(): void {
    const patience = this.#session.authenticated ? PATIENCE.apres : PATIENCE.avant
    if (Date.now() - this.#quietSince > patience) void this.dismiss('Rien entendu depuis trop longtemps')
    else this.#guard(this.#session.tick(), 'tick')
  }

  async dismiss(bye: string): Promise<void> {
    // A client that reads nothing cannot be told.
    const told = this.#session.dismiss(bye).catch((error: unknown) => this.#around.onBug(error, 'IMAP dismissal'))
    await Promise.race([told, new Promise((resolve) => setTimeout(resolve, 500).unref())])
    this.#raw.destroySoon()
    if (!this.#over) setTimeout(() => this.#raw.destroy(), 500).unref()
  }

  #hear(socket: Socket): void {
    // A client that goes away is no mistake of ours; `close` follows.
    socket.on('error', () => {})
    socket.on('data', (chunk: Uint8Array) => this.#receive(chunk))
  }

  #receive(chunk: Uint8Array): void {
    this.#quietSince = Date.now()
    this.#waiting.push(chunk)
    this.#ahead += chunk.length
    if (this.#ahead > READ_AHEAD) this.#socket.pause()
    if (!this.#reading) void this.#drain()
  }

  async #drain(): Promise<void> {
    this.#reading = true
    for (let chunk = this.#waiting.shift(); chunk && !this.#over; chunk = this.#waiting.shift()) {
      this.#ahead -= chunk.length
      if (this.#ahead <= READ_AHEAD) this.#socket.resume()
      try {
        await this.#session.receive(chunk)
      } catch (error) {
        this.#around.onBug(error, 'IMAP session')
        this.#raw.destroy()
      }
    }
    this.#reading = false
  }

  async #startTls(): Promise<void> {
    const plain = this.#socket
    plain.removeAllListeners('data')
    // What came in clear after STARTTLS is not to be taken for what TLS protects.
    this.#waiting = []
    this.#ahead = 0
    const tls = await this.#around.upgrade!(plain)
    this.#socket = tls
    this.#tls = tls
    this.#hear(tls)
  }

  #guard(work: Promise<void>, where: string): void {
    work.catch((error: unknown) => {
      this.#around.onBug(error, `IMAP ${where}`)
      this.#raw.destroy()
    })
  }

  #ended(): void {
    if (this.#over) return
    this.#over = true
    this.#session.end()
    this.#around.ended()
  }
}

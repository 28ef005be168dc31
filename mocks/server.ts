/** The country on a real HTTP port, for software that is not written in JavaScript. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DEFAULT_DATASET } from './database/datasets.ts'
import type { Service } from './kit/service.ts'
import { services as everyService } from './routes.ts'
import { Sandbox } from './sandbox/sandbox.ts'
import { type AppFiles, serveApp } from './server/app-files.ts'
import { closeGently } from './server/close-gently.ts'
import { isAllowedHost } from './server/host-guard.ts'
import type { MailPorts } from './server/mail-ports.ts'
import { RequestListener } from './server/request-listener.ts'
import { inMemory, onDisk } from './server/worlds.ts'

/** How often running clocks are looked at, real milliseconds. */
const TICK_MS = 1_000

export interface ServerOptions {
  /** 0 for any free port. */
  readonly port: number
  /** Loopback when absent; then requests under another host name are refused. */
  readonly host?: string
  /** Folder where worlds are kept, one file each; in memory when absent. */
  readonly data?: string
  /** Simulated time worlds begin at, milliseconds; the machine's when absent. */
  readonly date?: number
  readonly seed?: number
  /** Every service when absent. */
  readonly services?: readonly Service[]
  /** Folder of the built app, served on `/`. */
  readonly app?: string
  readonly onBug?: (error: unknown, where: string) => void
}

export interface RunningServer {
  /** `http://127.0.0.1:8080` */
  readonly origin: string
  readonly port: number
  /** Whether the app was found and is served. */
  readonly app: boolean
  readonly sandbox: Sandbox
  /**
   * Opens the mail ports, 0 for any free one, absent: closed. Apart from the start: certificates are made first, and HTTP does not wait.
   * @throws {Error} with `code: 'EADDRINUSE'` and the like: the rest goes on answering.
   */
  openMail(ports: { readonly smtpPort?: number; readonly imapPort?: number }): Promise<Omit<MailPorts, 'stop'>>
  /** Ends streams, lets running requests finish, closes the worlds. */
  stop(): Promise<void>
}

/**
 * Starts listening once the default world is ready.
 * @throws {Error} with `code: 'EADDRINUSE'` and the like when the port cannot be had; the data folder cannot be used.
 */
export async function startServer({ port, host, data, date, seed = 1, services = everyService, app, onBug }: ServerOptions): Promise<RunningServer> {
  const sandbox = new Sandbox({
    host: 'server',
    services,
    beginning: { dataset: DEFAULT_DATASET, seed, ...(date !== undefined && { date }) },
    ...(data === undefined ? inMemory() : onDisk(data)),
    ...(onBug && { onBug }),
  })
  const files: AppFiles | undefined = app === undefined ? undefined : await serveApp(app, 'server')
  const allowed = host === undefined ? isAllowedHost : () => true
  const server = createServer({ keepAliveTimeout: 65_000 })
  const listener = new RequestListener({ sandbox, files, allowed })
  server.on('request', listener.listen).on('checkContinue', listener.listen)
  await sandbox.open('default')
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host ?? '127.0.0.1', resolve)
  })
  const opened: MailPorts[] = []
  const ticking = setInterval(() => void sandbox.tick(), TICK_MS)
  const { address, family, port: listening } = server.address() as AddressInfo
  const name = address === '::' || address === '0.0.0.0' ? 'localhost' : family === 'IPv6' ? `[${address}]` : address
  return {
    origin: `http://${name}:${listening}`,
    port: listening,
    app: files !== undefined,
    sandbox,
    async openMail({ smtpPort, imapPort }) {
      // Its libraries are long to load: who opens no mail port does not pay for them.
      const { startMail } = await import('./server/mail-ports.ts')
      const around = { ...(host === undefined ? {} : { host }), ...(data === undefined ? {} : { data }), ...(onBug ? { onBug } : {}) }
      const mail = await startMail({ sandbox, smtpPort, imapPort, ...around })
      opened.push(mail)
      return mail
    },
    async stop() {
      clearInterval(ticking)
      await Promise.all(opened.map((mail) => mail.stop()))
      sandbox.endEvents()
      await closeGently(server)
      await sandbox.close()
    },
  }
}

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
  /** Where mail is handed in, 0 for any free port; closed when absent. */
  readonly smtpPort?: number
  /** Where mailboxes are read, 0 for any free port; closed when absent. */
  readonly imapPort?: number
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
   * A little later than HTTP, as certificates are made first; undefined when both mail ports are closed.
   * @throws {Error} with `code: 'EADDRINUSE'` and the like: the rest goes on answering.
   */
  readonly mail: Promise<Omit<MailPorts, 'stop'> | undefined>
  /** Ends streams, lets running requests finish, closes the worlds. */
  stop(): Promise<void>
}

/**
 * Starts listening once the default world is ready.
 * @throws {Error} with `code: 'EADDRINUSE'` and the like when the port cannot be had; the data folder cannot be used.
 */
export async function startServer({
  port,
  host,
  data,
  date,
  seed = 1,
  services = everyService,
  app,
  smtpPort,
  imapPort,
  onBug,
}: ServerOptions): Promise<RunningServer> {
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
  const around = { ...(host === undefined ? {} : { host }), ...(data === undefined ? {} : { data }), ...(onBug ? { onBug } : {}) }
  const wanted = smtpPort !== undefined || imapPort !== undefined
  // Its libraries are the longest to load: who closes these ports does not wait for them, nor does HTTP.
  const mail = wanted
    ? import('./server/mail-ports.ts').then(({ startMail }) => startMail({ sandbox, smtpPort, imapPort, ...around }))
    : Promise.resolve(undefined)
  // Whoever awaits it is told.
  mail.catch(() => {})
  const ticking = setInterval(() => void sandbox.tick(), TICK_MS)
  const { address, family, port: listening } = server.address() as AddressInfo
  const name = address === '::' || address === '0.0.0.0' ? 'localhost' : family === 'IPv6' ? `[${address}]` : address
  return {
    origin: `http://${name}:${listening}`,
    port: listening,
    app: files !== undefined,
    sandbox,
    mail,
    async stop() {
      clearInterval(ticking)
      await (await mail.catch(() => undefined))?.stop()
      sandbox.endEvents()
      await closeGently(server)
      await sandbox.close()
    },
  }
}

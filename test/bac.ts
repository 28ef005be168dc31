import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { PscClient } from '../src/clients/psc-client.ts'

/** The program as one starts it, `serve`, with every port free; and Pro Santé Connect tokens of its. */
export class Bac {
  readonly origin: string
  readonly smtp: number
  readonly imap: number
  /** PEM files. */
  readonly ca: string
  readonly structure: { readonly cert: string; readonly key: string }
  readonly #child: ChildProcess

  private constructor(child: ChildProcess, lines: string) {
    const after = (title: RegExp): string => new RegExp(`${title.source}\\S*\\s+(\\S+)`).exec(lines)?.[1] ?? ''
    this.#child = child
    this.origin = /http:\/\/[\d.:]+/.exec(lines)![0]
    this.smtp = Number(after(/envoi \(SMTP, STARTTLS\)/).split(':')[1])
    this.imap = Number(after(/lecture \(IMAP, STARTTLS\)/).split(':')[1])
    this.ca = after(/autorité fictive des certificats/)
    const cert = after(/certificat de 397900000200015/)
    this.structure = { cert, key: cert.replace(/\.pem$/, '.key.pem') }
  }

  static async start(...args: string[]): Promise<Bac> {
    const program = new URL('../bin/bac-a-sante.ts', import.meta.url).pathname
    const child = spawn(process.execPath, [program, 'serve', '--port', '0', '--no-app', ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
    let lines = ''
    await new Promise<void>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`serve ended with ${code}`)))
      child.stdout.on('data', (chunk: Buffer) => {
        lines += chunk.toString()
        if (/certificat de 1979000020\s+\S+\n/.test(lines)) resolve()
      })
    })
    return new Bac(child, lines)
  }

  /** A token that has some minutes before it. */
  async token(identifiant: string): Promise<string> {
    const session = await new PscClient({ base: this.origin, fetch }).connecter(identifiant)
    if ('issue' in session) throw new Error(JSON.stringify(session))
    const token = await session.jeton()
    if (typeof token !== 'string') throw new Error(JSON.stringify(token))
    return token
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.#child.exitCode !== null) return
    const gone = once(this.#child, 'exit')
    this.#child.kill(signal)
    await gone
  }
}

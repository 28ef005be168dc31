/** The ports where mail clients connect, and what they are told to use. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Sandbox } from '../sandbox/sandbox.ts'
import { startImap } from './imap-host.ts'
import { startSmtp } from './smtp-host.ts'
import { prepareTls, type TlsFiles } from './tls-authority.ts'

export interface MailOptions {
  readonly sandbox: Sandbox
  /** 0 for any free port; undefined: closed. */
  readonly smtpPort: number | undefined
  readonly imapPort: number | undefined
  /** Loopback when absent. */
  readonly host?: string
  /** Folder of the worlds: certificates are kept beside them. */
  readonly data?: string
  readonly onBug?: (error: unknown, where: string) => void
}

export interface MailPorts {
  readonly smtp?: number
  readonly imap?: number
  readonly tls: TlsFiles
  stop(): Promise<void>
}

/** @throws {Error} with `code: 'EADDRINUSE'` and the like; then nothing listens. */
export async function startMail({ sandbox, smtpPort, imapPort, host, data, onBug }: MailOptions): Promise<MailPorts> {
  const folder = data === undefined ? await mkdtemp(join(tmpdir(), 'bac-a-sante-tls-')) : join(data, 'tls')
  const stops: (() => Promise<void>)[] = data === undefined ? [() => rm(folder, { recursive: true, force: true })] : []
  const stop = async () => void (await Promise.all(stops.map((one) => one())))
  try {
    const { world } = await sandbox.open('default')
    const organisations = await Promise.all(sandbox.country.services.map((service) => service.organisations?.(world) ?? []))
    const tls = await prepareTls(folder, {
      hosts: host === undefined || /^(?:0\.0\.0\.0|::)$/.test(host) ? [] : [host],
      organisations: organisations.flat(),
    })
    const common = {
      sandbox,
      ...(host === undefined ? {} : { host }),
      ...(onBug ? { onBug } : {}),
      secureContextOptions: { ...tls.server, ca: tls.ca },
    }
    const smtp = smtpPort === undefined ? undefined : await startSmtp({ ...common, port: smtpPort })
    if (smtp) stops.push(smtp.stop)
    const imap = imapPort === undefined ? undefined : await startImap({ ...common, port: imapPort })
    if (imap) stops.push(imap.stop)
    return { ...(smtp ? { smtp: smtp.port } : {}), ...(imap ? { imap: imap.port } : {}), tls, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

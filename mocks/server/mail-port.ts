import type { SecureContextOptions } from 'node:tls'
import type { Sandbox } from '../sandbox/sandbox.ts'

/** What both mail ports are started with. */
export interface MailPortOptions {
  /** 0 for any free port. */
  readonly port: number
  /** Loopback when absent. */
  readonly host?: string
  readonly sandbox: Sandbox
  /** Key and certificate of the server; `ca`: who signs the certificates of organisations. Without it there is no STARTTLS. */
  readonly secureContextOptions?: SecureContextOptions
  /** Clients authenticate without TLS. Always so when there is no certificate. */
  readonly sansTls?: boolean
  readonly onBug?: (error: unknown, where: string) => void
}

export interface RunningPort {
  readonly port: number
  /** Tells every client, then ends its connection. */
  stop(): Promise<void>
}

/** At once, on one port. */
export const MAX_CONNECTIONS = 500

/** The only suites an MSSanté client may use, TLS 1.2; those of TLS 1.3 besides. @see mssante.md §1.6 (ECO.1.1.3) */
export const SUITES = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_AES_128_GCM_SHA256',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES256-SHA384',
  'ECDHE-RSA-AES128-SHA256',
  'DHE-RSA-AES256-GCM-SHA384',
  'DHE-RSA-AES128-GCM-SHA256',
].join(':')

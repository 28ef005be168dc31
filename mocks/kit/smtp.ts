import type { World } from '../world.ts'
import type { Exchange } from './exchange.ts'

/** Mail handed in: what the host reads on the port and what the service says of it. No socket is known here. */

/** How somebody made themselves known. */
export interface SmtpAuth {
  readonly method: 'XOAUTH2' | 'PLAIN' | 'LOGIN'
  readonly username: string
  /** Token or password. */
  readonly secret: string
  /** Authorisation identity of PLAIN, `''` when there is none. */
  readonly authzid: string
  /** OU of the client's certificate, accepted by the host: `Struct_IdNat`. */
  readonly structure: string | undefined
}

export interface SmtpIdentity {
  /** For the journal. */
  readonly name: string
  /** The service's own. */
  readonly session: unknown
}

/** A reply that says no. */
export interface SmtpRefusal {
  readonly code: number
  /** Enhanced status code. @see RFC 3463 */
  readonly status: string
  /** French. */
  readonly text: string
  /** What is wrong is the token: an XOAUTH2 client is told so in its own way. */
  readonly token?: true
}

export interface SmtpRecipient {
  readonly address: string
  /** @see RFC 3461 */
  readonly notify?: readonly string[]
  readonly orcpt?: string
}

export interface SmtpService {
  /** Name of the world this login is for. */
  worldOf(auth: SmtpAuth): string
  authenticate(world: World, auth: SmtpAuth): Promise<SmtpIdentity | SmtpRefusal>
  sender(world: World, identity: SmtpIdentity, address: string): Promise<SmtpRefusal | undefined>
  recipient(world: World, from: string, address: string): Promise<SmtpRefusal | undefined>
  /** What it accepts is kept when it resolves: the host then says 250. */
  message(
    world: World,
    identity: SmtpIdentity,
    envelope: { readonly from: string; readonly to: readonly SmtpRecipient[]; readonly envid?: string },
    octets: Uint8Array,
    exchange: Exchange,
  ): Promise<SmtpRefusal | { readonly text: string }>
}

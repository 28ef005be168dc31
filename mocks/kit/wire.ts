import type { World } from '../world.ts'

/** Protocols that are a conversation on a connection: what the host gives, what the service gives back. Bytes only; no socket is known here. */

/** A world, and how to hear that something in it changed. */
export interface WireWorld {
  readonly world: World
  /** Called after each change of the records; returns how to stop. */
  listen(listener: () => void): () => void
  /** The world is closed or emptied: whatever was learnt of it is void. */
  readonly closed: AbortSignal
}

/** One connection, as the host sees it. */
export interface WireLink {
  /** Resolves once more may be written. Never rejects: a client that has gone is told by `end`. */
  write(bytes: Uint8Array): Promise<void>
  /** Begins TLS after what was written; undefined when the host has no certificate. Resolves once it is established, rejects when it fails. */
  readonly startTls: (() => Promise<void>) | undefined
  /** Whether what is said now is ciphered, or need not be. */
  readonly secure: boolean
  /** OU of the client's certificate, accepted by the host: `Struct_IdNat`. */
  readonly structure: string | undefined
  /** @param name `default` or that of `/w/<name>`; undefined: none may be opened under it */
  world(name: string): Promise<WireWorld | undefined>
  /** Ends the connection after what was written. */
  close(): void
}

export interface WireSession {
  /** Said first. */
  greet(): Promise<void>
  /** The host awaits it before reading more: a client cannot send faster than it is answered. Never rejects. */
  receive(bytes: Uint8Array): Promise<void>
  /** Every second or so, real time: what time alone changes. */
  tick(): Promise<void>
  /** The host is about to stop, or the client said nothing for too long: `bye` is told first. */
  dismiss(bye: string): Promise<void>
  /** The connection is over. */
  end(): void
  readonly authenticated: boolean
}

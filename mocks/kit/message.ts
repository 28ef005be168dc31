import type { Exchange } from './exchange.ts'
import type { World } from '../world.ts'

/** A request as every host hands it over: nothing of the platform in it. */
export interface Message {
  /** Upper case. */
  readonly method: string
  /** Path after the `/w/<world>` and `/sim/<fault>` prefixes, undecoded, without query: `/insi/lps`. */
  readonly path: string
  /** What follows `?`, without it; `''` when there is none. */
  readonly query: string
  /** Origin and prefixes the caller used, e.g. `http://localhost:8080/w/atelier`: what a WSDL or a Location must be built on. */
  readonly base: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** At most 32 MiB. */
  readonly body: Uint8Array
  /** Tells a streaming answer that nobody listens any more. */
  readonly signal?: AbortSignal | undefined
}

/** What goes back. A string body is sent as UTF-8. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | AsyncIterable<string | Uint8Array>
}

/** Values of the `{…}` segments of a route's path, percent-decoded. */
export type PathParameters = Readonly<Record<string, string>>

/** One entry of a service: the same list runs on the three hosts. */
export interface Route {
  /** `GET`, `POST`…, or `*` for any. */
  readonly method: string
  /** `/mes/api/patients/{matricule}/documents`: literal segments, `{name}` for one segment, a final `{name*}` for all that follow. */
  readonly path: string
  handle(message: Message, world: World, exchange: Exchange, parameters: PathParameters): Answer | Promise<Answer>
}

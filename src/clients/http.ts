import { Base64Error } from '#standards/mime/base64.ts'
import { MimeError } from '#standards/mime/multipart.ts'
import { SoapShapeError } from '#standards/soap/envelope.ts'
import { XmlError } from '#standards/xml/read.ts'

/** How a client reaches the services: the same for a world in the page, in a test or on a server. */
export interface Acces {
  /** What comes before the path: `''` for the page's own origin, `/w/atelier` or `http://localhost:8080/w/atelier` for a named world. */
  readonly base: string
  /** `fetch`, or one that first waits until the sandbox is ready. */
  readonly fetch: typeof globalThis.fetch
  /** Longest wait for an answer, in real milliseconds; 30 000 when absent. */
  readonly delaiMs?: number
}

/** The service did not answer, or its answer cannot be read. */
export interface Panne {
  readonly issue: 'panne'
  /** The request may have arrived and taken effect: only the answer is missing. */
  readonly parti: boolean
  /** French, for the person at the desk: what happened. */
  readonly texte: string
}

/** The service answered no, with its published code. */
export interface Refus {
  readonly issue: 'refus'
  /** Verbatim: `XDSUnknownPatientId`, `desir_550`, `insi_102`. */
  readonly code: string
  /** What the service says of it. */
  readonly texte: string
}

export interface ReponseHttp {
  readonly issue: 'reponse'
  readonly status: number
  readonly contentType: string
  readonly bytes: Uint8Array
}

const DELAI_MS = 30_000

/** Sends, and turns whatever the network does into a value. Never throws. */
export async function envoyer(acces: Acces, path: string, init: RequestInit): Promise<ReponseHttp | Panne> {
  const signal = AbortSignal.timeout(acces.delaiMs ?? DELAI_MS)
  try {
    const response = await acces.fetch(acces.base + path, { ...init, signal })
    return {
      issue: 'reponse',
      status: response.status,
      contentType: response.headers.get('content-type') ?? '',
      bytes: new Uint8Array(await response.arrayBuffer()),
    }
  } catch {
    const texte = signal.aborted ? 'Le service ne répond pas (délai dépassé).' : 'Le service est injoignable (connexion interrompue).'
    return { issue: 'panne', parti: true, texte }
  }
}

/** An answer that is no message of the service: a proxy's page, a gateway's error. */
const reponseIllisible = ({ status }: ReponseHttp): Panne => ({
  issue: 'panne',
  parti: true,
  texte:
    status === 429
      ? 'Le service est trop sollicité (HTTP 429).'
      : status >= 500
        ? `Le service est en panne (HTTP ${status}).`
        : `Le service a donné une réponse illisible (HTTP ${status}).`,
})

/** The message is XML or SOAP, but not the one expected; `message` says what was. */
export class ReponseInattendue extends Error {}

const ILLISIBLES = [XmlError, SoapShapeError, MimeError, Base64Error, ReponseInattendue]

/** Reads an answer; an unreadable one is an outage of the service, a bug of ours still throws. */
export function lireOuPanne<T>(reponse: ReponseHttp, lire: () => T): T | Panne {
  try {
    return lire()
  } catch (error) {
    if (ILLISIBLES.some((kind) => error instanceof kind)) return reponseIllisible(reponse)
    throw error
  }
}

export const texteDe = ({ bytes }: { bytes: Uint8Array }): string => new TextDecoder().decode(bytes)

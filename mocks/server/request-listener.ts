import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { problem } from '../kit/answers.ts'
import { type Incoming, MAX_BODY, TOO_LARGE, dispatch } from '../kit/dispatch.ts'
import type { Answer } from '../kit/message.ts'
import type { Sandbox } from '../sandbox/sandbox.ts'
import { type AppFiles, sendFile } from './app-files.ts'

/** Bytes of a refused body still read, so that a client that writes before it reads gets the answer. */
const DRAINED = 67_108_864

/** How long that reading may last, milliseconds. */
const DRAIN_MS = 5_000

const NO_BODY = new Uint8Array(0)

export interface ListenerNeeds {
  readonly sandbox: Sandbox
  readonly files: AppFiles | undefined
  /** Whether the `Host` of a request is acceptable. */
  readonly allowed: (host: string | undefined) => boolean
}

const FOREIGN_HOST = problem({
  status: 421,
  title: 'Nom d’hôte refusé',
  detail: 'Le bac à sable ne répond qu’aux noms de cette machine (localhost, 127.0.0.1). Pour l’ouvrir à d’autres : --host.',
})

/** Node's request and response on either side of `dispatch`: reads the body, bounded; writes the answer, streams included. */
export class RequestListener {
  readonly #needs: ListenerNeeds

  constructor(needs: ListenerNeeds) {
    this.#needs = needs
  }

  /** For the events `request` and `checkContinue` of a server. */
  readonly listen = (request: IncomingMessage, response: ServerResponse): void => {
    const { files, allowed } = this.#needs
    const { method, url = '/', headers } = request
    response.on('error', ignore)
    if (!allowed(headers.host)) return refuse(request, response, FOREIGN_HOST)
    if (files && (method === 'GET' || method === 'HEAD')) {
      const file = files.find(url)
      if (file) return void sendFile(file, request, response)
    }
    const length = headers['content-length']
    if (length !== undefined && Number(length) > MAX_BODY) return refuse(request, response, TOO_LARGE)
    if (headers.expect === '100-continue') response.writeContinue()
    if (length === undefined && headers['transfer-encoding'] === undefined) return void this.#dispatch(request, response, NO_BODY)
    readBody(
      request,
      (body) => void this.#dispatch(request, response, body),
      () => refuse(request, response, TOO_LARGE),
    )
  }

  async #dispatch(request: IncomingMessage, response: ServerResponse, body: Uint8Array): Promise<void> {
    const { method = 'GET', url = '/', headers } = request
    let signal: AbortSignal | undefined
    const incoming: Incoming = {
      method,
      origin: `${headers['x-forwarded-proto'] === 'https' ? 'https' : 'http'}://${hostOf(request)}`,
      target: url,
      headers: headers as Record<string, string>,
      body,
      get signal() {
        return (signal ??= signalOf(response))
      },
    }
    const answer = await dispatch(incoming, this.#needs.sandbox)
    if (answer.status === 0) return void response.destroy()
    if (typeof answer.body === 'string' || answer.body instanceof Uint8Array) return send(response, answer, answer.body)
    await stream(response, answer, answer.body)
  }
}

const ignore = () => {}

function signalOf(response: ServerResponse): AbortSignal {
  const controller = new AbortController()
  response.on('close', () => controller.abort())
  return controller.signal
}

function readBody(request: IncomingMessage, done: (body: Uint8Array) => void, tooLarge: () => void): void {
  const chunks: Buffer[] = []
  let size = 0
  request.on('data', (chunk: Buffer) => {
    if (size > MAX_BODY) return
    chunks.push(chunk)
    size += chunk.length
    if (size <= MAX_BODY) return
    chunks.length = 0
    tooLarge()
  })
  request.on('end', () => {
    if (size <= MAX_BODY) done(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, size))
  })
  request.on('error', ignore)
}

/** Name the client used, for addresses in answers; never anything that is no host name. */
function hostOf({ headers, socket }: IncomingMessage): string {
  const { host } = headers
  return host !== undefined && /^[\w.-]+(:\d{1,5})?$|^\[[\da-f:.]+\](:\d{1,5})?$/i.test(host) ? host : `127.0.0.1:${socket.localPort}`
}

function send(response: ServerResponse, { status, headers }: Answer, body: string | Uint8Array): void {
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length
  const written: OutgoingHttpHeaders = { ...headers }
  if (status !== 204 && status !== 304 && written['content-length'] === undefined) written['content-length'] = length
  response.writeHead(status, written)
  if (length === 0) response.end()
  else response.end(body)
}

async function stream(response: ServerResponse, { status, headers }: Answer, chunks: AsyncIterable<string | Uint8Array>): Promise<void> {
  response.writeHead(status, headers)
  response.flushHeaders()
  for await (const chunk of chunks) {
    if (response.destroyed) break
    if (!response.write(chunk)) await new Promise((resolve) => response.once('drain', resolve).once('close', resolve))
  }
  response.end()
}

/** Answers at once, without waiting for the body; the rest of it is read and thrown away for a while. */
function refuse(request: IncomingMessage, response: ServerResponse, { status, headers, body }: Answer): void {
  if (response.headersSent) return
  response.writeHead(status, { ...headers, connection: 'close', 'content-length': Buffer.byteLength(body as string) })
  response.end(body)
  let drained = 0
  const cut = setTimeout(() => request.socket.destroy(), DRAIN_MS)
  request.on('close', () => clearTimeout(cut))
  request.on('data', (chunk: Buffer) => {
    drained += chunk.length
    if (drained > DRAINED) request.socket.destroy()
  })
}

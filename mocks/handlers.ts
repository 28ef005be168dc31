import { HttpResponse, http, type HttpHandler } from 'msw'
import { dispatch, MAX_BODY, TOO_LARGE } from './kit/dispatch.ts'
import type { Answer } from './kit/message.ts'
import { readTarget } from './kit/target.ts'
import type { Sandbox } from './sandbox/sandbox.ts'

/**
 * One MSW handler for each service, and one for the control API: for `setupServer` in Node, `setupWorker` in a page. Requests to any
 * origin are answered, by their path; others pass.
 */
export function createHandlers(sandbox: Sandbox): HttpHandler[] {
  const roots = new Map<object, string[]>([[sandbox, ['/_sandbox']]])
  for (const [root, service] of sandbox.country.roots) roots.set(service, [...(roots.get(service) ?? []), root])
  return [...roots.values()].map((own) =>
    http.all(
      ({ request }) => own.includes(rootOf(request.url)),
      async ({ request }) => toResponse(await answer(request, sandbox)),
    ),
  )
}

/** First segment of the path after the prefixes: `/insi`. */
function rootOf(url: string): string {
  const { pathname } = new URL(url)
  const path = readTarget(pathname)?.path ?? ''
  const slash = path.indexOf('/', 1)
  return slash < 0 ? path : path.slice(0, slash)
}

async function answer(request: Request, sandbox: Sandbox): Promise<Answer> {
  if (Number(request.headers.get('content-length')) > MAX_BODY) return TOO_LARGE
  const { origin, pathname, search } = new URL(request.url)
  return await dispatch(
    {
      method: request.method,
      origin,
      target: pathname + search,
      headers: Object.fromEntries(request.headers),
      body: request.body === null ? NO_BODY : new Uint8Array(await request.arrayBuffer()),
      signal: request.signal,
    },
    sandbox,
  )
}

const NO_BODY = new Uint8Array(0)
const WITHOUT_BODY = new Set([204, 205, 304])

function toResponse({ status, headers, body }: Answer): Response {
  if (status === 0) return HttpResponse.error()
  if (WITHOUT_BODY.has(status)) return new HttpResponse(null, { status, headers })
  if (typeof body === 'string' || body instanceof Uint8Array) return new HttpResponse(body as BodyInit, { status, headers })
  return new HttpResponse(streamOf(body), { status, headers })
}

function streamOf(chunks: AsyncIterable<string | Uint8Array>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const iterator = chunks[Symbol.asyncIterator]()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next()
      if (done) controller.close()
      else controller.enqueue(typeof value === 'string' ? encoder.encode(value) : value)
    },
    async cancel() {
      await iterator.return?.()
    },
  })
}

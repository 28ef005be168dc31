import { dispatch } from '../mocks/kit/dispatch.ts'
import type { Sandbox } from '../mocks/sandbox/sandbox.ts'

/** A `fetch` that a sandbox answers directly: what the practice's clients are given in tests, without any platform in between. */
export function fetchOn(sandbox: Sandbox): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(new URL(String(input), 'http://bac.test'), init as RequestInit)
    const url = new URL(request.url)
    const { status, headers, body } = await dispatch(
      {
        method: request.method,
        origin: url.origin,
        target: url.pathname + url.search,
        headers: Object.fromEntries(request.headers),
        body: new Uint8Array(await request.arrayBuffer()),
        signal: request.signal,
      },
      sandbox,
    )
    if (status === 0) throw new TypeError('fetch failed: the connection was cut')
    if (typeof body === 'string' || body instanceof Uint8Array) return new Response(status === 204 ? null : (body as BodyInit), { status, headers })
    return new Response(streamOf(body), { status, headers })
  }
}

function streamOf(chunks: AsyncIterable<string | Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]()
  const encoder = new TextEncoder()
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

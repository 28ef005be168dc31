import type { Answer } from './message.ts'

/**
 * Any page may call the sandbox: it holds fictive data only, and editors work from pages of any origin.
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function readableByPages(answer: Answer): Answer {
  return { ...answer, headers: { ...answer.headers, 'access-control-allow-origin': '*', 'access-control-expose-headers': '*' } }
}

export function preflight(headers: Readonly<Record<string, string>>): Answer {
  return {
    status: 204,
    headers: {
      'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
      'access-control-allow-headers': headers['access-control-request-headers'] ?? '*',
      'access-control-allow-private-network': 'true',
      'access-control-max-age': '600',
    },
    body: '',
  }
}

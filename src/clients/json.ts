import type { Acces } from './http.ts'

/** A JSON interface refused; `detail` is what it says, in French. @see RFC 9457 */
export class ApiRefusal extends Error {
  readonly status: number
  readonly rule: string | undefined

  constructor(status: number, detail: string, rule?: string) {
    super(detail)
    this.name = 'ApiRefusal'
    this.status = status
    this.rule = rule
  }
}

/**
 * Calls a JSON interface and gives back what it answers, undefined for an empty answer.
 * @throws {ApiRefusal} an answer that is no success, with its `detail`.
 * @throws {TypeError} the network failed.
 */
export async function callJson<T>(acces: Acces, method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const response = await acces.fetch(acces.base + path, {
    method,
    headers: body === undefined ? { Accept: 'application/json' } : { Accept: 'application/json', 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: signal ?? null,
  })
  const text = await response.text()
  if (!response.ok) throw refusalOf(response.status, text)
  return (text === '' ? undefined : JSON.parse(text)) as T
}

function refusalOf(status: number, text: string): ApiRefusal {
  try {
    const { detail, title, rule } = JSON.parse(text) as { detail?: unknown; title?: unknown; rule?: unknown }
    const said = typeof detail === 'string' ? detail : typeof title === 'string' ? title : `HTTP ${status}`
    return new ApiRefusal(status, said, typeof rule === 'string' ? rule : undefined)
  } catch {
    return new ApiRefusal(status, `HTTP ${status}`)
  }
}

import type { Answer } from './message.ts'

/** An error of the sandbox itself or of a JSON interface. @see RFC 9457 */
export interface Problem {
  readonly status: number
  /** Short, French, the same for each occurrence. */
  readonly title: string
  /** French: what to do about this occurrence. */
  readonly detail?: string
  /** Stable name of the kind of problem; `about:blank` when absent. */
  readonly type?: string
  /** Code of the rule that refused. */
  readonly rule?: string
}

export function json(value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify(value),
  }
}

export const noContent = (): Answer => ({ status: 204, headers: {}, body: '' })

export function problem(
  { status, title, detail, type = 'about:blank', rule, ...more }: Problem & Readonly<Record<string, unknown>>,
  headers: Record<string, string> = {},
): Answer {
  const body = { type, title, status, ...(detail === undefined ? {} : { detail }), ...(rule === undefined ? {} : { rule }), ...more }
  return {
    status,
    headers: { 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify(body),
  }
}

/** The connection is to be cut without an answer; hosts know it by its status 0. */
export const CUT: Answer = { status: 0, headers: {}, body: '' }

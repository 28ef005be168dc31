import { problem } from '../kit/answers.ts'
import type { Answer, Message, PathParameters } from '../kit/message.ts'
import type { RunningWorld } from '../sandbox/running-world.ts'
import type { Sandbox } from '../sandbox/sandbox.ts'

/** What a control route works on. */
export interface ControlCall {
  readonly message: Message
  readonly running: RunningWorld
  readonly sandbox: Sandbox
  readonly parameters: PathParameters
}

/** A route under `/_sandbox`, described for the OpenAPI document. */
export interface ControlRoute {
  readonly method: string
  readonly path: string
  /** French, one sentence. */
  readonly summary: string
  /** Query parameters, by name: what they do, in French. */
  readonly query?: Readonly<Record<string, string>>
  /** Body of the request: a JSON schema and an example. */
  readonly body?: { readonly schema: object; readonly example: unknown }
  /** Media type of the answer when it is not JSON. */
  readonly answers?: string
  /** Status of a success, 200 when absent. */
  readonly status?: number
  handle(call: ControlCall): Answer | Promise<Answer>
}

/** A refusal of the control API: `detail` says what was expected. */
export const refused = (detail: string, status = 400): Answer =>
  problem({ status, title: status === 404 ? 'Introuvable' : 'Demande refusée', detail })

/** JSON object of the body, `{}` when it is empty; or the refusal. */
export function readObject(message: Message): { object: Readonly<Record<string, unknown>> } | { refusal: Answer } {
  if (message.body.length === 0) return { object: {} }
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(message.body))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { object: value as Record<string, unknown> }
  } catch {
    // not JSON: refused below
  }
  return { refusal: refused('Le corps doit être un objet JSON en UTF-8.') }
}

/** Whole number of the query within bounds, `fallback` when absent, undefined when it makes no sense. */
export function readCount(query: URLSearchParams, name: string, fallback: number, least: number, most: number): number | undefined {
  const text = query.get(name)
  if (text === null || text === '') return fallback
  const value = Number(text)
  return /^\d{1,15}$/.test(text) && value >= least && value <= most ? value : undefined
}

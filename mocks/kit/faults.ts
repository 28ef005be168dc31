import { CUT, problem } from './answers.ts'
import type { Answer, Message } from './message.ts'
import type { Service } from './service.ts'
import type { World } from '../world.ts'

/** Longest delay that can be asked for, milliseconds. */
export const MAX_LATENCY_MS = 60_000

/** What goes wrong. */
export type Mishap =
  /** The answer takes `ms` longer, in real milliseconds. */
  | { readonly kind: 'latency'; readonly ms: number }
  /** A gateway answers in the service's place. */
  | { readonly kind: 'status'; readonly status: number }
  /** The connection is cut: before the service has seen the request, or (`after`) once it has answered. */
  | { readonly kind: 'drop'; readonly after: boolean }
  /** An error of the service's own protocol, by name. */
  | { readonly kind: 'protocol'; readonly name: string }

/** A mishap that was asked for, on the requests it applies to. */
export type Fault = Mishap & {
  readonly id: string
  readonly service?: string
  /** Beginning of the path, prefixes left out. */
  readonly path?: string
  /** Requests it still applies to; absent: until removed. */
  readonly times?: number
}

/** `latency-500`, `status-503`, `drop`, `drop-after`, or the name of a protocol fault of one of the services. */
export function readMishap(name: string, services: readonly Service[]): Mishap | undefined {
  if (name === 'drop') return { kind: 'drop', after: false }
  if (name === 'drop-after') return { kind: 'drop', after: true }
  const [, kind, digits] = /^(latency|status)-(\d{1,5})$/.exec(name) ?? []
  const value = Number(digits)
  if (kind === 'latency') return value <= MAX_LATENCY_MS ? { kind, ms: value } : undefined
  if (kind === 'status') return value >= 400 && value <= 599 ? { kind, status: value } : undefined
  return services.some((service) => service.faults && Object.hasOwn(service.faults, name)) ? { kind: 'protocol', name } : undefined
}

/** The name that `readMishap` reads back. */
export function nameOf(mishap: Mishap): string {
  switch (mishap.kind) {
    case 'latency':
      return `latency-${mishap.ms}`
    case 'status':
      return `status-${mishap.status}`
    case 'drop':
      return mishap.after ? 'drop-after' : 'drop'
    case 'protocol':
      return mishap.name
  }
}

/**
 * Plays what comes before the service.
 * @returns what to answer in its place, or undefined when it is to answer itself.
 */
export async function playBefore(mishaps: readonly Mishap[], message: Message, service: Service, world: World): Promise<Answer | undefined> {
  for (const mishap of mishaps) if (mishap.kind === 'latency') await pause(mishap.ms, message.signal)
  for (const mishap of mishaps) {
    if (mishap.kind === 'drop' && !mishap.after) return CUT
    if (mishap.kind === 'status') return gatewayAnswer(mishap.status)
    if (mishap.kind === 'protocol') {
      const answer = await service.faults?.[mishap.name]?.answer(message, world)
      if (answer) return answer
    }
  }
  return undefined
}

function gatewayAnswer(status: number): Answer {
  const wait: Record<string, string> = status === 429 || status === 503 ? { 'retry-after': '5' } : {}
  return problem({ status, title: 'Panne demandée', detail: `Le bac à sable répond ${status} parce que cette panne a été demandée.` }, wait)
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms)
    signal?.addEventListener('abort', done, { once: true })
    function done() {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
  })
}

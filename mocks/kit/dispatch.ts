import { control } from '../control/routes.ts'
import type { RunningWorld } from '../sandbox/running-world.ts'
import { type Sandbox, TooManyWorldsError } from '../sandbox/sandbox.ts'
import type { ServiceRoute } from '../sandbox/country.ts'
import { CUT, noContent, problem } from './answers.ts'
import { readableByPages, preflight } from './cors.ts'
import { type Mishap, nameOf, playBefore, readMishap } from './faults.ts'
import type { Answer, Message, PathParameters } from './message.ts'
import { Recording } from './recording.ts'
import { type Target, readTarget } from './target.ts'

/** Largest body accepted, bytes. */
export const MAX_BODY = 33_554_432

/** A request as a host received it: prefixes and all. */
export interface Incoming {
  /** Upper case. */
  readonly method: string
  /** `http://localhost:8080` */
  readonly origin: string
  /** Path and query as sent: `/w/atelier/insi/lps?wsdl`. */
  readonly target: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** Aborted when the caller is gone; may be a getter, read only by answers that last. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Answers any request: finds the world, the service and the faults asked for, and writes the exchange in the journal. Never throws.
 * An answer of status 0 means: cut the connection.
 */
export async function dispatch(incoming: Incoming, sandbox: Sandbox): Promise<Answer> {
  const answer = await answerFor(incoming, sandbox)
  const visible = incoming.headers['origin'] === undefined ? answer : readableByPages(answer)
  return incoming.method === 'HEAD' ? { ...visible, body: '' } : visible
}

async function answerFor(incoming: Incoming, sandbox: Sandbox): Promise<Answer> {
  const target = readTarget(incoming.target)
  if (!target)
    return problem({
      status: 404,
      title: 'Adresse inconnue',
      detail: 'Un monde se nomme /w/<a-z, 0-9, tiret ; 40 caractères>, une panne /sim/<nom>.',
    })
  if (incoming.method === 'OPTIONS' && incoming.headers['access-control-request-method']) return preflight(incoming.headers)
  if (incoming.body.length > MAX_BODY) return TOO_LARGE
  const message = messageOf(incoming, target)
  try {
    const running = sandbox.opened(target.world) ?? (await sandbox.open(target.world))
    if (message.path === '/_sandbox' || message.path.startsWith('/_sandbox/')) return await control(message, running, sandbox)
    return await answerOfService(message, target, running, sandbox)
  } catch (error) {
    if (error instanceof TooManyWorldsError) return tooManyWorlds(error.limit)
    sandbox.onBug(error, `${message.method} ${incoming.target}`)
    return BUG
  }
}

function messageOf(incoming: Incoming, { prefix, path, query }: Target): Message {
  const { method, origin, headers, body } = incoming
  return {
    method,
    path,
    query,
    base: origin + prefix,
    headers,
    body,
    get signal() {
      return incoming.signal
    },
  }
}

async function answerOfService(message: Message, target: Target, running: RunningWorld, sandbox: Sandbox): Promise<Answer> {
  const found = running.country.router.find(message.method, message.path)
  if (!found) return problem({ status: 404, title: 'Adresse inconnue', detail: `Aucun service du bac à sable ne répond à ${message.path}.` })
  if ('allow' in found) {
    const allow = { allow: found.allow.join(', ') }
    if (message.method === 'OPTIONS') return { ...noContent(), headers: allow }
    return problem({ status: 405, title: 'Méthode non admise', detail: `Admises ici : ${allow.allow}.` }, allow)
  }
  const asked = askedMishap(message, target, found.route, sandbox)
  if ('refusal' in asked) return asked.refusal
  const { service } = found.route
  const recording = new Recording(message, service.name, running.now(), asked.outcome)
  const planned = running.faults.all.length > 0 ? await running.faults.take(service.name, message.path) : NO_MISHAP
  const mishaps = asked.mishap ? [asked.mishap, ...planned] : planned
  const answer = await played(mishaps, message, found.route, found.parameters, running, recording, sandbox)
  recording.writeTo(running.journal, answer)
  return recording.ignoredOutcome ? { ...answer, headers: { ...answer.headers, 'x-sandbox-outcome': 'ignored' } } : answer
}

async function played(
  mishaps: readonly Mishap[],
  message: Message,
  route: ServiceRoute,
  parameters: PathParameters,
  running: RunningWorld,
  recording: Recording,
  sandbox: Sandbox,
): Promise<Answer> {
  try {
    if (mishaps.length === 0) return await route.handle(message, running.world, recording, parameters)
    recording.fault = mishaps.map(nameOf).join(', ')
    recording.summarise('Panne demandée')
    const instead = await playBefore(mishaps, message, route.service, running.world)
    if (instead) {
      recording.ended('en erreur')
      return instead
    }
    const answer = await route.handle(message, running.world, recording, parameters)
    return mishaps.some((mishap) => mishap.kind === 'drop') ? CUT : answer
  } catch (error) {
    sandbox.onBug(error, `${message.method} ${message.path}`)
    recording.ended('en erreur')
    recording.summarise(`Erreur interne du bac à sable : ${error instanceof Error ? error.message : String(error)}`)
    return BUG
  }
}

/** The fault named by the path or by the header, or the outcome that the service itself must play. */
function askedMishap(
  message: Message,
  target: Target,
  { service }: ServiceRoute,
  sandbox: Sandbox,
): { mishap?: Mishap; outcome?: string } | { refusal: Answer } {
  const name = target.fault ?? message.headers['x-sandbox-outcome']
  if (name === undefined) return NOTHING_ASKED
  const mishap = readMishap(name, sandbox.country.services)
  const foreign = mishap?.kind === 'protocol' && !Object.hasOwn(service.faults ?? {}, mishap.name)
  if (mishap && !foreign) return { mishap }
  if (target.fault === undefined && !foreign) return { outcome: name }
  const detail = foreign
    ? `« ${name} » est une panne d’un autre service que ${service.title}.`
    : `« ${name} » n’est pas une panne connue : voir /_sandbox/faults/catalogue.`
  return { refusal: problem({ status: 400, title: 'Panne inconnue', detail }) }
}

const NOTHING_ASKED = Object.freeze({})
const NO_MISHAP: readonly Mishap[] = []

/** @see RFC 9110 §15.5.14 */
export const TOO_LARGE = problem({ status: 413, title: 'Message trop volumineux', detail: `Au plus ${MAX_BODY / 1024 / 1024} Mio par message.` })

const BUG = problem({
  status: 500,
  title: 'Erreur interne du bac à sable',
  detail: 'Ce n’est pas une réponse du service simulé. Le journal garde cet échange.',
})

function tooManyWorlds(limit: number): Answer {
  const detail = `Ce bac à sable tient ${limit} mondes au plus. Supprimez-en : DELETE /_sandbox/worlds/{nom}.`
  return problem({ status: 503, title: 'Trop de mondes', detail })
}

import { json } from '../kit/answers.ts'
import { addDuration, readDuration } from '../kit/duration.ts'
import { LAST_INSTANT, readInstant } from '../kit/instant.ts'
import type { Answer } from '../kit/message.ts'
import type { RunningWorld } from '../sandbox/running-world.ts'
import type { Move } from '../sandbox/timekeeper.ts'
import type { Timer } from '../world.ts'
import { type ControlCall, type ControlRoute, readCount, readObject, refused } from './control-route.ts'

const iso = (time: number) => new Date(time).toISOString()

const clockOf = (running: RunningWorld) => ({ now: iso(running.now()), mode: running.clock.mode })

const timerOf = ({ id, dueAt, service, what, subject }: Timer) => ({ id, dueAt: iso(dueAt), service, what, subject })

function moved(running: RunningWorld, { from, fired, complete }: Move): Answer {
  return json({ ...clockOf(running), from: iso(from), complete, firedCount: fired.length, fired: fired.slice(0, 500).map(timerOf) })
}

async function setClock({ message, running }: ControlCall): Promise<Answer> {
  const read = readObject(message)
  if ('refusal' in read) return read.refusal
  const { now, mode = running.clock.mode } = read.object
  if (mode !== 'running' && mode !== 'frozen') return refused('« mode » vaut "running" (l’horloge avance) ou "frozen" (elle est arrêtée).')
  const time = now === undefined ? running.now() : readInstant(now)
  if (time === undefined || time > LAST_INSTANT) return refused('« now » est un instant ISO 8601 : "2026-11-23T09:00:00+01:00" ou "2026-11-23".')
  return moved(running, await running.time.set(time, mode))
}

async function advance({ message, running }: ControlCall): Promise<Answer> {
  const read = readObject(message)
  if ('refusal' in read) return read.refusal
  const duration = typeof read.object['duration'] === 'string' ? readDuration(read.object['duration']) : undefined
  if (!duration) return refused('« duration » est une durée ISO 8601 : "P6W", "P1Y2M3DT4H5M6S".')
  if (!(addDuration(running.now(), duration) <= LAST_INSTANT)) return refused('L’horloge s’arrête à la fin de l’an 9999.')
  return moved(running, await running.time.advance((now) => addDuration(now, duration)))
}

async function upcoming({ message, running }: ControlCall): Promise<Answer> {
  const query = new URLSearchParams(message.query)
  const limit = readCount(query, 'limit', 100, 1, 1_000)
  const asked = query.get('until')
  const until = asked === null ? LAST_INSTANT : readInstant(asked)
  if (limit === undefined) return refused('« limit » est un entier de 1 à 1000.')
  if (until === undefined) return refused('« until » est un instant ISO 8601.')
  return json({ timers: (await running.time.upcoming(until, limit)).map(timerOf) })
}

/** Most delays played by a preview. */
const PREVIEWED = 200

async function preview({ message, running }: ControlCall): Promise<Answer> {
  const query = new URLSearchParams(message.query)
  const [advance, until] = [query.get('advance'), query.get('until')]
  const duration = advance === null ? undefined : readDuration(advance)
  const from = running.now()
  const to = duration ? addDuration(from, duration) : advance === null && until !== null ? readInstant(until) : undefined
  if (to === undefined) return refused('« advance » est une durée ISO 8601 (P6W), ou « until » un instant.')
  if (!(to <= LAST_INSTANT)) return refused('L’horloge s’arrête à la fin de l’an 9999.')
  const { events, left } = await running.time.preview(to, PREVIEWED)
  return json({
    from: iso(from),
    to: iso(to),
    total: events.length + left,
    complete: left === 0,
    events: events.map(({ timer, title, name, rule }) => ({
      at: iso(timer.dueAt),
      service: timer.service,
      what: timer.what,
      subject: timer.subject,
      name,
      title,
      rule,
    })),
  })
}

const clockSchema = { type: 'object', properties: { now: { type: 'string', format: 'date-time' }, mode: { enum: ['running', 'frozen'] } } }

export const clockRoutes: readonly ControlRoute[] = [
  { method: 'GET', path: '/_sandbox/clock', summary: 'Heure simulée du monde.', handle: ({ running }) => json(clockOf(running)) },
  {
    method: 'PUT',
    path: '/_sandbox/clock',
    summary: 'Règle l’horloge, l’arrête ou la relance ; les délais dépassés échoient, dans l’ordre, chacun à son heure.',
    body: { schema: clockSchema, example: { now: '2026-11-23T09:00:00+01:00', mode: 'frozen' } },
    handle: setClock,
  },
  {
    method: 'POST',
    path: '/_sandbox/clock/advance',
    summary: 'Avance l’horloge d’une durée ISO 8601 et rend les délais échus.',
    body: {
      schema: { type: 'object', required: ['duration'], properties: { duration: { type: 'string', format: 'duration' } } },
      example: { duration: 'P6W' },
    },
    handle: advance,
  },
  {
    method: 'GET',
    path: '/_sandbox/clock/preview',
    summary: 'Ce qui arriverait si l’horloge avançait, dans l’ordre, sans rien changer : joué puis défait.',
    query: { advance: 'Durée ISO 8601 : P6W.', until: 'Ou un instant ISO 8601.' },
    handle: preview,
  },
  {
    method: 'GET',
    path: '/_sandbox/clock/timers',
    summary: 'Délais en attente, le plus proche d’abord.',
    query: { until: 'Instant ISO 8601 : seulement ceux qui échoient jusque-là.', limit: '1 à 1000, 100 par défaut.' },
    handle: upcoming,
  },
]

import { json } from '../kit/answers.ts'
import type { Answer } from '../kit/message.ts'
import { type ControlCall, type ControlRoute, readCount, refused } from './control-route.ts'
import { eventStream, nextEvents } from './event-stream.ts'

/** Longest wait of a poll, real milliseconds. */
const POLL_MS = 25_000

async function events({ message, running }: ControlCall): Promise<Answer> {
  const query = new URLSearchParams(message.query)
  if (query.has('poll')) return await poll(query, { message, running })
  const resumed = message.headers['last-event-id']
  if (resumed !== undefined && /^\d{1,15}$/.test(resumed)) query.set('after', resumed)
  const after = readCount(query, 'after', -1, 0, Number.MAX_SAFE_INTEGER)
  if (after === undefined) return refused('« after » est un numéro d’échange.')
  return {
    status: 200,
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
    body: eventStream(running, after < 0 ? undefined : after, message.signal),
  }
}

/** For browsers whose service worker cannot pass a stream: without `cursor`, says where we are; with it, waits for what follows. */
async function poll(query: URLSearchParams, { message, running }: Pick<ControlCall, 'message' | 'running'>): Promise<Answer> {
  const cursor = readCount(query, 'cursor', -1, 0, Number.MAX_SAFE_INTEGER)
  const wait = readCount(query, 'wait', POLL_MS, 0, POLL_MS)
  if (cursor === undefined || wait === undefined)
    return refused(`« cursor » est le curseur rendu par l’appel précédent, « wait » de 0 à ${POLL_MS} ms.`)
  await running.journal.settled()
  const here = { cursor: running.events.cursor, last: await running.journal.last() }
  if (cursor < 0) return json({ ...here, missed: false, events: [] })
  const found = await nextEvents(running, cursor, wait, message.signal)
  if (!found) return json({ ...here, missed: true, events: [] })
  return json({ cursor: found.at(-1)?.cursor ?? cursor, last: await running.journal.last(), missed: false, events: found.map(({ event }) => event) })
}

export const eventRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/_sandbox/events',
    summary: 'Ce qui se passe, en direct : journal, records, clock, reset, faults (server-sent events), ou par attente longue avec ?poll=1.',
    query: {
      after: 'Reprend après cet échange (comme l’en-tête Last-Event-ID).',
      poll: '1 : attente longue, réponse JSON { cursor, missed, events }.',
      cursor: 'Avec poll : curseur de la réponse précédente ; absent, répond aussitôt.',
      wait: 'Avec poll : attente la plus longue, en millisecondes.',
    },
    answers: 'text/event-stream',
    handle: events,
  },
]

import { problem } from '../kit/answers.ts'
import type { Answer, Message, PathParameters } from '../kit/message.ts'
import { Router } from '../kit/router.ts'
import type { RunningWorld } from '../sandbox/running-world.ts'
import type { Sandbox } from '../sandbox/sandbox.ts'
import { clockRoutes } from './clock.ts'
import type { ControlRoute } from './control-route.ts'
import { eventRoutes } from './events.ts'
import { faultRoutes } from './faults.ts'
import { journalRoutes } from './journal.ts'
import { openapiRoutes } from './openapi.ts'
import { referenceRoutes } from './reference.ts'
import { settingRoutes } from './settings.ts'
import { transferRoutes } from './transfer.ts'
import { worldRoutes } from './worlds.ts'

const described: readonly ControlRoute[] = [
  ...worldRoutes,
  ...clockRoutes,
  ...faultRoutes,
  ...journalRoutes,
  ...eventRoutes,
  ...referenceRoutes,
  ...settingRoutes,
  ...transferRoutes,
]

const router = new Router<ControlRoute>([...described, ...openapiRoutes(described)])

/** Answers what is under `/_sandbox`, for the world of the URL. Nothing of it enters the journal. */
export async function control(message: Message, running: RunningWorld, sandbox: Sandbox): Promise<Answer> {
  const found = router.find(message.method, message.path)
  if (!found) return problem({ status: 404, title: 'Adresse inconnue', detail: 'Les adresses du pilotage sont décrites par /_sandbox/openapi.json.' })
  if ('allow' in found) {
    const allow = { allow: found.allow.join(', ') }
    if (message.method === 'OPTIONS') return { status: 204, headers: allow, body: '' }
    return problem({ status: 405, title: 'Méthode non admise', detail: `Admises ici : ${allow.allow}.` }, allow)
  }
  return await found.route.handle({ message, running, sandbox, parameters: found.parameters as PathParameters })
}

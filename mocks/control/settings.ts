import { json } from '../kit/answers.ts'
import type { Answer } from '../kit/message.ts'
import type { RunningWorld } from '../sandbox/running-world.ts'
import { type ControlCall, type ControlRoute, readObject, refused } from './control-route.ts'

function listed(running: RunningWorld): Answer {
  const settings = [...running.country.settings].map(([code, { title, source, service, initial }]) => ({
    code,
    service,
    title,
    source,
    initial,
    value: running.setting(code),
  }))
  return json({ settings })
}

async function change({ message, running }: ControlCall): Promise<Answer> {
  const read = readObject(message)
  if ('refusal' in read) return read.refusal
  const values: Record<string, boolean | number | string> = {}
  for (const [code, value] of Object.entries(read.object)) {
    const setting = running.country.settings.get(code)
    if (!setting) return refused(`« ${code} » n’est pas un réglage : voir GET /_sandbox/settings.`)
    const expected = typeof setting.initial
    const acceptable =
      typeof value === expected && (typeof value !== 'number' || Number.isFinite(value)) && (typeof value !== 'string' || value.length <= 1_000)
    if (!acceptable) return refused(`« ${code} » attend une valeur de type ${expected}.`)
    values[code] = value as boolean | number | string
  }
  await running.changeSettings(values)
  return listed(running)
}

export const settingRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/_sandbox/settings',
    summary: 'Réglages : les choix faits là où les sources diffèrent.',
    handle: ({ running }) => listed(running),
  },
  {
    method: 'PATCH',
    path: '/_sandbox/settings',
    summary: 'Change des réglages, par leur code.',
    body: { schema: { type: 'object', additionalProperties: { type: ['boolean', 'number', 'string'] } }, example: {} },
    handle: change,
  },
]

import { datasets } from '../database/datasets.ts'
import { json, noContent } from '../kit/answers.ts'
import type { Answer } from '../kit/message.ts'
import { isWorldName } from '../kit/target.ts'
import { VERSION } from '../version.ts'
import { type ControlCall, type ControlRoute, readObject, refused } from './control-route.ts'

async function presentation({ message, running, sandbox }: ControlCall): Promise<Answer> {
  return json({
    name: 'bac-a-sante',
    version: VERSION,
    notice: 'Simulation : données fictives. Ce service n’est ni celui de l’État, ni celui de l’Assurance Maladie.',
    host: sandbox.host,
    world: running.name,
    base: message.base,
    now: new Date(running.now()).toISOString(),
    clock: running.clock.mode,
    dataset: running.origin.dataset,
    datasets: Object.entries(datasets).map(([name, title]) => ({ name, title })),
    seed: running.origin.seed,
    journal: { last: await running.journal.last() },
    services: running.country.services.map(({ name, title, routes, faults }) => ({
      name,
      title,
      paths: [...new Set(routes.map(({ path }) => path))],
      faults: Object.keys(faults ?? {}),
    })),
  })
}

async function removeWorld({ sandbox, parameters }: ControlCall): Promise<Answer> {
  const name = parameters['name']!
  if (!isWorldName(name)) return refused('Un monde se nomme par 1 à 40 caractères : a-z, 0-9 et tiret.')
  return (await sandbox.remove(name)) ? noContent() : refused(`Il n’y a pas de monde « ${name} ».`, 404)
}

async function reset({ message, running }: ControlCall): Promise<Answer> {
  const read = readObject(message)
  if ('refusal' in read) return read.refusal
  const { dataset = running.origin.dataset } = read.object
  if (typeof dataset !== 'string' || !Object.hasOwn(datasets, dataset))
    return refused(`« dataset » est l’un de : ${Object.keys(datasets).join(', ')}.`)
  await running.reset(dataset)
  return json({ world: running.name, dataset, seed: running.origin.seed, now: new Date(running.now()).toISOString() })
}

export const worldRoutes: readonly ControlRoute[] = [
  { method: 'GET', path: '/_sandbox', summary: 'Ce bac à sable, ce monde, ses services.', handle: presentation },
  {
    method: 'GET',
    path: '/_sandbox/health',
    summary: 'Répond dès que le monde est prêt.',
    handle: ({ running }) => json({ status: 'ok', world: running.name }),
  },
  {
    method: 'GET',
    path: '/_sandbox/worlds',
    summary: 'Les mondes qui existent.',
    handle: async ({ sandbox }) => json({ worlds: await sandbox.worlds() }),
  },
  { method: 'DELETE', path: '/_sandbox/worlds/{name}', summary: 'Supprime un monde et tout ce qu’il contient.', status: 204, handle: removeWorld },
  {
    method: 'POST',
    path: '/_sandbox/reset',
    summary: 'Remet le monde à son début : données, horloge, délais, pannes, réglages, journal.',
    body: { schema: { type: 'object', properties: { dataset: { type: 'string' } } }, example: {} },
    handle: reset,
  },
]

import { json, noContent } from '../kit/answers.ts'
import { type Fault, MAX_LATENCY_MS, type Mishap, nameOf, readMishap } from '../kit/faults.ts'
import type { Answer } from '../kit/message.ts'
import type { Country } from '../sandbox/country.ts'
import { MAX_FAULTS } from '../sandbox/fault-board.ts'
import { type ControlCall, type ControlRoute, readObject, refused } from './control-route.ts'

function readMishapOf(object: Readonly<Record<string, unknown>>, country: Country): Mishap | string {
  const { kind, ms, status, name, after } = object
  switch (kind) {
    case 'latency':
      return isWhole(ms, 0, MAX_LATENCY_MS) ? { kind, ms } : `« ms » est un entier de 0 à ${MAX_LATENCY_MS}.`
    case 'status':
      return isWhole(status, 400, 599) ? { kind, status } : '« status » est un code HTTP de 400 à 599.'
    case 'drop':
      return after === undefined || typeof after === 'boolean' ? { kind, after: after === true } : '« after » est un booléen.'
    case 'protocol':
      return (
        (typeof name === 'string' && readMishap(name, country.services)?.kind === 'protocol' && { kind, name }) ||
        '« name » est une panne du catalogue : /_sandbox/faults/catalogue.'
      )
    default:
      return '« kind » vaut "latency", "status", "drop" ou "protocol".'
  }
}

const isWhole = (value: unknown, least: number, most: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most

/** A fault without its id, or what is wrong with it, in French. */
export function readFault(object: Readonly<Record<string, unknown>>, country: Country): Omit<Fault, 'id'> | string {
  const { service, path, times } = object
  const mishap = readMishapOf(object, country)
  if (typeof mishap === 'string') return mishap
  if (service !== undefined && !country.services.some(({ name }) => name === service)) return '« service » est le nom d’un service : voir /_sandbox.'
  if (path !== undefined && (typeof path !== 'string' || !path.startsWith('/') || path.length > 500))
    return '« path » est le début d’un chemin, par exemple "/insi/".'
  if (times !== undefined && !isWhole(times, 1, 1_000_000)) return '« times » est un entier d’au moins 1 ; absent, la panne dure jusqu’à son retrait.'
  return {
    ...mishap,
    ...(service === undefined ? {} : { service: service as string }),
    ...(path === undefined ? {} : { path }),
    ...(times === undefined ? {} : { times }),
  }
}

async function addFault({ message, running }: ControlCall): Promise<Answer> {
  const read = readObject(message)
  if ('refusal' in read) return read.refusal
  const asked = readFault(read.object, running.country)
  if (typeof asked === 'string') return refused(asked)
  if (running.faults.all.length >= MAX_FAULTS) return refused(`Au plus ${MAX_FAULTS} pannes à la fois.`, 409)
  const fault = { id: running.world.newId(), ...asked } as Fault
  await running.faults.add(fault)
  return json(fault, 201, { location: `${message.base}/_sandbox/faults/${fault.id}` })
}

async function removeFault({ running, parameters }: ControlCall): Promise<Answer> {
  return (await running.faults.remove(parameters['id']!)) ? noContent() : refused('Aucune panne en cours n’a cet identifiant.', 404)
}

async function removeAll({ running }: ControlCall): Promise<Answer> {
  await running.faults.clear()
  return noContent()
}

/** What can be asked for, and how to write it in a URL: `/sim/<url>/insi/lps`. */
function catalogue(country: Country): object {
  const general = [
    { kind: 'latency', url: 'latency-<ms>', title: 'La réponse arrive plus tard', example: nameOf({ kind: 'latency', ms: 2000 }) },
    { kind: 'status', url: 'status-<code>', title: 'Une passerelle répond à la place du service', example: nameOf({ kind: 'status', status: 503 }) },
    { kind: 'drop', url: 'drop', title: 'La connexion est coupée avant que le service ait reçu la demande', example: 'drop' },
    { kind: 'drop', url: 'drop-after', after: true, title: 'Le service a traité la demande, sa réponse se perd', example: 'drop-after' },
  ]
  const own = country.services.flatMap((service) =>
    Object.entries(service.faults ?? {}).map(([name, { title }]) => ({
      kind: 'protocol',
      url: name,
      name,
      service: service.name,
      title,
      example: name,
    })),
  )
  return { faults: [...general, ...own] }
}

const faultSchema = {
  type: 'object',
  required: ['kind'],
  properties: {
    kind: { enum: ['latency', 'status', 'drop', 'protocol'] },
    ms: { type: 'integer', maximum: MAX_LATENCY_MS },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    after: { type: 'boolean' },
    name: { type: 'string' },
    service: { type: 'string' },
    path: { type: 'string' },
    times: { type: 'integer', minimum: 1 },
  },
}

export const faultRoutes: readonly ControlRoute[] = [
  { method: 'GET', path: '/_sandbox/faults', summary: 'Pannes en cours.', handle: ({ running }) => json({ faults: running.faults.all }) },
  {
    method: 'POST',
    path: '/_sandbox/faults',
    summary: 'Demande une panne, sur un service ou un chemin, n fois ou jusqu’à son retrait.',
    body: { schema: faultSchema, example: { kind: 'status', status: 503, service: 'dmp', times: 2 } },
    status: 201,
    handle: addFault,
  },
  { method: 'DELETE', path: '/_sandbox/faults', summary: 'Retire toutes les pannes.', status: 204, handle: removeAll },
  { method: 'DELETE', path: '/_sandbox/faults/{id}', summary: 'Retire une panne.', status: 204, handle: removeFault },
  {
    method: 'GET',
    path: '/_sandbox/faults/catalogue',
    summary: 'Pannes que l’on peut demander, et leur forme dans une adresse (/sim/<panne>/…) ou dans l’en-tête X-Sandbox-Outcome.',
    handle: ({ running }) => json(catalogue(running.country)),
  },
]

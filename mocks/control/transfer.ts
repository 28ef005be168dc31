import type { StoreDump } from '../database/store.ts'
import { json } from '../kit/answers.ts'
import type { Answer } from '../kit/message.ts'
import { VERSION } from '../version.ts'
import { faults, timers } from '../sandbox/collections.ts'
import type { Country } from '../sandbox/country.ts'
import { type ControlCall, type ControlRoute, readObject, refused } from './control-route.ts'
import { readFault } from './faults.ts'

const FORMAT = 'bac-a-sante/world'

/** A whole world as one file. */
interface WorldFile {
  readonly format: typeof FORMAT
  readonly version: 1
  /** Version of the software that wrote it. */
  readonly software: string
  readonly world: string
  /** Simulated time of the export, ISO 8601. */
  readonly at: string
  readonly dump: StoreDump
}

async function exportWorld({ running }: ControlCall): Promise<Answer> {
  const file: WorldFile = {
    format: FORMAT,
    version: 1,
    software: VERSION,
    world: running.name,
    at: new Date(running.now()).toISOString(),
    dump: await running.store.dump(),
  }
  return json(file, 200, { 'content-disposition': `attachment; filename="bac-a-sante-${running.name}.json"` })
}

async function importWorld({ message, running }: ControlCall): Promise<Answer> {
  const read = readObject(message)
  if ('refusal' in read) return read.refusal
  const { format, version, at, dump } = read.object
  if (format !== FORMAT || version !== 1) return refused('Ce fichier n’est pas l’export d’un monde (format "bac-a-sante/world", version 1).')
  const wrong = wrongShape(dump, running.country)
  if (wrong) return refused(wrong)
  const time = typeof at === 'string' ? Date.parse(at) : Number.NaN
  if (!Number.isFinite(time)) return refused('« at », l’heure simulée de l’export, n’est pas un instant ISO 8601.')
  try {
    await running.restore(dump as StoreDump, time)
  } catch (error) {
    return refused(`Le fichier ne peut pas être repris, rien n’a changé : ${error instanceof Error ? error.message : String(error)}`)
  }
  return json({ world: running.name, dataset: running.origin.dataset, now: new Date(running.now()).toISOString() })
}

/** What is wrong with a dump, in French: its shape, and the sandbox's own rows. The store checks keys, services trust their rows. */
function wrongShape(dump: unknown, country: Country): string | undefined {
  if (!isRecord(dump)) return '« dump » est absent.'
  const { collections, bytes } = dump
  if (!isRecord(collections) || !Object.values(collections).every((rows) => Array.isArray(rows) && rows.every((row) => isRecord(row))))
    return '« dump.collections » est un objet de listes d’objets.'
  if (
    !isRecord(bytes) ||
    !Object.values(bytes).every((text) => typeof text === 'string' && /^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 === 0)
  )
    return '« dump.bytes » est un objet de textes en base64.'
  const own = (name: string) => (collections[name] ?? []) as readonly Record<string, unknown>[]
  for (const row of own(faults.name)) {
    const read = readFault(row, country)
    if (typeof read === 'string') return `Une panne du fichier ne se lit pas : ${read}`
  }
  if (
    !own(timers.name).every((row) => Number.isFinite(row['dueAt']) && ['service', 'what', 'subject'].every((name) => typeof row[name] === 'string'))
  )
    return 'Un délai du fichier ne se lit pas.'
  return undefined
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

export const transferRoutes: readonly ControlRoute[] = [
  { method: 'GET', path: '/_sandbox/export', summary: 'Le monde entier en un fichier.', handle: exportWorld },
  {
    method: 'POST',
    path: '/_sandbox/import',
    summary: 'Remplace le monde par celui d’un fichier exporté ; un fichier refusé ne change rien.',
    body: { schema: { type: 'object', required: ['format', 'version', 'at', 'dump'] }, example: { format: FORMAT, version: 1 } },
    handle: importWorld,
  },
]

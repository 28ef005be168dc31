import { json, noContent } from '../kit/answers.ts'
import type { JournalEntry, JournalQuery } from '../kit/journal.ts'
import type { Answer } from '../kit/message.ts'
import type { Country } from '../sandbox/country.ts'
import { type ControlCall, type ControlRoute, readCount, refused } from './control-route.ts'
import { showBody } from './journal-body.ts'

/** The filters of a URL, or what is wrong with them. */
function readJournalQuery(query: URLSearchParams): JournalQuery | string {
  const limit = readCount(query, 'limit', 100, 1, 500)
  const after = readCount(query, 'after', -1, 0, Number.MAX_SAFE_INTEGER)
  const before = readCount(query, 'before', -1, 0, Number.MAX_SAFE_INTEGER)
  if (limit === undefined) return '« limit » est un entier de 1 à 500.'
  if (after === undefined || before === undefined) return '« after » et « before » sont des numéros d’échange.'
  const [service, outcome, patient, text] = ['service', 'outcome', 'patient', 'q'].map((name) => query.get(name) || undefined)
  return {
    limit,
    ...(after >= 0 && { after }),
    ...(before >= 0 && { before }),
    ...(service && { service }),
    ...(outcome && { outcome }),
    ...(patient && { patient }),
    ...(text && { text }),
  }
}

async function list({ message, running }: ControlCall): Promise<Answer> {
  const query = readJournalQuery(new URLSearchParams(message.query))
  if (typeof query === 'string') return refused(query)
  await running.journal.settled()
  return json({ ...(await running.journal.list(query)), last: await running.journal.last() })
}

async function detail({ running, parameters }: ControlCall): Promise<Answer> {
  await running.journal.settled()
  const seq = Number(parameters['seq'])
  const entry = Number.isSafeInteger(seq) ? await running.journal.get(seq) : undefined
  return entry ? json(shown(entry, running.country)) : refused('Le journal n’a pas, ou plus, cet échange.', 404)
}

/** The whole exchange, its rules with their sentence and source. */
function shown({ request, response, rules, ...summary }: JournalEntry, country: Country): object {
  return {
    ...summary,
    rules: rules.map((applied) => {
      const rule = country.rules.get(applied.code)
      return { ...applied, ...(rule && { sentence: rule.sentence, source: rule.source, certainty: rule.certainty, enforcedIn: rule.enforcedIn }) }
    }),
    request: { headers: request.headers, body: showBody(request) },
    response: { status: summary.status, headers: response.headers, body: showBody(response) },
  }
}

async function clear({ running }: ControlCall): Promise<Answer> {
  await running.journal.clear()
  return noContent()
}

export const journalRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/_sandbox/journal',
    summary: 'Échanges, du plus ancien au plus récent ; sans « after », les derniers.',
    query: {
      after: 'Seulement les échanges suivants.',
      before: 'Seulement les échanges précédents.',
      limit: '1 à 500, 100 par défaut.',
      service: 'Nom d’un service.',
      outcome: 'accepté, refusé ou en erreur.',
      patient: 'Partie du matricule ou du nom.',
      q: 'Texte cherché dans l’opération, la phrase, l’acteur, le patient, le chemin.',
    },
    handle: list,
  },
  { method: 'GET', path: '/_sandbox/journal/{seq}', summary: 'Un échange : messages bruts et règles appliquées.', handle: detail },
  { method: 'DELETE', path: '/_sandbox/journal', summary: 'Vide le journal ; la numérotation continue.', status: 204, handle: clear },
]

import { coverage } from '../coverage.ts'
import { castOf, registre } from '../database/registre.ts'
import { json } from '../kit/answers.ts'
import type { Answer } from '../kit/message.ts'
import type { IdentityCard } from '../kit/service.ts'
import { VERSION } from '../version.ts'
import { type ControlCall, type ControlRoute, refused } from './control-route.ts'
import { fidelityPage } from './fidelity-page.ts'

async function identities({ running }: ControlCall): Promise<Answer> {
  const cards: IdentityCard[] = []
  for (const service of running.country.services) cards.push(...((await service.identities?.(running.world)) ?? []))
  return json({ cards, cast: running.country.services.includes(registre) ? await castOf(running.world) : null })
}

function rules({ running }: ControlCall): Answer {
  return json({ rules: [...running.country.rules.values()] })
}

function rule({ running, parameters }: ControlCall): Answer {
  const found = running.country.rules.get(parameters['code']!)
  return found ? json(found) : refused('Aucune règle n’a ce code.', 404)
}

function fidelity({ message, running }: ControlCall): Answer {
  const { country } = running
  const settings = [...country.settings].map(([code, setting]) => ({ code, ...setting }))
  const content = { version: VERSION, coverage, rules: [...country.rules.values()], settings }
  if (!prefersHtml(message.headers['accept'] ?? '')) return json(content)
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    },
    body: fidelityPage(content),
  }
}

/** A browser names text/html before anything else we have; a program asks for JSON or says nothing. */
function prefersHtml(accept: string): boolean {
  const html = accept.indexOf('text/html')
  const asJson = accept.indexOf('application/json')
  return html >= 0 && (asJson < 0 || html < asJson)
}

export const referenceRoutes: readonly ControlRoute[] = [
  { method: 'GET', path: '/_sandbox/identities', summary: 'Les identités de test et ce que chacune déclenche.', handle: identities },
  { method: 'GET', path: '/_sandbox/rules', summary: 'Le registre des règles.', handle: rules },
  { method: 'GET', path: '/_sandbox/rules/{code}', summary: 'Une règle : phrase, source, certitude.', handle: rule },
  {
    method: 'GET',
    path: '/_sandbox/fidelity',
    summary: 'Ce qui est simulé, ce qui ne l’est pas encore, et par quelles règles (JSON ou HTML).',
    handle: fidelity,
  },
]

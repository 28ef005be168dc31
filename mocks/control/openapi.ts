import { json } from '../kit/answers.ts'
import { VERSION } from '../version.ts'
import type { ControlCall, ControlRoute } from './control-route.ts'

/** The OpenAPI document of the control API and of what services add to it. @see https://spec.openapis.org/oas/v3.1.1 */
export const openapiRoutes = (described: readonly ControlRoute[]): readonly ControlRoute[] => {
  const own: ControlRoute = {
    method: 'GET',
    path: '/_sandbox/openapi.json',
    summary: 'Ce document.',
    handle: ({ message, running }: ControlCall) =>
      json(
        documentOf(
          [...described, own],
          message.base,
          Object.assign({}, ...running.country.services.map((service) => service.openapi ?? {})) as object,
        ),
      ),
  }
  return [own]
}

function documentOf(routes: readonly ControlRoute[], base: string, added: object): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const route of routes) (paths[route.path] ??= {})[route.method.toLowerCase()] = operationOf(route)
  return {
    openapi: '3.1.0',
    info: {
      title: 'Bac à santé — pilotage du bac à sable',
      version: VERSION,
      description: 'Mondes, horloge, pannes, journal, événements. Chaque chemin existe aussi sous /w/{monde}. Données fictives.',
    },
    servers: [{ url: base }],
    paths: { ...paths, ...added },
    components: { schemas: { Problem: PROBLEM } },
  }
}

function operationOf({ path, summary, query = {}, body, answers = 'application/json', status = 200 }: ControlRoute): object {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }))
  const inQuery = Object.entries(query).map(([name, description]) => ({ name, in: 'query', description, schema: { type: 'string' } }))
  return {
    summary,
    ...(inPath.length + inQuery.length > 0 && { parameters: [...inPath, ...inQuery] }),
    ...(body && { requestBody: { content: { 'application/json': { schema: body.schema, example: body.example } } } }),
    responses: {
      [status]: { description: summary, ...(status !== 204 && { content: { [answers]: {} } }) },
      default: { description: 'Refus', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
    },
  }
}

const PROBLEM = {
  type: 'object',
  required: ['type', 'title', 'status'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    rule: { type: 'string', description: 'Code de la règle qui a refusé : /_sandbox/rules/{code}' },
  },
}

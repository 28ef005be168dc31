import { BASE } from './contexte.ts'
import { PARAMETRES } from './parametres.ts'
import { TYPES } from './ressources.ts'
import { routesAnnuaire } from './routes.ts'

const RESUMES: Readonly<Record<string, string>> = {
  [`GET ${BASE}/metadata`]: 'CapabilityStatement : ce que l’annuaire sait faire.',
  [`GET ${BASE}/_page`]: 'Page suivante : l’adresse « next » d’une recherche, telle quelle.',
}

function resumeDe(method: string, path: string): string {
  const connu = RESUMES[`${method} ${path}`]
  if (connu) return connu
  const [type, reste] = path.slice(BASE.length + 1).split('/')
  if (type === undefined || !TYPES.some((un) => un === type)) return 'Non servi : un OperationOutcome dit pourquoi.'
  if (method === 'PATCH') return `Boîtes MSSanté de ${type} : FHIRPath Patch (projet de l’ANS, pas ouvert dans l’annuaire réel).`
  if (method === 'GET' || reste === '_search') return reste === '{id}' ? `Lit un ${type}.` : `Cherche des ${type}.`
  return 'Refusé (403) : l’annuaire se lit et se cherche.'
}

function decrire(method: string, path: string): object {
  const type = TYPES.find((un) => path === `${BASE}/${un}`)
  const criteres = type && method === 'GET' ? Object.entries(PARAMETRES[type]) : []
  return {
    tags: ['Annuaire Santé FHIR v2'],
    summary: resumeDe(method, path),
    parameters: [
      ...[...path.matchAll(/\{(\w+)\*?\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
      { name: 'ESANTE-API-KEY', in: 'header', required: true, schema: { type: 'string' } },
      ...criteres.map(([name, { doc }]) => ({ name, in: 'query', description: doc, schema: { type: 'string' } })),
    ],
    responses: {
      200: { description: 'Fait', content: { 'application/fhir+json': {} } },
      default: { description: 'OperationOutcome', content: { 'application/fhir+json': {} } },
    },
  }
}

/** One description for each route, from the routes themselves. */
export const openapiAnnuaire: Readonly<Record<string, object>> = routesAnnuaire.reduce<Record<string, Record<string, object>>>(
  (paths, { method, path }) => {
    const nom = path.replace('*}', '}')
    paths[nom] = { ...paths[nom], [method.toLowerCase()]: decrire(method, path) }
    return paths
  },
  {},
)

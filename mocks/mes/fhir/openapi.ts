import { MESURES_FHIR } from '#standards/fhir/mesures.ts'
import { CIBA } from './routes-oauth.ts'
import { FHIR, routesFhir } from './routes.ts'

/** One weight, as the podometer of the catalogue would send it. */
export const EXEMPLE_BUNDLE = {
  resourceType: 'Bundle',
  type: 'transaction',
  entry: [
    {
      fullUrl: 'urn:uuid:3bc44de3-069d-442d-829b-f3ef68cae372',
      resource: {
        resourceType: 'Observation',
        meta: { profile: [MESURES_FHIR.WEIGHT.profil] },
        status: 'final',
        category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] }],
        code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] },
        subject: { identifier: { system: 'urn:oid:2.999.1.2026.1', value: 'usager-42' } },
        effectiveDateTime: '2026-11-23T07:30:00+01:00',
        valueQuantity: { value: 71, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' },
      },
      request: { method: 'POST', url: 'Observation' },
    },
  ],
}

const RESUMES: Readonly<Record<string, string>> = {
  [`GET ${FHIR}/metadata`]: 'CapabilityStatement : ce que l’interface sait faire.',
  [`GET ${FHIR}/.well-known/smart-configuration`]: 'Adresses de l’appariement.',
  [`POST ${FHIR}/oauth2/demande`]:
    'Le service demande l’appariement (client_id, client_secret, login_hint = matricule, idPe, scope) ; le titulaire répond sur son téléphone. Forme propre au bac à sable (CIBA).',
  [`POST ${FHIR}/oauth2/token`]: `Jeton d’accès (10 minutes) : grant_type=${CIBA} avec auth_req_id, puis grant_type=refresh_token.`,
  [`POST ${FHIR}/oauth2/revocation`]: 'Le service désynchronise (RFC 7009).',
  [`POST ${FHIR}`]: 'Dépose une mesure : Bundle transaction, POST Observation et, sous condition, POST Device.',
  [`GET ${FHIR}/Observation`]: 'Cherche des mesures : patient, code, date (préfixes), _lastUpdated, _count, _sort. Essayé avec fhir-kit-client.',
  [`GET ${FHIR}/Observation/{id}`]: 'Une mesure.',
  [`GET ${FHIR}/Device/{id}`]: 'Un appareil que le service a déclaré.',
  [`GET ${FHIR}/Appointment`]: 'Cherche dans l’agenda : patient, date, status, identifier.',
  [`GET ${FHIR}/Appointment/{id}`]: 'Un rendez-vous.',
  [`POST ${FHIR}/Appointment`]: 'Ajoute un rendez-vous ; If-None-Exist pour ne pas le doubler.',
  [`PUT ${FHIR}/Appointment`]: 'Change, ou ajoute, le rendez-vous qui porte cet identifiant.',
  [`PUT ${FHIR}/Appointment/{id}`]: 'Change ou annule un rendez-vous du service ; If-Match pour ne rien écraser.',
  [`GET ${FHIR}/Patient/{id}`]: 'Le patient du jeton : nom, sexe, date de naissance.',
}

const decrire = (method: string, path: string): object => ({
  tags: ['Mon espace santé — FHIR (services du catalogue)'],
  summary: RESUMES[`${method} ${path}`] ?? 'Non servi : un OperationOutcome dit pourquoi.',
  parameters: [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
  ...(method === 'POST' && path === FHIR && { requestBody: { content: { 'application/fhir+json': { example: EXEMPLE_BUNDLE } } } }),
  ...(path.includes('/oauth2/') && {
    requestBody: {
      content: {
        'application/x-www-form-urlencoded': { example: { client_id: 'fictif-podometre', client_secret: 'secret-de-demonstration-podometre' } },
      },
    },
  }),
  responses: {
    200: { description: 'Fait' },
    default: { description: 'OperationOutcome : le code de la règle est dans issue.details', content: { 'application/fhir+json': {} } },
  },
})

/** One description for each route, from the routes themselves. */
export const openapiFhir: Readonly<Record<string, object>> = routesFhir.reduce<Record<string, Record<string, object>>>((paths, { method, path }) => {
  paths[path] = { ...paths[path], [method.toLowerCase()]: decrire(method, path) }
  return paths
}, {})

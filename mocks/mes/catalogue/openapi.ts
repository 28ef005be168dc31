import { operation, parametre, PROFIL } from '../openapi-outils.ts'
import { STATUTS } from './finalites.ts'

const SERVICE = parametre('service', 'Identifiant du service : podometre, rendez-vous-clair…')
const TAG = ['Mon espace santé (interface propre au bac à sable)']

const EXEMPLE = {
  id: 'podometre',
  nom: 'Podomètre Foulée (fictif)',
  statut: 'EN_LIGNE',
  finalites: [{ code: 'MESURES_ECRITURE', libelle: 'Ajouter des mesures de santé' }],
  appariement: { etat: 'synchronise', finalites: ['MESURES_ECRITURE'], idPe: 'usager-42', limite: null },
}

const duCatalogue = (summary: string, corps?: object) => ({
  tags: TAG,
  summary,
  parameters: [SERVICE],
  ...(corps && { requestBody: { content: { 'application/json': corps } } }),
  responses: { 200: { description: summary }, default: { description: 'Refus', content: { 'application/problem+json': {} } } },
})

export const openapiCatalogue: Readonly<Record<string, object>> = {
  '/mes/api/services': { get: { tags: TAG, summary: 'Les services fictifs du catalogue.', responses: { 200: { description: 'Les services' } } } },
  '/mes/api/services/{service}/statut': {
    post: duCatalogue('Le catalogue change le statut d’un service.', {
      schema: { type: 'object', properties: { statut: { enum: Object.keys(STATUTS) } } },
      example: { statut: 'SUSPENDUE' },
    }),
  },
  '/mes/api/services/{service}/evolution': {
    post: duCatalogue('Le service demande une finalité de plus : chaque accord est à renouveler avant une date limite.'),
  },
  [`${PROFIL}/services`]: {
    get: operation({ resume: 'Les services du catalogue et leur synchronisation avec ce profil.', exemple: { services: [EXEMPLE] } }),
  },
  [`${PROFIL}/services/{service}/demande`]: {
    post: operation({
      resume: 'Joue l’application du service, qui demande la synchronisation.',
      parametres: [SERVICE],
      statut: 201,
      exemple: EXEMPLE,
    }),
  },
  [`${PROFIL}/services/{service}/consentement`]: {
    put: operation({
      resume: 'Consent, change, renouvelle ou confirme, finalité par finalité.',
      parametres: [SERVICE],
      corps: {
        schema: { type: 'object', required: ['finalites'], properties: { finalites: { type: 'array', items: { type: 'string' } } } },
        example: { finalites: ['MESURES_ECRITURE'] },
      },
      exemple: EXEMPLE,
    }),
    delete: operation({ resume: 'Désynchronise, ou refuse la demande.', parametres: [SERVICE], statut: 204 }),
  },
  [`${PROFIL}/services/{service}/jeton`]: {
    post: operation({
      resume: 'Prête au formateur un jeton du service, pour jouer son application.',
      parametres: [SERVICE],
      statut: 201,
      exemple: { access_token: 'a-0b6c…', token_type: 'Bearer', expires_in: 600, scope: 'MESURES_ECRITURE', idPe: 'usager-42' },
    }),
  },
}

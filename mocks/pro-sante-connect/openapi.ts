import { ADRESSES_PSC, GRANT_CIBA, SECRET_DU_BAC_A_SABLE } from '#standards/psc/adresses.ts'
import type { Route } from '../kit/message.ts'

const CLIENT = { client_id: 'mon-logiciel', client_secret: SECRET_DU_BAC_A_SABLE }

const DITS: Readonly<Record<string, { readonly resume: string; readonly formulaire?: object; readonly corps?: object }>> = {
  [`GET ${ADRESSES_PSC.configuration}`]: { resume: 'Configuration OpenID Connect.' },
  [`GET ${ADRESSES_PSC.configurationWallet}`]: { resume: 'La même, au nom que publie Pro Santé Connect.' },
  [`GET ${ADRESSES_PSC.cles}`]: { resume: 'Clés publiques (JWKS). La paire est publiée exprès : elle ne protège rien.' },
  [`GET ${ADRESSES_PSC.autorisation}`]: { resume: 'Page où choisir un professionnel fictif ; code + PKCE (S256, plain).' },
  [`POST ${ADRESSES_PSC.jeton}`]: {
    resume: 'Jetons : authorization_code, refresh_token, CIBA. Tout client_id est admis, avec le secret du bac à sable.',
    formulaire: { ...CLIENT, grant_type: GRANT_CIBA, auth_req_id: '…' },
  },
  [`POST ${ADRESSES_PSC.ciba}`]: {
    resume: 'Demande sur l’e-CPS simulée (CIBA, mode poll).',
    formulaire: { ...CLIENT, scope: 'openid scope_all', login_hint: '899700979001', binding_message: '42' },
  },
  [`GET ${ADRESSES_PSC.identite}`]: { resume: 'Qui est le porteur du jeton.' },
  [`POST ${ADRESSES_PSC.introspection}`]: { resume: 'Ce que vaut un jeton (RFC 7662).', formulaire: { ...CLIENT, token: '…' } },
  [`POST ${ADRESSES_PSC.revocation}`]: { resume: 'Retire un jeton (RFC 7009).', formulaire: { ...CLIENT, token: '…' } },
  [`GET ${ADRESSES_PSC.deconnexion}`]: { resume: 'Fin de session : id_token_hint, post_logout_redirect_uri, state.' },
  'GET /psc/ecps': { resume: 'Page : demandes en attente sur l’e-CPS simulée. Propre au bac à sable.' },
  'GET /psc/api/demandes': { resume: 'Demandes en attente (?identifiant=). Propre au bac à sable.' },
  'POST /psc/api/demandes/{id}/accepter': { resume: 'Le professionnel accepte. Propre au bac à sable.' },
  'POST /psc/api/demandes/{id}/refuser': { resume: 'Le professionnel refuse. Propre au bac à sable.' },
  'GET /psc/api/sessions': { resume: 'Sessions ouvertes. Propre au bac à sable.' },
  'POST /psc/api/expire': {
    resume: 'Fait expirer les jetons d’accès, ou finir les sessions, d’une personne ou de toutes. Propre au bac à sable.',
    corps: { identifiant: '899700979001', quoi: 'jetons' },
  },
}

/** @returns the paths of these routes in OpenAPI 3.1 */
export function decrireRoutes(routes: readonly Route[]): Record<string, object> {
  const paths: Record<string, Record<string, object>> = {}
  for (const { method, path } of routes) {
    const { resume, formulaire, corps } = DITS[`${method} ${path}`] ?? { resume: 'Autre entrée du même échange.' }
    ;(paths[path] ??= {})[method.toLowerCase()] = {
      tags: ['Pro Santé Connect'],
      summary: resume,
      parameters: [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
      ...(formulaire && { requestBody: { content: { 'application/x-www-form-urlencoded': { example: formulaire } } } }),
      ...(corps && { requestBody: { content: { 'application/json': { example: corps } } } }),
      responses: { 200: { description: resume }, default: { description: 'Refus : error et error_description, le code de la règle en tête' } },
    }
  }
  return paths
}

import { ADRESSES_PSC } from '#standards/psc/adresses.ts'
import type { Route } from '../kit/message.ts'
import type { Service } from '../kit/service.ts'
import { autoriser, autorisations, CONNEXION, repondre } from './autorisation.ts'
import { demander } from './ciba.ts'
import { pourClient } from './client.ts'
import { API, ECPS, listerDemandes, montrerEcps, repondreDemande, repondreEcps } from './ecps.ts'
import { expirer, listerSessions } from './expiration.ts'
import { faults } from './faults.ts'
import { deconnecter, introspecter, revoquer } from './gestion-jetons.ts'
import { identites } from './identities.ts'
import { identiteDuJeton } from './jetons.ts'
import { cles, configurationOidc, configurationWallet } from './metadata.ts'
import { decrireRoutes } from './openapi.ts'
import { reglesPsc } from './rules-register.ts'
import { reglages } from './settings.ts'
import { collections } from './store.ts'
import { jeton } from './token.ts'
import { userinfo } from './userinfo.ts'

const routes: readonly Route[] = [
  { method: 'GET', path: ADRESSES_PSC.configuration, handle: configurationOidc },
  { method: 'GET', path: ADRESSES_PSC.configurationWallet, handle: configurationWallet },
  { method: 'GET', path: ADRESSES_PSC.cles, handle: cles },
  ...autorisations.flatMap((path) => ['GET', 'POST'].map((method) => ({ method, path, handle: autoriser }))),
  { method: 'POST', path: CONNEXION, handle: repondre },
  { method: 'POST', path: ADRESSES_PSC.jeton, handle: pourClient('jeton', jeton) },
  { method: 'POST', path: ADRESSES_PSC.ciba, handle: pourClient('demande sur e-CPS (CIBA)', demander) },
  { method: 'GET', path: ADRESSES_PSC.identite, handle: userinfo },
  { method: 'POST', path: ADRESSES_PSC.identite, handle: userinfo },
  { method: 'POST', path: ADRESSES_PSC.introspection, handle: pourClient('introspection', introspecter) },
  { method: 'POST', path: ADRESSES_PSC.revocation, handle: pourClient('révocation', revoquer) },
  { method: 'GET', path: ADRESSES_PSC.deconnexion, handle: deconnecter },
  { method: 'POST', path: ADRESSES_PSC.deconnexion, handle: deconnecter },
  { method: 'GET', path: ECPS, handle: montrerEcps },
  { method: 'POST', path: ECPS, handle: repondreEcps },
  { method: 'GET', path: `${API}/demandes`, handle: listerDemandes },
  { method: 'POST', path: `${API}/demandes/{id}/accepter`, handle: repondreDemande('acceptée') },
  { method: 'POST', path: `${API}/demandes/{id}/refuser`, handle: repondreDemande('refusée') },
  { method: 'GET', path: `${API}/sessions`, handle: listerSessions },
  { method: 'POST', path: `${API}/expire`, handle: expirer },
]

/** Pro Santé Connect: who a professional is, told to software by tokens. */
export const proSanteConnect: Service = {
  name: 'pro-sante-connect',
  title: 'Pro Santé Connect',
  routes,
  entrances: [ADRESSES_PSC.configuration, ADRESSES_PSC.configurationWallet, ECPS],
  rules: reglesPsc,
  collections,
  settings: reglages,
  faults,
  answers: { identiteDuJeton },
  identities: identites,
  openapi: decrireRoutes(routes),
}

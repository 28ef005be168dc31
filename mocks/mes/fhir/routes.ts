import { fhir } from '../../kit/fhir.ts'
import type { Answer, Route } from '../../kit/message.ts'
import { type AppelFhir, avecJeton, refusDeFormat, tracerLecture } from './contexte.ts'
import { metadata } from './metadata.ts'
import { erreur } from './reponses.ts'
import { changerRendezVous, changerSousCondition, chercherRendezVous, creerRendezVous, lireUnRendezVous } from './routes-agenda.ts'
import { alimenter, chercherMesures, lireAppareil, lireMesure } from './routes-mesures.ts'
import { avecClient, configuration, demandeAppariement, jeton, revoquer } from './routes-oauth.ts'

export const FHIR = '/mes/fhir'

/** Who the token is about: what the application needs to greet somebody, never the matricule. */
async function lirePatient(appel: AppelFhir): Promise<Answer> {
  const { world, exchange, parameters, sujet, titulaire } = appel
  if (parameters['id'] !== sujet.value) return erreur(404, 'Ce patient n’est pas celui du jeton.', exchange)
  const { personne } = titulaire
  await world.atomically((inside) => tracerLecture({ ...appel, world: inside }, 'votre identité'))
  const birthDate = personne.dateNaissance.replace(/(-00)+$/, '')
  return fhir({
    resourceType: 'Patient',
    id: sujet.value,
    identifier: [sujet],
    active: true,
    name: [{ use: 'official', family: personne.nomNaissance, given: personne.listePrenom.split(' ') }],
    gender: personne.sexe === 'F' ? 'female' : personne.sexe === 'M' ? 'male' : 'unknown',
    birthDate,
  })
}

/** Known types and what is not done on them: an OperationOutcome, as FHIR clients expect. */
const nonAdmis =
  (admises: string, pourquoi: string): Route['handle'] =>
  (_, _world, exchange) => {
    exchange.name('Mon espace santé FHIR · opération non admise')
    const reponse = erreur(405, pourquoi, exchange)
    return { ...reponse, headers: { ...reponse.headers, allow: admises } }
  }

const typeInconnu: Route['handle'] = (_, _world, exchange, { type = '' }) => {
  exchange.name('Mon espace santé FHIR · type inconnu')
  return erreur(404, `Le type « ${type.slice(0, 40)} » n’est pas servi : Observation, Device, Appointment, Patient.`, exchange, 'not-supported')
}

const DEPOT = 'Les mesures se déposent par un Bundle transaction, à la racine ; elles ne se changent ni ne se suppriment.'
const ANNULER = 'Un rendez-vous s’annule par une mise à jour : « status » = cancelled.'

const refuses: readonly Route[] = [
  { method: 'POST', path: `${FHIR}/Observation`, handle: nonAdmis('GET, HEAD, OPTIONS', DEPOT) },
  ...['PUT', 'PATCH', 'DELETE'].map((method) => ({
    method,
    path: `${FHIR}/Observation/{id}`,
    handle: nonAdmis('GET, HEAD, OPTIONS', DEPOT),
  })),
  ...['PATCH', 'DELETE'].map((method) => ({
    method,
    path: `${FHIR}/Appointment/{id}`,
    handle: nonAdmis('GET, HEAD, OPTIONS, PUT', ANNULER),
  })),
  ...['GET', 'POST'].map((method) => ({ method, path: `${FHIR}/{type}`, handle: typeInconnu })),
  ...['GET', 'PUT', 'DELETE'].map((method) => ({ method, path: `${FHIR}/{type}/{id}`, handle: typeInconnu })),
]

export const routesFhir: readonly Route[] = [
  {
    method: 'GET',
    path: `${FHIR}/metadata`,
    handle: (message, world, exchange) => {
      exchange.name('Mon espace santé FHIR · CapabilityStatement')
      return refusDeFormat(message, exchange) ?? metadata(message, world)
    },
  },
  { method: 'GET', path: `${FHIR}/.well-known/smart-configuration`, handle: (message) => configuration(message) },
  { method: 'POST', path: `${FHIR}/oauth2/demande`, handle: avecClient('demande d’appariement', demandeAppariement) },
  { method: 'POST', path: `${FHIR}/oauth2/token`, handle: avecClient('jeton', jeton) },
  { method: 'POST', path: `${FHIR}/oauth2/revocation`, handle: avecClient('désynchronisation par le service', revoquer) },
  { method: 'POST', path: FHIR, handle: avecJeton('alimentation des mesures', 'MESURES_ECRITURE', alimenter) },
  { method: 'GET', path: `${FHIR}/Observation`, handle: avecJeton('recherche de mesures', 'MESURES_LECTURE', chercherMesures) },
  { method: 'GET', path: `${FHIR}/Observation/{id}`, handle: avecJeton('lecture d’une mesure', 'MESURES_LECTURE', lireMesure) },
  { method: 'GET', path: `${FHIR}/Device/{id}`, handle: avecJeton('lecture d’un appareil', 'MESURES_ECRITURE', lireAppareil) },
  { method: 'GET', path: `${FHIR}/Appointment`, handle: avecJeton('recherche dans l’agenda', 'AGENDA_LECTURE', chercherRendezVous) },
  { method: 'GET', path: `${FHIR}/Appointment/{id}`, handle: avecJeton('lecture d’un rendez-vous', 'AGENDA_LECTURE', lireUnRendezVous) },
  { method: 'POST', path: `${FHIR}/Appointment`, handle: avecJeton('ajout d’un rendez-vous', 'AGENDA_ECRITURE', creerRendezVous) },
  { method: 'PUT', path: `${FHIR}/Appointment`, handle: avecJeton('changement sous condition', 'AGENDA_ECRITURE', changerSousCondition) },
  { method: 'PUT', path: `${FHIR}/Appointment/{id}`, handle: avecJeton('changement d’un rendez-vous', 'AGENDA_ECRITURE', changerRendezVous) },
  { method: 'GET', path: `${FHIR}/Patient/{id}`, handle: avecJeton('lecture du patient', 'PATIENT_LECTURE', lirePatient) },
  ...refuses,
]

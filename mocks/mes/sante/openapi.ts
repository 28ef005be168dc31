import { MESURES_FHIR } from '#standards/fhir/mesures.ts'
import { operation, parametre, PROFIL } from '../openapi-outils.ts'
import { SECTIONS } from './sections.ts'

const SECTION = { ...parametre('section', 'Section'), schema: { type: 'string', enum: SECTIONS.map(({ id }) => id) } }
const ENTREE = parametre('entree', 'Identifiant de l’entrée')
const corps = (example: object) => ({ schema: { type: 'object' }, example })
const MESURE = { type: 'WEIGHT', valeur: 62.5, le: '2026-11-23T08:00:00+01:00' }
const RENDEZ_VOUS = { genre: 'rendez-vous', titre: 'Kiné', debut: '2026-12-01T10:00:00+01:00', lieu: 'Maison de soins', note: '' }

export const openapiSante: Readonly<Record<string, object>> = {
  [`${PROFIL}/profil-medical`]: {
    get: operation({ resume: 'Le profil médical : sections, champs, entrées, part remplie. Jamais lu par un professionnel.' }),
  },
  [`${PROFIL}/profil-medical/synthese`]: {
    get: operation({ resume: 'La synthèse, en PDF.', type: 'application/pdf' }),
    post: operation({ resume: 'Met la synthèse dans les documents : les professionnels autorisés la lisent alors.', statut: 201 }),
  },
  [`${PROFIL}/profil-medical/{section}`]: {
    post: operation({ resume: 'Ajoute une entrée.', parametres: [SECTION], corps: corps({ nom: 'Arachide', gravite: 'grave' }), statut: 201 }),
  },
  [`${PROFIL}/profil-medical/{section}/non-concerne`]: {
    put: operation({ resume: 'Se dit non concerné par une section vide, ou le retire.', parametres: [SECTION], corps: corps({ nonConcerne: true }) }),
  },
  [`${PROFIL}/profil-medical/{section}/{entree}`]: {
    put: operation({ resume: 'Change une entrée.', parametres: [SECTION, ENTREE], corps: corps({ nom: 'Arachide' }) }),
    delete: operation({ resume: 'Supprime une entrée.', parametres: [SECTION, ENTREE], statut: 204 }),
  },
  [`${PROFIL}/mesures`]: {
    get: operation({ resume: `Les mesures, la plus récente d’abord, et les ${Object.keys(MESURES_FHIR).length} genres avec unité et bornes.` }),
    post: operation({ resume: 'Ajoute une mesure.', corps: corps(MESURE), statut: 201, exemple: MESURE }),
  },
  [`${PROFIL}/mesures/{mesure}`]: {
    delete: operation({ resume: 'Supprime une mesure saisie par le patient.', parametres: [parametre('mesure', 'Identifiant')], statut: 204 }),
  },
  [`${PROFIL}/agenda`]: {
    get: operation({ resume: 'Rendez-vous et rappels, le plus ancien d’abord.' }),
    post: operation({ resume: 'Ajoute un rendez-vous ou un rappel.', corps: corps(RENDEZ_VOUS), statut: 201 }),
  },
  [`${PROFIL}/agenda/{rendezVous}`]: {
    put: operation({ resume: 'Change un rendez-vous du patient.', parametres: [parametre('rendezVous', 'Identifiant')], corps: corps(RENDEZ_VOUS) }),
    delete: operation({ resume: 'Supprime un rendez-vous du patient.', parametres: [parametre('rendezVous', 'Identifiant')], statut: 204 }),
  },
}

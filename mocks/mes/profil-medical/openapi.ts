import { operation, parametre, PROFIL } from '../openapi-outils.ts'
import { HISTOIRE, type Section, SECTIONS } from './sections.ts'

const SECTION = { ...parametre('section', 'Rubrique'), schema: { type: 'string', enum: SECTIONS.map(({ id }) => id) } }
const ENTREE = parametre('entree', 'Identifiant de la ligne')
const UNE = `${PROFIL}/profil-medical/{section}`
const ALLERGIES = (SECTIONS as readonly Section[]).find(({ id }) => id === 'allergies')!

const LIGNE = {
  id: '0b6c…',
  matriculeIns: '292067971191137',
  section: 'allergies',
  valeurs: { nom: 'Pollen de bouleau', gravite: 'Modérée' },
  auteur: 'Camille Floréal',
  creeLe: 1_795_420_800_000,
  modifieLe: 1_795_420_800_000,
}

const SOIN = {
  ...LIGNE,
  section: HISTOIRE,
  valeurs: { soin: 'Consultation', nature: 'Soin courant', date: '2026-10-14', par: 'Dr Claire Primidi' },
  auteur: 'Assurance maladie',
}

const corps = {
  schema: {
    type: 'object',
    required: ['valeurs'],
    properties: { valeurs: { type: 'object', additionalProperties: { type: 'string' }, description: 'Par champ de la rubrique' } },
  },
  example: { valeurs: LIGNE.valeurs },
}

export const openapiProfil: Readonly<Record<string, object>> = {
  [`${PROFIL}/profil-medical`]: {
    get: operation({
      resume: 'Les quinze rubriques, leurs champs, combien de lignes chacune, et ce qui reste à remplir.',
      exemple: {
        sections: [{ ...ALLERGIES, nombre: 1, nonConcerne: false, permise: true, modifiable: true }],
        completude: { remplies: 12, sur: 14 },
      },
    }),
  },
  [UNE]: {
    get: operation({
      resume: 'Une rubrique et ses lignes. `masque` : si elle suit le réglage « masquer les nouveaux documents ».',
      parametres: [SECTION],
      exemple: { section: ALLERGIES, entrees: [LIGNE], nonConcerne: false, modifiable: true },
    }),
  },
  [`${UNE}/entrees`]: { post: operation({ resume: 'Ajoute une ligne.', parametres: [SECTION], corps, statut: 201, exemple: LIGNE }) },
  [`${UNE}/entrees/{entree}`]: {
    put: operation({ resume: 'Change une ligne.', parametres: [SECTION, ENTREE], corps, exemple: LIGNE }),
    delete: operation({ resume: 'Supprime une ligne.', parametres: [SECTION, ENTREE], statut: 204 }),
  },
  [`${PROFIL}/profil-medical/${HISTOIRE}/soins`]: {
    post: operation({
      resume: 'L’Assurance maladie, que joue le formateur, inscrit un soin remboursé dans l’histoire de santé.',
      corps: { ...corps, example: { valeurs: SOIN.valeurs } },
      statut: 201,
      exemple: SOIN,
    }),
  },
  [`${UNE}/non-concerne`]: {
    put: operation({
      resume: '« Je ne suis pas concerné », pour une rubrique vide.',
      parametres: [SECTION],
      corps: {
        schema: { type: 'object', required: ['nonConcerne'], properties: { nonConcerne: { type: 'boolean' } } },
        example: { nonConcerne: true },
      },
      exemple: { section: 'handicaps', nonConcerne: true },
    }),
  },
  [`${PROFIL}/synthese`]: {
    get: operation({ resume: 'La synthèse du profil médical, sans l’enregistrer.', type: 'application/pdf' }),
    post: operation({
      resume: 'Enregistre la synthèse du jour dans les documents.',
      statut: 201,
      exemple: { documentId: '1.2.250.1.999.1', titre: 'Synthèse de mon profil médical' },
    }),
  },
}

import { operation, parametre, PROFIL } from '../openapi-outils.ts'
import { MESURES } from './types.ts'

const MESURE = parametre('mesure', 'Identifiant de la mesure')

const corps = {
  schema: {
    type: 'object',
    required: ['type', 'valeur'],
    properties: {
      type: { type: 'string', enum: Object.keys(MESURES) },
      valeur: { type: 'number', description: 'Dans l’unité de la sorte de mesure ; la plus haute des deux pour une tension' },
      valeur2: { type: 'number', description: 'La plus basse des deux, pour une tension' },
      le: { type: 'string', description: 'AAAA-MM-JJ ou instant ISO 8601 ; absent : maintenant' },
    },
  },
  example: { type: 'WEIGHT', valeur: 62.5, le: '2026-11-23' },
}

const UNE = {
  id: '0b6c…',
  matriculeIns: '292067971191137',
  type: 'WEIGHT',
  valeur: 62.5,
  le: 1_795_420_800_000,
  origine: 'patient',
  auteur: 'Camille Floréal',
  modifieLe: 1_795_420_800_000,
  modifiable: true,
}

export const openapiMesures: Readonly<Record<string, object>> = {
  [`${PROFIL}/mesures`]: {
    get: operation({
      resume:
        'Les mesures, la plus récente d’abord, les sortes de mesures, l’IMC calculé, et si la copie depuis les documents est acceptée. `?type=WEIGHT` filtre.',
      exemple: {
        types: [{ type: 'WEIGHT', ...MESURES.WEIGHT }],
        mesures: [UNE],
        imc: { valeur: 22.1, le: 1_795_420_800_000 },
        copie: true,
      },
    }),
    post: operation({ resume: 'Ajoute une mesure.', corps, statut: 201, exemple: UNE }),
  },
  [`${PROFIL}/mesures/copie`]: {
    put: operation({
      resume: 'Accepte ou refuse la copie des mesures depuis les documents reçus.',
      corps: { schema: { type: 'object', required: ['copie'], properties: { copie: { type: 'boolean' } } }, example: { copie: false } },
      exemple: { copie: false },
    }),
  },
  [`${PROFIL}/mesures/{mesure}`]: {
    put: operation({ resume: 'Change une mesure saisie par le patient.', parametres: [MESURE], corps, exemple: UNE }),
    delete: operation({ resume: 'Supprime une mesure saisie par le patient.', parametres: [MESURE], statut: 204 }),
  },
}

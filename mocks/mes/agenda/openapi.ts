import { operation, parametre, PROFIL } from '../openapi-outils.ts'

const DATE = parametre('date', 'Identifiant du rendez-vous ou du rappel')

const corps = {
  schema: {
    type: 'object',
    required: ['genre', 'titre', 'debut'],
    properties: {
      genre: { type: 'string', enum: ['rendez-vous', 'rappel'] },
      titre: { type: 'string', minLength: 1, maxLength: 100 },
      note: { type: 'string', maxLength: 1000 },
      lieu: { type: 'string', maxLength: 100, description: 'Lieu, ou nom du professionnel' },
      debut: { type: 'string', description: 'Instant ISO 8601' },
      fin: { type: ['string', 'null'] },
      statut: { type: 'string', enum: ['prévu', 'annulé'] },
    },
  },
  example: { genre: 'rendez-vous', titre: 'Dentiste', lieu: 'Rue des Jours', debut: '2026-12-03T10:30:00+01:00' },
}

const UNE = {
  id: '0b6c…',
  matriculeIns: '292067971191137',
  genre: 'rendez-vous',
  auteur: 'PATIENT',
  titre: 'Dentiste',
  note: '',
  lieu: 'Rue des Jours',
  debut: 1_796_290_200_000,
  statut: 'prévu',
  modifieLe: 1_795_420_800_000,
  rappelLe: 1_796_203_800_000,
  modifiable: true,
}

export const openapiAgenda: Readonly<Record<string, object>> = {
  [`${PROFIL}/agenda`]: {
    get: operation({ resume: 'Rendez-vous et rappels, le plus ancien d’abord.', exemple: { agenda: [UNE] } }),
    post: operation({ resume: 'Note un rendez-vous ou un rappel.', corps, statut: 201, exemple: UNE }),
  },
  [`${PROFIL}/agenda/{date}`]: {
    put: operation({ resume: 'Change un rendez-vous ou un rappel du patient.', parametres: [DATE], corps, exemple: UNE }),
    delete: operation({ resume: 'Supprime un rendez-vous ou un rappel du patient.', parametres: [DATE], statut: 204 }),
  },
}

import { operation, parametre, PROFIL } from '../openapi-outils.ts'
import { ACTES_DELEGATION } from './montrer.ts'

/** Short examples; a test asks the service for each and compares the names. */
export const EXEMPLES_DELEGATIONS = {
  liste: {
    maximums: { aidants: 3, aides: 5 },
    delegations: [
      {
        id: '0b6c…',
        type: 'CAREGIVING',
        etat: 'PENDING',
        libelle: 'En attente de réponse',
        cote: 'titulaire',
        titulaire: 'Camille Floréal',
        delegue: 'Claire Messidor',
        demandeur: 'Camille Floréal',
        demandeLe: 1_795_420_800_000,
        finLe: 1_798_012_800_000,
        depuis: 1_795_420_800_000,
        preuve: null,
        actes: [{ acte: 'retirer', libelle: 'Retirer' }],
      },
    ],
    curateur: null,
  },
  rattaches: {
    profils: [
      {
        matriculeIns: '292067971191137',
        nomAffiche: 'Jeanne Messidor',
        dateNaissance: '1947-10-11',
        age: 79,
        qualite: 'aidant',
        etat: 'active',
        libelle: 'Activé',
      },
    ],
  },
} as const

const ATTESTATION = { type: 'boolean', description: 'Déclaration sur l’honneur' }

export const openapiDelegations: Readonly<Record<string, object>> = {
  [`${PROFIL}/profils-rattaches`]: {
    get: operation({
      resume: 'Les autres profils que cette personne ouvre, et à quel titre : enfant, protégé, assisté, aidé.',
      exemple: EXEMPLES_DELEGATIONS.rattaches,
    }),
  },
  [`${PROFIL}/delegations`]: {
    get: operation({
      resume: 'Les délégations de ce profil, données (`cote` titulaire) et reçues (`cote` délégué), avec les actes possibles.',
      exemple: EXEMPLES_DELEGATIONS.liste,
    }),
    post: operation({
      resume: 'Invite un aidant ou un second représentant légal ; ou ouvre le profil au curateur (ASSISTANCE, sans recherche).',
      corps: {
        schema: {
          type: 'object',
          properties: {
            type: { enum: ['CAREGIVING', 'LEGAL_REPRESENTATION', 'ASSISTANCE'], default: 'CAREGIVING' },
            nom: { type: 'string', maxLength: 80, description: 'Nom de naissance' },
            prenom: { type: 'string', maxLength: 80 },
            dateNaissance: { type: 'string', format: 'date' },
            matricule: { type: 'string', description: '13 ou 15 caractères, à la place du nom et du prénom' },
            attestation: ATTESTATION,
          },
        },
        example: { nom: 'MESSIDOR', prenom: 'CLAIRE', dateNaissance: '1975-07-23', attestation: true },
      },
      statut: 201,
      exemple: { id: '0b6c…', etat: 'PENDING', finLe: 1_798_012_800_000 },
    }),
  },
  [`${PROFIL}/delegations/{delegation}/{acte}`]: {
    post: operation({
      resume: 'Répond à une invitation ou met fin à une délégation ; effet immédiat, l’autre est prévenu.',
      parametres: [
        parametre('delegation', 'Identifiant de la délégation'),
        { ...parametre('acte', 'Nom de l’acte'), schema: { type: 'string', enum: Object.keys(ACTES_DELEGATION) } },
      ],
      corps: { schema: { type: 'object', properties: { attestation: { ...ATTESTATION, description: 'accepter' } } }, example: { attestation: true } },
      exemple: { id: '0b6c…', etat: 'ACCEPTED', preuve: '1.2.250.1.999.1' },
    }),
  },
}

import { operation, parametre, PROFIL } from '../openapi-outils.ts'

const CONVERSATION = parametre('conversation', 'Conversation')
const MESSAGE = parametre('message', 'Message')
const RANG = parametre('rang', 'Rang de la pièce jointe dans le message, depuis 0')

const pieces = {
  piecesJointes: {
    type: 'array',
    maxItems: 20,
    items: { type: 'object', required: ['nom', 'base64'], properties: { nom: { type: 'string', maxLength: 200 }, base64: { type: 'string' } } },
  },
  documents: { type: 'array', items: { type: 'string' }, description: 'Documents du dossier à joindre' },
}
const texte = { type: 'string', maxLength: 20_000 }

const RESUME = {
  id: '5d0c…',
  objet: 'Vos résultats',
  interlocuteurs: ['Dr Claire PRIMIDI Cabinet médical du Calendrier'],
  dernierLe: 1_795_420_800_000,
  nombre: 1,
  nonLus: 1,
  etat: 'ACTIVE',
}

export const openapiMessagerie: Readonly<Record<string, object>> = {
  [`${PROFIL}/messagerie/conversations`]: {
    get: operation({
      resume: 'Les conversations du patient, la plus récente d’abord. Les correspondants sont nommés, jamais par leur adresse.',
      exemple: { conversations: [RESUME] },
    }),
    post: operation({
      resume: 'Commence une conversation avec un contact, ou une pharmacie joignable ; refusé pour tout autre.',
      corps: {
        schema: {
          type: 'object',
          required: ['reference', 'objet', 'texte'],
          properties: { reference: { type: 'string' }, objet: { type: 'string', maxLength: 200 }, texte, ...pieces },
        },
        example: { reference: '1d3f…', objet: 'Question', texte: 'Bonjour, à quelle heure est le rendez-vous ?' },
      },
      statut: 201,
      exemple: { conversation: '5d0c…' },
    }),
  },
  [`${PROFIL}/messagerie/conversations/{conversation}`]: {
    get: operation({
      resume: 'Ouvre une conversation : ses messages deviennent lus et l’accusé demandé part.',
      parametres: [CONVERSATION],
      exemple: {
        ...RESUME,
        messages: [],
        reponse: { options: ['REPLY'], destinataires: RESUME.interlocuteurs, tous: RESUME.interlocuteurs, inactifs: [], octetsMax: 25_000_000 },
      },
    }),
    delete: operation({
      resume: 'Met la conversation à la corbeille, pour le patient seul ; un aidant ne le peut pas.',
      parametres: [CONVERSATION],
      statut: 204,
    }),
  },
  [`${PROFIL}/messagerie/conversations/{conversation}/reponses`]: {
    post: operation({
      resume: 'Répond, à l’auteur du dernier message ou à tous.',
      parametres: [CONVERSATION],
      corps: {
        schema: { type: 'object', required: ['texte'], properties: { texte, aTous: { type: 'boolean' }, ...pieces } },
        example: { texte: 'Merci docteur.' },
      },
      statut: 201,
      exemple: { conversation: '5d0c…' },
    }),
  },
  [`${PROFIL}/messagerie/contacts`]: {
    get: operation({
      resume: 'À qui le patient peut écrire, et pourquoi pas aux autres.',
      parametres: [
        {
          name: 'cherche',
          in: 'query',
          required: false,
          description: 'Mots du nom ; sans lui, les contacts seuls',
          schema: { type: 'string', maxLength: 100 },
        },
      ],
      exemple: { contacts: [{ reference: '1d3f…', nom: 'Pharmacie de la Moisson', genre: 'pharmacie', possible: true, inactif: false }] },
    }),
  },
  [`${PROFIL}/messagerie/messages/{message}/pieces-jointes/{rang}`]: {
    get: operation({ resume: 'Les octets d’une pièce jointe.', parametres: [MESSAGE, RANG], type: '*/*' }),
  },
  [`${PROFIL}/messagerie/messages/{message}/pieces-jointes/{rang}/enregistrement`]: {
    post: operation({
      resume: 'Enregistre une pièce jointe dans les documents du patient.',
      parametres: [MESSAGE, RANG],
      corps: {
        schema: { type: 'object', properties: { titre: { type: 'string', maxLength: 128 }, categorie: { type: 'string' } } },
        example: { titre: 'Ordonnance', categorie: 'ORD_SOIN' },
      },
      statut: 201,
      exemple: { id: '1.2.250.1.999.1.1.7.9.1' },
    }),
  },
}

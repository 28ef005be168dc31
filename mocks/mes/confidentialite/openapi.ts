import { operation, parametre, PROFIL } from '../openapi-outils.ts'
import { EXEMPLES_CONFIDENTIALITE as EXEMPLES } from './openapi-exemples.ts'
import { ONGLETS, ROLES } from './rules.ts'

const TAGS = ['Mon espace santé (interface propre au bac à sable)']
const IDENTIFIANT = parametre('identifiant', 'PS_IdNat ou Struct_IdNat')
const ROLE = { ...parametre('role', 'Le rôle'), schema: { type: 'string', enum: [...Object.keys(ROLES), 'medecin-traitant'] } }

const choix = (name: string, description: string, schema: object) => ({ name, in: 'query', required: false, description, schema })

const DESIGNE = { identifiant: { type: 'string', description: 'PS_IdNat ou Struct_IdNat' }, nom: { type: 'string', maxLength: 100 } }
const designer = (example: object) => ({ schema: { type: 'object', required: ['identifiant'], properties: DESIGNE }, example })
const TRIDI = { identifiant: '899700979003' }

export const openapi: Readonly<Record<string, object>> = {
  '/mes/api/professionnels': {
    get: {
      tags: TAGS,
      summary: 'Les professionnels et les structures que l’on peut choisir, par une partie du nom, de la profession ou de la structure.',
      parameters: [
        choix('nom', 'Mots cherchés, sans égard aux accents', { type: 'string', maxLength: 100 }),
        choix('genre', 'PS ou ORGANISATION ; les deux si absent', { type: 'string', enum: ['PS', 'ORGANISATION'] }),
      ],
      responses: { 200: { description: 'Ceux qui répondent', content: { 'application/json': { example: EXEMPLES.annuaire } } } },
    },
  },
  '/mes/api/professionnels/{identifiant}/avis': {
    get: {
      tags: TAGS,
      summary: 'Les accès en urgence dont ce professionnel est averti comme médecin traitant ; la vraie voie est un message.',
      parameters: [IDENTIFIANT],
      responses: { 200: { description: 'Les avis, le plus récent d’abord', content: { 'application/json': { example: EXEMPLES.avis } } } },
    },
  },
  [`${PROFIL}/professionnels`]: {
    get: operation({ resume: 'Le médecin traitant connu de l’Assurance maladie, ma liste, et qui a quel rôle.', exemple: EXEMPLES.professionnels }),
  },
  [`${PROFIL}/professionnels/{identifiant}`]: {
    put: operation({
      resume: 'Ajoute un professionnel à ma liste, sans lui donner d’accès.',
      parametres: [IDENTIFIANT],
      corps: { schema: { type: 'object', properties: { nom: DESIGNE.nom } }, example: {} },
      statut: 201,
      exemple: EXEMPLES.ajoute,
    }),
    delete: operation({ resume: 'Retire un professionnel de ma liste.', parametres: [IDENTIFIANT], statut: 204 }),
  },
  [`${PROFIL}/roles/{role}`]: {
    put: operation({
      resume: 'Donne un rôle à un professionnel, à la place de qui l’avait. Le médecin traitant ne se change pas ici.',
      parametres: [ROLE],
      corps: designer(TRIDI),
      exemple: EXEMPLES.role,
    }),
    delete: operation({ resume: 'Retire le rôle.', parametres: [ROLE], statut: 204 }),
  },
  [`${PROFIL}/acces`]: {
    get: operation({ resume: 'Les professionnels autorisés, depuis quand, et ceux qui sont bloqués.', exemple: EXEMPLES.acces }),
  },
  [`${PROFIL}/blocages`]: {
    post: operation({ resume: 'Bloque un professionnel ou une structure.', corps: designer(TRIDI), statut: 201, exemple: EXEMPLES.blocage }),
  },
  [`${PROFIL}/blocages/{identifiant}`]: {
    put: operation({ resume: 'Bloque ce professionnel ou cette structure.', parametres: [IDENTIFIANT], statut: 201, exemple: EXEMPLES.blocage }),
    delete: operation({ resume: 'Débloque : le professionnel doit redemander le consentement.', parametres: [IDENTIFIANT], statut: 204 }),
  },
  [`${PROFIL}/administrateur/blocages`]: {
    post: operation({
      resume: 'L’administrateur bloque quelqu’un pour le titulaire. Forme propre au bac à sable : le PS_IdNat donné est cru sur parole.',
      corps: {
        schema: {
          type: 'object',
          required: ['professionnel', 'identifiant'],
          properties: { professionnel: { type: 'string', description: 'PS_IdNat de l’administrateur' }, ...DESIGNE },
        },
        example: { professionnel: '899700979001', ...TRIDI },
      },
      statut: 201,
      exemple: EXEMPLES.blocage,
    }),
  },
  [`${PROFIL}/urgence`]: {
    get: operation({ resume: 'Ce que le titulaire permet d’avance en cas d’urgence.', exemple: EXEMPLES.urgence }),
    put: operation({
      resume: 'Change un ou plusieurs réglages : ETREAT (centre 15), BTG (bris de glace), MASKED (documents masqués).',
      corps: {
        schema: { type: 'object', properties: { ETREAT: { type: 'boolean' }, BTG: { type: 'boolean' }, MASKED: { type: 'boolean' } } },
        example: { MASKED: false },
      },
      exemple: EXEMPLES.urgence,
    }),
  },
  [`${PROFIL}/activites`]: {
    get: operation({
      resume: 'L’historique d’activité, le plus récent d’abord, par pages : `suite` est l’`avant` de la page suivante.',
      parametres: [
        choix('onglet', 'Auteur de l’activité', { type: 'string', enum: ONGLETS }),
        choix('typeActeur', 'Type d’acteur publié', { type: 'string' }),
        choix('groupe', 'GENERAL, SERVICE_TIERS ou MEDICAL_DOCUMENT', { type: 'string' }),
        choix('avant', '`suite` de la page précédente', { type: 'string' }),
        choix('limite', 'Lignes par page', { type: 'integer', minimum: 1, maximum: 500, default: 100 }),
      ],
      exemple: EXEMPLES.activites,
    }),
  },
  [`${PROFIL}/activites/{activite}/signalement`]: {
    post: operation({
      resume: 'Signale un accès que le titulaire n’a pas permis.',
      parametres: [parametre('activite', 'Identifiant de la ligne')],
      corps: {
        schema: { type: 'object', properties: { motif: { type: 'string', maxLength: 500 } } },
        example: { motif: 'Je ne connais pas ce médecin.' },
      },
      statut: 201,
      exemple: EXEMPLES.signalement,
    }),
  },
  [`${PROFIL}/signalements`]: {
    get: operation({ resume: 'Les accès signalés, le plus récent d’abord.', exemple: { signalements: [EXEMPLES.signalement] } }),
  },
}

import { EXEMPLES_MES } from '../openapi-exemples.ts'
import { operation, parametre, PROFIL } from '../openapi-outils.ts'
import { CATEGORIES } from './rules.ts'

const DOCUMENT = parametre('document', 'uniqueId du document')
const query = (name: string, description: string, required = false, schema: object = { type: 'string' }) => ({
  name,
  in: 'query',
  required,
  description,
  schema,
})

export const openapiDocuments: Readonly<Record<string, object>> = {
  [`${PROFIL}/documents`]: {
    get: operation({
      resume: 'Les documents visibles du patient, les siens et ceux des professionnels (`origine`), avec leur rangement.',
      exemple: { ...EXEMPLES_MES.documents, categories: [{ code: 'ORD_SOIN', libelle: 'Ordonnances et soins' }], masquerNouveaux: false },
    }),
    post: operation({
      resume: 'Ajoute un document du patient : les octets sont le corps (5 Mo au plus).',
      parametres: [
        query('nom', 'Nom du fichier, avec son extension : pdf, txt, rtf, jpg, jpeg, png, tif ou tiff', true),
        query('categorie', 'Catégorie', true, { type: 'string', enum: [...CATEGORIES.keys()] }),
        query('titre', 'Titre, 128 caractères au plus ; le nom du fichier sinon'),
        query('dossier', 'Dossier où le ranger, 50 caractères au plus'),
        query('date', 'Date de l’acte, AAAA-MM-JJ'),
      ],
      statut: 201,
      exemple: { id: '1.2.250.1.999.1.1.7.9.1' },
    }),
  },
  [`${PROFIL}/documents/suppression`]: {
    post: operation({
      resume: 'Supprime jusqu’à dix documents du patient, tous ou aucun.',
      corps: {
        schema: { type: 'object', required: ['documents'], properties: { documents: { type: 'array', items: { type: 'string' }, maxItems: 10 } } },
        example: { documents: ['1.2.3'] },
      },
      statut: 204,
    }),
  },
  [`${PROFIL}/documents/masquage`]: {
    put: operation({
      resume: 'Masque aux professionnels, ou non, tout nouveau document.',
      corps: {
        schema: { type: 'object', required: ['masquerNouveaux'], properties: { masquerNouveaux: { type: 'boolean' } } },
        example: { masquerNouveaux: true },
      },
      exemple: { masquerNouveaux: true },
    }),
  },
  [`${PROFIL}/documents/{document}`]: {
    patch: operation({
      resume: 'Range, épingle, masque ou démasque un document.',
      parametres: [DOCUMENT],
      corps: {
        schema: {
          type: 'object',
          properties: { dossier: { type: 'string', maxLength: 50 }, epingle: { type: 'boolean' }, masque: { type: 'boolean' } },
        },
        example: { masque: true },
      },
      statut: 204,
    }),
    delete: operation({ resume: 'Supprime un document du patient ; celui d’un professionnel est refusé.', parametres: [DOCUMENT], statut: 204 }),
  },
  [`${PROFIL}/documents/{document}/contenu`]: {
    get: operation({ resume: 'Les octets d’un document, avec son type.', parametres: [DOCUMENT], type: '*/*' }),
  },
  [`${PROFIL}/documents/{document}/signalement`]: {
    post: operation({
      resume: 'Signale un document anormal.',
      parametres: [DOCUMENT],
      corps: {
        schema: { type: 'object', required: ['motif'], properties: { motif: { type: 'string', maxLength: 500 } } },
        example: { motif: 'Ce document n’est pas le mien' },
      },
      statut: 201,
    }),
  },
  [`${PROFIL}/telechargements`]: {
    get: operation({ resume: 'Les téléchargements demandés ; `pretLe` dit quand l’archive est prête.' }),
    post: operation({ resume: 'Demande toutes les données ; un courriel dit quand elles sont prêtes.', statut: 202 }),
  },
  [`${PROFIL}/telechargements/{telechargement}/archive`]: {
    get: operation({
      resume: 'L’archive ZIP : documents, et données en JSON.',
      parametres: [parametre('telechargement', 'Identifiant de la demande')],
      type: 'application/zip',
    }),
  },
}

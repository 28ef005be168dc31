import { openapiMachines } from './api/routes-machines.ts'

/** The operator's HTTP interface, in OpenAPI 3.1. The real operators have SMTP and IMAP: this form is for software that runs in a page. */

const TAG = 'MSSanté (interface HTTP propre au bac à sable)'
const ADRESSE = { name: 'adresse', in: 'path', required: true, description: 'Adresse de la boîte', schema: { type: 'string' } }
const MESSAGE = { name: 'message', in: 'path', required: true, description: 'Identifiant du message', schema: { type: 'string' } }
const DOMAINE = { name: 'domaine', in: 'path', required: true, description: 'Domaine de la liste blanche', schema: { type: 'string' } }
const CERTIFICAT = {
  name: 'X-Sandbox-Certificat',
  in: 'header',
  required: false,
  description: 'À la place du certificat client d’une organisation : son OU (identifiant national de structure). Ouvre les boîtes applicatives.',
  schema: { type: 'string' },
}
const refus = {
  description: 'Refus : `rule` nomme la règle, `smtp` le code qu’aurait donné un serveur de courrier',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
}
const query = (name: string, description: string, type = 'string') => ({ name, in: 'query', required: false, description, schema: { type } })

interface Decrite {
  readonly resume: string
  readonly parametres?: readonly object[]
  readonly corps?: { readonly type: string; readonly example: unknown }
  readonly statut?: number
  readonly exemple?: unknown
  readonly type?: string
  readonly libre?: boolean
}

const operation = ({ resume, parametres = [], corps, statut = 200, exemple, type = 'application/json', libre = false }: Decrite): object => ({
  tags: [TAG],
  summary: resume,
  parameters: libre ? parametres : [...parametres, CERTIFICAT],
  ...(libre ? {} : { security: [{ jetonPsc: [] }, {}] }),
  ...(corps && { requestBody: { content: { [corps.type]: { example: corps.example } } } }),
  responses: {
    [statut]: { description: resume, ...(statut === 204 ? {} : { content: { [type]: exemple === undefined ? {} : { example: exemple } } }) },
    default: refus,
  },
})

const MESSAGE_VU = {
  id: '6f0d…',
  dossier: 'INBOX',
  uid: 12,
  marques: ['\\Seen'],
  le: '2026-11-23T08:00:00.000Z',
  taille: 1_024,
  fil: '91ac…',
  de: [{ nom: 'Camille Floréal', adresse: '299…@patient.mssante.fr' }],
  objet: 'Re: Vos résultats',
  mss: {},
}
const DOSSIER = { nom: 'INBOX', messages: 1, nonLus: 1, uidValidity: 1_795_420_800, uidNext: 13, modseq: 14 }
const BOITE = {
  adresse: 'claire.primidi@medecins.bac.mssante.fr',
  type: 'PER',
  libelle: 'Dr Claire PRIMIDI Cabinet médical du Calendrier',
  quota: 1_000_000_000,
  octets: 0,
}
const EML = 'From: claire.primidi@medecins.bac.mssante.fr\r\nTo: 299…@patient.mssante.fr\r\nSubject: Vos résultats\r\n\r\nBonjour.\r\n'
const UNE = '/mssante/api/boites/{adresse}'

export const openapiMss: Readonly<Record<string, object>> = {
  '/mssante/api/boites': { get: operation({ resume: 'Les boîtes que cette personne peut ouvrir', exemple: { boites: [{ ...BOITE, nonLus: 1 }] } }) },
  [UNE]: { get: operation({ resume: 'Une boîte et ses dossiers', parametres: [ADRESSE], exemple: { ...BOITE, dossiers: [DOSSIER] } }) },
  [`${UNE}/messages`]: {
    get: operation({
      resume: 'Les messages d’un dossier, le plus récent d’abord',
      parametres: [
        ADRESSE,
        query('dossier', 'INBOX sinon'),
        query('limite', '1 à 200, 50 sinon', 'integer'),
        query('avant', 'UID : la page d’après', 'integer'),
        query('cherche', 'Mots de l’objet, du nom ou de l’adresse'),
        query('nonLus', 'true : les non lus seuls', 'boolean'),
        query('fil', 'Tous les messages d’une conversation, dans tous les dossiers'),
      ],
      exemple: { dossier: DOSSIER, messages: [MESSAGE_VU] },
    }),
    post: operation({
      resume: 'Envoie un message : le corps est ce qui irait en SMTP. Bcc est retiré. `nonRemis` dit ce qui est revenu',
      parametres: [
        ADRESSE,
        query('pour', 'Destinataire de l’enveloppe, répétable ; To, Cc et Bcc sinon'),
        query('copie', 'false : pas de copie dans Sent', 'boolean'),
      ],
      corps: { type: 'message/rfc822', example: EML },
      statut: 202,
      exemple: { messageId: '<1@poste.bac>', remis: ['299…@patient.mssante.fr'], nonRemis: [] },
    }),
  },
  [`${UNE}/messages/{message}`]: {
    get: operation({ resume: 'Un message tel qu’il est arrivé', parametres: [ADRESSE, MESSAGE], type: 'message/rfc822' }),
    patch: operation({
      resume: 'Marque un message et le range',
      parametres: [ADRESSE, MESSAGE],
      corps: { type: 'application/json', example: { ajouter: ['\\Seen'], retirer: [], dossier: 'Archives' } },
      exemple: MESSAGE_VU,
    }),
    delete: operation({ resume: 'Met à la corbeille ; supprime ce qui y est déjà', parametres: [ADRESSE, MESSAGE], statut: 204 }),
  },
  [`${UNE}/dossiers`]: {
    post: operation({
      resume: 'Crée un dossier',
      parametres: [ADRESSE],
      corps: { type: 'application/json', example: { nom: 'Archives' } },
      statut: 201,
      exemple: DOSSIER,
    }),
  },
  [`${UNE}/dossiers/{dossier}`]: {
    delete: operation({
      resume: 'Supprime un dossier et ce qu’il contient',
      parametres: [ADRESSE, { ...MESSAGE, name: 'dossier', description: 'Nom du dossier' }],
      statut: 204,
    }),
  },
  [`${UNE}/dossiers/{dossier}/messages`]: {
    post: operation({
      resume: 'Dépose un message dans un dossier, sans l’envoyer',
      parametres: [ADRESSE, { ...MESSAGE, name: 'dossier', description: 'Nom du dossier' }],
      corps: { type: 'message/rfc822', example: EML },
      statut: 201,
      exemple: { id: '6f0d…', uid: 13 },
    }),
  },
  [`${UNE}/evenements`]: {
    get: operation({
      resume: 'Ce qui a changé dans un dossier depuis un modseq ; `jusqua` est celui d’où reprendre',
      parametres: [ADRESSE, query('depuis', 'modseq, 0 sinon', 'integer'), query('dossier', 'INBOX sinon')],
      exemple: { dossier: DOSSIER, messages: [MESSAGE_VU], jusqua: 14 },
    }),
  },
  '/mssante/bac/boites': {
    get: operation({ resume: 'Toutes les boîtes, pour qui mène la démonstration', libre: true, exemple: { boites: [BOITE] } }),
  },
  '/mssante/listeblanche/listeblanchemssante.xml': {
    get: operation({
      resume: 'La liste blanche de l’espace de confiance, signée (cas négatifs : pannes mss-liste-…, ou réglage MSS-LISTE-BLANCHE-SERVIE)',
      libre: true,
      type: 'application/xml',
    }),
  },
  '/mssante/listeblanche/checksum': { get: operation({ resume: 'SHA-256 de la liste blanche, en hexadécimal', libre: true, type: 'text/plain' }) },
  '/mssante/listeblanche/signataire.pem': {
    get: operation({ resume: 'Certificat fictif de qui signe la liste', libre: true, type: 'application/x-pem-file' }),
  },
  '/mssante/autoconfig/{domaine}/mail/config-v1.1.xml': {
    get: operation({ resume: 'Autoconfiguration d’un domaine, au format Mozilla', parametres: [DOMAINE], libre: true, type: 'application/xml' }),
  },
  '/mssante/autoconfig/{domaine}/srv': {
    get: operation({
      resume: 'Enregistrements SRV du domaine, dans une forme propre au bac à sable',
      parametres: [DOMAINE],
      libre: true,
      exemple: {
        forme: 'propre au bac à sable, à la place du DNS',
        enregistrements: [
          {
            nom: '_imap._tcp.medecins.bac.mssante.fr',
            priorite: 10,
            poids: 100,
            port: 1143,
            cible: 'localhost',
            authentification: 'Pro Santé Connect',
          },
        ],
      },
    }),
  },
  '/mssante/bac/domaines': {
    get: operation({
      resume: 'Tous les domaines, de la liste blanche ou non',
      libre: true,
      exemple: { domaines: [{ nom: 'medecins.bac.mssante.fr', listeBlanche: true, conforme: true }] },
    }),
  },
  '/mssante/bac/domaines/{domaine}': {
    patch: operation({
      resume: 'Sort un domaine de la liste blanche ou l’y remet ; dit son opérateur conforme ou non',
      parametres: [DOMAINE],
      libre: true,
      corps: { type: 'application/json', example: { listeBlanche: false } },
      exemple: { nom: 'decade.bac.mssante.fr', listeBlanche: false, conforme: true },
    }),
  },
  '/mssante/bac/comptes-rendus': {
    get: operation({
      resume: 'Les cas de compte rendu que le laboratoire fictif sait envoyer',
      libre: true,
      exemple: { cas: [{ code: 'nouveau', titre: 'Un compte rendu, identité qualifiée' }] },
    }),
    post: operation({
      resume: 'Fait envoyer par le laboratoire fictif un message avec IHE_XDM.ZIP : un cas, un patient de la distribution (matricule INS), une boîte',
      libre: true,
      statut: 202,
      corps: { type: 'application/json', example: { vers: 'secretariat.calendrier@medecins.bac.mssante.fr', patient: '299…', cas: 'nouveau' } },
      exemple: { remis: ['secretariat.calendrier@medecins.bac.mssante.fr'], nonRemis: [] },
    }),
  },
  '/mssante/bac/boites/{adresse}': {
    patch: operation({
      resume: 'Fait ce que ferait l’opérateur : fermer, dépublier, mettre en liste rouge, remplir (quota), signaler la fin d’activité',
      parametres: [ADRESSE],
      libre: true,
      corps: { type: 'application/json', example: { fermee: true } },
      exemple: BOITE,
    }),
    delete: operation({ resume: 'Supprime une boîte', parametres: [ADRESSE], libre: true, statut: 204 }),
  },
  ...openapiMachines,
}

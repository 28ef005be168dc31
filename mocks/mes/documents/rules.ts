import { defineRules } from '#standards/rule.ts'
import type { DocumentPourPatient } from '../../world.ts'
import { origineDe, type Refus } from '../rules.ts'

export const reglesDocuments = defineRules('mocks/mes/documents/rules.ts', {
  'MES-DOCUMENT-FORMAT': {
    sentence: 'Le patient ajoute des fichiers pdf, txt, rtf, jpg, jpeg, png, tif ou tiff, dont le contenu est bien de ce format.',
    source: 'ens-mobile, août 2025 (formats) ; contrôle du contenu propre au bac à sable',
    certainty: 'vérifié',
  },
  'MES-DOCUMENT-TAILLE': {
    sentence: 'Un fichier ajouté par le patient fait 5 Mo au plus.',
    source: 'ens-mobile, août 2025',
    certainty: 'vérifié',
  },
  'MES-DOCUMENT-CATEGORIE': {
    sentence: 'Un document du patient se range dans une catégorie ; les données de remboursement viennent de l’Assurance maladie seule.',
    source: 'ens-mobile, catégories ; EX_2.1-1010',
    certainty: 'vérifié',
  },
  'MES-DOCUMENT-SIEN': {
    sentence: 'Le patient ne change ni ne supprime que ses propres documents ; pour un autre, il demande la rectification à l’auteur.',
    source: 'ens-mobile ; CSP R.1111-51',
    certainty: 'vérifié',
  },
  'MES-DOCUMENT-LOT': {
    sentence: 'On supprime dix documents au plus à la fois.',
    source: 'ens-mobile, août 2025',
    certainty: 'vérifié',
  },
  'MES-DOCUMENT-DOSSIER': {
    sentence: 'Le nom d’un dossier compte 50 caractères au plus.',
    source: 'ens-mobile, août 2025',
    certainty: 'vérifié',
  },
  'MES-MASQUER': {
    sentence: 'Le patient masque un document aux professionnels, sauf à son auteur, et le démasque quand il veut.',
    source: 'ens-mobile ; CSP R.1111-49',
    certainty: 'vérifié',
  },
  'MES-MASQUER-PAR-DEFAUT': {
    sentence: 'Le patient peut vouloir que tout nouveau document soit masqué ; ceux d’avant ne changent pas.',
    source: 'ens-mobile, août 2025',
    certainty: 'vérifié',
  },
  'MES-DOCUMENT-REPRESENTANT': {
    sentence: 'Un document non visible des représentants légaux ne leur apparaît ni dans la liste ni à la lecture.',
    source: 'EX_2.1-1050 ; code INVISIBLE_REPRESENTANTS_LEGAUX',
    certainty: 'vérifié',
  },
  'MES-DOCUMENT-SIGNALER': {
    sentence: 'Le patient signale un document anormal ; le signalement est gardé et confirmé.',
    source: 'ens-mobile, août 2025',
    certainty: 'vérifié',
  },
  'MES-TELECHARGER-TOUT': {
    sentence: 'Le titulaire demande toutes ses données ; elles sont préparées, puis un courriel dit qu’elles sont prêtes.',
    source: 'ens-mobile, août 2025 ; délai de préparation (deux heures) et durée de mise à disposition (7 jours) propres au bac à sable',
    certainty: 'vérifié',
  },
})

/** 5 MB. */
export const TAILLE_MAX = 5 * 1024 * 1024
export const LOT_MAX = 10
export const LONGUEUR_DOSSIER = 50

/** Categories a patient chooses from, with the type of document each becomes in the DMP. @see mes-functional-codes.json ; ASS_X16 */
export const CATEGORIES: ReadonlyMap<string, { readonly libelle: string; readonly typeCode: string }> = new Map([
  ['SYNTHESE', { libelle: 'Synthèse', typeCode: 'DOCPAT01' }],
  ['ORD_SOIN', { libelle: 'Ordonnances et soins', typeCode: 'DOCPAT02' }],
  ['CPT_REND', { libelle: 'Comptes rendus', typeCode: 'DOCPAT03' }],
  ['RADIO_SC', { libelle: 'Imagerie', typeCode: 'DOCPAT04' }],
  ['BIOLOGIE', { libelle: 'Biologie', typeCode: 'DOCPAT05' }],
  ['DEPISTAG', { libelle: 'Prévention et dépistage', typeCode: 'DOCPAT06' }],
  ['CERT_MED', { libelle: 'Certificats', typeCode: 'DOCPAT07' }],
  ['DOC_ADM', { libelle: 'Papiers administratifs', typeCode: 'DOCPAT09' }],
  ['AUTR_DOC', { libelle: 'Autre document', typeCode: 'EXPPAT_2' }],
])

/** What the profile itself writes; nobody chooses these. */
export const CATEGORIES_DU_PROFIL: ReadonlyMap<string, { readonly libelle: string; readonly typeCode: string }> = new Map([
  ['SYNTH_PML', { libelle: 'Synthèse du profil médical', typeCode: 'DOCPAT08' }],
  ['DIR_ANT', { libelle: 'Directives anticipées', typeCode: 'EXPPAT_3' }],
])

interface Format {
  readonly mimeType: string
  readonly extensions: readonly string[]
  /** First bytes; a text has none. */
  readonly signatures: readonly (readonly number[])[]
}

const FORMATS: readonly Format[] = [
  { mimeType: 'application/pdf', extensions: ['pdf'], signatures: [[0x25, 0x50, 0x44, 0x46, 0x2d]] },
  { mimeType: 'text/rtf', extensions: ['rtf'], signatures: [[0x7b, 0x5c, 0x72, 0x74, 0x66]] },
  { mimeType: 'image/jpeg', extensions: ['jpg', 'jpeg'], signatures: [[0xff, 0xd8, 0xff]] },
  { mimeType: 'image/png', extensions: ['png'], signatures: [[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]] },
  {
    mimeType: 'image/tiff',
    extensions: ['tif', 'tiff'],
    signatures: [
      [0x49, 0x49, 0x2a, 0x00],
      [0x4d, 0x4d, 0x00, 0x2a],
    ],
  },
  { mimeType: 'text/plain', extensions: ['txt'], signatures: [] },
]

/** The format of a file, by its name and its first bytes, or why it is refused. */
export function formatDe(nom: string, octets: Uint8Array): { readonly mimeType: string } | Refus {
  const refuse = (about: string): Refus => ({ refused: reglesDocuments['MES-DOCUMENT-FORMAT'], about, statut: 415 })
  const extension = /\.([a-z]{3,4})$/i.exec(nom)?.[1]?.toLowerCase() ?? ''
  const format = FORMATS.find(({ extensions }) => extensions.includes(extension))
  if (!format) return refuse('ce format n’est pas accepté : pdf, txt, rtf, jpg, jpeg, png, tif ou tiff')
  if (octets.length === 0) return refuse('le fichier est vide')
  const convient =
    format.signatures.length === 0
      ? !octets.subarray(0, 4_096).includes(0)
      : format.signatures.some((signature) => signature.every((octet, n) => octets[n] === octet))
  return convient ? { mimeType: format.mimeType } : refuse(`le contenu n’est pas celui d’un fichier ${extension}`)
}

export const refusTaille = (taille: number): Refus | undefined =>
  taille > TAILLE_MAX ? { refused: reglesDocuments['MES-DOCUMENT-TAILLE'], about: 'le fichier dépasse 5 Mo', statut: 413 } : undefined

/** Whether the patient may change or delete it. */
export function refusSien(document: Pick<DocumentPourPatient, 'duPatient' | 'duSysteme' | 'classCode' | 'titre'>): Refus | undefined {
  const origine = origineDe(document)
  if (origine === 'patient') return undefined
  return { refused: reglesDocuments['MES-DOCUMENT-SIEN'], about: `« ${document.titre} » ${AUTEURS[origine]}`, statut: 403 }
}

const AUTEURS = {
  professionnel: 'vient d’un professionnel : demandez-lui de le corriger ou de le retirer',
  'assurance maladie': 'vient de l’Assurance maladie : elle seule le change',
  'mon espace santé': 'est écrit par Mon espace santé : il ne se change ni ne se supprime',
} as const

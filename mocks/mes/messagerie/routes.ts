import { Base64Error, readBase64 } from '#standards/mime/base64.ts'
import { json, noContent } from '../../kit/answers.ts'
import type { Answer, Message, Route } from '../../kit/message.ts'
import type { ConversationLue, EnvoiDuPatient, PieceJointe } from '../../world.ts'
import { noterActe, noterActivite } from '../annoncer.ts'
import { CATEGORIES, formatDe, refusTaille } from '../documents/rules.ts'
import { rangements, cleRangement } from '../documents/store.ts'
import { type Appel, absent, ecriture, gestion, lecture, lireCorps, mauvaiseDemande, refuser, texteDe } from '../page.ts'
import { UN } from '../routes-profil.ts'
import { estRefus } from '../rules.ts'
import { nomDe } from '../store.ts'
import { LONGUEUR, PIECES_MAX, refusDestinataires, reglesMessagerie } from './rules.ts'

const inconnue = (): Answer => absent('Conversation inconnue', 'Elle n’est pas dans cette boîte, ou elle a été supprimée.')

/** Told to the phone before it tries: the name and the weight decide, the bytes are looked at when it is kept. */
const enregistrable = ({ nom, taille }: PieceJointe): boolean => taille > 0 && !refusTaille(taille) && /\.(?:pdf|txt|rtf|jpe?g|png|tiff?)$/i.test(nom)

const montrer = (lue: ConversationLue) => ({
  ...lue,
  messages: lue.messages.map((message) => ({
    ...message,
    piecesJointes: message.piecesJointes.map((piece) => ({ ...piece, enregistrable: enregistrable(piece) })),
  })),
})

async function lister({ world, exchange, matriculeIns }: Appel): Promise<Answer> {
  const conversations = await world.ask.conversationsDuPatient(matriculeIns)
  exchange.summarise(`${conversations.length} conversation${conversations.length > 1 ? 's' : ''}`)
  return json({ conversations })
}

/** Opening is reading: the receipt that was asked for goes out. */
async function ouvrir({ world, exchange, matriculeIns, parameters }: Appel): Promise<Answer> {
  const id = parameters['conversation'] ?? ''
  const lue = await world.ask.conversationDuPatient(matriculeIns, id)
  if (!lue) return inconnue()
  if (lue.nonLus > 0) await world.atomically((inside) => inside.ask.ouvrirConversation(matriculeIns, id))
  exchange.summarise(`Conversation « ${lue.objet} »`)
  return json(montrer(lue))
}

async function supprimer({ world, exchange, matriculeIns, parameters, auteur }: Appel): Promise<Answer> {
  const fait = await world.atomically(async (inside) => {
    if (!(await inside.ask.supprimerConversation(matriculeIns, parameters['conversation'] ?? ''))) return false
    await noterActe(inside, matriculeIns, auteur, 'Conversation supprimée.')
    return true
  })
  if (!fait) return inconnue()
  exchange.summarise('Conversation supprimée pour le patient seul')
  return noContent()
}

async function chercher({ world, matriculeIns, message }: Appel): Promise<Answer> {
  const cherche = new URLSearchParams(message.query).get('cherche') ?? ''
  if (cherche.length > 100) return mauvaiseDemande('« cherche » a 100 caractères au plus.')
  return json({ contacts: await world.ask.contactsDuPatient(matriculeIns, cherche) })
}

const repondre = (appel: Appel): Promise<Answer> => ecrire(appel, appel.parameters['conversation'] ?? '')
const commencer = (appel: Appel): Promise<Answer> => ecrire(appel, undefined)

async function ecrire(appel: Appel, conversation: string | undefined): Promise<Answer> {
  const { world, exchange, matriculeIns, par, qualite, auteur } = appel
  const corps = lireGrandCorps(appel.message)
  if (typeof corps === 'string') return mauvaiseDemande(corps)
  const interdit = refusDestinataires(corps)
  if (interdit) return refuser(interdit, exchange)
  const [objet, texte, reference] = [
    texteDe(corps, 'objet', LONGUEUR.objet),
    texteDe(corps, 'texte', LONGUEUR.texte),
    texteDe(corps, 'reference', 200),
  ]
  if (!texte) return mauvaiseDemande(`« texte » est le message, ${LONGUEUR.texte} caractères au plus.`)
  if (objet === undefined || (conversation === undefined && objet === ''))
    return mauvaiseDemande(`« objet » est demandé, ${LONGUEUR.objet} caractères au plus.`)
  if (reference === undefined || (conversation === undefined && reference === '')) return mauvaiseDemande('« reference » est celle d’un contact.')
  const pieces = await piecesDe(appel, corps)
  if (typeof pieces === 'string') return mauvaiseDemande(pieces)
  const envoi: EnvoiDuPatient = {
    nom: nomDe(appel),
    ...(qualite === 'titulaire' ? {} : { pour: nomDe(par) }),
    ...(conversation === undefined ? { reference } : { conversation }),
    aTous: corps['aTous'] === true,
    objet,
    texte,
    pieces,
  }
  const fait = await world.atomically(async (inside) => {
    const envoye = await inside.ask.envoyerPourPatient(matriculeIns, envoi)
    if (envoye && 'conversation' in envoye)
      await noterActivite(inside, matriculeIns, { typeActeur: 'PATIENT', groupe: 'GENERAL', acteur: auteur, structure: '', texte: 'Message envoyé.' })
    return envoye
  })
  if (!fait)
    return conversation === undefined ? absent('Correspondant inconnu', 'Aucun contact ni aucune boîte publiée n’a cette référence.') : inconnue()
  if (!('conversation' in fait)) return refuser({ ...fait, statut: 409 }, exchange)
  for (const regle of fait.regles) exchange.respected(regle)
  exchange.respected(reglesMessagerie['MES-MESSAGERIE-CONVERSATION'])
  exchange.ended('accepté')
  exchange.summarise('Message du patient envoyé')
  return json({ conversation: fait.conversation }, 201)
}

type Corps = Readonly<Record<string, unknown>>

/** As `lireCorps`, for a body that carries attachments: the host bounds it at 32 MiB. */
function lireGrandCorps(message: Message): Corps | string {
  if (message.body.length <= 16_384) return lireCorps(message)
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(message.body))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Corps
  } catch {
    // not JSON: said below
  }
  return 'Le corps doit être un objet JSON en UTF-8.'
}

function octetsDe(base64: string): Uint8Array | undefined {
  try {
    return readBase64(base64)
  } catch (error) {
    if (error instanceof Base64Error) return undefined
    throw error
  }
}

/** Files given in base64, and documents of the record by their id. */
async function piecesDe(appel: Appel, corps: Corps): Promise<EnvoiDuPatient['pieces'] | string> {
  const { piecesJointes = [], documents = [] } = corps
  if (!Array.isArray(piecesJointes) || !Array.isArray(documents)) return '« piecesJointes » et « documents » sont des listes.'
  if (piecesJointes.length + documents.length > PIECES_MAX) return `Un message a ${PIECES_MAX} pièces jointes au plus.`
  const pieces: { nom: string; mimeType: string; bytes: Uint8Array }[] = []
  for (const piece of piecesJointes as readonly unknown[]) {
    const { nom, base64 } = (typeof piece === 'object' && piece !== null ? piece : {}) as Corps
    const bytes = typeof base64 === 'string' ? octetsDe(base64) : undefined
    if (typeof nom !== 'string' || nom === '' || nom.length > 200 || !bytes) return 'Une pièce jointe a un « nom » et ses octets en « base64 ».'
    const format = formatDe(nom, bytes)
    pieces.push({ nom, mimeType: estRefus(format) ? 'application/octet-stream' : format.mimeType, bytes })
  }
  const visibles = documents.length === 0 ? [] : await appel.world.ask.documentsDuPatient(appel.matriculeIns, appel.qualite === 'représentant légal')
  for (const id of documents as readonly unknown[]) {
    const document = visibles.find((un) => un.id === id)
    const lu = document && (await appel.world.ask.contenuPourPatient(appel.matriculeIns, document.id, appel.qualite === 'représentant légal'))
    if (!document || !lu) return '« documents » nomme un document qui n’est pas visible.'
    pieces.push({ nom: nomDeFichier(document.titre, lu.mimeType), mimeType: lu.mimeType, bytes: lu.bytes })
  }
  return pieces
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/tiff': 'tif',
  'text/plain': 'txt',
  'text/rtf': 'rtf',
  'text/xml': 'xml',
}

const nomDeFichier = (titre: string, mimeType: string): string =>
  `${titre.replace(/[^\p{L}\p{N} ._-]+/gu, '-').trim() || 'document'}.${EXTENSIONS[mimeType] ?? 'bin'}`

const pieceDe = ({ world, matriculeIns, parameters }: Appel) => {
  const rang = Number(parameters['rang'])
  return Number.isInteger(rang) && rang >= 0
    ? world.ask.pieceJointeDuPatient(matriculeIns, parameters['message'] ?? '', rang)
    : Promise.resolve(undefined)
}

const sansPiece = (): Answer => absent('Pièce jointe inconnue', 'Aucun message de cette boîte n’a cette pièce jointe.')

async function piece(appel: Appel): Promise<Answer> {
  const lue = await pieceDe(appel)
  if (!lue) return sansPiece()
  return {
    status: 200,
    // What a stranger sent runs nothing and loads nothing, even opened by itself.
    headers: {
      'content-type': /^[\w.+-]+\/[\w.+-]+$/.test(lue.mimeType) ? lue.mimeType : 'application/octet-stream',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(lue.nom)}`,
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
    body: lue.bytes,
  }
}

async function enregistrer(appel: Appel): Promise<Answer> {
  const { world, exchange, message, matriculeIns, auteur, par } = appel
  const corps = lireCorps(message)
  if (typeof corps === 'string') return mauvaiseDemande(corps)
  const code = texteDe(corps, 'categorie', 20) || 'AUTR_DOC'
  const categorie = CATEGORIES.get(code)
  if (!categorie) return mauvaiseDemande(`« categorie » : ${[...CATEGORIES.keys()].join(', ')}.`)
  const lue = await pieceDe(appel)
  if (!lue) return sansPiece()
  const format = refusTaille(lue.taille) ?? formatDe(lue.nom, lue.bytes)
  if (estRefus(format))
    return refuser({ refused: reglesMessagerie['MES-PIECE-ENREGISTRER'], about: format.about, statut: format.statut ?? 415 }, exchange)
  const masque = await world.ask.masqueParDefaut(matriculeIns)
  const titre = texteDe(corps, 'titre', 128) || lue.nom.slice(0, 128)
  const depose = await world.atomically(async (inside) => {
    const fait = await inside.ask.deposerPourPatient(matriculeIns, {
      titre,
      typeCode: categorie.typeCode,
      mimeType: format.mimeType,
      bytes: lue.bytes,
      auteur: nomDe(par),
      masque,
    })
    if (!fait) return undefined
    const { documentId } = fait
    await inside.store.put(rangements, {
      id: cleRangement(matriculeIns, documentId),
      matriculeIns,
      documentId,
      dossier: '',
      epingle: false,
      categorie: code,
    })
    await noterActivite(inside, matriculeIns, {
      typeActeur: 'PATIENT',
      groupe: 'MEDICAL_DOCUMENT',
      acteur: auteur,
      structure: '',
      texte: `Pièce jointe « ${titre} » enregistrée.`,
      documentId,
    })
    return fait
  })
  if (!depose) return sansPiece()
  exchange.respected(reglesMessagerie['MES-PIECE-ENREGISTRER'])
  exchange.ended('accepté')
  exchange.summarise(`Pièce jointe enregistrée dans les documents : « ${titre} »`)
  return json({ id: depose.documentId }, 201)
}

const BOITE = `${UN}/messagerie`

export const routesMessagerie: readonly Route[] = [
  { method: 'GET', path: `${BOITE}/conversations`, handle: lecture('messagerie', lister) },
  { method: 'POST', path: `${BOITE}/conversations`, handle: ecriture('nouveau message', commencer) },
  { method: 'GET', path: `${BOITE}/conversations/{conversation}`, handle: lecture('conversation', ouvrir) },
  { method: 'DELETE', path: `${BOITE}/conversations/{conversation}`, handle: gestion('suppression d’une conversation', supprimer) },
  { method: 'POST', path: `${BOITE}/conversations/{conversation}/reponses`, handle: ecriture('réponse', repondre) },
  { method: 'GET', path: `${BOITE}/contacts`, handle: lecture('contacts', chercher) },
  { method: 'GET', path: `${BOITE}/messages/{message}/pieces-jointes/{rang}`, handle: lecture('pièce jointe', piece) },
  {
    method: 'POST',
    path: `${BOITE}/messages/{message}/pieces-jointes/{rang}/enregistrement`,
    handle: ecriture('enregistrement d’une pièce jointe', enregistrer),
  },
]

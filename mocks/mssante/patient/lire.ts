import PostalMime, { type Email } from 'postal-mime'
import type { MessageDuPatient, PieceJointe, World } from '../../world.ts'
import type { MessageEnregistre } from '../store.ts'
import { automatique, Carnet, duPatient } from './fil.ts'

/** Longest text shown, characters; most attachments of a message. */
const MAX_TEXTE = 200_000
const MAX_PIECES = 100

const BORNES = { maxNestingDepth: 20, maxHeadersSize: 262_144, maxRfc822NestingDepth: 2 }

/** The parts of a message; undefined when it is no message that can be read. Reads outside the store: not inside a transaction. */
async function ouvrir({ store }: World, { corps }: MessageEnregistre): Promise<Email | undefined> {
  const octets = await store.getBytes(corps)
  if (!octets) return undefined
  try {
    return await PostalMime.parse(octets, BORNES)
  } catch {
    return undefined
  }
}

/** Bytes of an attachment, which the parser gives as it found them. */
const octetsDe = (contenu: ArrayBuffer | Uint8Array | string): Uint8Array =>
  typeof contenu === 'string' ? new TextEncoder().encode(contenu) : contenu instanceof Uint8Array ? contenu : new Uint8Array(contenu)

const piecesDe = (email: Email | undefined): (PieceJointe & { readonly bytes: Uint8Array })[] =>
  (email?.attachments ?? []).slice(0, MAX_PIECES).map(({ filename, mimeType, content }, rang) => {
    const bytes = octetsDe(content)
    return { rang, nom: nomPropre(filename ?? '') || `piece-jointe-${rang + 1}`, mimeType, taille: bytes.length, bytes }
  })

/** A file name and nothing of a path. */
const nomPropre = (nom: string): string =>
  nom
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .replace(/^.*[\\/]/, '')
    .slice(0, 200)
    .trim()

export async function lireMessage(world: World, boite: string, message: MessageEnregistre, carnet: Carnet): Promise<MessageDuPatient> {
  const email = await ouvrir(world, message)
  const sien = duPatient(boite, message)
  const { entete, id, le, marques } = message
  return {
    id,
    de: automatique(message)
      ? 'Distribution du courrier'
      : (sien ? entete.de[0]?.nom : carnet.nomDe(entete.de[0]?.adresse ?? '')) || 'Correspondant MSSanté',
    a: [...entete.a, ...entete.cc].map(({ nom, adresse }) =>
      adresse === boite ? nom || 'Vous' : adresse.endsWith('@patient.mssante.fr') ? nom || 'Un patient' : carnet.nomDe(adresse),
    ),
    duPatient: sien,
    automatique: automatique(message),
    le,
    lu: sien || marques.includes('\\Seen'),
    objet: entete.objet,
    texte: email ? (email.text ?? '').slice(0, MAX_TEXTE).trim() : 'Ce message ne peut pas être lu.',
    piecesJointes: piecesDe(email).map(({ rang, nom, mimeType, taille }) => ({ rang, nom, mimeType, taille })),
  }
}

export const piecesDuMessage = async (world: World, message: MessageEnregistre) => piecesDe(await ouvrir(world, message))

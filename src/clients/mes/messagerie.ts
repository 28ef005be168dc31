import type { MesClient } from './mes-client.ts'

/** What the phone shows of the mailbox. Whoever takes part is named, never by address. Times are simulated milliseconds. */
export interface ConversationPatient {
  readonly id: string
  readonly objet: string
  readonly interlocuteurs: readonly string[]
  readonly dernierLe: number
  readonly nombre: number
  readonly nonLus: number
  /** `ACTIVE`: can be answered. `FINALISED`: ended by `finPar`. `NO_REPLY`: never could. */
  readonly etat: 'ACTIVE' | 'FINALISED' | 'NO_REPLY'
  readonly finPar?: string
}

export interface PieceJointePatient {
  readonly rang: number
  readonly nom: string
  readonly mimeType: string
  /** Bytes. */
  readonly taille: number
  /** May be kept in the documents. */
  readonly enregistrable: boolean
}

export interface MessagePatient {
  readonly id: string
  readonly de: string
  readonly a: readonly string[]
  readonly duPatient: boolean
  readonly automatique: boolean
  readonly le: number
  readonly lu: boolean
  readonly objet: string
  readonly texte: string
  readonly piecesJointes: readonly PieceJointePatient[]
}

export interface ConversationOuverte extends ConversationPatient {
  readonly messages: readonly MessagePatient[]
  readonly reponse: {
    readonly options: readonly ('REPLY' | 'REPLY_TO_ALL')[]
    readonly destinataires: readonly string[]
    readonly tous: readonly string[]
    readonly inactifs: readonly string[]
    readonly octetsMax: number
  }
}

export interface ContactPatient {
  readonly reference: string
  readonly nom: string
  readonly genre: 'contact' | 'pharmacie' | 'autre'
  readonly possible: boolean
  readonly motif?: string
  readonly inactif: boolean
}

export interface MessageAEcrire {
  readonly texte: string
  readonly aTous?: boolean
  readonly fichiers: readonly File[]
  /** Ids of documents of the record. */
  readonly documents: readonly string[]
}

export const conversations = async (mes: MesClient, matriculeIns: string): Promise<readonly ConversationPatient[]> =>
  (await mes.appeler<{ conversations: ConversationPatient[] }>('GET', matriculeIns, '/messagerie/conversations')).conversations

/** Opening is reading: the receipt that was asked for goes out. */
export const ouvrirConversation = (mes: MesClient, matriculeIns: string, id: string): Promise<ConversationOuverte> =>
  mes.appeler('GET', matriculeIns, `/messagerie/conversations/${encodeURIComponent(id)}`)

export const supprimerConversation = (mes: MesClient, matriculeIns: string, id: string): Promise<unknown> =>
  mes.appeler('DELETE', matriculeIns, `/messagerie/conversations/${encodeURIComponent(id)}`)

export const chercherContacts = async (mes: MesClient, matriculeIns: string, cherche: string): Promise<readonly ContactPatient[]> =>
  (await mes.appeler<{ contacts: ContactPatient[] }>('GET', matriculeIns, `/messagerie/contacts?cherche=${encodeURIComponent(cherche)}`)).contacts

const corps = async ({ texte, aTous, fichiers, documents }: MessageAEcrire) => ({
  texte,
  ...(aTous && { aTous }),
  documents,
  piecesJointes: await Promise.all(fichiers.map(async (fichier) => ({ nom: fichier.name, base64: await enBase64(fichier) }))),
})

export const repondre = async (mes: MesClient, matriculeIns: string, conversation: string, message: MessageAEcrire): Promise<unknown> =>
  await mes.appeler('POST', matriculeIns, `/messagerie/conversations/${encodeURIComponent(conversation)}/reponses`, await corps(message))

export const commencer = async (
  mes: MesClient,
  matriculeIns: string,
  { reference, objet, ...message }: MessageAEcrire & { readonly reference: string; readonly objet: string },
): Promise<{ conversation: string }> =>
  await mes.appeler('POST', matriculeIns, '/messagerie/conversations', { reference, objet, ...(await corps(message)) })

/** Bytes of an attachment. @throws {Error} */
export async function pieceJointe({ acces }: MesClient, matriculeIns: string, message: string, rang: number): Promise<Blob> {
  const response = await acces.fetch(
    `${acces.base}/mes/api/profils/${matriculeIns}/messagerie/messages/${encodeURIComponent(message)}/pieces-jointes/${rang}`,
  )
  if (!response.ok) throw new Error('Cette pièce jointe ne peut pas être ouverte.')
  return await response.blob()
}

export const enregistrerPiece = (mes: MesClient, matriculeIns: string, message: string, rang: number, categorie: string): Promise<{ id: string }> =>
  mes.appeler('POST', matriculeIns, `/messagerie/messages/${encodeURIComponent(message)}/pieces-jointes/${rang}/enregistrement`, { categorie })

async function enBase64(fichier: File): Promise<string> {
  const octets = new Uint8Array(await fichier.arrayBuffer())
  let texte = ''
  for (let n = 0; n < octets.length; n += 32_768) texte += String.fromCharCode(...octets.subarray(n, n + 32_768))
  return btoa(texte)
}

import type { Answers, ConversationDuPatient, World } from '../../world.ts'
import { deplacer, dossierDe, marquer } from '../dossier.ts'
import { ecrireMdn } from '../rapports.ts'
import { remettre } from '../remise.ts'
import { TAILLE_MAX_PATIENT } from '../rules/destinataire.ts'
import { accuseAEnvoyer } from '../rules/conversation.ts'
import { boites, messages, type MessageEnregistre } from '../store.ts'
import { contactsDuPatient } from './contacts.ts'
import { envoyerPourPatient } from './envoi.ts'
import { boiteDe, Carnet, duPatient, messagesDuFil, messagesVisibles, vueDuFil } from './fil.ts'
import { lireMessage, piecesDuMessage } from './lire.ts'

/** What Mon espace santé asks of the patient's mailbox. */

const MAX_CONVERSATIONS = 200

/** Kept on a message whose receipt went. @see RFC 3503 */
const ACCUSE = '$MDNSent'

function resumer(world: World, boite: string, id: string, fil: readonly MessageEnregistre[], carnet: Carnet): ConversationDuPatient {
  const { etat, finPar } = vueDuFil(world, boite, fil, carnet)
  const autres = new Set(
    fil.flatMap((message) =>
      (duPatient(boite, message) ? message.entete.a : message.entete.rapport === undefined ? message.entete.de : []).map(({ adresse }) => adresse),
    ),
  )
  return {
    id,
    objet: fil[0]?.entete.objet ?? '',
    interlocuteurs: [...autres].filter((adresse) => adresse !== boite).map((adresse) => carnet.nomDe(adresse)),
    dernierLe: fil.at(-1)?.le ?? 0,
    nombre: fil.length,
    nonLus: fil.filter((message) => !duPatient(boite, message) && !message.marques.includes('\\Seen')).length,
    etat,
    ...(finPar === undefined ? {} : { finPar: carnet.nomDe(finPar) }),
  }
}

/** Reading, and the receipt that a professional asked for; the patient cannot refuse it. @see ens-mobile */
async function accuser(world: World, boite: string, message: MessageEnregistre): Promise<void> {
  const { entete, marques, corps, messageId } = message
  const pour = entete.accuseLecture
  const demande = accuseAEnvoyer({ de: entete.de[0]?.adresse, accuseLecture: pour }) && !marques.includes(ACCUSE)
  await marquer(world, message, [...new Set([...marques, '\\Seen', ...(demande ? [ACCUSE] : [])])])
  if (!demande || pour === undefined) return
  const original = (await world.store.getBytes(corps)) ?? new Uint8Array()
  const nom = entete.a.find(({ adresse }) => adresse === boite)?.nom ?? ''
  const octets = ecrireMdn(world, {
    de: boite,
    nom,
    pour,
    original,
    ...(messageId === undefined ? {} : { originalMessageId: messageId }),
    disposition: 'manual-action/MDN-sent-manually; displayed',
  })
  await remettre(world, { de: '', pour: [{ adresse: pour }], octets })
}

type DuPatient =
  | 'conversationsDuPatient'
  | 'conversationDuPatient'
  | 'ouvrirConversation'
  | 'supprimerConversation'
  | 'contactsDuPatient'
  | 'envoyerPourPatient'
  | 'pieceJointeDuPatient'

export const reponsesPatient: Pick<Required<Answers>, DuPatient> = {
  async conversationsDuPatient(world, matriculeIns) {
    const boite = boiteDe(matriculeIns)
    const tous = await messagesVisibles(world, boite)
    const carnet = await Carnet.de(world, boite, tous)
    return [...Map.groupBy(tous, ({ fil }) => fil)]
      .slice(0, MAX_CONVERSATIONS)
      .map(([id, recents]) => resumer(world, boite, id, recents.toReversed(), carnet))
  },

  async conversationDuPatient(world, matriculeIns, id) {
    const boite = boiteDe(matriculeIns)
    const fil = await messagesDuFil(world, boite, id)
    if (fil.length === 0) return undefined
    const carnet = await Carnet.de(world, boite, fil)
    const { repondre, repondreATous } = vueDuFil(world, boite, fil, carnet)
    const inactifs: string[] = []
    for (const bal of repondreATous) if ((await world.store.get(boites, bal))?.cesseActivite) inactifs.push(carnet.nomDe(bal))
    return {
      ...resumer(world, boite, id, fil, carnet),
      messages: await Promise.all(fil.map((message) => lireMessage(world, boite, message, carnet))),
      reponse: {
        options: [
          ...(repondre.length > 0 ? (['REPLY'] as const) : []),
          ...(repondreATous.some((bal) => !repondre.includes(bal)) ? (['REPLY_TO_ALL'] as const) : []),
        ],
        destinataires: repondre.map((bal) => carnet.nomDe(bal)),
        tous: repondreATous.map((bal) => carnet.nomDe(bal)),
        inactifs,
        octetsMax: TAILLE_MAX_PATIENT,
      },
    }
  },

  async ouvrirConversation(world, matriculeIns, id) {
    const boite = boiteDe(matriculeIns)
    for (const message of await messagesDuFil(world, boite, id)) if (!duPatient(boite, message)) await accuser(world, boite, message)
  },

  async supprimerConversation(world, matriculeIns, id) {
    const boite = boiteDe(matriculeIns)
    const fil = await messagesDuFil(world, boite, id)
    const corbeille = await dossierDe(world, boite, 'Trash')
    if (fil.length === 0 || !corbeille) return false
    for (const message of fil) await deplacer(world, message, corbeille)
    return true
  },

  contactsDuPatient,
  envoyerPourPatient,

  async pieceJointeDuPatient(world, matriculeIns, messageId, rang) {
    const message = await world.store.get(messages, messageId || '-')
    if (!message || message.boite !== boiteDe(matriculeIns)) return undefined
    return (await piecesDuMessage(world, message))[rang]
  },
}

import type { World } from '../world.ts'
import { retenir } from './entete-retenu.ts'
import {
  boites,
  cleDossier,
  corps,
  type DossierEnregistre,
  dossiers,
  dossiersDe,
  type EnteteRetenu,
  messages,
  type MessageEnregistre,
} from './store.ts'

/**
 * What happens in the folders of a mailbox, whoever asks: delivery, HTTP, IMAP. Everything here is to be called inside a transaction
 * and costs the same whatever the folder already holds.
 */

/** Folders every mailbox has, with their special use. @see mssante.md §5.1 (Mailiz) ; RFC 6154 */
const DOSSIERS_D_ORIGINE: readonly (readonly [nom: string, usage?: string])[] = [
  ['INBOX'],
  ['Sent', '\\Sent'],
  ['Drafts', '\\Drafts'],
  ['Trash', '\\Trash'],
]

/** The folder, made on first use when it is one that every mailbox has. */
export async function dossierDe(world: World, boite: string, nom: string): Promise<DossierEnregistre | undefined> {
  const existe = await world.store.get(dossiers, cleDossier(boite, nom))
  if (existe) return existe
  if (!DOSSIERS_D_ORIGINE.some(([un]) => un === nom)) return undefined
  await preparer(world, boite)
  return await world.store.get(dossiers, cleDossier(boite, nom))
}

/** Every folder, those of origin included. */
export async function tousLesDossiers(world: World, boite: string): Promise<DossierEnregistre[]> {
  await preparer(world, boite)
  return await dossiersDe(world, boite)
}

async function preparer(world: World, boite: string): Promise<void> {
  for (const [nom, usage] of DOSSIERS_D_ORIGINE)
    if (!(await world.store.get(dossiers, cleDossier(boite, nom)))) await creerDossier(world, boite, nom, usage)
}

/** A new, empty folder. A folder made again under the same name has another UIDVALIDITY. */
export async function creerDossier(world: World, boite: string, nom: string, usage?: string): Promise<DossierEnregistre> {
  const dossier: DossierEnregistre = {
    id: cleDossier(boite, nom),
    boite,
    nom,
    // Seconds: 32 bits, never zero, and later than any folder of this name before.
    uidValidity: Math.max(1, Math.floor(world.now() / 1_000) % 2 ** 32),
    uidNext: 1,
    messages: 0,
    nonLus: 0,
    ...(usage === undefined ? {} : { usage }),
    abonne: true,
    modseq: 1,
  }
  await world.store.put(dossiers, dossier)
  return dossier
}

export interface MessageAAjouter {
  readonly octets: Uint8Array
  readonly marques?: readonly string[]
  /** INTERNALDATE; now when absent. */
  readonly le?: number
}

/** Keeps the bytes once, for as many copies as will be made of them. */
export async function garder(world: World, octets: Uint8Array): Promise<string> {
  const id = `mss-corps-${world.newId()}`
  await world.store.putBytes(id, octets)
  await world.store.put(corps, { id, references: 0, taille: octets.length })
  return id
}

interface Source {
  readonly corps: string
  readonly taille: number
  readonly entete: EnteteRetenu
  readonly messageId: string | undefined
}

/** @param garde bytes already kept by `garder` for another copy */
export async function ajouter(
  world: World,
  dossier: DossierEnregistre,
  { octets, marques = [], le = world.now() }: MessageAAjouter,
  garde?: string,
): Promise<MessageEnregistre> {
  const source: Source = { corps: garde ?? (await garder(world, octets)), taille: octets.length, ...retenir(octets) }
  return await poser(world, dossier, source, marques, le)
}

/** A copy in another folder: the bytes are shared. @see RFC 3501 §6.4.7 */
export const copier = (world: World, { corps: id, taille, entete, messageId, marques, le }: MessageEnregistre, vers: DossierEnregistre) =>
  poser(world, vers, { corps: id, taille, entete, messageId }, marques, le)

async function poser(world: World, { id }: DossierEnregistre, source: Source, marques: readonly string[], le: number): Promise<MessageEnregistre> {
  const { store } = world
  const dossier = await store.get(dossiers, id)
  const octets = await store.get(corps, source.corps)
  if (!dossier || !octets) throw new Error(`${id} or the bytes ${source.corps} are gone`)
  const modseq = dossier.modseq + 1
  const message: MessageEnregistre = {
    id: world.newId(),
    boite: dossier.boite,
    dossier: id,
    uid: dossier.uidNext,
    marques,
    le,
    taille: source.taille,
    corps: source.corps,
    modseq,
    fil: await filDe(world, dossier.boite, source),
    ...(source.messageId === undefined ? {} : { messageId: source.messageId }),
    entete: source.entete,
  }
  await store.put(messages, message)
  await store.put(corps, { ...octets, references: octets.references + 1 })
  await store.put(dossiers, {
    ...dossier,
    uidNext: dossier.uidNext + 1,
    messages: dossier.messages + 1,
    nonLus: dossier.nonLus + (lu(message) ? 0 : 1),
    modseq,
  })
  await peser(world, dossier.boite, source.taille)
  return message
}

/** The conversation: of the message answered when this mailbox has it, a new one otherwise. @see RFC 5256 (References), cut to what is at hand */
async function filDe(world: World, boite: string, { entete, messageId }: Source): Promise<string> {
  const parents = [messageId, ...entete.enReponseA, ...entete.references.toReversed().slice(0, 10)]
  for (const parent of parents) {
    if (parent === undefined) continue
    const [connu] = await world.store.range(messages, { index: 'parMessageId', equals: [boite, parent], limit: 1 })
    if (connu) return connu.fil
  }
  return world.newId()
}

/** Occupied bytes of a professional mailbox; a patient's has no quota. */
async function peser(world: World, boite: string, octets: number): Promise<void> {
  const une = await world.store.get(boites, boite)
  if (une) await world.store.put(boites, { ...une, octets: Math.max(0, une.octets + octets) })
}

export const lu = ({ marques }: Pick<MessageEnregistre, 'marques'>): boolean => marques.includes('\\Seen')

/** Other flags on a message; the same ones change nothing. */
export async function marquer(world: World, message: MessageEnregistre, marques: readonly string[]): Promise<MessageEnregistre> {
  if (marques.length === message.marques.length && marques.every((une) => message.marques.includes(une))) return message
  const dossier = await world.store.get(dossiers, message.dossier)
  if (!dossier) return message
  const modseq = dossier.modseq + 1
  const suivant = { ...message, marques, modseq }
  await world.store.put(messages, suivant)
  await world.store.put(dossiers, { ...dossier, modseq, nonLus: dossier.nonLus + Number(lu(message)) - Number(lu(suivant)) })
  return suivant
}

/** The message leaves its folder; its bytes go with the last copy. */
export async function retirer(world: World, message: MessageEnregistre): Promise<void> {
  const { store } = world
  await store.delete(messages, message.id)
  const dossier = await store.get(dossiers, message.dossier)
  if (dossier)
    await store.put(dossiers, {
      ...dossier,
      messages: dossier.messages - 1,
      nonLus: dossier.nonLus - (lu(message) ? 0 : 1),
      modseq: dossier.modseq + 1,
    })
  const octets = await store.get(corps, message.corps)
  if (octets && octets.references > 1) await store.put(corps, { ...octets, references: octets.references - 1 })
  else {
    await store.delete(corps, message.corps)
    await store.deleteBytes(message.corps)
  }
  await peser(world, message.boite, -message.taille)
}

/** Copies, then leaves. @see RFC 6851 */
export async function deplacer(world: World, message: MessageEnregistre, vers: DossierEnregistre): Promise<MessageEnregistre> {
  const copie = await copier(world, message, vers)
  await retirer(world, message)
  return copie
}

/** Rows read at a time. */
const PAGE = 1_000

/** The folder and everything in it. INBOX stays: the caller refuses. */
export async function supprimerDossier(world: World, { id }: DossierEnregistre): Promise<void> {
  const page = { index: 'parUid', equals: [id], limit: PAGE }
  for (let rows = await world.store.range(messages, page); rows.length > 0; rows = await world.store.range(messages, page))
    for (const message of rows) await retirer(world, message)
  await world.store.delete(dossiers, id)
}

/** Another name; messages keep their UIDs, the folder takes a new UIDVALIDITY as its name may have served before. */
export async function renommerDossier(world: World, dossier: DossierEnregistre, nom: string): Promise<void> {
  const neuf = await creerDossier(world, dossier.boite, nom, dossier.usage)
  const page = { index: 'parUid', equals: [dossier.id], limit: PAGE }
  for (let rows = await world.store.range(messages, page); rows.length > 0; rows = await world.store.range(messages, page))
    for (const message of rows) await world.store.put(messages, { ...message, dossier: neuf.id })
  await world.store.put(dossiers, { ...dossier, id: neuf.id, nom, uidValidity: neuf.uidValidity })
  await world.store.delete(dossiers, dossier.id)
}

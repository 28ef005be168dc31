import { json, noContent } from '../../kit/answers.ts'
import type { Answer, Route } from '../../kit/message.ts'
import { creerDossier, deplacer, dossierDe, marquer, retirer, supprimerDossier, tousLesDossiers } from '../dossier.ts'
import { ouvrirLaBoite } from '../ouverture.ts'
import { controlerOuverture, type Identite } from '../rules/acces.ts'
import {
  boites,
  type BoiteEnregistree,
  cleDossier,
  domaines,
  type DossierEnregistre,
  dossiers,
  messages,
  type MessageEnregistre,
  parArrivee,
} from '../store.ts'
import { absent, appel, type AppelBoite, type AppelMss, corpsDe, dansLaBoite, mauvaise } from './acces.ts'

/** What a software does in the mailboxes it may open. The same store answers IMAP. */

const MAX_BOITES = 10_000
const PAGE = { ordinaire: 50, maximum: 200 }
/** Rows looked at for one page of a search. */
const BALAYAGE = 5_000
const MAX_MARQUES = 50

const montrerBoite = ({ adresse, type, libelle, structure, quota, octets, fermee, listeRouge, repondreA }: BoiteEnregistree) => ({
  adresse,
  type,
  libelle,
  structure,
  quota,
  octets,
  fermee,
  listeRouge,
  ...(repondreA === undefined ? {} : { repondreA }),
})

/** One's own mailbox comes first. */
const ORDRE: readonly BoiteEnregistree['type'][] = ['PER', 'CAB', 'ORG', 'APP']

/** By what right it opens. */
function accesDe(
  { titulaires, delegues }: BoiteEnregistree,
  { moyen, identifiant }: Identite,
): 'titulaire' | 'cotitulaire' | 'délégation' | 'certificat' {
  if (moyen === 'certificat') return 'certificat'
  if (delegues.includes(identifiant)) return 'délégation'
  return titulaires.length > 1 ? 'cotitulaire' : 'titulaire'
}

async function siennes({ world, identite, exchange }: AppelMss): Promise<Answer> {
  const conformes = new Set((await world.store.range(domaines, { limit: MAX_BOITES })).filter(({ conforme }) => conforme).map(({ nom }) => nom))
  const toutes = await world.store.range(boites, { limit: MAX_BOITES })
  const ouvertes = toutes
    .filter((une) => !controlerOuverture(une, { conforme: conformes.has(une.domaine) }, identite))
    .toSorted((a, b) => a.rang - b.rang || ORDRE.indexOf(a.type) - ORDRE.indexOf(b.type))
  exchange.summarise(`${ouvertes.length} boîte${ouvertes.length > 1 ? 's' : ''}`)
  const nonLus = async (adresse: string) => (await world.store.get(dossiers, cleDossier(adresse, 'INBOX')))?.nonLus ?? 0
  return json({
    boites: await Promise.all(
      ouvertes.map(async (une) => ({ ...montrerBoite(une), acces: accesDe(une, identite), nonLus: await nonLus(une.adresse) })),
    ),
  })
}

const montrerDossier = ({ nom, usage, messages: nombre, nonLus, uidValidity, uidNext, modseq }: DossierEnregistre) => ({
  nom,
  ...(usage === undefined ? {} : { usage }),
  messages: nombre,
  nonLus,
  uidValidity,
  uidNext,
  modseq,
})

async function uneBoite({ world, boite }: AppelBoite): Promise<Answer> {
  const tous = await ouvrirLaBoite(world, boite.adresse)
  return json({ ...montrerBoite(boite), dossiers: tous.map(montrerDossier) })
}

const montrer = ({ id, uid, marques, le, taille, fil, messageId, entete, dossier, boite }: MessageEnregistre) => ({
  id,
  dossier: dossier.slice(boite.length + 1),
  uid,
  marques,
  le: new Date(le).toISOString(),
  taille,
  fil,
  ...(messageId === undefined ? {} : { messageId }),
  ...entete,
})

const plein = (texte: string): string => texte.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** Newest first; `avant` is the UID after which the page goes on. */
async function lister({ world, exchange, boite, message }: AppelBoite): Promise<Answer> {
  const demande = new URLSearchParams(message.query)
  const limite = entier(demande.get('limite'), PAGE.ordinaire, PAGE.maximum)
  const avant = entier(demande.get('avant'), Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)
  const cherche = plein(demande.get('cherche') ?? '')
  const fil = demande.get('fil')
  if (limite === undefined || avant === undefined || cherche.length > 100)
    return mauvaise('« limite » va de 1 à 200, « avant » est un UID, « cherche » a 100 caractères au plus.')
  if (fil !== null) {
    const duFil = await world.store.range(messages, { index: 'parFil', equals: [boite.adresse, fil || '-'], limit: PAGE.maximum })
    return json({ messages: duFil.toSorted(parArrivee).map(montrer) })
  }
  const dossier = await world.atomically((inside) => dossierDe(inside, boite.adresse, demande.get('dossier') ?? 'INBOX'))
  if (!dossier) return absent('Dossier inconnu', 'Cette boîte n’a pas de dossier de ce nom.')
  const nonLus = demande.get('nonLus') === 'true'
  const trouves: MessageEnregistre[] = []
  let vers = Math.min(avant - 1, dossier.uidNext)
  let vus = 0
  while (trouves.length < limite && vers > 0 && vus < BALAYAGE) {
    const lot = await world.store.range(messages, { index: 'parUid', equals: [dossier.id], to: vers, reverse: true, limit: 200 })
    if (lot.length === 0) break
    vus += lot.length
    for (const un of lot) if (trouves.length < limite && convient(un, cherche, nonLus)) trouves.push(un)
    vers = lot.at(-1)!.uid - 1
  }
  exchange.summarise(`${trouves.length} message${trouves.length > 1 ? 's' : ''} de ${dossier.nom}`)
  return json({ dossier: montrerDossier(dossier), messages: trouves.map(montrer) })
}

const convient = ({ entete, marques }: MessageEnregistre, cherche: string, nonLus: boolean): boolean =>
  (!nonLus || !marques.includes('\\Seen')) &&
  (cherche === '' || plein([entete.objet, ...[...entete.de, ...entete.a].map(({ nom, adresse }) => `${nom} ${adresse}`)].join(' ')).includes(cherche))

function entier(texte: string | null, sinon: number, max: number): number | undefined {
  if (texte === null) return sinon
  const valeur = Number(texte)
  return Number.isInteger(valeur) && valeur >= 1 && valeur <= max ? valeur : undefined
}

async function leMessage({ world, boite, parameters }: AppelBoite): Promise<MessageEnregistre | undefined> {
  const message = await world.store.get(messages, parameters['message'] || '-')
  return message?.boite === boite.adresse ? message : undefined
}

const inconnu = (): Answer => absent('Message inconnu', 'Cette boîte n’a pas ce message, ou il a été supprimé.')

/** The bytes as they came; reading does not mark as read, the software says so. */
async function source(recu: AppelBoite): Promise<Answer> {
  const message = await leMessage(recu)
  const octets = message && (await recu.world.store.getBytes(message.corps))
  if (!message || !octets) return inconnu()
  recu.exchange.summarise(`Message « ${message.entete.objet} » lu`)
  return {
    status: 200,
    headers: {
      'content-type': 'message/rfc822',
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
    body: octets,
  }
}

/** Flags added and removed, and the folder: what is given changes. */
async function changer(recu: AppelBoite): Promise<Answer> {
  const corps = corpsDe(recu.message)
  if (typeof corps === 'string') return mauvaise(corps)
  const { ajouter = [], retirer: oter = [], dossier } = corps
  if (!estMarques(ajouter) || !estMarques(oter))
    return mauvaise('« ajouter » et « retirer » sont des listes de marques : « \\\\Seen », « \\\\Flagged », « $Traite ».')
  if (dossier !== undefined && typeof dossier !== 'string') return mauvaise('« dossier » est le nom d’un dossier.')
  const message = await leMessage(recu)
  if (!message) return inconnu()
  const fait = await recu.world.atomically(async (inside) => {
    const vers = dossier === undefined ? undefined : await dossierDe(inside, recu.boite.adresse, dossier)
    if (dossier !== undefined && !vers) return undefined
    const marque = await marquer(
      inside,
      message,
      [...new Set([...message.marques, ...ajouter])].filter((une) => !oter.includes(une)),
    )
    return vers && vers.id !== marque.dossier ? await deplacer(inside, marque, vers) : marque
  })
  if (!fait) return absent('Dossier inconnu', 'Cette boîte n’a pas de dossier de ce nom.')
  recu.exchange.summarise('Message marqué ou rangé')
  return json(montrer(fait))
}

/** Atoms of IMAP, with or without the backslash of the system flags. */
const estMarques = (value: unknown): value is string[] =>
  Array.isArray(value) &&
  value.length <= MAX_MARQUES &&
  value.every((une) => typeof une === 'string' && /^(?:\\(?:Seen|Answered|Flagged|Deleted|Draft)|[$\w.-]{1,60})$/.test(une))

/** To the bin; for good when it is there already. */
async function supprimer(recu: AppelBoite): Promise<Answer> {
  const message = await leMessage(recu)
  if (!message) return inconnu()
  await recu.world.atomically(async (inside) => {
    const corbeille = await dossierDe(inside, recu.boite.adresse, 'Trash')
    if (!corbeille || message.dossier === corbeille.id) await retirer(inside, message)
    else await deplacer(inside, message, corbeille)
  })
  recu.exchange.summarise('Message supprimé')
  return noContent()
}

const MAX_DOSSIERS = 200
const NOM_DE_DOSSIER = /^[^\p{Cc}*%"\\|]{1,100}$/u

async function creer({ world, boite, message }: AppelBoite): Promise<Answer> {
  const corps = corpsDe(message)
  if (typeof corps === 'string') return mauvaise(corps)
  const { nom } = corps
  if (typeof nom !== 'string' || !NOM_DE_DOSSIER.test(nom)) return mauvaise('« nom » est un nom de dossier, 100 caractères au plus.')
  const cree = await world.atomically(async (inside) => {
    const tous = await tousLesDossiers(inside, boite.adresse)
    return tous.length >= MAX_DOSSIERS || tous.some((un) => un.nom.toLowerCase() === nom.toLowerCase())
      ? undefined
      : await creerDossier(inside, boite.adresse, nom)
  })
  return cree ? json(montrerDossier(cree), 201) : mauvaise('Ce dossier existe déjà, ou la boîte en a trop.')
}

async function oterDossier({ world, boite, parameters }: AppelBoite): Promise<Answer> {
  const dossier = await world.store.get(dossiers, cleDossier(boite.adresse, parameters['dossier'] ?? ''))
  if (!dossier) return absent('Dossier inconnu', 'Cette boîte n’a pas de dossier de ce nom.')
  if (dossier.nom === 'INBOX' || dossier.usage !== undefined) return mauvaise('Ce dossier est de toutes les boîtes : il ne se supprime pas.')
  await world.atomically((inside) => supprimerDossier(inside, dossier))
  return noContent()
}

/** What changed in a folder since a modseq: new or changed messages. What left is seen by the count. */
async function evenements({ world, boite, message }: AppelBoite): Promise<Answer> {
  const demande = new URLSearchParams(message.query)
  const depuis = Number(demande.get('depuis') ?? '0')
  if (!Number.isInteger(depuis) || depuis < 0) return mauvaise('« depuis » est un modseq.')
  const dossier = await world.atomically((inside) => dossierDe(inside, boite.adresse, demande.get('dossier') ?? 'INBOX'))
  if (!dossier) return absent('Dossier inconnu', 'Cette boîte n’a pas de dossier de ce nom.')
  const changes = await world.store.range(messages, { index: 'parModseq', equals: [dossier.id], from: depuis + 1, limit: PAGE.maximum })
  return json({
    dossier: montrerDossier(dossier),
    messages: changes.map(montrer),
    jusqua: changes.length === PAGE.maximum ? changes.at(-1)!.modseq : dossier.modseq,
  })
}

const BOITE = '/mssante/api/boites/{adresse}'

export const routesBoites: readonly Route[] = [
  { method: 'GET', path: '/mssante/api/boites', handle: appel('mes boîtes', siennes) },
  { method: 'GET', path: BOITE, handle: dansLaBoite('ouverture d’une boîte', uneBoite) },
  { method: 'GET', path: `${BOITE}/messages`, handle: dansLaBoite('liste des messages', lister) },
  { method: 'GET', path: `${BOITE}/messages/{message}`, handle: dansLaBoite('lecture d’un message', source) },
  { method: 'PATCH', path: `${BOITE}/messages/{message}`, handle: dansLaBoite('rangement d’un message', changer) },
  { method: 'DELETE', path: `${BOITE}/messages/{message}`, handle: dansLaBoite('suppression d’un message', supprimer) },
  { method: 'POST', path: `${BOITE}/dossiers`, handle: dansLaBoite('nouveau dossier', creer) },
  { method: 'DELETE', path: `${BOITE}/dossiers/{dossier}`, handle: dansLaBoite('suppression d’un dossier', oterDossier) },
  { method: 'GET', path: `${BOITE}/evenements`, handle: dansLaBoite('événements', evenements) },
]

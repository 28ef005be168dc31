import { boitesDe, readEntete, valeursDe } from '#standards/mime/entetes.ts'
import { json } from '../../kit/answers.ts'
import type { Answer, Route } from '../../kit/message.ts'
import { ajouter, dossierDe } from '../dossier.ts'
import { estRefusMss } from '../rules/acces.ts'
import { refusDuDestinataire } from '../remise.ts'
import { reglesDe, soumettre } from '../soumission.ts'
import { absent, type AppelBoite, dansLaBoite, mauvaise, refuser } from './acces.ts'

const MAX_DESTINATAIRES = 100

/** Addresses of the envelope: `pour` of the query, or To, Cc and Bcc. */
function destinatairesDe(query: string, octets: Uint8Array): string[] {
  const donnes = new URLSearchParams(query).getAll('pour')
  const entete = readEntete(octets)
  const lus =
    donnes.length > 0 ? donnes : ['To', 'Cc', 'Bcc'].flatMap((nom) => valeursDe(entete, nom).flatMap(boitesDe)).map(({ adresse }) => adresse)
  return [...new Set(lus.map((adresse) => adresse.trim().toLowerCase()).filter(Boolean))]
}

/** The message is the body, as it would go over SMTP; Bcc is taken out. A copy is kept in Sent unless `copie=false`. */
async function envoyer({ world, exchange, message, boite, identite }: AppelBoite): Promise<Answer> {
  if (message.body.length === 0) return mauvaise('Le corps est un message (message/rfc822).')
  const adresses = destinatairesDe(message.query, message.body)
  if (adresses.length > MAX_DESTINATAIRES) return mauvaise(`${MAX_DESTINATAIRES} destinataires au plus.`)
  const octets = sansBcc(message.body)
  const bilan = await soumettre(world, { identite, de: boite.adresse, pour: adresses.map((adresse) => ({ adresse })), octets })
  if (estRefusMss(bilan)) return refuser(bilan, exchange)
  const copie = new URLSearchParams(message.query).get('copie') !== 'false'
  if (copie)
    await world.atomically(async (inside) => {
      const sent = await dossierDe(inside, boite.adresse, 'Sent')
      if (sent) await ajouter(inside, sent, { octets, marques: ['\\Seen'] })
    })
  for (const regle of reglesDe(bilan)) exchange.respected(regle)
  exchange.ended('accepté')
  const [premier] = bilan.refuses
  exchange.summarise(premier ? `Accepté, revenu pour ${premier.adresse} : ${premier.refus.about}` : 'Message remis')
  const remis = bilan.remis.map(({ adresse }) => adresse)
  return json({ messageId: bilan.messageId ?? null, remis, nonRemis: bilan.refuses.map(refusDuDestinataire) }, 202)
}

/** Appends to a folder without sending: what a software does with its drafts and copies. */
async function deposer({ world, exchange, message, boite, parameters }: AppelBoite): Promise<Answer> {
  if (message.body.length === 0) return mauvaise('Le corps est un message (message/rfc822).')
  const pose = await world.atomically(async (inside) => {
    const dossier = await dossierDe(inside, boite.adresse, parameters['dossier'] ?? '')
    return dossier && (await ajouter(inside, dossier, { octets: message.body, marques: ['\\Seen'] }))
  })
  if (!pose) return absent('Dossier inconnu', 'Cette boîte n’a pas de dossier de ce nom.')
  exchange.summarise('Message déposé')
  return json({ id: pose.id, uid: pose.uid }, 201)
}

/** Only the header is looked at; folded lines go with their field. */
function sansBcc(octets: Uint8Array): Uint8Array {
  const { corps } = readEntete(octets)
  const tete = LATIN.decode(octets.subarray(0, corps))
  const propre = tete.replace(/^bcc:.*\r?\n(?:[ \t].*\r?\n)*/gim, '')
  if (propre === tete) return octets
  const tout = new Uint8Array(propre.length + octets.length - corps)
  for (let n = 0; n < propre.length; n++) tout[n] = propre.charCodeAt(n)
  tout.set(octets.subarray(corps), propre.length)
  return tout
}

/** One character for each byte, as windows-1252 would not be for 0x80 to 0x9f. */
const LATIN = { decode: (octets: Uint8Array): string => Array.from(octets, (octet) => String.fromCharCode(octet)).join('') }

const BOITE = '/mssante/api/boites/{adresse}'

export const routesEnvoi: readonly Route[] = [
  { method: 'POST', path: `${BOITE}/messages`, handle: dansLaBoite('envoi d’un message', envoyer) },
  { method: 'POST', path: `${BOITE}/dossiers/{dossier}/messages`, handle: dansLaBoite('dépôt dans un dossier', deposer) },
]

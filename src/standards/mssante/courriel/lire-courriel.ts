import PostalMime, { type Email } from 'postal-mime'
import { type BoiteNommee, boitesDe, enClair, type Entete, identifiantsDe, readEntete, valeurDe } from '../../mime/entetes.ts'
import { PREFIXE_XDM } from '../xdm/xdm.ts'
import { DOMAINE_PATIENT, matriculeDeLAdresse, readAdresse } from '../adresses.ts'

/** What a mail desk shows of a message. Everything was written by a stranger: bounded, as text only. */
export interface CourrielLu {
  readonly de: BoiteNommee
  readonly a: readonly BoiteNommee[]
  readonly cc: readonly BoiteNommee[]
  readonly repondreA?: BoiteNommee
  /** Without the prefix of XDM. */
  readonly objet: string
  readonly objetComplet: string
  /** Milliseconds; null when absent or unreadable. */
  readonly date: number | null
  readonly texte: string
  readonly piecesJointes: readonly PieceLue[]
  /** The message asks the end of the exchanges. */
  readonly fin: boolean
  /** Where the read receipt that it asks for goes. */
  readonly accuseDemande?: string
  readonly messageId?: string
  readonly references: readonly string[]
  readonly rapport?: RapportLu
  /** Matricule (15 characters) of the patient who wrote. */
  readonly patient?: string
}

export interface PieceLue {
  readonly nom: string
  readonly type: string
  readonly octets: Uint8Array
  /** IHE_XDM.ZIP, whatever the case of its name. */
  readonly xdm: boolean
}

/** A report of delivery (DSN) or of reading (MDN). @see RFC 3464, RFC 8098 */
interface RapportLu {
  readonly genre: 'dsn' | 'mdn'
  readonly destinataires: readonly { readonly adresse: string; readonly action: string; readonly statut: string; readonly diagnostic: string }[]
  /** `displayed`, `processed`, `processed/Error`; `''` for a DSN. */
  readonly disposition: string
  /** Message-ID it speaks of. */
  readonly messageId?: string
}

const BORNES = { maxNestingDepth: 20, maxHeadersSize: 262_144, maxRfc822NestingDepth: 2 }
const MAX_TEXTE = 200_000
const MAX_PIECES = 100

/**
 * Reads a message whatever it is made of. What cannot be read at all still has its header.
 * @throws nothing
 */
export async function lireCourriel(octets: Uint8Array): Promise<CourrielLu> {
  const entete = readEntete(octets)
  const email = await PostalMime.parse(octets, BORNES).catch(() => undefined)
  const boites = (nom: string) => boitesDe(valeurDe(entete, nom))
  const de = boites('From')[0] ?? { nom: '', adresse: '' }
  const objetComplet = enClair(valeurDe(entete, 'Subject')).slice(0, 2_000).toWellFormed()
  const messageId = identifiantsDe(valeurDe(entete, 'Message-ID'))[0]
  const repondreA = boites('Reply-To')[0]
  const accuse = boites('Disposition-Notification-To')[0]?.adresse
  const rapport = rapportDe(entete, email)
  const patient = patientDe(de.adresse)
  return {
    de,
    a: boites('To'),
    cc: boites('Cc'),
    ...(repondreA && { repondreA }),
    objet: sansPrefixe(objetComplet),
    objetComplet,
    date: dateDe(valeurDe(entete, 'Date')),
    texte: email ? (email.text ?? '').slice(0, MAX_TEXTE).trim() : 'Ce message ne peut pas être lu.',
    piecesJointes: rapport ? [] : piecesDe(email),
    fin: valeurDe(entete, 'X-MSS-MES') === 'FIN' || objetComplet === '[FIN]',
    ...(accuse && { accuseDemande: accuse }),
    ...(messageId === undefined ? {} : { messageId }),
    references: [...new Set([...identifiantsDe(valeurDe(entete, 'References')), ...(messageId === undefined ? [] : [messageId])])],
    ...(rapport && { rapport }),
    ...(patient === undefined ? {} : { patient }),
  }
}

/** As lists show it. */
export const sansPrefixe = (objet: string): string => (objet.startsWith(PREFIXE_XDM) ? objet.slice(PREFIXE_XDM.length) : objet)

/** The matricule of whoever has this address, when it is a patient's. */
export function patientDe(adresse: string): string | undefined {
  const lue = readAdresse(adresse)
  return lue?.domaine === DOMAINE_PATIENT ? matriculeDeLAdresse(lue) : undefined
}

function dateDe(valeur: string): number | null {
  const le = Date.parse(valeur.slice(0, 100).replace(/\([^)]*\)/g, ''))
  return Number.isNaN(le) ? null : le
}

const octetsDe = (contenu: ArrayBuffer | Uint8Array | string): Uint8Array =>
  typeof contenu === 'string' ? new TextEncoder().encode(contenu) : contenu instanceof Uint8Array ? contenu : new Uint8Array(contenu)

/** A file name and nothing of a path, nor of what turns the reading around. */
const nomPropre = (nom: string): string =>
  nom
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .replace(/^.*[\\/]/, '')
    .slice(0, 200)
    .trim()

const piecesDe = (email: Email | undefined): PieceLue[] =>
  (email?.attachments ?? []).slice(0, MAX_PIECES).map(({ filename, mimeType, content }, rang) => {
    const nom = nomPropre(filename ?? '') || `piece-jointe-${rang + 1}`
    return { nom, type: mimeType, octets: octetsDe(content), xdm: /^ihe_xdm\.zip$/i.test(nom) }
  })

function rapportDe(entete: Entete, email: Email | undefined): RapportLu | undefined {
  const type = valeurDe(entete, 'Content-Type')
  const genre = /report-type="?delivery-status/i.test(type) ? 'dsn' : /report-type="?disposition-notification/i.test(type) ? 'mdn' : undefined
  if (!genre || !email) return undefined
  const partie = email.attachments.find(
    ({ mimeType }) => mimeType === (genre === 'dsn' ? 'message/delivery-status' : 'message/disposition-notification'),
  )
  const blocs = partie ? new TextDecoder().decode(octetsDe(partie.content).subarray(0, 262_144)).split(/\r?\n\r?\n/) : []
  const lus = blocs.map((bloc) => readEntete(new TextEncoder().encode(`${bloc}\r\n\r\n`)))
  const destinataires = lus
    .filter((bloc) => valeurDe(bloc, 'Final-Recipient') !== '')
    .slice(0, 100)
    .map((bloc) => ({
      adresse: apresLeType(valeurDe(bloc, 'Final-Recipient')).toLowerCase(),
      action: valeurDe(bloc, 'Action').toLowerCase(),
      statut: valeurDe(bloc, 'Status'),
      diagnostic: apresLeType(valeurDe(bloc, 'Diagnostic-Code')),
    }))
  const disposition = lus.map((bloc) => valeurDe(bloc, 'Disposition')).find(Boolean) ?? ''
  const messageId = identifiantsDe(lus.map((bloc) => valeurDe(bloc, 'Original-Message-ID')).find(Boolean) ?? '')[0] ?? dansLOriginal(email)
  return {
    genre,
    destinataires,
    disposition: genre === 'mdn' ? disposition.slice(disposition.indexOf(';') + 1).trim() : '',
    ...(messageId === undefined ? {} : { messageId }),
  }
}

/** `rfc822; a@b` → `a@b` */
const apresLeType = (valeur: string): string => valeur.slice(valeur.indexOf(';') + 1).trim()

/** Message-ID of the original, whose header came back. */
function dansLOriginal({ attachments }: Email): string | undefined {
  const original = attachments.find(({ mimeType }) => mimeType === 'text/rfc822-headers' || mimeType === 'message/rfc822')
  return original && identifiantsDe(valeurDe(readEntete(octetsDe(original.content)), 'Message-ID'))[0]
}

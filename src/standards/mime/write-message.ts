import { writeBase64 } from './base64.ts'

/** A leaf or a multipart of a message to be written. */
export interface Partie {
  /** Media type with its parameters: `text/plain; charset=utf-8`; a multipart is given its boundary by the writer. */
  readonly type: string
  /** Text is written as UTF-8; `lignes`: as it is, for what must stay readable (`message/rfc822`, `message/delivery-status`). */
  readonly contenu: string | Uint8Array | readonly Partie[]
  readonly encodage?: 'lignes'
  /** Shown as an attachment under this name. */
  readonly nomFichier?: string
}

export interface MessageAEcrire {
  /** In order. Line breaks are taken out of the values: nothing given here can add a field. */
  readonly champs: readonly (readonly [nom: string, valeur: string])[]
  readonly corps: Partie
  /** A boundary that no part holds: built on a fresh UUID. */
  readonly frontiere: string
}

const CRLF = '\r\n'

/** The bytes of a message, lines of 76 characters at most, CRLF. @see RFC 5322, RFC 2045 to 2047, RFC 2231 */
export function writeMessage({ champs, corps, frontiere }: MessageAEcrire): Uint8Array {
  const morceaux: Uint8Array[] = []
  const ecrire = (texte: string) => morceaux.push(OCTETS.encode(texte))
  for (const [nom, valeur] of champs) ecrire(champ(nom, valeur))
  ecrire(`MIME-Version: 1.0${CRLF}`)
  let n = 0
  const partie = ({ type, contenu, encodage, nomFichier }: Partie): void => {
    const disposition = nomFichier === undefined ? '' : champ('Content-Disposition', `attachment; ${parametre('filename', nomFichier)}`)
    if (typeof contenu !== 'string' && !(contenu instanceof Uint8Array)) {
      const ici = `${frontiere}-${n++}`
      ecrire(`${champ('Content-Type', `${type}; boundary="${ici}"`)}${CRLF}`)
      for (const une of contenu) {
        ecrire(`--${ici}${CRLF}`)
        partie(une)
        ecrire(CRLF)
      }
      ecrire(`--${ici}--${CRLF}`)
      return
    }
    ecrire(champ('Content-Type', nomFichier === undefined ? type : `${type}; ${parametre('name', nomFichier)}`) + disposition)
    const octets = typeof contenu === 'string' ? OCTETS.encode(contenu.replace(/\r?\n/g, CRLF)) : contenu
    if (encodage === 'lignes') {
      ecrire(`Content-Transfer-Encoding: ${octets.every((octet) => octet < 128) ? '7bit' : '8bit'}${CRLF}${CRLF}`)
      morceaux.push(octets)
    } else if (typeof contenu === 'string' && /^[\t\r\n\x20-\x7e]*$/.test(contenu) && contenu.split(/\r?\n/).every(({ length }) => length < 77)) {
      ecrire(`Content-Transfer-Encoding: 7bit${CRLF}${CRLF}`)
      morceaux.push(octets)
    } else if (typeof contenu === 'string') ecrire(`Content-Transfer-Encoding: quoted-printable${CRLF}${CRLF}${quotedPrintable(octets)}`)
    else ecrire(`Content-Transfer-Encoding: base64${CRLF}${CRLF}${writeBase64(octets).replace(/.{76}/g, `$&${CRLF}`)}`)
  }
  partie(corps)
  return joindre(morceaux)
}

const OCTETS = new TextEncoder()

const joindre = (morceaux: readonly Uint8Array[]): Uint8Array => {
  const tout = new Uint8Array(morceaux.reduce((taille, { length }) => taille + length, 0))
  let at = 0
  for (const morceau of morceaux) {
    tout.set(morceau, at)
    at += morceau.length
  }
  return tout
}

/** Fields of addresses: their names are already written by `ecrireBoite`. */
const ADRESSES = /^(?:From|To|Cc|Reply-To|Sender|Disposition-Notification-To|Return-Receipt-To)$/

/** One field, folded at spaces, words outside ASCII encoded. */
function champ(nom: string, valeur: string): string {
  const propre = valeur.replace(/[\r\n\0]+/g, ' ').trim()
  const mots = ADRESSES.test(nom) ? propre.split(' ') : enMots(propre)
  let ligne = `${nom}:`
  let tout = ''
  for (const mot of mots) {
    if (ligne.length + 1 + mot.length > 76 && ligne.trim() !== `${nom}:` && ligne.trim() !== '') {
      tout += `${ligne}${CRLF}`
      ligne = ` ${mot}`
    } else ligne += ` ${mot}`
  }
  return `${tout}${ligne}${CRLF}`
}

/** Words to be joined by spaces; neighbours outside ASCII become encoded words of 75 characters at most. @see RFC 2047 §2 */
function enMots(valeur: string): string[] {
  const mots: string[] = []
  let enAttente: string[] = []
  const vider = () => {
    if (enAttente.length > 0) mots.push(...motsCodes(enAttente.join(' ')))
    enAttente = []
  }
  for (const mot of valeur.split(' ')) {
    if (/^[\x21-\x7e]*$/.test(mot) && !mot.startsWith('=?')) {
      vider()
      mots.push(mot)
    } else enAttente.push(mot)
  }
  vider()
  return mots
}

function motsCodes(texte: string): string[] {
  const mots: string[] = []
  let morceau = ''
  for (const caractere of texte) {
    // 45 bytes are 60 characters of base64: 72 with the frame.
    if (OCTETS.encode(morceau + caractere).length > 45) {
      mots.push(motCode(morceau))
      morceau = ''
    }
    morceau += caractere
  }
  return [...mots, motCode(morceau)]
}

const motCode = (texte: string): string => `=?utf-8?B?${writeBase64(OCTETS.encode(texte))}?=`

/** A display name and an address, quoted or encoded as needed. */
export function ecrireBoite(nom: string, adresse: string): string {
  const propre = nom.replace(/[\r\n\0]+/g, ' ').trim()
  if (propre === '') return adresse
  const ecrit = /^[A-Za-z0-9 '_-]+$/.test(propre)
    ? propre
    : /^[\x20-\x7e]+$/.test(propre)
      ? `"${propre.replace(/["\\]/g, '\\$&')}"`
      : motsCodes(propre).join(' ')
  return `${ecrit} <${adresse}>`
}

/** @see RFC 2231 §4 */
function parametre(nom: string, valeur: string): string {
  const propre = valeur.replace(/[\r\n\0]+/g, ' ')
  if (/^[\x20-\x7e]*$/.test(propre)) return `${nom}="${propre.replace(/["\\]/g, '\\$&')}"`
  return `${nom}*=utf-8''${encodeURIComponent(propre).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}`
}

/** @see RFC 2045 §6.7 */
function quotedPrintable(octets: Uint8Array): string {
  let ligne = ''
  let tout = ''
  const ajouter = (morceau: string) => {
    if (ligne.length + morceau.length > 75) {
      tout += `${ligne}=${CRLF}`
      ligne = ''
    }
    ligne += morceau
  }
  for (let n = 0; n < octets.length; n++) {
    const octet = octets[n]!
    if (octet === 13 && octets[n + 1] === 10) {
      // White space before a line break would be lost on the way.
      tout += `${ligne.replace(/[ \t]$/, (blanc) => (blanc === ' ' ? '=20' : '=09'))}${CRLF}`
      ligne = ''
      n++
    } else if ((octet >= 33 && octet <= 126 && octet !== 61) || octet === 32 || octet === 9) ajouter(String.fromCharCode(octet))
    else ajouter(`=${octet.toString(16).toUpperCase().padStart(2, '0')}`)
  }
  return tout + ligne.replace(/[ \t]$/, (blanc) => (blanc === ' ' ? '=20' : '=09'))
}

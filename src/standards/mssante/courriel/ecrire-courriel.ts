import { ecrireBoite, type Partie, writeMessage } from '../../mime/write-message.ts'

export interface PieceAEcrire {
  readonly nom: string
  readonly type: string
  readonly octets: Uint8Array
}

export interface CourrielAEcrire {
  /** Label and mailbox: « Dr Claire PRIMIDI Cabinet médical du Calendrier ». @see ECO.2.2.7 */
  readonly de: { readonly nom: string; readonly adresse: string }
  readonly a: readonly { readonly nom: string; readonly adresse: string }[]
  readonly cc?: readonly { readonly nom: string; readonly adresse: string }[]
  /** Another mailbox to answer to: an APP gives a human one. @see ECO.2.2.5 */
  readonly repondreA?: string
  readonly objet: string
  readonly texte: string
  /** With its brackets, never used before. */
  readonly messageId: string
  /** Milliseconds. */
  readonly date: number
  /** The message answered and those before it, oldest first. @see ECO.2.2.2 */
  readonly references?: readonly string[]
  /** « Référence produit » of the software. @see ECO.2.4.3 */
  readonly nil: string
  /** Ends the exchanges with the patient. @see ECO.2.2.8 */
  readonly fin?: boolean
  /** Asks for a read receipt. @see ECO.2.3.2 */
  readonly accuseLecture?: boolean
  /** Asks for a delivery receipt. @see ECO.2.3.1 */
  readonly accuseReception?: boolean
  readonly pieces?: readonly PieceAEcrire[]
  /** With an IHE_XDM.ZIP only: codes of its CDA, and whether the INS is qualifiée. @see ECO.2.4.1, ECO.2.4.2 */
  readonly xdm?: { readonly codesCda: readonly string[]; readonly insQualifiee: boolean }
  /** Boundary that no part holds. */
  readonly frontiere: string
}

/** The bytes of a message as a software for professionals sends it. @see mssante.md §5.2 */
export function ecrireCourriel(courriel: CourrielAEcrire): Uint8Array {
  const { de, a, cc = [], repondreA, objet, texte, messageId, date, references = [], nil, pieces = [], xdm } = courriel
  const dernier = references.at(-1)
  const deuxFormes: Partie = {
    type: 'multipart/alternative',
    contenu: [
      { type: 'text/plain; charset=utf-8', contenu: texte },
      { type: 'text/html; charset=utf-8', contenu: enHtml(texte) },
    ],
  }
  return writeMessage({
    champs: [
      ['Date', new Date(date).toUTCString().replace('GMT', '+0000')],
      ['From', ecrireBoite(de.nom, de.adresse)],
      ...(repondreA === undefined ? [] : ([['Reply-To', repondreA]] as const)),
      ['To', boites(a)],
      ...(cc.length > 0 ? ([['Cc', boites(cc)]] as const) : []),
      ['Subject', objet],
      ['Message-ID', messageId],
      ...(dernier === undefined
        ? []
        : ([
            ['In-Reply-To', dernier],
            ['References', references.slice(-30).join(' ')],
          ] as const)),
      ['X-MSS-NIL', nil],
      ...(xdm
        ? ([
            ['X-MSS-CODECDA', xdm.codesCda.join(',')],
            ['X-MSS-INS', xdm.insQualifiee ? 'O' : 'N'],
          ] as const)
        : []),
      ...(courriel.fin ? ([['X-MSS-MES', 'FIN']] as const) : []),
      ...(courriel.accuseLecture ? ([['Disposition-Notification-To', de.adresse]] as const) : []),
      ...(courriel.accuseReception ? ([['Return-Receipt-To', de.adresse]] as const) : []),
    ],
    corps:
      pieces.length === 0
        ? deuxFormes
        : {
            type: 'multipart/mixed',
            contenu: [deuxFormes, ...pieces.map(({ nom, type, octets }): Partie => ({ type, contenu: octets, nomFichier: nom }))],
          },
    frontiere: courriel.frontiere,
  })
}

const boites = (liste: readonly { readonly nom: string; readonly adresse: string }[]): string =>
  liste.map(({ nom, adresse }) => ecrireBoite(nom, adresse)).join(', ')

const ENTITES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** The same words: a software that shows HTML loses nothing. */
const enHtml = (texte: string): string =>
  `<!doctype html>\n<html lang="fr"><body>\n${texte
    .split(/\r?\n/)
    .map((ligne) => `${ligne.replace(/[&<>"]/g, (c) => ENTITES[c]!)}<br>`)
    .join('\n')}\n</body></html>\n`

/** Subject of an answer, with one Re: only. */
export const objetDeReponse = (objet: string): string => (/^re\s*:/i.test(objet) ? objet : `Re: ${objet}`)

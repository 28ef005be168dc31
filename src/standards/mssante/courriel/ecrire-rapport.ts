import { readEntete } from '../../mime/entetes.ts'
import { ecrireBoite, type Partie, writeMessage } from '../../mime/write-message.ts'
import { type CodeIntegration, ERREURS_INTEGRATION } from '../xdm/xdm.ts'

export interface RapportAEcrire {
  readonly de: { readonly nom: string; readonly adresse: string }
  readonly pour: string
  readonly objet: string
  readonly genre: 'delivery-status' | 'disposition-notification'
  /** For a person. */
  readonly texte: string
  /** For a machine: fields, one on each line. */
  readonly etat: string
  /** The message it speaks of: its header goes back. */
  readonly original: Uint8Array
  readonly enReponseA?: string
  /** Milliseconds. */
  readonly date: number
  /** With its brackets. */
  readonly messageId: string
  /** Boundary that no part holds. */
  readonly frontiere: string
}

/** A report in three parts: for a person, for a machine, and what it is about. @see RFC 3464, RFC 8098, RFC 6522 */
export function ecrireRapport({ de, pour, objet, genre, texte, etat, original, enReponseA, date, messageId, frontiere }: RapportAEcrire): Uint8Array {
  const parties: Partie[] = [
    { type: 'text/plain; charset=utf-8', contenu: texte },
    { type: `message/${genre}`, contenu: `${etat}\r\n`, encodage: 'lignes' },
    { type: 'text/rfc822-headers', contenu: original.subarray(0, readEntete(original).corps), encodage: 'lignes' },
  ]
  return writeMessage({
    champs: [
      ['Date', new Date(date).toUTCString().replace('GMT', '+0000')],
      ['From', ecrireBoite(de.nom, de.adresse)],
      ['To', pour],
      ['Subject', objet],
      ['Message-ID', messageId],
      ...(enReponseA === undefined
        ? []
        : ([
            ['In-Reply-To', enReponseA],
            ['References', enReponseA],
          ] as const)),
      // A report is never answered by another one. @see RFC 3834 §5
      ['Auto-Submitted', 'auto-replied'],
    ],
    corps: { type: `multipart/report; report-type=${genre}`, contenu: parties },
    frontiere,
  })
}

/** What became of the documents of a mail in the software that received them. */
export type Integration = { readonly issue: 'integre'; readonly automatique: boolean } | { readonly issue: 'refuse'; readonly code: CodeIntegration }

/** `[KO Intégration système !][904] XDM/1.0/DDM+…` @see mssante.md §5.5 */
export const objetDeRefus = (code: CodeIntegration, objet: string): string => `[KO Intégration système !][${code}] ${objet}`

/** Disposition field of an integration receipt. @see mssante.md §5.5 ; RFC 8098 §3.2.6 */
export function dispositionDe(integration: Integration): string {
  if (integration.issue === 'refuse')
    return `automatic-action/MDN-sent-automatically; processed/Error: ${integration.code}^${enAscii(ERREURS_INTEGRATION[integration.code])}`
  return `${integration.automatique ? 'automatic-action/MDN-sent-automatically' : 'manual-action/MDN-sent-manually'}; processed`
}

/** Fields of reports travel in ASCII. */
export const enAscii = (texte: string): string =>
  texte
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[’‘]/g, "'")
    .replace(/[^\x20-\x7e]/g, '?')

/** How a command ends. */
export interface Fin {
  readonly statut: 'OK' | 'NO' | 'BAD'
  /** Response code without its brackets: `TRYCREATE`. */
  readonly code?: string
  /** French; accents are taken off on the wire. */
  readonly texte: string
}

export const ok = (texte: string, code?: string): Fin => ({ statut: 'OK', texte, ...(code !== undefined && { code }) })
export const non = (texte: string, code?: string): Fin => ({ statut: 'NO', texte, ...(code !== undefined && { code }) })
export const mal = (texte: string): Fin => ({ statut: 'BAD', texte })

/** Dates as a person types and reads them in France; the interface speaks ISO 8601. */

/** `23/11/2026`, `11/2026` or `2026`, also written the ISO way, to `AAAA-MM-JJ`, `AAAA-MM` or `AAAA`. What is no date comes back as typed, for the rule to refuse. */
export function dateSaisie(texte: string): string {
  const [, jour, mois, annee] = /^(?:(?:(\d{1,2})[/. ])?(\d{1,2})[/. ])?(\d{4})$/.exec(texte.trim()) ?? []
  if (annee === undefined) return texte.trim()
  return [annee, mois?.padStart(2, '0'), jour?.padStart(2, '0')].filter(Boolean).join('-')
}

/** The other way round: `23/11/2026`. */
export const dateLue = (iso: string): string => iso.split('-').toReversed().join('/')

const HORLOGE = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris', dateStyle: 'short', timeStyle: 'short' })

/** `AAAA-MM-JJTHH:MM` in Paris, as a date field wants it. @param instant milliseconds */
export const heureDeParis = (instant: number): string => HORLOGE.format(instant).replace(' ', 'T')

/** An instant from what a date field gives, read in Paris: ISO 8601 with its offset. As typed when it is no date. */
export function instantDeParis(saisi: string): string {
  for (const decalage of ['+01:00', '+02:00']) {
    const time = Date.parse(`${saisi}:00${decalage}`)
    if (Number.isFinite(time) && heureDeParis(time) === saisi) return `${saisi}:00${decalage}`
  }
  return saisi
}

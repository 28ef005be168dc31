const JOUR = new Intl.DateTimeFormat('fr-FR', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
const COURT = new Intl.DateTimeFormat('fr-FR', { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'Europe/Paris' })
const HEURE = new Intl.DateTimeFormat('fr-FR', {
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'Europe/Paris',
})

/** `2009-07-14` → `14 juillet 2009`; a date the calendar does not have (`1960-00-00`) is shown as it is. */
export function jourLisible(date: string): string {
  const time = Date.parse(`${date}T00:00:00Z`)
  return Number.isFinite(time) ? JOUR.format(time) : date
}

/** Milliseconds since the Unix epoch → `23/11/2026`, in France. */
export const dateLisible = (time: number): string => COURT.format(time)

/** Milliseconds since the Unix epoch → `23/11/2026 09:00`, in France. */
export const heureLisible = (time: number): string => HEURE.format(time)

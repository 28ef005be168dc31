/** An instant in ISO 8601, with its offset or `Z`; a date alone is taken at 9:00 in Paris. Milliseconds, undefined when it is none. */
export function readInstant(text: unknown): number | undefined {
  if (typeof text !== 'string' || text.length > 40) return undefined
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return nineInParis(text)
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(text)) return undefined
  const time = Date.parse(text)
  return Number.isFinite(time) ? time : undefined
}

function nineInParis(day: string): number | undefined {
  const time = Date.parse(`${day}T08:00:00Z`)
  if (!Number.isFinite(time) || !new Date(time).toISOString().startsWith(day)) return undefined
  const hour = new Intl.DateTimeFormat('fr-FR', { hour: 'numeric', hourCycle: 'h23', timeZone: 'Europe/Paris' }).format(time)
  return hour.startsWith('10') ? time - 3_600_000 : time
}

/** Largest instant of the clock: the last of the year 9999. */
export const LAST_INSTANT = Date.UTC(9999, 11, 31, 23, 59, 59, 999)

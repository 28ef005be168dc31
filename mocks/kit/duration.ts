/** An ISO 8601 duration. */
export interface Duration {
  readonly years: number
  readonly months: number
  readonly weeks: number
  readonly days: number
  readonly hours: number
  readonly minutes: number
  /** May have decimals, to the millisecond. */
  readonly seconds: number
}

const SHAPE = /^P(?:(\d{1,4})Y)?(?:(\d{1,5})M)?(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,9}(?:[.,]\d{1,3})?)S)?)?$/

/** Reads `P6W`, `P1Y2M10DT2H30M5S`. Undefined when it is no duration: empty, negative, or a fraction of anything but seconds. */
export function readDuration(text: string): Duration | undefined {
  const parts = SHAPE.exec(text)
  if (!parts || text.endsWith('P') || text.endsWith('T')) return undefined
  const [years, months, weeks, days, hours, minutes, seconds] = parts.slice(1).map((part) => Number((part ?? '0').replace(',', '.')))
  return { years: years!, months: months!, weeks: weeks!, days: days!, hours: hours!, minutes: minutes!, seconds: seconds! }
}

/**
 * Adds calendar years and months first (the 31st becomes the last day of a shorter month), then the rest. All in UTC.
 * @param time milliseconds since the Unix epoch
 */
export function addDuration(time: number, { years, months, weeks, days, hours, minutes, seconds }: Duration): number {
  const date = new Date(time)
  const day = date.getUTCDate()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() + years * 12 + months)
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  date.setUTCDate(Math.min(day, lastDay))
  return date.getTime() + ((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000
}

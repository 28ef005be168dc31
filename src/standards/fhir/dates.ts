/** From its first millisecond to the one after its last: a FHIR date may be a year, a month, a day or an instant. */
export interface Intervalle {
  readonly debut: number
  readonly fin: number
}

const DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/

/**
 * A FHIR `dateTime`; what has no time zone is taken in UTC.
 * @returns undefined when it is none, or names a day that does not exist
 * @see https://hl7.org/fhir/R4/datatypes.html#dateTime
 */
export function lireDate(texte: string): Intervalle | undefined {
  const parts = DATE.exec(texte)
  if (!parts) return undefined
  const [annee, mois, jour, heure, minute, seconde] = parts.slice(1, 7).map((part) => (part === undefined ? undefined : Number(part)))
  const jourDit = Date.UTC(annee!, (mois ?? 1) - 1, jour ?? 1)
  const relu = new Date(jourDit)
  if (annee! < 1000 || relu.getUTCMonth() !== (mois ?? 1) - 1 || relu.getUTCDate() !== (jour ?? 1)) return undefined
  if (heure === undefined)
    return { debut: jourDit, fin: Date.UTC(annee! + (mois ? 0 : 1), (mois ?? 1) - (jour || !mois ? 1 : 0), jour ? jour + 1 : 1) }
  if (heure > 23 || minute! > 59 || (seconde ?? 0) > 59) return undefined
  const decalage = lireDecalage(parts[8])
  if (decalage === undefined) return undefined
  const millis = Number((parts[7] ?? '').padEnd(3, '0').slice(0, 3))
  const debut = jourDit + ((heure * 60 + minute!) * 60 + (seconde ?? 0)) * 1000 + millis - decalage
  return { debut, fin: debut + (seconde === undefined ? 60_000 : parts[7] === undefined ? 1000 : 1) }
}

function lireDecalage(zone: string | undefined): number | undefined {
  if (zone === undefined || zone === 'Z') return 0
  const [heures, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(4))]
  return heures > 14 || minutes > 59 ? undefined : (zone.startsWith('-') ? -1 : 1) * (heures * 60 + minutes) * 60_000
}

const PREFIXES = ['eq', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb', 'ap'] as const

export interface CritereDate extends Intervalle {
  readonly prefixe: (typeof PREFIXES)[number]
}

/** `ge2026-11-01`, `2026-11`. @see https://hl7.org/fhir/R4/search.html#prefix */
export function lireCritereDate(texte: string): CritereDate | undefined {
  const prefixe = PREFIXES.find((un) => texte.startsWith(un))
  const intervalle = lireDate(prefixe ? texte.slice(2) : texte)
  return intervalle && { prefixe: prefixe ?? 'eq', ...intervalle }
}

const JOUR = 86_400_000

/** Whether an instant fits; `ap` means within a day. */
export function convient({ prefixe, debut, fin }: CritereDate, instant: number): boolean {
  const dedans = instant >= debut && instant < fin
  switch (prefixe) {
    case 'eq':
      return dedans
    case 'ne':
      return !dedans
    case 'gt':
    case 'sa':
      return instant >= fin
    case 'lt':
    case 'eb':
      return instant < debut
    case 'ge':
      return instant >= debut
    case 'le':
      return instant < fin
    case 'ap':
      return instant >= debut - JOUR && instant < fin + JOUR
  }
}

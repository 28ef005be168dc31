import { OID_INS } from '#standards/ins/oids.ts'
import type { PersonneIdentifiee } from '#standards/ins/traits.ts'
import { addDuration, readDuration } from '../kit/duration.ts'
import type { FaitPasse } from './distribution.ts'
import { melange } from './population.ts'

/**
 * What happened to the profiles nobody has touched: a pure function of the person, in fixed dates, so that moving the clock at once or day
 * by day tells the same. Delays are not written, the profile's machine plays them.
 */

/** Shares of the insured, January 2026. @see functional.md §6.2, preset2026 */
export const PARTS_2026 = { ouvert: 0.97, oppose: 0.02, autre: 0.01, activeParmiOuverts: 0.36 } as const

/**
 * Share of open profiles activated, over time: published figures, straight lines between them, nothing after the last.
 * @see functional.md §6.1
 */
const ACTIVATIONS: readonly (readonly [le: number, part: number])[] = [
  [Date.UTC(2022, 1, 1), 0],
  [Date.UTC(2022, 10, 15), 0.11],
  [Date.UTC(2023, 1, 13), 0.12],
  [Date.UTC(2023, 8, 13), 0.14],
  [Date.UTC(2024, 1, 15), 0.17],
  [Date.UTC(2025, 0, 15), 0.26],
  [Date.UTC(2026, 0, 15), PARTS_2026.activeParmiOuverts],
]

const JOUR = 86_400_000
/** First letters of the opening campaign, and how many days they took; the dates inside are ours. */
const CAMPAGNE = { debut: Date.UTC(2022, 1, 1), jours: 120 } as const
/** Between birth and the notice: ours. */
const DELAI_NOTICE_NAISSANCE = 'P1M'

/** @param rang of the person in the population */
export function histoireDeRang(rang: number, dateNaissance: string): readonly FaitPasse[] {
  const sort = hasard(rang, 11)
  const informe: FaitPasse = { le: dateDeNotice(rang, dateNaissance), evenement: 'cnam.informe' }
  if (sort < PARTS_2026.ouvert) return [informe, ...activation(rang, informe.le)]
  if (sort < PARTS_2026.ouvert + PARTS_2026.oppose)
    return [informe, { le: informe.le + (1 + Math.floor(hasard(rang, 12) * 40)) * JOUR, evenement: 'patient.oppose' }]
  // Half of the rest is not affiliated: nobody informs them. The other half closed the profile.
  return hasard(rang, 13) < 0.5 ? [] : [informe, { le: fermeture(rang, informe.le), evenement: 'patient.ferme' }]
}

/** Published test identities: active, except those under a provisional number (NIA), who are not informed. */
export function histoirePubliee({ ins, dateNaissance }: PersonneIdentifiee): readonly FaitPasse[] {
  if (ins.oid === OID_INS['INS-NIA']) return []
  const informe = dateDeNotice(Number(ins.matricule.slice(-3)), dateNaissance)
  return [
    { le: informe, evenement: 'cnam.informe' },
    { le: informe + 300 * JOUR, evenement: 'patient.active' },
  ]
}

/** Birth and the delay of the notice, milliseconds. A date of no calendar (`1960-00-00`) is long past. */
export function noticeApresNaissance(dateNaissance: string): number {
  const naissance = Date.parse(dateNaissance)
  return Number.isNaN(naissance) ? CAMPAGNE.debut : addDuration(naissance, readDuration(DELAI_NOTICE_NAISSANCE)!)
}

const dateDeNotice = (rang: number, dateNaissance: string): number =>
  Math.max(CAMPAGNE.debut + Math.floor(hasard(rang, 14) * CAMPAGNE.jours) * JOUR, noticeApresNaissance(dateNaissance))

function activation(rang: number, informe: number): FaitPasse[] {
  const part = hasard(rang, 15)
  const suivante = ACTIVATIONS.findIndex(([, cumul]) => part < cumul)
  if (suivante < 1) return []
  const [[t0, p0], [t1, p1]] = [ACTIVATIONS[suivante - 1]!, ACTIVATIONS[suivante]!]
  const le = Math.floor(t0 + ((t1 - t0) * (part - p0)) / (p1 - p0))
  return [{ le: Math.max(le, informe + 7 * JOUR), evenement: 'patient.active' }]
}

/** At least two months after the notice: the profile is open. */
const fermeture = (rang: number, informe: number): number =>
  Math.max(informe + 60 * JOUR, Math.floor(Date.UTC(2023, 0, 1) + hasard(rang, 16) * 1_000 * JOUR))

/** 0 included to 1 excluded, the same for the same rank and question. */
const hasard = (rang: number, question: number): number => melange(rang, question) / 2 ** 32

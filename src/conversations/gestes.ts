/** What a person does at the desk, counted in clicks from the moment everything is ready. @see functional.md §7.4 */
export type Parcours = 'nouvelles' | 'retenir' | 'qualifier'

interface MesureGestes {
  readonly titre: string
  /** Clicks the published targets allow. @see S-067, S-068 (0), S-063 (1), S-074 (1) */
  readonly cible: number
  /** Clicks of the last time; null when not done yet. */
  readonly compte: number | null
}

export interface Gestes {
  readonly total: number
  /** Where the count stood when each course became possible. */
  readonly departs: Readonly<Partial<Record<Parcours, number>>>
  readonly mesures: Readonly<Record<Parcours, MesureGestes>>
}

export const GESTES_INITIAUX: Gestes = {
  total: 0,
  departs: {},
  mesures: {
    nouvelles: { titre: 'Voir l’état du DMP et les nouvelles', cible: 0, compte: null },
    retenir: { titre: 'Retenir un envoi', cible: 1, compte: null },
    qualifier: { titre: 'Qualifier l’identité', cible: 1, compte: null },
  },
}

export const unGeste = (gestes: Gestes): Gestes => ({ ...gestes, total: gestes.total + 1 })

/** Everything is ready for this course; asked twice, the first moment counts. */
export const commence = (gestes: Gestes, parcours: Parcours): Gestes =>
  gestes.departs[parcours] === undefined ? { ...gestes, departs: { ...gestes.departs, [parcours]: gestes.total } } : gestes

/** The conditions are gone: nothing is measured. */
export function abandonne(gestes: Gestes, parcours: Parcours): Gestes {
  const { [parcours]: _, ...departs } = gestes.departs
  return { ...gestes, departs }
}

/** The course is done: what it cost is kept. */
export function termine(gestes: Gestes, parcours: Parcours): Gestes {
  const depart = gestes.departs[parcours]
  if (depart === undefined) return gestes
  const mesures = { ...gestes.mesures, [parcours]: { ...gestes.mesures[parcours], compte: gestes.total - depart } }
  return { ...abandonne(gestes, parcours), mesures }
}

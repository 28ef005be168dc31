import { defineRules } from '#standards/rule.ts'
import { EXAMENS, type Examen } from './examens.ts'

/** Recommended exams, vaccines and screenings. @see functional.md §3.4 and §3.8 */
export const reglesPrevention = defineRules('mocks/mes/prevention/rules.ts', {
  'MES-PREVENTION-AGES': {
    sentence: 'Les examens, vaccins et dépistages recommandés suivent l’âge et le sexe du titulaire.',
    source: 'Âges publiés : Mon bilan prévention, calendrier des vaccinations, dépistages organisés ; quelques-uns seulement',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/prevention/examens.ts',
  },
  'MES-PREVENTION-STATUT': {
    sentence: 'Chaque examen recommandé est à planifier, fait, non fait, ou sans réponse.',
    source: 'ens-mobile, août 2025, TO_PLAN, DONE, NOT_DONE, NOT_SPECIFIED',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/prevention/routes.ts',
  },
  'MES-PREVENTION-RAPPEL': {
    sentence: 'Le titulaire est prévenu le jour venu, sauf d’un examen déjà dit fait ou non fait, par les canaux qu’il garde.',
    source: 'FAQ Mon espace santé p. 44 ; que ce jour soit l’anniversaire est au choix du bac à sable',
    certainty: 'déduit',
    enforcedIn: 'mocks/mes/prevention/rappels.ts',
  },
})

export const STATUTS_PREVENTION = ['TO_PLAN', 'NOT_SPECIFIED', 'DONE', 'NOT_DONE'] as const

export type StatutPrevention = (typeof STATUTS_PREVENTION)[number]

/** One exam at one birthday. */
export interface Occurrence {
  /** `sein-50` */
  readonly id: string
  readonly examen: Examen
  readonly age: number
  /** Simulated milliseconds, nine in the morning in winter. */
  readonly le: number
}

/** A birthday. Unknown parts of a birth date (`00`) count as the first; the 29th of February is kept on the 1st of March. */
export function anniversaire(dateNaissance: string, age: number): number {
  const [annee = 0, mois = 1, jour = 1] = dateNaissance.split('-').map(Number)
  return Date.UTC(annee + age, Math.max(mois, 1) - 1, Math.max(jour, 1), 8)
}

/** Everything a life brings, in the order of time. */
export function occurrencesDe({ dateNaissance, sexe }: { readonly dateNaissance: string; readonly sexe: string }): Occurrence[] {
  return EXAMENS.filter((examen) => examen.sexe === undefined || examen.sexe === sexe)
    .flatMap((examen) => examen.ages.map((age) => ({ id: `${examen.id}-${age}`, examen, age, le: anniversaire(dateNaissance, age) })))
    .sort((a, b) => a.le - b.le || (a.id < b.id ? -1 : 1))
}

/** Those that concern the holder now. */
export const enCours = (occurrences: readonly Occurrence[], dateNaissance: string, maintenant: number): Occurrence[] =>
  occurrences.filter(({ examen, age, le }) => le <= maintenant && maintenant < anniversaire(dateNaissance, age + examen.pendant))

/** What comes within the year. */
export const aVenir = (occurrences: readonly Occurrence[], maintenant: number): Occurrence[] =>
  occurrences.filter(({ le }) => le > maintenant && le <= maintenant + 366 * 86_400_000)

import type { Certainty } from '#standards/rule.ts'
import type { CodeNotification } from '../notifications.ts'

/** What Mon espace santé recommends, by age and sex. */
export interface Examen {
  readonly id: string
  readonly libelle: string
  readonly genre: 'examen' | 'vaccin' | 'dépistage'
  /** Everybody when absent. */
  readonly sexe?: 'F'
  /** Birthdays on which it comes due, whole years. */
  readonly ages: readonly number[]
  /** It concerns the holder this many years from the birthday on. */
  readonly pendant: number
  readonly source: string
  readonly certainty: Certainty
}

const tousLes = (pas: number, de: number, a: number): number[] => Array.from({ length: Math.floor((a - de) / pas) + 1 }, (_, rang) => de + rang * pas)

const DEPISTAGE = { genre: 'dépistage', certainty: 'vérifié' } as const
const VACCIN = { genre: 'vaccin', certainty: 'vérifié' } as const

/**
 * A few published ages only. That they come due on the birthday is the sandbox's own: the real service follows the last invitation.
 * @see functional.md §3.4
 */
export const EXAMENS: readonly Examen[] = [
  {
    id: 'bilan-prevention',
    libelle: 'Mon bilan prévention',
    genre: 'examen',
    ages: [18, 45, 60, 70],
    pendant: 6,
    source: 'Mon bilan prévention : 18–25, 45–50, 60–65 et 70–75 ans',
    certainty: 'vérifié',
  },
  {
    ...VACCIN,
    id: 'papillomavirus',
    libelle: 'Vaccin contre les papillomavirus',
    ages: [11],
    pendant: 4,
    source: 'Calendrier des vaccinations : 11–14 ans',
  },
  {
    ...VACCIN,
    id: 'dtp',
    libelle: 'Rappel diphtérie, tétanos, poliomyélite',
    ages: [25, 45, ...tousLes(10, 65, 105)],
    pendant: 5,
    source: 'Calendrier des vaccinations : 25, 45, 65 ans, puis tous les dix ans ; durée montrée au choix du bac à sable',
  },
  {
    ...VACCIN,
    id: 'grippe',
    libelle: 'Vaccin contre la grippe',
    ages: tousLes(1, 65, 110),
    pendant: 1,
    source: 'Calendrier des vaccinations : chaque année dès 65 ans ; le jour est au choix du bac à sable',
  },
  {
    ...DEPISTAGE,
    id: 'col-uterus',
    libelle: 'Dépistage du cancer du col de l’utérus',
    sexe: 'F',
    ages: [25, 28, ...tousLes(5, 30, 65)],
    pendant: 3,
    source: 'Dépistage organisé : 25–65 ans, tous les trois ans, puis tous les cinq ans dès 30 ans',
  },
  {
    ...DEPISTAGE,
    id: 'sein',
    libelle: 'Dépistage du cancer du sein',
    sexe: 'F',
    ages: tousLes(2, 50, 74),
    pendant: 2,
    source: 'Dépistage organisé : 50–74 ans, tous les deux ans',
  },
  {
    ...DEPISTAGE,
    id: 'colorectal',
    libelle: 'Dépistage du cancer colorectal',
    ages: tousLes(2, 50, 74),
    pendant: 2,
    source: 'Dépistage organisé : 50–74 ans, tous les deux ans',
  },
]

export const NOTIFICATION_DE: Readonly<Record<Examen['genre'], CodeNotification>> = {
  examen: 'RAPPEL_RDV_PREV',
  vaccin: 'RAPPEL_RDV_PREV_VACC',
  dépistage: 'RAPPEL_RDV_PREV_DEPIST',
}

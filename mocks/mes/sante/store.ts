import { defineCollection } from '../../database/store.ts'
import type { World } from '../../world.ts'

/** One entry of the profil médical. */
export interface EntreeMedicale {
  readonly id: string
  readonly matriculeIns: string
  /** Id of its section. */
  readonly section: string
  readonly valeurs: Readonly<Record<string, string>>
  /** Name shown of who wrote it. */
  readonly auteur: string
  readonly modifieLe: number
}

/** The holder says that a section is not about them. */
export interface NonConcerne {
  /** `<matriculeIns>|<section>` */
  readonly id: string
  readonly matriculeIns: string
  readonly section: string
}

export const entreesMedicales = defineCollection<EntreeMedicale>('mes-profil-medical', 'id', { parProfil: ['matriculeIns', 'section'] })
export const nonConcernes = defineCollection<NonConcerne>('mes-non-concerne', 'id', { parProfil: ['matriculeIns'] })

export const entreesDe = ({ store }: Pick<World, 'store'>, matriculeIns: string): Promise<EntreeMedicale[]> =>
  store.range(entreesMedicales, { index: 'parProfil', equals: [matriculeIns], limit: 1_000 })

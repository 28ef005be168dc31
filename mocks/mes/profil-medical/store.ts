import { defineCollection } from '../../database/store.ts'
import type { World } from '../../world.ts'

/** One entry of one section. */
export interface EntreeProfil {
  readonly id: string
  /** 15 characters. */
  readonly matriculeIns: string
  /** Id of `SECTIONS`. */
  readonly section: string
  /** By name of field; an empty field is absent. */
  readonly valeurs: Readonly<Record<string, string>>
  /** Name shown of who wrote it. */
  readonly auteur: string
  /** Simulated milliseconds. */
  readonly creeLe: number
  readonly modifieLe: number
}

/** « Je ne suis pas concerné », said of one section. */
export interface NonConcerne {
  /** `<matriculeIns>|<section>` */
  readonly id: string
  readonly matriculeIns: string
  readonly section: string
  /** Simulated milliseconds. */
  readonly le: number
}

export const entrees = defineCollection<EntreeProfil>('mes-profil-medical', 'id', { parProfil: ['matriculeIns', 'section', 'creeLe'] })
export const nonConcernes = defineCollection<NonConcerne>('mes-profil-non-concerne', 'id', { parProfil: ['matriculeIns'] })

/** Oldest first. @param section every one when absent */
export const entreesDe = ({ store }: Pick<World, 'store'>, matriculeIns: string, section?: string): Promise<EntreeProfil[]> =>
  store.range(entrees, { index: 'parProfil', equals: section === undefined ? [matriculeIns] : [matriculeIns, section], limit: 2_000 })

export const nonConcernesDe = async ({ store }: Pick<World, 'store'>, matriculeIns: string): Promise<ReadonlySet<string>> =>
  new Set((await store.range(nonConcernes, { index: 'parProfil', equals: [matriculeIns], limit: 100 })).map(({ section }) => section))

export const cleNonConcerne = (matriculeIns: string, section: string): string => `${matriculeIns}|${section}`

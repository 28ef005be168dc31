import { defineCollection } from '../../database/store.ts'
import type { World } from '../../world.ts'
import type { StatutPrevention } from './rules.ts'

/** What the holder answered about one recommended exam. */
export interface ReponsePrevention {
  /** `<matriculeIns>|<occurrence>` */
  readonly id: string
  /** 15 characters. */
  readonly matriculeIns: string
  /** `sein-50` */
  readonly occurrence: string
  readonly statut: StatutPrevention
  /** Simulated milliseconds. */
  readonly modifieLe: number
}

export const reponsesPrevention = defineCollection<ReponsePrevention>('mes-prevention', 'id', { parProfil: ['matriculeIns'] })

export const reponsesDe = async ({ store }: Pick<World, 'store'>, matriculeIns: string): Promise<ReadonlyMap<string, ReponsePrevention>> =>
  new Map((await store.range(reponsesPrevention, { index: 'parProfil', equals: [matriculeIns], limit: 1_000 })).map((une) => [une.occurrence, une]))

import { defineCollection } from '../database/store.ts'
import type { World } from '../world.ts'
import type { Porteur } from './rules.ts'

/** What the PATCH said of a mailbox that the trust space does not keep. */
export interface BalDeclaree {
  readonly adresse: string
  readonly porteur: Porteur
  /** Never in free access. */
  readonly responsable: string
}

/** A resource changed since the world began, with its version. */
export interface Changement {
  /** Id of the resource, or `debut`. */
  readonly id: string
  /** Simulated milliseconds. */
  readonly le: number
  readonly version: number
}

export const balDeclarees = defineCollection<BalDeclaree>('annuaire-bal', 'adresse')
export const changements = defineCollection<Changement>('annuaire-changements', 'id')

export const DEBUT = 'debut'

/** Inside a transaction. */
export async function noterChangement({ store, now }: Pick<World, 'store'> & { now: number }, id: string): Promise<void> {
  const connu = await store.get(changements, id)
  await store.put(changements, { id, le: now, version: (connu?.version ?? 1) + 1 })
}

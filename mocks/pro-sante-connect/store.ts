import { type Collection, defineCollection } from '../database/store.ts'
import type { World } from '../world.ts'
import type { CodePsc, DemandePsc, SessionPsc } from './objets.ts'

export const sessions = defineCollection<SessionPsc>('psc-sessions', 'id', { parFin: ['expireLe'] })
export const codes = defineCollection<CodePsc>('psc-codes', 'id', { parFin: ['expireLe'] })
export const demandes = defineCollection<DemandePsc>('psc-demandes', 'id', { parFin: ['expireLe'] })

export const collections = [sessions, codes, demandes]

/** Takes away what ended an hour ago or more. Inside a transaction. */
export async function balayer(world: Pick<World, 'store' | 'now'>): Promise<void> {
  const to = world.now() - 3_600_000
  for (const collection of collections as unknown as readonly Collection<{ id: string }>[])
    for (const { id } of await world.store.range(collection, { index: 'parFin', to, limit: 50 })) await world.store.delete(collection, id)
}

/** Sessions not over yet, at most 500, the first to expire first. */
export const sessionsVivantes = async ({ store }: Pick<World, 'store'>, maintenant: number): Promise<SessionPsc[]> =>
  (await store.range(sessions, { index: 'parFin', from: maintenant + 1, limit: 500 })).filter(({ finie }) => !finie)

/** Requests that wait for their professional, at most 200, the oldest first. */
export const demandesEnAttente = async ({ store }: Pick<World, 'store'>, maintenant: number): Promise<DemandePsc[]> =>
  (await store.range(demandes, { index: 'parFin', from: maintenant + 1, limit: 200 })).filter(({ etat }) => etat === 'en attente')

/** Nothing of it is worth anything from now on. Inside a transaction. */
export const finir = (world: Pick<World, 'store'>, session: SessionPsc): Promise<void> =>
  world.store.put(sessions, { ...session, finie: true, jetons: [] })

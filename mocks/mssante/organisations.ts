import { castOf } from '../database/registre.ts'
import type { World } from '../world.ts'
import { boites } from './store.ts'

/** Structures that answer for an application's mailbox: it opens with their certificate (MSS-BAL-APP-CERTIFICAT). */
export async function organisations(world: World): Promise<{ id: string; name: string }[]> {
  const { structures } = await castOf(world)
  const ids = new Set<string>()
  for (const { type, structure } of await world.store.range(boites, { limit: 10_000 })) if (type === 'APP') ids.add(structure)
  return [...ids].map((id) => ({ id, name: structures.find(({ identifiant }) => identifiant === id)?.nom ?? `Structure ${id}` }))
}

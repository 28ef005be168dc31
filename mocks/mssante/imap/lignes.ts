import type { World } from '../../world.ts'
import { messages, type MessageEnregistre } from '../store.ts'

/** Rows read at a time. */
const LOT = 200

/**
 * Rows of these UIDs (ascending) in their order, those that left meanwhile left out. UIDs close to each other are read together.
 * Outside a transaction or inside one, as the world given is.
 */
export async function* lignesDe({ store }: Pick<World, 'store'>, dossier: string, uids: readonly number[]): AsyncGenerator<MessageEnregistre[]> {
  for (let at = 0; at < uids.length;) {
    let jusque = at
    while (jusque + 1 < uids.length && jusque + 1 - at < LOT && uids[jusque + 1]! - uids[at]! < LOT * 2) jusque++
    const lot = await store.range(messages, { index: 'parUid', equals: [dossier], from: uids[at]!, to: uids[jusque]!, limit: LOT * 2 })
    if (lot.length === jusque - at + 1) yield lot
    else {
      const voulus = new Set(uids.slice(at, jusque + 1))
      yield lot.filter(({ uid }) => voulus.has(uid))
    }
    at = jusque + 1
  }
}

import type { Service } from '../kit/service.ts'
import type { Reactions, World, WorldEvent } from '../world.ts'

/** One function of Mon espace santé (documents, measures, helpers…), in a folder of its own; `routes.ts` puts them together. */
export interface Volet extends Pick<Service, 'routes' | 'rules' | 'settings' | 'answers' | 'timers' | 'openapi' | 'seed'> {
  readonly reactions?: Reactions
}

/** Several functions as one: what more than one reacts to, each does in turn. */
export function reunir(volets: readonly Volet[]): Required<Omit<Volet, 'seed'>> & Pick<Required<Service>, 'seed'> {
  const tous = <K extends keyof Volet>(nom: K) => Object.assign({}, ...volets.map((volet) => volet[nom] ?? {})) as NonNullable<Volet[K]>
  return {
    routes: volets.flatMap(({ routes }) => routes),
    rules: tous('rules'),
    settings: tous('settings'),
    answers: tous('answers'),
    timers: tous('timers'),
    openapi: tous('openapi'),
    reactions: reactionsDe(volets),
    seed: async (world, dataset) => {
      for (const { seed } of volets) await seed?.(world, dataset)
    },
  }
}

function reactionsDe(volets: readonly Volet[]): Reactions {
  const types = new Set(volets.flatMap(({ reactions }) => Object.keys(reactions ?? {}) as WorldEvent['type'][]))
  const reagir = (type: WorldEvent['type']) => async (event: WorldEvent, world: World) => {
    // The event has the type its reaction is kept under.
    for (const { reactions } of volets) await (reactions?.[type] as ((event: WorldEvent, world: World) => Promise<void>) | undefined)?.(event, world)
  }
  return Object.fromEntries([...types].map((type) => [type, reagir(type)]))
}

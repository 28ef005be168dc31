import { createSubscriber } from 'svelte/reactivity'
import type { AnyActorRef, SnapshotFrom } from 'xstate'

/**
 * An XState actor read from a component: reading `current` in a template or a `$derived` follows the actor.
 * It subscribes only while something reads it, and works outside components too.
 */
export class ActorState<A extends AnyActorRef> {
  readonly actor: A
  readonly #subscribe: () => void

  constructor(actor: A) {
    this.actor = actor
    this.#subscribe = createSubscriber((update) => {
      const { unsubscribe } = actor.subscribe({ next: update, complete: update, error: update })
      return () => unsubscribe()
    })
  }

  get current(): SnapshotFrom<A> {
    this.#subscribe()
    return this.actor.getSnapshot() as SnapshotFrom<A>
  }
}

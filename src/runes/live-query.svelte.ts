import { liveQuery } from 'dexie'
import { createSubscriber } from 'svelte/reactivity'

/**
 * A Dexie query read from a component: `current` is `initial` until the first answer, then follows every change of the tables read,
 * whichever tab made it. `failure` holds the last error, if any.
 */
export class LiveQuery<T> {
  #current: T
  #failure: unknown
  readonly #subscribe: () => void

  constructor(query: () => Promise<T>, initial: T) {
    this.#current = initial
    this.#subscribe = createSubscriber((update) => {
      const { unsubscribe } = liveQuery(query).subscribe({
        next: (value) => {
          this.#current = value
          this.#failure = undefined
          update()
        },
        error: (error: unknown) => {
          this.#failure = error
          update()
        },
      })
      return unsubscribe
    })
  }

  get current(): T {
    this.#subscribe()
    return this.#current
  }

  get failure(): unknown {
    this.#subscribe()
    return this.#failure
  }
}

import { untrack } from 'svelte'

/** The states gone through while somebody looks, one list for each change, the present ones last. Made while a component is. */
export class Parcours {
  etapes = $state.raw<readonly (readonly string[])[]>([])

  /** @param lire the present states, reactive; empty while unknown */
  constructor(lire: () => readonly string[]) {
    $effect(() => {
      const etats = lire()
      const avant = untrack(() => this.etapes)
      if (etats.length > 0 && avant.at(-1)?.join() !== etats.join()) this.etapes = [...avant, etats]
    })
  }
}

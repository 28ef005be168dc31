import { phraseDe, type Telephone } from './telephone.svelte.ts'

/**
 * What one page of the phone reads, kept up to date: read again each time the world changes. To be made while a component is set up.
 * `current` is undefined until the first answer; `refus` says in French why there is none.
 */
export class Suivi<T> {
  current = $state.raw<T>()
  refus = $state('')

  /** @param lire called again when the world changes, or when a rune it reads before its first `await` does */
  constructor(telephone: Telephone, lire: () => Promise<T>) {
    let dernier = 0
    $effect(() => {
      void telephone.version
      const celui = ++dernier
      lire().then(
        (value) => {
          if (celui !== dernier) return
          this.current = value
          this.refus = ''
        },
        (error: unknown) => {
          if (celui === dernier) this.refus = phraseDe(error)
        },
      )
    })
  }
}

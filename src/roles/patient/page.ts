import type { Component } from 'svelte'
import type { Telephone } from './telephone.svelte.ts'

/** What every page of the phone is given. */
export interface ProprietesDePage {
  readonly telephone: Telephone
  /** Simulated milliseconds. */
  readonly maintenant: number
  /** Goes to another page, by its id. */
  readonly aller: (page: string) => void
  /** Those of the menu. */
  readonly menu: readonly PageDuTelephone[]
}

export interface PageDuTelephone {
  readonly id: string
  /** One or two words, French. */
  readonly libelle: string
  /** One line of the menu: what is found there. */
  readonly resume?: string
  readonly Icone: Component<{ size?: number | string; 'aria-hidden'?: 'true' | 'false' | boolean | null | undefined }>
  readonly Page: Component<ProprietesDePage>
  /** In the bar at the bottom; the others are reached by the menu. */
  readonly barre?: true
  /** Reached by another page only. */
  readonly cachee?: true
  /** Another app of the phone: nothing of Mon espace santé around it. */
  readonly dehors?: true
  /** Also before the profile is activated. */
  readonly toujours?: true
  readonly compte?: (telephone: Telephone) => { readonly nombre: number; readonly dit: string }
}

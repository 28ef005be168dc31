import type { PersonneIdentifiee } from '#standards/ins/traits.ts'
import { castOf } from '../database/registre.ts'
import { defineCollection } from '../database/store.ts'
import type { World } from '../world.ts'
import type { EtatLot } from './lifecycle.ts'
import type { RechercheVitale } from './rules/champs.ts'
import type { LigneLot } from './rules/lot.ts'

/** A batch of verifications. Times are simulated milliseconds. */
export interface Lot {
  /** Number of the batch, a UUID. */
  readonly id: string
  readonly depositaire: string
  readonly deposeLe: number
  readonly disponibleLe: number
  readonly etat: EtatLot
  readonly lignes: readonly LigneLot[]
}

export const lots = defineCollection<Lot>('insi-lots', 'id')

/**
 * Those whom a card carries: the beneficiary of the individual number when the card holds one, else the insured whose number is printed on it
 * and, in the cast, the children who depend on him, eldest first, twins in the order of the cast.
 */
export async function portesParLaCarte(world: World, { matriculeIndividu, matriculeOd }: RechercheVitale): Promise<PersonneIdentifiee[]> {
  const personne = await world.ask.personneParMatricule(matriculeIndividu ?? matriculeOd ?? '')
  if (!personne) return []
  if (matriculeIndividu || personne.origine !== 'distribution') return [personne]
  const { patients } = await castOf(world)
  const enfants = patients.filter(({ liens }) => liens.some(({ lien, patient }) => lien === 'parent' && patient === personne.id))
  return [personne, ...enfants.map((enfant) => enfant.personne).toSorted((a, b) => a.dateNaissance.localeCompare(b.dateNaissance))]
}

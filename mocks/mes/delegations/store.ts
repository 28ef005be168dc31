import { defineCollection } from '../../database/store.ts'
import type { World } from '../../world.ts'
import type { Delegation, TypeDelegation } from './lifecycle.ts'

export interface DelegationEnregistree extends Delegation {
  readonly id: string
  readonly type: TypeDelegation
  /** 15 characters: whose profile it opens. */
  readonly matriculeIns: string
  /** 15 characters: to whom. */
  readonly delegue: string
  /** 15 characters: who asked, the holder or their representative. */
  readonly demandeur: string
  readonly demandeLe: number
  /** uniqueId of the proof; absent while there is none. */
  readonly preuve?: string
}

/** Who has been told to have come of age. */
export interface MajoriteEnregistree {
  readonly matriculeIns: string
  /** The eighteenth birthday, simulated milliseconds. */
  readonly le: number
}

export const delegations = defineCollection<DelegationEnregistree>('mes-delegations', 'id', {
  parProfil: ['matriculeIns', 'demandeLe'],
  parDelegue: ['delegue', 'demandeLe'],
})

export const majorites = defineCollection<MajoriteEnregistree>('mes-majorites', 'matriculeIns', { parProfil: ['matriculeIns'] })

const JUSQUA = 200

/** Those that open this profile to others, newest first. */
export const delegationsDe = ({ store }: Pick<World, 'store'>, matriculeIns: string): Promise<DelegationEnregistree[]> =>
  store.range(delegations, { index: 'parProfil', equals: [matriculeIns], reverse: true, limit: JUSQUA })

/** Those that open other profiles to this person, newest first. */
export const delegationsPour = ({ store }: Pick<World, 'store'>, delegue: string): Promise<DelegationEnregistree[]> =>
  store.range(delegations, { index: 'parDelegue', equals: [delegue], reverse: true, limit: JUSQUA })

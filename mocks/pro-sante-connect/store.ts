import { type Collection, defineCollection } from '../database/store.ts'
import type { World } from '../world.ts'

/** A professional who proved who they are, for one client software. Times are simulated milliseconds. */
export interface SessionPsc {
  /** `sid` of the tokens. */
  readonly id: string
  /** National id. */
  readonly identifiant: string
  readonly client: string
  /** It was opened without a secret: only such a client renews it without one. */
  readonly publique: boolean
  /** Separated by spaces. */
  readonly scope: string
  readonly ouverteLe: number
  readonly expireLe: number
  /** Ended by the person, the client, the sandbox or a refresh token used twice: nothing of it is worth anything any more. */
  readonly finie: boolean
  /** Refresh token in force. */
  readonly renouvellement: string
  /** Access tokens given and not withdrawn. */
  readonly jetons: readonly { readonly jti: string; readonly expireLe: number }[]
  readonly nonce?: string
}

export interface DefiPkce {
  readonly methode: 'S256' | 'plain'
  readonly valeur: string
}

/** An authorization code. */
export interface CodePsc {
  readonly id: string
  readonly client: string
  readonly redirectUri: string
  readonly identifiant: string
  readonly scope: string
  readonly expireLe: number
  readonly nonce?: string
  readonly defi?: DefiPkce
  /** The session it opened: it has been used. */
  readonly session?: string
}

/** A request on the simulated e-CPS. @see OpenID Connect CIBA Core 1.0 */
export interface DemandePsc {
  /** `auth_req_id` */
  readonly id: string
  readonly client: string
  readonly identifiant: string
  readonly scope: string
  /** The two digits shown on both screens. */
  readonly liaison: string
  readonly etat: 'en attente' | 'acceptée' | 'refusée' | 'servie'
  readonly creeeLe: number
  readonly expireLe: number
  /** When the client last asked; 0: not yet. */
  readonly lueLe: number
}

export const sessions = defineCollection<SessionPsc>('psc-sessions', 'id', { parFin: ['expireLe'] })
export const codes = defineCollection<CodePsc>('psc-codes', 'id', { parFin: ['expireLe'] })
export const demandes = defineCollection<DemandePsc>('psc-demandes', 'id', { parFin: ['expireLe'] })

export const collections = [sessions, codes, demandes]

/** Takes away what ended an hour ago or more. Inside a transaction. */
export async function balayer(world: Pick<World, 'store' | 'now'>): Promise<void> {
  const to = world.now() - 3_600_000
  for (const collection of collections as unknown as readonly Collection<{ id: string }>[])
    for (const { id } of await world.store.range(collection, { index: 'parFin', to, limit: 50 })) await world.store.delete(collection, id)
}

/** Sessions not over yet, at most 500, the first to expire first. */
export const sessionsVivantes = async ({ store }: Pick<World, 'store'>, maintenant: number): Promise<SessionPsc[]> =>
  (await store.range(sessions, { index: 'parFin', from: maintenant + 1, limit: 500 })).filter(({ finie }) => !finie)

/** Requests that wait for their professional, at most 200, the oldest first. */
export const demandesEnAttente = async ({ store }: Pick<World, 'store'>, maintenant: number): Promise<DemandePsc[]> =>
  (await store.range(demandes, { index: 'parFin', from: maintenant + 1, limit: 200 })).filter(({ etat }) => etat === 'en attente')

/** Nothing of it is worth anything from now on. Inside a transaction. */
export const finir = (world: Pick<World, 'store'>, session: SessionPsc): Promise<void> =>
  world.store.put(sessions, { ...session, finie: true, jetons: [] })

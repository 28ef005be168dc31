/** What the service keeps. Times are simulated milliseconds. */

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

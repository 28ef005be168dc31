import { ADRESSES_PSC, GRANT_CIBA, SECRET_DU_BAC_A_SABLE } from '#standards/psc/adresses.ts'
import type { Acces } from './http.ts'
import { ApiRefusal } from './json.ts'

/** A professional identified by Pro Santé Connect, for as long as they sit there. */
export interface SessionPsc {
  /** An access token in force; asked again when the former is about to end. @throws {ApiRefusal} the session is over */
  jeton(): Promise<string>
  /** Ends it at Pro Santé Connect too. */
  finir(): Promise<void>
}

interface Jetons {
  readonly access_token: string
  readonly refresh_token: string
  /** Seconds. */
  readonly expires_in: number
}

/** Milliseconds before its end at which a token is renewed. */
const MARGE = 20_000

/** Pro Santé Connect as thick software uses it: CIBA, the two digits shown on both screens. Tokens stay in memory. @see mssante.md §8 */
export class PscClient {
  readonly #acces: Acces
  readonly #now: () => number

  /** @param now simulated milliseconds: tokens end by the clock of their world */
  constructor(acces: Acces, now: () => number) {
    this.#acces = acces
    this.#now = now
  }

  /** @param identifiant national id of who sits there. @throws {ApiRefusal} refused or expired */
  async connecter(identifiant: string): Promise<SessionPsc> {
    const deuxChiffres = String(Math.floor(this.#now() / 1_000) % 100).padStart(2, '0')
    const { auth_req_id: demande } = await this.#demander<{ auth_req_id: string }>(ADRESSES_PSC.ciba, {
      scope: 'openid scope_all',
      login_hint: identifiant,
      binding_message: deuxChiffres,
      acr_values: 'eidas1',
    })
    return this.#session(await this.#demander<Jetons>(ADRESSES_PSC.jeton, { grant_type: GRANT_CIBA, auth_req_id: demande }))
  }

  #session(premiers: Jetons): SessionPsc {
    let jetons = premiers
    let fin = this.#now() + premiers.expires_in * 1_000
    let renouvellement: Promise<void> | undefined
    const renouveler = async () => {
      jetons = await this.#demander<Jetons>(ADRESSES_PSC.jeton, { grant_type: 'refresh_token', refresh_token: jetons.refresh_token })
      fin = this.#now() + jetons.expires_in * 1_000
    }
    return {
      jeton: async () => {
        if (this.#now() >= fin - MARGE) await (renouvellement ??= renouveler().finally(() => (renouvellement = undefined)))
        return jetons.access_token
      },
      finir: async () => {
        await this.#demander(ADRESSES_PSC.deconnexion, { refresh_token: jetons.refresh_token }).catch(() => undefined)
      },
    }
  }

  async #demander<T>(path: string, champs: Record<string, string>): Promise<T> {
    const response = await this.#acces.fetch(this.#acces.base + path, {
      method: 'POST',
      headers: { Authorization: `Basic ${btoa(`cabinet:${SECRET_DU_BAC_A_SABLE}`)}`, 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(champs).toString(),
    })
    const lu = (await response.json().catch(() => ({}))) as T & { error?: string; error_description?: string }
    if (!response.ok) throw new ApiRefusal(response.status, lu.error_description ?? lu.error ?? `HTTP ${response.status}`)
    return lu
  }
}

import { ADRESSES_PSC, GRANT_CIBA, SECRET_DU_BAC_A_SABLE } from '#standards/psc/adresses.ts'
import { type Acces, envoyer, type Panne, type Refus, type ReponseHttp, texteDe } from './http.ts'

/** A professional connected by their e-CPS. Tokens stay in memory. */
export interface SessionPro {
  readonly identifiant: string
  /**
   * An access token that still has some seconds before it, renewed when needed. Callers at the same time share one renewal.
   * @param refuse the token that somebody has just refused: another is asked for, whatever its age
   */
  jeton(refuse?: string): Promise<string | Refus | Panne>
  /** Ends the session at Pro Santé Connect; nothing is left whatever it answers. */
  finir(): Promise<void>
}

export interface OptionsConnexion {
  /** Shows the two digits, which the e-CPS shows too. */
  readonly montrer?: (liaison: string) => void
  /** Gives up waiting: `connecter` ends with a refusal `abandon`. */
  readonly signal?: AbortSignal
}

export interface OptionsPsc {
  readonly clientId?: string
  readonly secret?: string
  /** Real milliseconds that only go forward; `performance.now` when absent. */
  readonly chronometre?: () => number
  /** Waits real milliseconds between two questions; `setTimeout` when absent. */
  readonly attendre?: (millisecondes: number) => Promise<void>
}

interface Jetons {
  readonly acces: string
  readonly renouvellement: string
  /** On the stopwatch. */
  readonly bonJusqua: number
}

interface ObjetLu {
  readonly issue: 'objet'
  readonly valeur: Readonly<Record<string, unknown>>
}

/** A token is renewed this long before its end, milliseconds; half its life when it is shorter than that. */
const MARGE = 30_000

/** The practice's side of Pro Santé Connect: CIBA, then renewals. Nothing here throws. @see mssante.md §8 */
export class PscClient {
  readonly #acces: Acces
  readonly #client: { readonly client_id: string; readonly client_secret: string }
  readonly #chronometre: () => number
  readonly #attendre: (millisecondes: number) => Promise<void>

  constructor(acces: Acces, options: OptionsPsc = {}) {
    this.#acces = acces
    this.#client = { client_id: options.clientId ?? 'logiciel-de-cabinet', client_secret: options.secret ?? SECRET_DU_BAC_A_SABLE }
    this.#chronometre = options.chronometre ?? (() => performance.now())
    this.#attendre = options.attendre ?? ((millisecondes) => new Promise((resolve) => setTimeout(resolve, millisecondes)))
  }

  /** Two calls when the e-CPS accepts by itself. @param identifiant national id: `899700979001` */
  async connecter(identifiant: string, { montrer, signal }: OptionsConnexion = {}): Promise<SessionPro | Refus | Panne> {
    const liaison = String(crypto.getRandomValues(new Uint8Array(1))[0]! % 100).padStart(2, '0')
    const demande = await this.#envoyer(ADRESSES_PSC.ciba, {
      scope: 'openid scope_all',
      acr_values: 'eidas1',
      login_hint: identifiant,
      binding_message: liaison,
    })
    if (demande.issue !== 'objet') return demande
    const { auth_req_id, interval } = demande.valeur
    if (typeof auth_req_id !== 'string') return ILLISIBLE
    montrer?.(liaison)
    let pas = secondes(interval) ?? 5
    for (;;) {
      if (signal?.aborted) return { issue: 'refus', code: 'abandon', texte: 'Connexion abandonnée.' }
      const jetons = await this.#demanderJetons({ grant_type: GRANT_CIBA, auth_req_id })
      if (!('issue' in jetons)) return this.#session(identifiant, jetons)
      if (jetons.issue === 'panne' || !EN_ATTENTE.has(jetons.code)) return jetons
      // @see OpenID Connect CIBA Core §11: five seconds more after slow_down
      if (jetons.code === 'slow_down') pas += 5
      await this.#attendre(pas * 1_000)
    }
  }

  #session(identifiant: string, premiers: Jetons): SessionPro {
    let jetons: Jetons | Refus = premiers
    let enCours: Promise<string | Refus | Panne> | undefined
    const renouveler = async ({ renouvellement }: Jetons): Promise<string | Refus | Panne> => {
      const nouveaux = await this.#demanderJetons({ grant_type: 'refresh_token', refresh_token: renouvellement })
      if ('acces' in nouveaux) {
        if ('acces' in jetons) jetons = nouveaux
        return nouveaux.acces
      }
      // A refusal is for good; an outage is not.
      if (nouveaux.issue === 'refus') jetons = nouveaux
      return nouveaux
    }
    return {
      identifiant,
      jeton: async (refuse) => {
        if (!('acces' in jetons)) return jetons
        if (jetons.acces !== refuse && this.#chronometre() < jetons.bonJusqua) return jetons.acces
        enCours ??= renouveler(jetons).finally(() => (enCours = undefined))
        return await enCours
      },
      finir: async () => {
        if (!('acces' in jetons)) return
        const { renouvellement } = jetons
        jetons = { issue: 'refus', code: 'session_finie', texte: 'La session Pro Santé Connect est finie.' }
        await this.#envoyer(ADRESSES_PSC.deconnexion, { refresh_token: renouvellement })
      },
    }
  }

  async #demanderJetons(champs: Record<string, string>): Promise<Jetons | Refus | Panne> {
    const lu = await this.#envoyer(ADRESSES_PSC.jeton, champs)
    if (lu.issue !== 'objet') return lu
    const { access_token: acces, refresh_token: renouvellement, expires_in } = lu.valeur
    if (typeof acces !== 'string' || typeof renouvellement !== 'string') return ILLISIBLE
    const vie = (secondes(expires_in) ?? 60) * 1_000
    return { acces, renouvellement, bonJusqua: this.#chronometre() + Math.max(vie - MARGE, vie / 2) }
  }

  /** The JSON object answered, or what went wrong. */
  async #envoyer(path: string, champs: Record<string, string>): Promise<ObjetLu | Refus | Panne> {
    const reponse = await envoyer(this.#acces, path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
      body: new URLSearchParams({ ...this.#client, ...champs }).toString(),
    })
    if (reponse.issue === 'panne') return reponse
    const objet = lireObjet(reponse)
    if (reponse.status >= 200 && reponse.status < 300) return objet ? { issue: 'objet', valeur: objet } : ILLISIBLE
    const { error, error_description } = objet ?? {}
    if (reponse.status >= 500 || typeof error !== 'string')
      return { issue: 'panne', parti: true, texte: `Pro Santé Connect est en panne (HTTP ${reponse.status}).` }
    return { issue: 'refus', code: error, texte: typeof error_description === 'string' ? error_description : error }
  }
}

const EN_ATTENTE = new Set(['authorization_pending', 'slow_down'])

const ILLISIBLE: Panne = { issue: 'panne', parti: true, texte: 'Pro Santé Connect a donné une réponse illisible.' }

const secondes = (value: unknown): number | undefined => (typeof value === 'number' && value > 0 && value <= 86_400 ? value : undefined)

function lireObjet(reponse: ReponseHttp): Record<string, unknown> | undefined {
  if (reponse.status === 204) return {}
  try {
    const value: unknown = JSON.parse(texteDe(reponse))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

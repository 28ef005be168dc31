import type { Rule } from '#standards/rule.ts'
import type { CarteFictive, ProfessionnelFictif } from '../database/distribution.ts'
import { reglesPsc } from './rules-register.ts'
import { type PreuvePkce, repondAuDefi } from './pkce.ts'
import type { CodePsc, DemandePsc, SessionPsc } from './objets.ts'

/** An OAuth error and the rule behind it, if there is one. @see RFC 6749 §5.2 ; CIBA Core §11 ; RFC 6750 §3.1 */
export interface RefusPsc {
  readonly error: string
  /** French: what to do about it. */
  readonly description: string
  readonly rule?: Rule
  readonly statut?: number
}

export const estRefus = (value: object): value is RefusPsc => 'error' in value

/** Seconds. */
export const CIBA_DUREE = 120
export const CIBA_INTERVALLE = 2

/** PSC-IDENTITE-CONNUE: a card without a name is nobody. */
export const estPersonne = ({ nominative }: Pick<CarteFictive, 'nominative'>): boolean => nominative

export const professionnelDe = (professionnels: readonly ProfessionnelFictif[], identifiant: string): ProfessionnelFictif | undefined =>
  professionnels.find(({ carte }) => carte.identifiant === identifiant && estPersonne(carte))

export const INCONNU: RefusPsc = {
  error: 'unknown_user_id',
  description: 'login_hint : l’identifiant national d’un professionnel fictif de ce monde, ou d’un employé enregistré à son nom.',
  rule: reglesPsc['PSC-IDENTITE-CONNUE'],
}

/** PSC-SCOPE */
export function refusScope(scope: string): RefusPsc | undefined {
  if (scope.split(' ').includes('openid') && /^[\x21\x23-\x5b\x5d-\x7e ]{1,500}$/.test(scope)) return undefined
  return { error: 'invalid_scope', description: '« scope » contient openid, en 500 caractères au plus.', rule: reglesPsc['PSC-SCOPE'] }
}

/** PSC-CIBA-LIAISON */
export function refusLiaison(liaison: string): RefusPsc | undefined {
  if (/^\d\d$/.test(liaison)) return undefined
  return { error: 'invalid_binding_message', description: '« binding_message » : deux chiffres, de 00 à 99.', rule: reglesPsc['PSC-CIBA-LIAISON'] }
}

/** What the client that asks again is told, as long as it gets no token. */
export function attenteDe({ etat, expireLe, lueLe }: DemandePsc, maintenant: number): RefusPsc | undefined {
  if (etat === 'refusée')
    return { error: 'access_denied', description: 'Le professionnel a refusé sur son e-CPS.', rule: reglesPsc['PSC-CIBA-REFUS'] }
  if (etat === 'servie') return { error: 'invalid_grant', description: 'Cette demande a déjà donné ses jetons.' }
  if (expireLe <= maintenant) return { error: 'expired_token', description: 'La demande est restée sans réponse.', rule: reglesPsc['PSC-CIBA-DELAI'] }
  if (etat === 'acceptée') return undefined
  // A clock that stands still says nothing of haste.
  const vite = lueLe > 0 && maintenant !== lueLe && maintenant - lueLe < CIBA_INTERVALLE * 1_000
  return vite
    ? { error: 'slow_down', description: `Laissez ${CIBA_INTERVALLE} secondes entre deux questions.`, rule: reglesPsc['PSC-CIBA-RYTHME'] }
    : { error: 'authorization_pending', description: 'Le professionnel n’a pas encore répondu.' }
}

/** PSC-JETON-RETIRE, then PSC-JETON-COURT. `expireLe`: what the token itself says, simulated milliseconds. */
export function valeurDuJeton(
  session: SessionPsc | undefined,
  { jti, expireLe }: { readonly jti: string; readonly expireLe: number },
  maintenant: number,
): 'valable' | 'expiré' | 'inconnu' {
  if (expireLe <= maintenant) return 'expiré'
  const connu = session && !session.finie ? session.jetons.find((un) => un.jti === jti) : undefined
  if (!connu) return 'inconnu'
  return connu.expireLe <= maintenant ? 'expiré' : 'valable'
}

/** Seconds. */
export const CODE_DUREE = 60

/** What stands between a code and its tokens. */
export function refusCode(
  { session, expireLe, redirectUri, defi }: CodePsc,
  donne: { readonly redirectUri: string; readonly publique: boolean; readonly preuve: PreuvePkce },
  maintenant: number,
): RefusPsc | undefined {
  const refus = (description: string, rule: Rule): RefusPsc => ({ error: 'invalid_grant', description, rule })
  if (session !== undefined) return refus('Ce code a déjà servi : la session qu’il a ouverte est finie.', reglesPsc['PSC-CODE-UNIQUE'])
  if (expireLe <= maintenant) return refus(`Ce code a plus de ${CODE_DUREE} secondes.`, reglesPsc['PSC-CODE-UNIQUE'])
  if (redirectUri !== donne.redirectUri) return refus('« redirect_uri » n’est pas celle de la demande.', reglesPsc['PSC-REDIRECTION'])
  if (!defi && donne.publique) return refus('Le code a été demandé sans code_challenge.', reglesPsc['PSC-CLIENT-PUBLIC'])
  if (!repondAuDefi(defi, donne.preuve)) return refus('« code_verifier » ne répond pas à code_challenge.', reglesPsc['PSC-PKCE'])
  return undefined
}

/**
 * PSC-REDIRECTION: where an answer may be sent. An `http(s)` address, or the private scheme of an installed application, which has a dot.
 * @see RFC 8252 §7.1 and §7.3
 */
export function lireRedirection(uri: string): URL | undefined {
  if (uri.length > 2_000 || uri.includes('#') || !URL.canParse(uri)) return undefined
  const url = new URL(uri)
  if (url.username !== '' || url.password !== '') return undefined
  // A host is written in the page’s Content-Security-Policy: nothing that could end a directive.
  if (url.protocol === 'http:' || url.protocol === 'https:') return /^[a-z0-9.:[\]_-]{1,260}$/.test(url.host) ? url : undefined
  return /^[a-z][a-z0-9+-]*(?:\.[a-z0-9+-]+)+:$/.test(url.protocol) ? url : undefined
}

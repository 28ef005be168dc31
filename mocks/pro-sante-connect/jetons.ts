import { compactVerify, SignJWT } from 'jose'
import { ROYAUME } from '#standards/psc/adresses.ts'
import { chargeDuJeton, JETON_MAXIMUM, mondeDeLEmetteur } from '#standards/psc/jeton.ts'
import { castOf } from '../database/registre.ts'
import type { ProfessionnelFictif } from '../database/distribution.ts'
import type { IdentitePsc, World } from '../world.ts'
import type { ClientPsc } from './client.ts'
import { CLE_DU_BAC_A_SABLE, CLE_PUBLIQUE } from './cle.ts'
import { dureeJeton, dureeSession } from './settings.ts'
import { professionnelDe, valeurDuJeton } from './rules.ts'
import type { SessionPsc } from './objets.ts'
import { balayer, sessions } from './store.ts'

/** What a session gives its client each time; to be signed once the transaction is over. */
export interface Octroi {
  readonly session: SessionPsc
  readonly jti: string
  /** Simulated milliseconds, whole seconds. */
  readonly emisLe: number
  readonly expireLe: number
}

/** What the token endpoint answers. @see RFC 6749 §5.1 */
export interface ReponseJeton {
  readonly access_token: string
  readonly token_type: 'Bearer'
  readonly expires_in: number
  readonly refresh_token: string
  readonly refresh_expires_in: number
  readonly id_token: string
  readonly scope: string
  readonly session_state: string
}

/** Opens a session and grants its first tokens. Inside a transaction. */
export async function ouvrirSession(
  world: World,
  demande: { readonly identifiant: string; readonly client: ClientPsc; readonly scope: string; readonly nonce?: string },
): Promise<Octroi> {
  await balayer(world)
  const ouverteLe = world.now()
  const { client, ...reste } = demande
  return await octroyer(world, {
    id: world.newId(),
    ...reste,
    client: client.id,
    publique: client.publique,
    ouverteLe,
    expireLe: ouverteLe + dureeSession(world) * 1_000,
    finie: false,
    renouvellement: '',
    jetons: [],
  })
}

/** Grants new tokens; the refresh token before is used up. Inside a transaction. */
export async function octroyer(world: World, avant: SessionPsc): Promise<Octroi> {
  const maintenant = world.now()
  const jti = world.newId()
  const emisLe = Math.floor(maintenant / 1_000) * 1_000
  const expireLe = emisLe + dureeJeton(world) * 1_000
  const jetons = [...avant.jetons.filter((un) => un.expireLe > maintenant).slice(-19), { jti, expireLe }]
  const session = { ...avant, jetons, renouvellement: `${avant.id}.${world.newId()}` }
  await world.store.put(sessions, session)
  return { session, jti, emisLe, expireLe }
}

const secondes = (millisecondes: number) => Math.floor(millisecondes / 1_000)

/** `sub` as the real service forms it. @see mssante.md §8 */
export const sujetDe = (identifiant: string): string => `f:bac-a-sable:${identifiant}`

/** Signs what was granted. Outside any transaction: signing waits for the platform. @param iss issuer the client knows. */
export async function signer({ session, jti, emisLe, expireLe }: Octroi, iss: string): Promise<ReponseJeton> {
  const commun = {
    iss,
    sub: sujetDe(session.identifiant),
    iat: secondes(emisLe),
    exp: secondes(expireLe),
    auth_time: secondes(session.ouverteLe),
    sid: session.id,
    acr: 'eidas1',
    azp: session.client,
    preferred_username: session.identifiant,
  }
  const acces = {
    ...commun,
    aud: session.client,
    jti,
    client_id: session.client,
    scope: session.scope,
    SubjectNameID: session.identifiant,
  }
  const identite = { ...commun, aud: session.client, ...(session.nonce === undefined ? {} : { nonce: session.nonce }) }
  const [access_token, id_token] = await Promise.all([signe(acces, 'at+jwt'), signe(identite, 'JWT')])
  return {
    access_token,
    token_type: 'Bearer',
    expires_in: secondes(expireLe - emisLe),
    refresh_token: session.renouvellement,
    refresh_expires_in: Math.max(0, secondes(session.expireLe - emisLe)),
    id_token,
    scope: session.scope,
    session_state: session.id,
  }
}

const signe = (charge: Record<string, unknown>, typ: string): Promise<string> =>
  new SignJWT(charge).setProtectedHeader({ alg: 'RS256', kid: CLE_DU_BAC_A_SABLE.kid!, typ }).sign(CLE_DU_BAC_A_SABLE)

/** What a token of ours says, whoever it is for. */
export interface ChargeJeton {
  readonly iss: string
  readonly sid: string
  readonly jti: string
  readonly identifiant: string
  /** Simulated milliseconds. */
  readonly expireLe: number
}

/**
 * Reads an access token that we signed for this world; says nothing of its value.
 * Outside any transaction: verifying waits for the platform.
 */
export async function lireJeton(world: Pick<World, 'name'>, jeton: string, typ = 'at+jwt'): Promise<ChargeJeton | undefined> {
  if (jeton.length > JETON_MAXIMUM) return undefined
  try {
    const { protectedHeader } = await compactVerify(jeton, CLE_PUBLIQUE, { algorithms: ['RS256'] })
    if (protectedHeader.typ !== typ) return undefined
  } catch {
    return undefined
  }
  const { iss, sid, jti = '', preferred_username: identifiant, exp } = chargeDuJeton(jeton) ?? {}
  if (typeof iss !== 'string' || mondeDeLEmetteur(iss) !== world.name) return undefined
  if (typeof sid !== 'string' || typeof jti !== 'string' || typeof identifiant !== 'string' || typeof exp !== 'number') return undefined
  return { iss, sid, jti, identifiant, expireLe: exp * 1_000 }
}

/** An access token that is worth something, with its session and its bearer. */
export interface JetonValable {
  readonly charge: ChargeJeton
  readonly session: SessionPsc
  readonly professionnel: ProfessionnelFictif
}

export async function jetonValable(world: World, jeton: string): Promise<JetonValable | 'expiré' | 'inconnu'> {
  const charge = await lireJeton(world, jeton)
  if (!charge) return 'inconnu'
  const session = await world.store.get(sessions, charge.sid)
  const valeur = valeurDuJeton(session, charge, world.now())
  if (valeur !== 'valable') return valeur
  const professionnel = professionnelDe((await castOf(world)).professionnels, charge.identifiant)
  return professionnel ? { charge, session: session!, professionnel } : 'inconnu'
}

/** Answers `World.ask.identiteDuJeton`. Outside any transaction. */
export async function identiteDuJeton(world: World, jeton: string): Promise<IdentitePsc | 'expiré' | 'inconnu'> {
  const valable = await jetonValable(world, jeton)
  if (typeof valable === 'string') return valable
  const { charge, professionnel } = valable
  return { identifiant: charge.identifiant, nom: nomDe(professionnel), expireLe: charge.expireLe }
}

/** « Dr Claire PRIMIDI » */
export const nomDe = ({ nomAffiche }: Pick<ProfessionnelFictif, 'nomAffiche'>): string => nomAffiche.replace(/\S+$/, (nom) => nom.toUpperCase())

/**
 * A real access token without the questions, for tests and tools.
 * @returns undefined: nobody of this world has this national id.
 */
export async function emettreJetonPour(world: World, identifiant: string, origine: string): Promise<string | undefined> {
  const professionnel = professionnelDe((await castOf(world)).professionnels, identifiant)
  if (!professionnel) return undefined
  const octroi = await world.atomically((inside) =>
    ouvrirSession(inside, { identifiant, client: { id: 'essai', publique: false }, scope: 'openid scope_all' }),
  )
  return (await signer(octroi, `${origine}${world.name === 'default' ? '' : `/w/${world.name}`}${ROYAUME}`)).access_token
}

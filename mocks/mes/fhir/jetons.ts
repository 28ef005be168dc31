import type { World } from '../../world.ts'
import { type AppariementEnregistre, jetons } from '../catalogue/store.ts'

/** Seconds. Both are the sandbox's own. */
const DUREE_ACCES = 600
const DUREE_RENOUVELLEMENT = 90 * 86_400

/** What the token endpoint answers. @see RFC 6749 §5.1 */
export interface ReponseJeton {
  readonly access_token: string
  readonly token_type: 'Bearer'
  readonly expires_in: number
  readonly refresh_token: string
  /** What the holder allows, separated by spaces. */
  readonly scope: string
  /** Whom it is about, as the service knows them. */
  readonly idPe: string
}

/** A short access token and a longer one to renew it. Inside a transaction. */
export async function emettreJeton(world: World, { id, matriculeIns, idPe, contexte }: AppariementEnregistre): Promise<ReponseJeton> {
  const un = async (genre: 'acces' | 'renouvellement', secondes: number) => {
    const jeton = `${genre === 'acces' ? 'a' : 'r'}-${world.newId()}`
    await world.store.put(jetons, { id: jeton, matriculeIns, appariement: id, genre, expireLe: world.now() + secondes * 1_000 })
    return jeton
  }
  return {
    access_token: await un('acces', DUREE_ACCES),
    token_type: 'Bearer',
    expires_in: DUREE_ACCES,
    refresh_token: await un('renouvellement', DUREE_RENOUVELLEMENT),
    scope: contexte.finalites.join(' '),
    idPe,
  }
}

import type { Service } from '../mocks/kit/service.ts'
import type { World } from '../mocks/world.ts'

/** Stands for Pro Santé Connect where a test only needs that a mailbox is opened by the right person. */
export const pscDeTest: Service = {
  name: 'pro-sante-connect',
  title: 'Pro Santé Connect, de test',
  routes: [],
  rules: {},
  collections: [],
  answers: {
    async identiteDuJeton(world, jeton) {
      const [, identifiant, expireLe] = /^jeton:([^:]+):(\d+)$/.exec(jeton) ?? []
      if (!identifiant) return 'inconnu'
      return Number(expireLe) <= world.now() ? 'expiré' : { identifiant, nom: identifiant, expireLe: Number(expireLe) }
    },
  },
}

/** An access token of this professional (`PS_IdNat`), good for four minutes of simulated time. */
export const jetonPour = ({ world }: { readonly world: World }, identifiant: string): Promise<string> =>
  Promise.resolve(`jeton:${identifiant}:${world.now() + 240_000}`)

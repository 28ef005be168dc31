import { titulaireDe } from '../store.ts'
import type { Volet } from '../volet.ts'
import { direInvitation, expirer, reglagesDelegations, rompreTout } from './delegation.ts'
import { direMajorite, passerMajorite } from './majorite.ts'
import { openapiDelegations } from './openapi.ts'
import { routesDelegations } from './routes.ts'
import { reglesDelegations } from './rules.ts'
import { semerDelegations } from './seed.ts'

/** Aidants, second legal representatives, curators let in, and the coming of age. */
export const delegationsDuProfil: Volet = {
  routes: routesDelegations,
  rules: reglesDelegations,
  settings: reglagesDelegations,
  timers: {
    invitation: { fire: expirer, describe: direInvitation },
    majorite: {
      fire: async ({ subject }, world) => {
        const titulaire = await titulaireDe(world, subject)
        if (titulaire) await passerMajorite(world, titulaire)
      },
      describe: direMajorite,
    },
  },
  reactions: { 'dossier.supprime': ({ matriculeIns }, world) => rompreTout(world, matriculeIns) },
  openapi: openapiDelegations,
  seed: semerDelegations,
}

import { titulaireDe } from '../store.ts'
import type { Volet } from '../volet.ts'
import { expirer, reglagesDelegations, rompreTout } from './delegation.ts'
import { passerMajorite } from './majorite.ts'
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
    invitation: expirer,
    majorite: async ({ subject }, world) => {
      const titulaire = await titulaireDe(world, subject)
      if (titulaire) await passerMajorite(world, titulaire)
    },
  },
  annonces: {
    invitation: { suite: 'voit expirer une invitation restée sans réponse', rule: reglesDelegations['MES-DELEGATION-EXPIREE'].code },
    majorite: { suite: 'atteint dix-huit ans : son représentant légal perd l’accès', rule: reglesDelegations['MES-MAJORITE-FIN-RL'].code },
  },
  reactions: { 'dossier.supprime': ({ matriculeIns }, world) => rompreTout(world, matriculeIns) },
  openapi: openapiDelegations,
  seed: semerDelegations,
}

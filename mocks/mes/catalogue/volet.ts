import type { Volet } from '../volet.ts'
import { confirmerAMajorite, direEcheanceAppariement, echeanceAppariement, reglagesCatalogue } from './appariement.ts'
import { openapiCatalogue } from './openapi.ts'
import { direRappelServices, rappelServices } from './rappel.ts'
import { routesCatalogue } from './routes.ts'
import { reglesCatalogue } from './rules.ts'

/** The catalogue of services and what the holder lets each of them do. */
export const catalogue: Volet = {
  routes: routesCatalogue,
  rules: reglesCatalogue,
  settings: reglagesCatalogue,
  timers: {
    appariement: {
      fire: ({ subject }, world) => echeanceAppariement(world, subject),
      describe: ({ subject }, world) => direEcheanceAppariement(world, subject),
    },
    rappelServices: {
      fire: ({ subject }, world) => rappelServices(world, subject),
      describe: ({ subject }, world) => direRappelServices(world, subject),
    },
  },
  reactions: {
    'profil.majorite': async ({ matriculeIns }, world) => {
      await confirmerAMajorite(world, matriculeIns)
    },
  },
  openapi: openapiCatalogue,
}

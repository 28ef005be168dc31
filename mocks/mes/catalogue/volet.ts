import type { Volet } from '../volet.ts'
import { confirmerAMajorite, echeanceAppariement, reglagesCatalogue } from './appariement.ts'
import { openapiCatalogue } from './openapi.ts'
import { rappelServices } from './rappel.ts'
import { routesCatalogue } from './routes.ts'
import { reglesCatalogue } from './rules.ts'

/** The catalogue of services and what the holder lets each of them do. */
export const catalogue: Volet = {
  routes: routesCatalogue,
  rules: reglesCatalogue,
  settings: reglagesCatalogue,
  timers: {
    appariement: ({ subject }, world) => echeanceAppariement(world, subject),
    rappelServices: ({ subject }, world) => rappelServices(world, subject),
  },
  annonces: { rappelServices: { suite: 'reçoit la liste de ses services connectés', rule: reglesCatalogue['MES-APPARIEMENT-90-JOURS'].code } },
  reactions: {
    'profil.majorite': async ({ matriculeIns }, world) => {
      await confirmerAMajorite(world, matriculeIns)
    },
  },
  openapi: openapiCatalogue,
}

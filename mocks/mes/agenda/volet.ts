import type { Volet } from '../volet.ts'
import { openapiAgenda } from './openapi.ts'
import { direRappel, oublierRappels, rappeler } from './rappels.ts'
import { routesAgenda } from './routes.ts'
import { reglesAgenda } from './rules.ts'
import { semerAgenda } from './seed.ts'

/** Meetings and reminders. */
export const voletAgenda: Volet = {
  routes: routesAgenda,
  rules: reglesAgenda,
  timers: { rappelAgenda: { fire: rappeler, describe: direRappel } },
  reactions: { 'dossier.supprime': ({ matriculeIns }, world) => oublierRappels(world, matriculeIns) },
  openapi: openapiAgenda,
  seed: semerAgenda,
}

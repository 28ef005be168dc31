import type { Volet } from '../volet.ts'
import { openapiAgenda } from './openapi.ts'
import { rappeler } from './rappels.ts'
import { routesAgenda } from './routes.ts'
import { reglesAgenda } from './rules.ts'
import { semerAgenda } from './seed.ts'

/** Meetings and reminders. */
export const voletAgenda: Volet = {
  routes: routesAgenda,
  rules: reglesAgenda,
  timers: { rappelAgenda: rappeler },
  openapi: openapiAgenda,
  seed: semerAgenda,
}

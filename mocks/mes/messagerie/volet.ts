import type { Volet } from '../volet.ts'
import { openapiMessagerie } from './openapi.ts'
import { routesMessagerie } from './routes.ts'
import { reglesMessagerie } from './rules.ts'

/** The patient's mailbox as the phone shows it; what it decides is asked of the trust space. */
export const messagerie: Volet = { routes: routesMessagerie, rules: reglesMessagerie, openapi: openapiMessagerie }

import type { Volet } from '../volet.ts'
import { openapiFhir } from './openapi.ts'
import { reglagesFhir } from './routes-mesures.ts'
import { routesFhir } from './routes.ts'
import { reglesFhir } from './rules.ts'

/** What referenced services call: measures and agenda in FHIR R4, within the consent. */
export const fhirMes: Volet = { routes: routesFhir, rules: reglesFhir, settings: reglagesFhir, openapi: openapiFhir }

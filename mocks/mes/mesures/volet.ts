import type { Volet } from '../volet.ts'
import { copier } from './copie.ts'
import { openapiMesures } from './openapi.ts'
import { routesMesures } from './routes.ts'
import { reglesMesures } from './rules.ts'
import { semerMesures } from './seed.ts'

/** Measures: typed by the patient, written by services, copied from documents. */
export const voletMesures: Volet = {
  routes: routesMesures,
  rules: reglesMesures,
  reactions: { 'document.ajoute': copier },
  openapi: openapiMesures,
  seed: semerMesures,
}

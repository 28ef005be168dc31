import type { Volet } from '../volet.ts'
import { openapiDocuments } from './openapi.ts'
import { routesDocuments } from './routes.ts'
import { reglesDocuments } from './rules.ts'
import { reglagesDocuments } from './store.ts'
import { direPreparation, preparer } from './telechargement.ts'

/** Documents: the patient's own and the professionals', masking, folders, download of everything. */
export const documentsDuProfil: Volet = {
  routes: routesDocuments,
  rules: reglesDocuments,
  openapi: openapiDocuments,
  answers: {
    masqueParDefaut: async (world, matriculeIns) => (await world.store.get(reglagesDocuments, matriculeIns))?.masquerNouveaux ?? false,
  },
  timers: { telechargement: { fire: preparer, describe: direPreparation } },
}

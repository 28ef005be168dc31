import type { Volet } from '../volet.ts'
import { direRelecture, programmerRelecture, REGLAGE_RELECTURE, rappelerRelecture } from './directives.ts'
import { routesHistoire } from './histoire.ts'
import { openapiProfil } from './openapi.ts'
import { routesEntrees } from './routes-entrees.ts'
import { routesProfilMedical } from './routes.ts'
import { reglesProfil } from './rules.ts'
import { semerProfils } from './seed.ts'

/** The profile that the patient fills, and its synthesis. */
export const voletProfilMedical: Volet = {
  routes: [...routesProfilMedical, ...routesEntrees, ...routesHistoire],
  rules: reglesProfil,
  settings: {
    'MES-DELAI-RELECTURE-DA': {
      title: 'Délai avant d’inviter à relire les directives anticipées, durée ISO 8601',
      initial: REGLAGE_RELECTURE['MES-DELAI-RELECTURE-DA'],
      source: 'Aucun délai n’est publié : celui du bac à sable',
    },
  },
  timers: { relectureDirectives: { fire: rappelerRelecture, describe: direRelecture } },
  reactions: { 'dossier.supprime': ({ matriculeIns }, world) => programmerRelecture(world, matriculeIns, undefined) },
  openapi: openapiProfil,
  seed: semerProfils,
}

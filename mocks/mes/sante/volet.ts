import { notifier } from '../annoncer.ts'
import { titulaireDe } from '../store.ts'
import type { Volet } from '../volet.ts'
import { openapiSante } from './openapi.ts'
import { rappeler } from './rappels.ts'
import { routesMesures } from './routes-mesures.ts'
import { routesProfilMedical } from './routes-profil-medical.ts'
import { reglesSante } from './rules.ts'

/** Profil médical, measures, agenda. */
export const sante: Volet = {
  routes: [...routesProfilMedical, ...routesMesures],
  rules: reglesSante,
  openapi: openapiSante,
  timers: {
    agenda: rappeler,
    directives: async ({ subject }, world) => {
      const titulaire = await titulaireDe(world, subject)
      if (titulaire)
        await notifier(world, titulaire, { code: 'RAPPEL_MODIF_DA', texte: 'Vos directives anticipées ont un an : vous disent-elles encore bien ?' })
    },
  },
  annonces: {
    agenda: { suite: 'reçoit un rappel de son agenda', rule: reglesSante['MES-AGENDA-RAPPEL'].code },
    directives: { suite: 'est invité à relire ses directives anticipées', rule: reglesSante['MES-DIRECTIVES-RAPPEL'].code },
  },
}

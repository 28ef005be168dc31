import { blocages, cleDuLien, titulaireDe } from '../store.ts'
import type { Volet } from '../volet.ts'
import { openapi } from './openapi.ts'
import { routesAcces } from './routes-acces.ts'
import { routesHistorique } from './routes-historique.ts'
import { routesProfessionnels } from './routes-professionnels.ts'
import { routesUrgence } from './routes-urgence.ts'
import { reglesConfidentialite } from './rules.ts'
import { administrateurDe, URGENCE_PAR_DEFAUT, urgenceDe } from './store.ts'
import { signalerUrgence } from './urgence.ts'

/** Who may read the record and what was done in it: accesses and blocks, roles, emergencies, history, reports. */
export const confidentialite: Volet = {
  routes: [...routesAcces, ...routesProfessionnels, ...routesUrgence, ...routesHistorique],
  rules: reglesConfidentialite,
  answers: {
    estBloque: async (world, matriculeIns, identifiant) => {
      const titulaire = await titulaireDe(world, matriculeIns)
      return titulaire !== undefined && (await world.store.get(blocages, cleDuLien(titulaire.matriculeIns, identifiant))) !== undefined
    },
    estAdministrateur: async (world, matriculeIns, identifiant) => {
      const titulaire = await titulaireDe(world, matriculeIns)
      return titulaire !== undefined && (await administrateurDe(world, titulaire.matriculeIns)) === identifiant
    },
    reglagesUrgence: async (world, matriculeIns) => {
      const titulaire = await titulaireDe(world, matriculeIns)
      return titulaire ? await urgenceDe(world, titulaire.matriculeIns) : URGENCE_PAR_DEFAUT
    },
  },
  reactions: { 'acces.brisDeGlace': signalerUrgence, 'acces.regulation': signalerUrgence },
  openapi,
}

import { matriculeIns as quinze } from '#standards/ins/traits.ts'
import { castOf } from '../../database/registre.ts'
import { operation, parametre, PROFIL } from '../openapi-outils.ts'
import type { Volet } from '../volet.ts'
import { direRappelPrevention, programmer, rappelerPrevention, timerDe } from './rappels.ts'
import { routesPrevention } from './routes.ts'
import { reglesPrevention, STATUTS_PREVENTION } from './rules.ts'

const UN = {
  id: 'dtp-25',
  libelle: 'Rappel diphtérie, tétanos, poliomyélite',
  genre: 'vaccin',
  age: 25,
  le: 1_795_420_800_000,
  statut: 'TO_PLAN',
  source: 'Calendrier des vaccinations',
  certitude: 'vérifié',
}

/** Exams, vaccines and screenings by age. */
export const voletPrevention: Volet = {
  routes: routesPrevention,
  rules: reglesPrevention,
  timers: { rappelPrevention: { fire: rappelerPrevention, describe: direRappelPrevention } },
  openapi: {
    [`${PROFIL}/prevention`]: {
      get: operation({ resume: 'Les examens, vaccins et dépistages recommandés à l’âge du titulaire.', exemple: { enCours: [UN], aVenir: [] } }),
    },
    [`${PROFIL}/prevention/{examen}`]: {
      put: operation({
        resume: 'Répond sur un examen recommandé.',
        parametres: [parametre('examen', 'Identifiant de l’examen, `dtp-25`')],
        corps: {
          schema: { type: 'object', required: ['statut'], properties: { statut: { type: 'string', enum: STATUTS_PREVENTION } } },
          example: { statut: 'DONE' },
        },
        exemple: { ...UN, statut: 'DONE' },
      }),
    },
  },
  reactions: { 'dossier.supprime': ({ matriculeIns }, world) => world.cancel(timerDe(matriculeIns)) },
  seed: async (world) => {
    for (const distribution of (await castOf(world)).patients)
      await programmer(world, { matriculeIns: quinze(distribution.personne.ins), personne: distribution.personne, distribution })
  },
}

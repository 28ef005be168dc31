import { problem } from '../kit/answers.ts'
import type { Service } from '../kit/service.ts'
import { direEcheance, echeance, ouvrir } from './changement.ts'
import { confidentialite } from './confidentialite/volet.ts'
import { delegationsDuProfil } from './delegations/volet.ts'
import { documentsDuProfil } from './documents/volet.ts'
import { collections } from './donnees.ts'
import { voletAgenda } from './agenda/volet.ts'
import { situationDossier } from './etats.ts'
import { openapiMachines, routesMachines } from './machines.ts'
import { catalogue } from './catalogue/volet.ts'
import { fhirMes } from './fhir/volet.ts'
import { messagerie } from './messagerie/volet.ts'
import { voletMesures } from './mesures/volet.ts'
import { openapi } from './openapi.ts'
import { voletPrevention } from './prevention/volet.ts'
import { voletProfilMedical } from './profil-medical/volet.ts'
import { reactions } from './reactions.ts'
import { routesLecture } from './routes-lecture.ts'
import { routesProfil } from './routes-profil.ts'
import { regles } from './rules-register.ts'
import { identites, semer } from './seed.ts'
import { reunir, type Volet } from './volet.ts'

const socle: Volet = {
  routes: [...routesProfil, ...routesLecture, ...routesMachines],
  rules: regles,
  settings: {
    'MES-DELAI-OPPOSITION': {
      title: 'Délai pour s’opposer à l’ouverture, durée ISO 8601',
      initial: 'P6W',
      source: 'CSP R.1111-28 ; un projet de décret disait un mois (P1M)',
    },
  },
  answers: {
    situationDossier: async (world, matriculeIns) => {
      const ouvert = await ouvrir(world, matriculeIns)
      return ouvert ? situationDossier(ouvert.profil) : { etat: 'inexistant', rattacheEns: false }
    },
  },
  reactions,
  timers: {
    echeance: { fire: ({ subject }, world) => echeance(world, subject), describe: ({ subject }, world) => direEcheance(world, subject) },
  },
  openapi: { ...openapi, ...openapiMachines },
  seed: semer,
}

const reunis = reunir([
  socle,
  documentsDuProfil,
  confidentialite,
  delegationsDuProfil,
  voletProfilMedical,
  voletMesures,
  voletAgenda,
  voletPrevention,
  catalogue,
  fhirMes,
  messagerie,
])

/** Mon espace santé on the patient's side: a JSON interface of the sandbox's own, since the real one is not published. */
export const mes: Service = {
  name: 'mes',
  title: 'Mon espace santé — côté patient',
  ...reunis,
  collections,
  faults: {
    'mes-indisponible': {
      title: 'Mon espace santé est en maintenance',
      answer: () =>
        problem({ status: 503, title: 'Mon espace santé est en maintenance', detail: 'Revenez un peu plus tard.' }, { 'retry-after': '120' }),
    },
  },
  identities: identites,
}

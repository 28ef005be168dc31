import type { Collection } from '../database/store.ts'
import { rendezVous } from './agenda/store.ts'
import { rangements, reglagesDocuments, signalements as documentsSignales, telechargements } from './documents/store.ts'
import { appareils, appariements, jetons, servicesChanges } from './catalogue/store.ts'
import { accesUrgence, professionnelsAjoutes, roles, signalements, urgences } from './confidentialite/store.ts'
import { delegations, majorites } from './delegations/store.ts'
import { mesures, reglagesCopie } from './mesures/store.ts'
import { reponsesPrevention } from './prevention/store.ts'
import { entrees, nonConcernes } from './profil-medical/store.ts'
import { acces, activites, blocages, codes, courriers, notifications, profils } from './store.ts'

/** Everything the profile holds on this side, by profile; it goes when the profile is deleted. Documents are the DMP's. */
// oxlint-disable-next-line no-explicit-any -- rows differ from one collection to the next
export const DONNEES_DU_PROFIL: readonly Collection<any>[] = [
  notifications,
  activites,
  blocages,
  acces,
  mesures,
  rendezVous,
  rangements,
  documentsSignales,
  reglagesDocuments,
  telechargements,
  appariements,
  jetons,
  appareils,
  professionnelsAjoutes,
  roles,
  urgences,
  accesUrgence,
  signalements,
  delegations,
  majorites,
  reglagesCopie,
  reponsesPrevention,
  entrees,
  nonConcernes,
]

/** Every collection of the service. What arrived outside Mon espace santé, in the person's own mailbox, is theirs to keep. */
export const collections = [profils, codes, courriers, servicesChanges, ...DONNEES_DU_PROFIL]

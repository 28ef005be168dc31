import { addDuration, readDuration } from '../../kit/duration.ts'
import type { Annonce } from '../../kit/service.ts'
import type { World } from '../../world.ts'
import { annonce, noterActivite } from '../annoncer.ts'
import type { Refus } from '../rules.ts'
import { titulaireDe } from '../store.ts'
import type { FinaliteCode, ServiceDuCatalogue, StatutService } from './finalites.ts'
import { accede, appliquerAppariement, type EtatAppariement, type EvenementAppariement, ETATS_APPARIEMENT } from './lifecycle.ts'
import { armerRappel } from './rappel.ts'
import { reglesCatalogue } from './rules.ts'
import {
  type AppariementEnregistre,
  appariementDe,
  appariements,
  appariementsDe,
  appariementsDuService,
  revoquerJetons,
  serviceDuCatalogue,
  servicesChanges,
} from './store.ts'

/** How long a request waits for its answer, ISO 8601. */
export const DUREE_DEMANDE = 'PT10M'
const RENOUVELLEMENT_INITIAL = 'P1M'

export const reglagesCatalogue = {
  'MES-DELAI-RENOUVELLEMENT': {
    title: 'Délai pour renouveler un accord quand le service change, durée ISO 8601',
    initial: RENOUVELLEMENT_INITIAL,
    source: 'Une date limite existe (ens-mobile) ; sa durée n’est publiée nulle part',
  },
} as const

/** ISO 8601; a setting that is no duration counts for nothing. */
export function delaiRenouvellement(world: World): string {
  const voulu = String(world.setting('MES-DELAI-RENOUVELLEMENT'))
  return readDuration(voulu) ? voulu : RENOUVELLEMENT_INITIAL
}

const timerDe = (id: string): string => `mes.appariement:${id}`

/** How each event reads in the history of activity. */
const PHRASES: Readonly<Record<EvenementAppariement['type'], string>> = {
  'service.demande': 'demande à se synchroniser avec votre profil',
  'patient.consent': 'est synchronisé avec votre profil, avec les choix que vous avez faits',
  'patient.desynchronise': 'n’est plus synchronisé : vous l’avez décidé',
  'service.desynchronise': 'n’est plus synchronisé : le service l’a décidé',
  'service.change': 'a changé : votre accord est à renouveler avant la date limite',
  'catalogue.dereference': 'a quitté le catalogue et n’est plus synchronisé',
  'patient.majorite': 'attend la confirmation de votre accord, puisque vous êtes majeur',
  'delai.limite': 'n’est plus synchronisé : la date limite est passée',
}

/** Makes a pairing go through an event, with its timer, its tokens and its line of history. Inside a transaction. */
export async function changerAppariement(
  world: World,
  avant: AppariementEnregistre,
  service: Pick<ServiceDuCatalogue, 'nom'>,
  evenement: EvenementAppariement,
  auteur?: string,
): Promise<AppariementEnregistre | Refus> {
  const suivant = appliquerAppariement(avant, evenement)
  if (!suivant) {
    const etat = ETATS_APPARIEMENT[avant.etat].toLowerCase()
    return { refused: reglesCatalogue['MES-APPARIEMENT-ETAT'], about: `${service.nom} : ${etat}, cet acte n’est pas possible` }
  }
  const apres = { ...avant, ...suivant }
  const { limite } = apres.contexte
  await world.store.put(appariements, apres)
  if (limite === null) await world.cancel(timerDe(apres.id))
  else await world.schedule({ id: timerDe(apres.id), dueAt: limite, service: 'mes', what: 'appariement', subject: apres.id })
  if (!accede(apres.etat)) await revoquerJetons(world, apres.id)
  if (accede(apres.etat) && !accede(avant.etat)) await armerRappel(world, apres.matriculeIns)
  await noterActivite(world, apres.matriculeIns, {
    typeActeur: auteur === undefined ? 'SERVICE_TIERS' : 'PATIENT',
    groupe: 'SERVICE_TIERS',
    acteur: auteur ?? service.nom,
    structure: '',
    texte: `${service.nom} ${PHRASES[evenement.type]}.`,
  })
  return apres
}

/** The service asks for a pairing, for what its version asks for. Inside a transaction. */
export async function demander(
  world: World,
  matriculeIns: string,
  service: ServiceDuCatalogue,
  { idPe, finalites }: { readonly idPe: string; readonly finalites: readonly FinaliteCode[] },
): Promise<AppariementEnregistre | Refus> {
  const avant = await appariementDe(world, matriculeIns, service.id)
  const le = world.now()
  const nouvelle = { ...avant, idPe: idPe || avant.idPe || world.newId(), demandeId: world.newId(), demandeLueLe: 0 }
  return await changerAppariement(world, nouvelle, service, {
    type: 'service.demande',
    le,
    demandees: finalites,
    limite: addDuration(le, readDuration(DUREE_DEMANDE)!),
  })
}

/** A date limit is reached; a later event may have moved it. */
export async function echeanceAppariement(world: World, id: string): Promise<void> {
  const avant = await world.store.get(appariements, id)
  const service = avant && (await serviceDuCatalogue(world, avant.service))
  if (!avant || !service || avant.contexte.limite === null || avant.contexte.limite > world.now()) return
  await changerAppariement(world, avant, service, { type: 'delai.limite', le: avant.contexte.limite })
}

/** What reaching the date limit will do, in words. */
export async function direEcheanceAppariement(world: World, id: string): Promise<Annonce | undefined> {
  const avant = await world.store.get(appariements, id)
  const service = avant && (await serviceDuCatalogue(world, avant.service))
  const titulaire = avant && (await titulaireDe(world, avant.matriculeIns))
  if (!service || !titulaire || avant.contexte.limite === null || avant.contexte.limite > world.now()) return undefined
  const fin = FINS_DITES[avant.etat]
  return fin && annonce(titulaire, fin.dire(service.nom), reglesCatalogue[fin.regle].code)
}

/** What passing the date limit does, in each state that has one. */
const FINS_DITES: Readonly<
  Partial<Record<EtatAppariement, { readonly dire: (service: string) => string; readonly regle: keyof typeof reglesCatalogue }>>
> = {
  demande: { dire: (service) => `n’a pas répondu à ${service} : la demande tombe`, regle: 'MES-APPARIEMENT-DEMANDE' },
  aRenouveler: {
    dire: (service) => `n’a pas renouvelé son accord : ${service} est désynchronisé`,
    regle: 'MES-APPARIEMENT-RENOUVELLEMENT',
  },
  aConfirmer: {
    dire: (service) => `n’a pas confirmé, majeur, l’accord donné pour lui : ${service} est désynchronisé`,
    regle: 'MES-APPARIEMENT-RENOUVELLEMENT',
  },
}

/** The holder comes of age: each consent given for them waits for theirs. @returns how many do */
export async function confirmerAMajorite(world: World, matriculeIns: string): Promise<number> {
  let combien = 0
  for (const avant of await appariementsDe(world, matriculeIns)) {
    const service = await serviceDuCatalogue(world, avant.service)
    if (!service || !accede(avant.etat)) continue
    await changerAppariement(world, avant, service, { type: 'patient.majorite', le: world.now() })
    combien++
  }
  return combien
}

/** The catalogue changes the status of a service. Suspended, it keeps its pairings without access; dereferenced, it loses them. */
export async function changerStatut(world: World, service: ServiceDuCatalogue, statut: StatutService): Promise<ServiceDuCatalogue> {
  const { id, version, finalites } = service
  await world.store.put(servicesChanges, { id, version, finalites, statut })
  if (statut === 'DEREFERENCEE')
    for (const avant of await appariementsDuService(world, id))
      await changerAppariement(world, avant, service, { type: 'catalogue.dereference', le: world.now() })
  return { ...service, statut }
}

/** The service asks for more than before: each consent is to be renewed. */
export async function faireEvoluer(world: World, service: ServiceDuCatalogue): Promise<ServiceDuCatalogue> {
  const { id, statut, prochaine } = service
  const finalites = service.finalites.includes(prochaine) ? service.finalites : [...service.finalites, prochaine]
  await world.store.put(servicesChanges, { id, statut, finalites, version: service.version + 1 })
  const le = world.now()
  const limite = addDuration(le, readDuration(delaiRenouvellement(world))!)
  for (const avant of await appariementsDuService(world, id))
    await changerAppariement(world, avant, service, { type: 'service.change', le, demandees: finalites, limite })
  return { ...service, finalites, version: service.version + 1 }
}

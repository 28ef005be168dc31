import { defineCollection } from '../../database/store.ts'
import type { World } from '../../world.ts'
import type { ServiceDuCatalogue } from './finalites.ts'
import { type Appariement, APPARIEMENT_VIDE } from './lifecycle.ts'
import { SERVICES } from './services.ts'

/** What a world changed of a service. */
interface ServiceChange extends Pick<ServiceDuCatalogue, 'id' | 'statut' | 'version' | 'finalites'> {}

export interface AppariementEnregistre extends Appariement {
  /** `<matriculeIns>|<service>` */
  readonly id: string
  readonly matriculeIns: string
  readonly service: string
  /** The patient as the service knows them: what subject identifiers bear. */
  readonly idPe: string
  /** Names the request until it is answered, then once to fetch the token. */
  readonly demandeId: string
  /** When the service last asked whether the holder had answered, simulated milliseconds. */
  readonly demandeLueLe: number
  /** Writes of the day, `AAAA-MM-JJ`. */
  readonly jour: string
  readonly ecritures: number
}

/** An access or refresh token, opaque. */
export interface Jeton {
  readonly id: string
  readonly matriculeIns: string
  readonly appariement: string
  readonly genre: 'acces' | 'renouvellement'
  readonly expireLe: number
}

/** A measuring device, known once by its identifier. */
export interface AppareilEnregistre {
  readonly id: string
  /** `<matriculeIns>|<service>|<identifier>` */
  readonly cle: string
  readonly matriculeIns: string
  readonly service: string
  readonly identifiant: string
  readonly ressource: object
}

export const servicesChanges = defineCollection<ServiceChange>('mes-services', 'id')
export const appariements = defineCollection<AppariementEnregistre>('mes-appariements', 'id', {
  parProfil: ['matriculeIns', 'service'],
  parService: ['service', 'idPe'],
  parDemande: ['demandeId'],
})
export const jetons = defineCollection<Jeton>('mes-jetons', 'id', { parProfil: ['matriculeIns'], parAppariement: ['appariement'] })
export const appareils = defineCollection<AppareilEnregistre>('mes-appareils', 'id', { parProfil: ['matriculeIns'], parCle: ['cle'] })

type Lecture = Pick<World, 'store'>

export async function servicesDuCatalogue({ store }: Lecture): Promise<ServiceDuCatalogue[]> {
  const changes = new Map((await store.range(servicesChanges, { limit: 100 })).map((un) => [un.id, un]))
  return SERVICES.map((service) => ({ ...service, ...changes.get(service.id) }))
}

export async function serviceDuCatalogue({ store }: Lecture, id: string): Promise<ServiceDuCatalogue | undefined> {
  const connu = SERVICES.find((un) => un.id === id)
  return connu && { ...connu, ...(await store.get(servicesChanges, id)) }
}

const cleAppariement = (matriculeIns: string, service: string): string => `${matriculeIns}|${service}`

/** The pairing, or one that never began. */
export async function appariementDe({ store }: Lecture, matriculeIns: string, service: string): Promise<AppariementEnregistre> {
  const id = cleAppariement(matriculeIns, service)
  const vide = { id, matriculeIns, service, idPe: '', demandeId: '', demandeLueLe: 0, jour: '', ecritures: 0, ...APPARIEMENT_VIDE }
  return (await store.get(appariements, id)) ?? vide
}

export const appariementsDe = ({ store }: Lecture, matriculeIns: string): Promise<AppariementEnregistre[]> =>
  store.range(appariements, { index: 'parProfil', equals: [matriculeIns], limit: 100 })

/** Most profiles one service is told of at once. */
const PROFILS_PAR_SERVICE = 10_000

export const appariementsDuService = ({ store }: Lecture, service: string): Promise<AppariementEnregistre[]> =>
  store.range(appariements, { index: 'parService', equals: [service], limit: PROFILS_PAR_SERVICE })

export async function revoquerJetons(world: Lecture, appariement: string): Promise<void> {
  for (const { id } of await world.store.range(jetons, { index: 'parAppariement', equals: [appariement], limit: 1_000 }))
    await world.store.delete(jetons, id)
}

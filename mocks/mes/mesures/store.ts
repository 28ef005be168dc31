import type { TypeMesure } from '#standards/fhir/mesures.ts'
import { defineCollection } from '../../database/store.ts'
import type { World } from '../../world.ts'

/** Where a value comes from. */
type OrigineMesure = 'patient' | 'document' | 'service'

export interface MesureEnregistree {
  readonly id: string
  /** 15 characters. */
  readonly matriculeIns: string
  readonly type: TypeMesure
  /** In the unit of its kind; the systolic pressure of a blood pressure. */
  readonly valeur: number
  /** The diastolic pressure, same unit. */
  readonly valeur2?: number
  /** When it was taken, simulated milliseconds. */
  readonly le: number
  readonly origine: OrigineMesure
  /** Name shown: of the person who typed it, of the service that wrote it, title of the document. */
  readonly auteur: string
  /** Id of the service of the catalogue, when it comes from one. */
  readonly service?: string
  /** uniqueId of the document it was copied from. */
  readonly documentId?: string
  /** As the service sent it (FHIR Observation): method, device, context of the measure. */
  readonly complement?: object
  /** Last change, simulated milliseconds. */
  readonly modifieLe: number
}

export const mesures = defineCollection<MesureEnregistree>('mes-mesures', 'id', {
  parProfil: ['matriculeIns', 'le'],
  parType: ['matriculeIns', 'type', 'le'],
})

/** Newest first. @param limit 1 to 1 000 */
export const mesuresDe = ({ store }: Pick<World, 'store'>, matriculeIns: string, limit = 500): Promise<MesureEnregistree[]> =>
  store.range(mesures, { index: 'parProfil', equals: [matriculeIns], reverse: true, limit })

/** Whether values are taken out of the documents received: a row only once the holder chose. */
export interface ReglageCopie {
  /** 15 characters. */
  readonly matriculeIns: string
  readonly copie: boolean
}

export const reglagesCopie = defineCollection<ReglageCopie>('mes-mesures-copie', 'matriculeIns', { parProfil: ['matriculeIns'] })

export const copieVoulue = async ({ store }: Pick<World, 'store'>, matriculeIns: string): Promise<boolean> =>
  (await store.get(reglagesCopie, matriculeIns))?.copie ?? true

/** The newest of one kind. */
export const derniereMesure = async (
  { store }: Pick<World, 'store'>,
  matriculeIns: string,
  type: TypeMesure,
): Promise<MesureEnregistree | undefined> =>
  (await store.range(mesures, { index: 'parType', equals: [matriculeIns, type], reverse: true, limit: 1 }))[0]

import { defineCollection } from '../../database/store.ts'
import type { World } from '../../world.ts'

/** A meeting or a reminder in the agenda of Mon espace santé, which books nothing. */
export interface RendezVousEnregistre {
  readonly id: string
  /** 15 characters. */
  readonly matriculeIns: string
  readonly genre: 'rendez-vous' | 'rappel'
  /** `EDITOR_SOLUTION`: written by a service of the catalogue, and changed there only. */
  readonly auteur: 'PATIENT' | 'EDITOR_SOLUTION'
  /** Id of the service of the catalogue. */
  readonly service?: string
  /** Identifier the service gave it. */
  readonly reference?: string
  /** At most 100 characters. */
  readonly titre: string
  /** At most 1 000 characters. */
  readonly note: string
  /** Free text: place, or name of the professional. */
  readonly lieu: string
  /** Simulated milliseconds. */
  readonly debut: number
  readonly fin?: number
  readonly statut: 'prévu' | 'annulé'
  /** As the service sent it (FHIR Appointment). */
  readonly complement?: object
  readonly modifieLe: number
}

export const rendezVous = defineCollection<RendezVousEnregistre>('mes-rendez-vous', 'id', { parProfil: ['matriculeIns', 'debut'] })

/** Oldest first. @param limit 1 to 1 000 */
export const rendezVousDe = ({ store }: Pick<World, 'store'>, matriculeIns: string, limit = 500): Promise<RendezVousEnregistre[]> =>
  store.range(rendezVous, { index: 'parProfil', equals: [matriculeIns], limit })

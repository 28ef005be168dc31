import { callJson } from '../json.ts'
import type { Acces } from '../http.ts'

/** What a service may be allowed, with its everyday words. */
interface Finalite {
  readonly code: string
  readonly libelle: string
}

/** A service of the catalogue and its pairing with one profile. @see GET /mes/api/profils/{matricule}/services */
export interface ServiceConnecte {
  readonly id: string
  readonly nom: string
  readonly editeur: string
  readonly description: string
  readonly oid: string
  /** Data is exchanged; otherwise the service is only presented. */
  readonly echange: boolean
  readonly statut: 'EN_LIGNE' | 'HORS_LIGNE' | 'SUSPENDUE' | 'DEREFERENCEE' | 'PRESERIE'
  readonly statutLibelle: string
  readonly version: number
  readonly finalites: readonly Finalite[]
  readonly appariement: {
    readonly etat: 'demande' | 'synchronise' | 'aRenouveler' | 'aConfirmer' | 'sansSuite'
    readonly libelle: string
    /** The service reaches the profile now. */
    readonly accede: boolean
    readonly idPe: string
    readonly demandees: readonly Finalite[]
    readonly finalites: readonly string[]
    /** Simulated milliseconds. */
    readonly consentiLe: number | null
    readonly limite: number | null
    readonly fin: string | null
  }
}

/** The catalogue's operator, whom the trainer plays. @throws {ApiRefusal} */
export const changerStatut = (acces: Acces, service: string, statut: ServiceConnecte['statut']): Promise<unknown> =>
  callJson(acces, 'POST', `/mes/api/services/${service}/statut`, { statut })

/** The service asks for one more purpose. @throws {ApiRefusal} */
export const faireEvoluer = (acces: Acces, service: string): Promise<unknown> => callJson(acces, 'POST', `/mes/api/services/${service}/evolution`, {})

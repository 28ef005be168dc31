import { Dexie, type DexieOptions, type EntityTable } from 'dexie'
import type { AuDmp, DocumentLocal } from './document.ts'
import type { ContexteEnvoi, EtatEnvoi } from './envoi.ts'
import type { PatientLocal } from './patient.ts'
import type { Reception } from './reception.ts'

/** One order to feed the DMP with one document: what is needed to send the very same bytes again. */
export interface Envoi {
  readonly id: string
  readonly documentId: string
  readonly patientId: string
  readonly etat: EtatEnvoi
  readonly contexte: ContexteEnvoi
  /** Copy of `contexte.prochainEssai`, for the index. */
  readonly prochainEssai: number
  /** uniqueId of the SubmissionSet: the same at each attempt. */
  readonly lotUniqueId: string
  /** The CDA as first sent, so that a replay is the same bytes; null until the identity is qualifiée and it leaves. */
  readonly cda: Uint8Array | null
  /** Matricule the CDA was written for: another one means writing it again. */
  readonly cdaPour: string
  readonly creeLe: number
  readonly modifieLe: number
  /** What acts made of it in the DMP since it was fed; null once deleted, absent when nothing was done. */
  readonly devenu?: AuDmp | null
}

/** One act worth remembering on a record: who did what, when. @see SSI/GEN.17 */
export interface Trace {
  readonly id?: number
  readonly patientId: string
  /** Milliseconds since the Unix epoch. */
  readonly le: number
  readonly par: string
  /** French, past participle: `a recueilli le consentement à la consultation`. */
  readonly acte: string
}

/** Small values of the installation: its own OID, what was asked once. */
export interface Reglage {
  readonly nom: string
  readonly valeur: string
}

/**
 * The practice's own records, one database per world. Every version of the tables stays here, its upgrade beside it.
 * Options inject fake-indexeddb in Node (live queries then never fire).
 */
export class CabinetDatabase extends Dexie {
  declare patients: EntityTable<PatientLocal, 'id'>
  declare documents: EntityTable<DocumentLocal, 'id'>
  declare envois: EntityTable<Envoi, 'id'>
  declare traces: EntityTable<Trace, 'id'>
  declare receptions: EntityTable<Reception, 'id'>
  declare reglages: EntityTable<Reglage, 'nom'>

  constructor(world: string, options?: DexieOptions) {
    super(`cabinet-${world}`, options)
    this.version(1).stores({
      patients: 'id, dateNaissance, matricule, modifieLe',
      documents: 'id, patientId, &uniqueId',
      envois: 'id, &documentId, patientId, etat, prochainEssai',
      traces: '++id, patientId',
      reglages: 'nom',
    })
    this.version(2).stores({ receptions: 'id, [boite+message], etat, patientId, uniqueId' })
  }
}

import { defineCollection } from '../../database/store.ts'

/** What the patient adds to a document for themselves: a folder, a pin. */
export interface Rangement {
  /** `<matriculeIns>|<documentId>` */
  readonly id: string
  readonly matriculeIns: string
  readonly documentId: string
  /** `''`: in no folder. */
  readonly dossier: string
  readonly epingle: boolean
  /** Category chosen at the deposit, for their own documents. */
  readonly categorie: string
}

export interface Signalement {
  readonly id: string
  readonly matriculeIns: string
  readonly documentId: string
  readonly motif: string
  readonly le: number
}

/** One setting of the profile about documents. */
export interface ReglageDocuments {
  readonly id: string
  readonly matriculeIns: string
  readonly masquerNouveaux: boolean
}

/** A download of everything, asked for. */
export interface Telechargement {
  readonly id: string
  readonly matriculeIns: string
  readonly demandeLe: number
  /** Null while it is being prepared. */
  readonly pretLe: number | null
}

export const rangements = defineCollection<Rangement>('mes-rangements', 'id', { parProfil: ['matriculeIns'] })
export const signalements = defineCollection<Signalement>('mes-documents-signales', 'id', { parProfil: ['matriculeIns', 'le'] })
export const reglagesDocuments = defineCollection<ReglageDocuments>('mes-reglages-documents', 'id', { parProfil: ['matriculeIns'] })
export const telechargements = defineCollection<Telechargement>('mes-telechargements', 'id', { parProfil: ['matriculeIns', 'demandeLe'] })

export const cleRangement = (matriculeIns: string, documentId: string): string => `${matriculeIns}|${documentId}`

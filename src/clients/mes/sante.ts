import type { MesClient } from './mes-client.ts'

/** What the patient writes about their own health, as read over HTTP. @see /_sandbox/openapi.json */

export interface ChampSante {
  readonly nom: string
  readonly libelle: string
  readonly genre: 'texte' | 'long' | 'date' | 'choix'
  readonly max: number
  readonly requis?: boolean
  readonly options?: readonly string[]
  readonly si?: { readonly champ: string; readonly parmi: readonly string[] }
}

export interface SectionSante {
  readonly id: string
  readonly libelle: string
  readonly aide: string
  readonly champs: readonly ChampSante[]
  readonly maximum: number
  readonly lectureSeule?: boolean
  /** Page where it is filled. */
  readonly renvoi?: string
  readonly nombre: number
  readonly nonConcerne: boolean
  /** False: not for this person, for their age. */
  readonly permise: boolean
  readonly modifiable: boolean
}

export interface ProfilSante {
  readonly sections: readonly SectionSante[]
  readonly completude: { readonly remplies: number; readonly sur: number }
}

export interface EntreeSante {
  readonly id: string
  readonly valeurs: Readonly<Record<string, string>>
  readonly auteur: string
  /** Simulated milliseconds. */
  readonly modifieLe: number
}

export interface ContenuSection {
  readonly entrees: readonly EntreeSante[]
  readonly nonConcerne: boolean
  readonly modifiable: boolean
  /** Hidden from professionals by the setting of new documents; absent where it does not apply. */
  readonly masque?: boolean
}

/** A care of the history of health, newest first. */
export interface SoinSante {
  readonly id: string
  readonly soin: string
  readonly nature: string
  /** `AAAA`, `AAAA-MM` or `AAAA-MM-JJ`. */
  readonly date: string
  /** `''` when it is not known. */
  readonly par: string
}

/** As a timeline tells it: newest first; of one date, the most precise first. */
export const soinsDe = ({ entrees }: Pick<ContenuSection, 'entrees'>): SoinSante[] =>
  entrees
    .map(({ id, valeurs }) => ({
      id,
      soin: valeurs['soin'] ?? '',
      nature: valeurs['nature'] ?? '',
      date: valeurs['date'] ?? '',
      par: valeurs['par'] ?? '',
    }))
    .toSorted((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0))

export interface TypeMesureSante {
  readonly type: string
  readonly libelle: string
  readonly unite: string
  readonly min: number
  readonly max: number
  readonly decimales: number
  readonly code: string
  readonly systeme: string
  readonly note?: string
  readonly double?: boolean
}

export interface MesureSante {
  readonly id: string
  readonly type: string
  readonly valeur: number
  readonly valeur2?: number
  /** Simulated milliseconds. */
  readonly le: number
  readonly origine: 'patient' | 'document' | 'service'
  readonly auteur: string
  readonly modifiable: boolean
}

export interface MesuresSante {
  readonly types: readonly TypeMesureSante[]
  readonly mesures: readonly MesureSante[]
  readonly imc: { readonly valeur: number; readonly le: number } | null
  /** Whether values are copied from the documents received. */
  readonly copie: boolean
}

export interface DateAgenda {
  readonly id: string
  readonly genre: 'rendez-vous' | 'rappel'
  readonly auteur: 'PATIENT' | 'EDITOR_SOLUTION'
  readonly service?: string
  readonly titre: string
  readonly note: string
  readonly lieu: string
  /** Simulated milliseconds. */
  readonly debut: number
  readonly statut: 'prévu' | 'annulé'
  readonly rappelLe: number
  readonly modifiable: boolean
}

export type StatutExamen = 'TO_PLAN' | 'NOT_SPECIFIED' | 'DONE' | 'NOT_DONE'

export interface ExamenSante {
  readonly id: string
  readonly libelle: string
  readonly genre: 'examen' | 'vaccin' | 'dépistage'
  readonly age: number
  readonly le: number
  readonly statut: StatutExamen
  readonly source: string
}

export interface PreventionSante {
  readonly enCours: readonly ExamenSante[]
  readonly aVenir: readonly ExamenSante[]
}

/** Bytes of the synthesis as it is today; nothing is kept. */
export async function lireSynthese({ acces }: MesClient, matriculeIns: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await acces.fetch(`${acces.base}/mes/api/profils/${matriculeIns}/synthese`)
  if (!response.ok) throw new Error('La synthèse ne peut pas être écrite.')
  return new Uint8Array(await response.arrayBuffer())
}

/** `62,5`, `119 / 77`. */
export const valeurLue = ({ valeur, valeur2 }: Pick<MesureSante, 'valeur' | 'valeur2'>): string =>
  [valeur, valeur2]
    .filter((une) => une !== undefined)
    .map((une) => une.toLocaleString('fr-FR'))
    .join(' / ')

/** What the patient's side says, as read over HTTP. @see /_sandbox/openapi.json */

/** What four audiences get of a profile in one state. */
interface VuesDuProfil {
  readonly professionnel: { readonly etat: string; readonly depose: boolean; readonly consulte: boolean }
  readonly secretariat: { readonly etat: string; readonly depose: boolean; readonly consulte: boolean }
  readonly expediteur: string
  readonly patient: string
}

/** An act on the profile: `activer`, `fermer`… */
export type ActeProfil = string

export interface ProfilPatient {
  /** 15 characters. */
  readonly matriculeIns: string
  readonly nomAffiche: string
  /** Whole years. */
  readonly age: number
  /** In which capacity it is read: `titulaire`, `représentant légal`, `tuteur`, `curateur`, `aidant`. */
  readonly qualite: string
  readonly etat: string
  /** The state in French. */
  readonly libelle: string
  /** What the holder is told on opening. */
  readonly annonce: string
  /** What the holder gets: `tout` reads everything, other values only what `annonce` says. */
  readonly patient: string
  /** Acts open to the holder now. */
  readonly actes: readonly { readonly acte: ActeProfil; readonly libelle: string; readonly agent: string }[]
  /** Acts that an administration could do now, for the trainer who plays it. */
  readonly actesAdministration: readonly { readonly acte: ActeProfil; readonly libelle: string; readonly agent: string }[]
  readonly vues: VuesDuProfil
  /** What happens if nobody does anything; simulated milliseconds. */
  readonly echeance: { readonly le: number; readonly evenement: string; readonly regle: string } | null
  /** Which news goes by e-mail and to the phone, by code. */
  readonly preferences: Readonly<Record<string, boolean>>
  /** Where the holder is written to; `''` for nowhere. */
  readonly courriel: string
  readonly telephone: string
}

export interface DocumentPatient {
  readonly id: string
  readonly titre: string
  readonly typeCode: string
  readonly typeLibelle: string
  readonly auteur: string
  readonly structure: string
  /** Simulated milliseconds. */
  readonly deposeLe: number
  readonly dateActe: number
  readonly mimeType: string
  readonly taille: number
  readonly masque: boolean
  readonly statut: 'actuel' | 'remplacé' | 'archivé'
  /** Who put it there. */
  readonly origine: 'professionnel' | 'patient' | 'assurance maladie' | 'mon espace santé'
  /** Whether it may be masked to professionals. */
  readonly masquable: boolean
  /** Folder of the patient, `''` for none. */
  readonly dossier: string
  readonly epingle: boolean
  /** Category chosen by the patient, for their own. */
  readonly categorie: string
}

export interface NotificationPatient {
  readonly id: string
  readonly code: string
  readonly titre: string
  readonly texte: string
  /** Simulated milliseconds. */
  readonly le: number
  readonly lue: boolean
  readonly documentId?: string
}

import type { StatutIdentite } from '#standards/ins/statut-identite.ts'
import type { Brouillon } from '../dossier/redaction.ts'

/** Who acts: a seat at the desk, or the patient on her phone. */
type Acteur = 'secretariat' | 'medecin' | 'patient'

/** One thing that must really have happened; `texte` says it in plain French. Data, so that a trainer can write one. */
export type Verification = { readonly texte: string } & (
  | {
      readonly genre: 'fiche'
      readonly statut?: readonly StatutIdentite[]
      readonly preuve?: true
      readonly information?: true
      readonly accord?: boolean
    }
  /** An exchange went through since the scenario began. `operation`: part of its name. */
  | { readonly genre: 'journal'; readonly service: string; readonly operation?: string; readonly issue?: 'accepté' | 'refusé' }
  /** An exchange did not happen. */
  | { readonly genre: 'absence'; readonly service: string; readonly operation: string }
  /** A document was validated and its order is in this state. */
  | { readonly genre: 'envoi'; readonly etat: 'envoye' | 'retenu' }
  /** Seen on the patient's side. */
  | { readonly genre: 'patient'; readonly voit: 'document' | 'notification' | 'consultation' }
  | { readonly genre: 'poste'; readonly acteur: 'secretariat' | 'medecin'; readonly dossierOuvert?: true }
)

/** One gesture of the demonstration, the same as the panes make. */
export type Acte =
  | { readonly acte: 'insererCarte'; readonly acteur: 'secretariat' | 'medecin' }
  /** By the birth date and the first letters of the person followed. */
  | { readonly acte: 'chercher' }
  /** The person's five strict traits, as told at the counter. */
  | { readonly acte: 'saisirTraits' }
  | { readonly acte: 'creerFiche' }
  | { readonly acte: 'ouvrirFiche' }
  | { readonly acte: 'interrogerInsi' }
  | { readonly acte: 'accepterIdentite' }
  | { readonly acte: 'enregistrerPiece'; readonly code: string }
  | { readonly acte: 'qualifier' }
  | { readonly acte: 'informer' }
  | { readonly acte: 'consentir'; readonly accord: boolean }
  | { readonly acte: 'rediger'; readonly brouillon: Partial<Brouillon> }
  | { readonly acte: 'valider'; readonly retenu?: boolean }
  | { readonly acte: 'consulter' }
  | { readonly acte: 'lireDocument' }
  /** Nothing to do: look. */
  | { readonly acte: 'regarder' }

export interface Etape {
  readonly id: string
  readonly acteur: Acteur
  readonly titre: string
  /** What the trainee has to do, in plain French. */
  readonly consigne: string
  /** From a nudge to the very gesture. */
  readonly indices: readonly string[]
  readonly erreurFrequente: string
  /** What to look at once it is done. */
  readonly aObserver: string
  /** Codes of the rules register this step teaches. */
  readonly regles: readonly string[]
  readonly verifications: readonly Verification[]
  readonly actes: readonly Acte[]
}

/** A training scenario. @see functional.md §7.3 */
export interface Scenario {
  readonly id: string
  readonly titre: string
  readonly public: string
  readonly dureeMinutes: number
  readonly difficulte: 'découverte' | 'pratique' | 'expert'
  readonly objectif: string
  /** What the world must be at the start. */
  readonly depart: { readonly dataset: string; readonly description: string }
  /** Whose file is followed: a person of the cast, whose dates follow the world's. */
  readonly personne: { readonly id: string; readonly affiche: string }
  readonly etapes: readonly Etape[]
  /** Branches worth trying: what if…, then what is seen. */
  readonly variantes: readonly { readonly si: string; readonly alors: string }[]
  /** Questions for the end. */
  readonly bilan: readonly string[]
  readonly reussite: string
  /** Date of the rules used, `AAAA-MM-JJ`. */
  readonly reglesAu: string
  readonly version: string
}

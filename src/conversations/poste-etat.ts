import type { Actor } from 'xstate'
import type { Rule } from '#standards/rule.ts'
import type { CarteProfessionnelle } from '../clients/carte.ts'
import type { CarteVitale } from '../clients/carte-vitale.ts'
import type { PatientLocal, TraitsComplementaires } from '../dossier/patient.ts'
import { type Brouillon, BROUILLON_VIDE } from '../dossier/redaction.ts'
import type { ProblemeTrait, TraitsSaisis } from '../dossier/traits-saisis.ts'
import type { dmpConversation } from './dmp-conversation.ts'
import { abandonne, commence, type Gestes, GESTES_INITIAUX, type Parcours, termine, unGeste } from './gestes.ts'
import type { insiConversation } from './insi-conversation.ts'

/** What the desk tells the person sitting there. */
interface Avis {
  readonly ton: 'fait' | 'refus'
  /** Cause, then next act. */
  readonly texte: string
  readonly regle?: Rule
}

/** Parts of an open file. */
export type OngletFiche = 'identite' | 'volontes' | 'documents' | 'dmp' | 'messages'

/** Everything the desk shows that is not in the records: who sits there, what is open, what is being typed. */
export interface EtatPoste {
  /** Cards of the practice's team. */
  readonly cartes: readonly CarteProfessionnelle[]
  /** The card in the reader: it decides who is at the desk. */
  readonly carte: CarteProfessionnelle | null
  readonly cartesVitales: readonly CarteVitale[]
  readonly vitale: CarteVitale | null
  readonly critere: { readonly dateNaissance: string; readonly lettres: string }
  /** Null until a search was made. */
  readonly resultats: readonly PatientLocal[] | null
  /** Traits of a file about to be created, or of the open one being corrected. */
  readonly saisie: TraitsSaisis
  readonly complementaires: TraitsComplementaires
  readonly problemes: readonly ProblemeTrait[]
  /** The open file; null on the welcome page. */
  readonly patientId: string | null
  readonly onglet: OngletFiche
  /** Milliseconds since the Unix epoch; 0 when the file was never opened before. */
  readonly derniereVisite: number
  readonly insi: Actor<typeof insiConversation> | null
  readonly dmp: Actor<typeof dmpConversation> | null
  readonly brouillon: Brouillon
  /** What was being written in the other files: closing one loses no text. */
  readonly brouillons: Readonly<Record<string, Brouillon>>
  readonly avis: Avis | null
  readonly gestes: Gestes
}

export const SAISIE_VIDE: TraitsSaisis = { nomNaissance: '', premierPrenom: '', listePrenom: '', sexe: '', dateNaissance: '', lieuNaissance: '' }

export const ETAT_INITIAL: EtatPoste = {
  cartes: [],
  carte: null,
  cartesVitales: [],
  vitale: null,
  critere: { dateNaissance: '', lettres: '' },
  resultats: null,
  saisie: SAISIE_VIDE,
  complementaires: {},
  problemes: [],
  patientId: null,
  onglet: 'identite',
  derniereVisite: 0,
  insi: null,
  dmp: null,
  brouillon: BROUILLON_VIDE,
  brouillons: {},
  avis: null,
  gestes: GESTES_INITIAUX,
}

export type EvenementPoste =
  /** Anything typed, chosen or opened. */
  | { type: 'poste.change'; avec: Partial<EtatPoste> }
  | { type: 'agent.clique' }
  | { type: 'parcours.commence'; parcours: Parcours }
  | { type: 'parcours.termine'; parcours: Parcours }
  | { type: 'parcours.abandonne'; parcours: Parcours }

export function etatSuivant(etat: EtatPoste, event: EvenementPoste): EtatPoste {
  switch (event.type) {
    case 'poste.change':
      return { ...etat, ...event.avec }
    case 'agent.clique':
      return { ...etat, gestes: unGeste(etat.gestes) }
    case 'parcours.commence':
      return { ...etat, gestes: commence(etat.gestes, event.parcours) }
    case 'parcours.termine':
      return { ...etat, gestes: termine(etat.gestes, event.parcours) }
    case 'parcours.abandonne':
      return { ...etat, gestes: abandonne(etat.gestes, event.parcours) }
  }
}

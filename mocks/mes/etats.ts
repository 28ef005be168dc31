import type { SituationDossier } from '../world.ts'

/** Where a profile of Mon espace santé stands. @see functional.md §2.2 */
export type EtatProfil =
  | 'notInformed'
  | 'informed'
  | 'opposed'
  | 'openNotActivated'
  | 'active'
  | 'active.cguBlocked'
  | 'suspended'
  | 'closed'
  | 'deletionRequested'
  | 'deleted'
  | 'deceased'

/** What a state means for each of those who look at it, and nothing else decides it. */
export interface VueDeLEtat {
  /** French, for people. */
  readonly libelle: string
  /** What the professional's software is told to exist (TD0.2, UX.12). */
  readonly dossier: SituationDossier['etat']
  /** Deposits are accepted from professionals and, for the practice, from the secretary on their behalf. */
  readonly alimentation: boolean
  /** Reading, by matrix, consent and blocks; never for a secretary. */
  readonly consultation: boolean
  /** The mailbox `<matricule>@patient.mssante.fr` takes mail; otherwise the sender gets it back. */
  readonly boiteAuxLettres: boolean
  /** What the holder gets. `rouvrir`, `creer`: only that. */
  readonly patient: 'rien' | 'notice' | 'preuve' | 'attente' | 'tout' | 'cgu' | 'suspension' | 'rouvrir' | 'suppression' | 'creer'
  /** French, what the holder is told. */
  readonly annonce: string
}

const SANS_DOSSIER = { dossier: 'inexistant', alimentation: false, consultation: false, boiteAuxLettres: false } as const
const OUVERT = { dossier: 'ouvert', alimentation: true, consultation: true, boiteAuxLettres: true } as const
const FERME = { dossier: 'fermé', alimentation: false, consultation: false, boiteAuxLettres: false } as const

/** @see functional.md §2.2, columns "what the LPS gets" to "patient sees" */
export const VUES: Readonly<Record<EtatProfil, VueDeLEtat>> = {
  notInformed: { ...SANS_DOSSIER, libelle: 'Pas encore informé', patient: 'rien', annonce: 'Aucun profil n’existe encore.' },
  informed: {
    ...SANS_DOSSIER,
    libelle: 'Informé, délai d’opposition en cours',
    patient: 'notice',
    annonce: 'Votre profil s’ouvrira six semaines après l’envoi de l’information, sauf si vous vous y opposez.',
  },
  opposed: {
    ...SANS_DOSSIER,
    libelle: 'Opposé',
    patient: 'preuve',
    annonce: 'Votre opposition est enregistrée. Vous pouvez changer d’avis quand vous voulez.',
  },
  openNotActivated: {
    ...OUVERT,
    libelle: 'Ouvert, pas encore activé',
    patient: 'attente',
    annonce: 'Votre profil est ouvert. Activez-le pour lire les documents qui vous attendent.',
  },
  active: { ...OUVERT, libelle: 'Activé', patient: 'tout', annonce: 'Bienvenue dans Mon espace santé.' },
  'active.cguBlocked': {
    ...OUVERT,
    libelle: 'Activé, accès bloqué : conditions d’utilisation refusées',
    patient: 'cgu',
    annonce: 'Acceptez les nouvelles conditions d’utilisation pour retrouver votre profil.',
  },
  suspended: {
    ...FERME,
    libelle: 'Suspendu',
    patient: 'suspension',
    annonce: 'Votre profil est suspendu. Sans réponse de votre part sous six semaines, il sera fermé.',
  },
  closed: {
    ...FERME,
    libelle: 'Fermé',
    patient: 'rouvrir',
    annonce: 'Votre profil est fermé. Vos données sont gardées dix ans : vous pouvez le rouvrir.',
  },
  deletionRequested: {
    ...FERME,
    libelle: 'Suppression demandée',
    patient: 'suppression',
    annonce: 'Vos données seront supprimées sous trois mois. Vous pouvez encore y renoncer.',
  },
  deleted: {
    ...SANS_DOSSIER,
    libelle: 'Supprimé',
    patient: 'creer',
    annonce: 'Vos données sont supprimées. Vous pouvez créer un nouveau profil, vide.',
  },
  deceased: { ...FERME, libelle: 'Fermé, personne décédée', patient: 'rien', annonce: 'Profil fermé à la suite du décès.' },
}

/** Why a record is closed, as TD0.2 says it. Only the first code is published; the others are ours. @see dmp.md §1.3 */
export type MotifFermeture = 'FERMETURE_DEMANDE_PATIENT' | 'FERMETURE_SUSPENSION' | 'FERMETURE_DECES'

/** What a profile keeps beside its state. Times are simulated milliseconds, null for what did not happen. */
export interface ContexteProfil {
  /** Entry in the present state. */
  readonly depuis: number
  /** Notice still to be sent: a newborn, a new affiliation. */
  readonly noticePrevueLe: number | null
  readonly informeLe: number | null
  /** The record exists since. Null: there never was one, or it was deleted. */
  readonly ouvertLe: number | null
  readonly activeLe: number | null
  readonly fermeLe: number | null
  readonly motif: MotifFermeture | null
  /** French, free text. */
  readonly raison: string | null
}

export const CONTEXTE_INITIAL: ContexteProfil = {
  depuis: 0,
  noticePrevueLe: null,
  informeLe: null,
  ouvertLe: null,
  activeLe: null,
  fermeLe: null,
  motif: null,
  raison: null,
}

export interface Profil {
  readonly etat: EtatProfil
  readonly contexte: ContexteProfil
}

/**
 * What the professional's services may know: one answer for everybody who asks (DMP, secretary's screen, mail operator).
 * An opposition is not told: it looks like a record never created.
 */
export function situationDossier({ etat, contexte }: Profil): SituationDossier {
  const { dossier } = VUES[etat]
  // A person who dies before the opening never had a record.
  if (dossier === 'inexistant' || contexte.ouvertLe === null) return { etat: 'inexistant', rattacheEns: false }
  if (dossier === 'ouvert') return { etat: 'ouvert', rattacheEns: true }
  const { fermeLe, motif, raison } = contexte
  return { etat: 'fermé', rattacheEns: false, fermeLe: fermeLe ?? contexte.depuis, ...(motif ? { motif } : {}), ...(raison ? { raison } : {}) }
}

/** What four audiences get of one profile. */
export interface VueDesQuatre {
  /** One of the four states shown without a click, before the professional's own authorisation. @see SC.DMP/UX.12 */
  readonly professionnel: { readonly etat: 'non créé' | 'créé' | 'fermé'; readonly depose: boolean; readonly consulte: boolean }
  /** Feeds on behalf, never consults. @see S-051 */
  readonly secretariat: { readonly etat: 'non créé' | 'créé' | 'fermé'; readonly depose: boolean; readonly consulte: false }
  readonly expediteur: 'remis' | 'non remis'
  readonly patient: VueDeLEtat['patient']
}

export function vueDesQuatre(profil: Profil): VueDesQuatre {
  const { alimentation, consultation, boiteAuxLettres, patient } = VUES[profil.etat]
  const etat = ETATS_AFFICHES[situationDossier(profil).etat]
  return {
    professionnel: { etat, depose: alimentation, consulte: consultation },
    secretariat: { etat, depose: alimentation, consulte: false },
    expediteur: boiteAuxLettres ? 'remis' : 'non remis',
    patient,
  }
}

const ETATS_AFFICHES = { inexistant: 'non créé', ouvert: 'créé', fermé: 'fermé' } as const

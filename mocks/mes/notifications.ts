import type { Certainty } from '#standards/rule.ts'
import type { WorldEvent } from '../world.ts'
import { VUES, type EtatProfil } from './etats.ts'

/** Where a piece of news appears: the centre of the profile, the personal mailbox, the phone. */
type Canal = 'centre' | 'courriel' | 'push'

/** What the holder may switch off. @see functional.md §3.8 */
type Preference = 'NOTIF_MESSAGE' | 'NOTIF_DOCUMENT' | 'NOTIF_APPOINTMENT' | 'NOTIF_DEPISTAGE' | 'NOTIF_SYNCHRONIZED_SERVICE'

export type Preferences = Readonly<Record<Preference, boolean>>

export const PREFERENCES_INITIALES: Preferences = {
  NOTIF_MESSAGE: true,
  NOTIF_DOCUMENT: true,
  NOTIF_APPOINTMENT: true,
  NOTIF_DEPISTAGE: true,
  NOTIF_SYNCHRONIZED_SERVICE: true,
}

interface Modele {
  /** Shown in the centre. */
  readonly titre: string
  readonly preference?: Preference
  readonly canaux: Readonly<Partial<Record<Canal, Certainty>>>
}

/**
 * Event codes of the notification centre that the sandbox emits, with their channels and how sure those are.
 * @see functional.md §3.8 ; data/mes-functional-codes.json, notification_codes
 */
export const NOTIFICATIONS = {
  AJOUT_DOCUMENT: { titre: 'Nouveau document', preference: 'NOTIF_DOCUMENT', canaux: { centre: 'vérifié', courriel: 'déduit', push: 'déduit' } },
  MODIF_DOCUMENT: { titre: 'Document modifié', preference: 'NOTIF_DOCUMENT', canaux: { centre: 'vérifié', courriel: 'déduit', push: 'déduit' } },
  SUPP_DOC: { titre: 'Document supprimé', preference: 'NOTIF_DOCUMENT', canaux: { centre: 'vérifié', courriel: 'déduit', push: 'déduit' } },
  CONSULT_DOCUMENT: { titre: 'Document consulté', canaux: { centre: 'vérifié' } },
  ACCES_DMP_PS: { titre: 'Premier accès d’un professionnel', canaux: { centre: 'vérifié', courriel: 'vérifié' } },
  ACCES_BRIS_GLACE: { titre: 'Accès en urgence (bris de glace)', canaux: { centre: 'déduit', courriel: 'vérifié' } },
} as const satisfies Record<string, Modele>

export type CodeNotification = keyof typeof NOTIFICATIONS

/** One line of the history of activity. @see data/mes-functional-codes.json, trace_actor_types and trace_groups */
export interface Trace {
  readonly typeActeur: 'HEALTHCARE_PROFESSIONAL' | 'HEALTHCARE_FACILITY' | 'PATIENT' | 'SYSTEM'
  readonly groupe: 'GENERAL' | 'MEDICAL_DOCUMENT'
  readonly acteur: string
  readonly structure: string
  readonly texte: string
  readonly documentId?: string
}

/** What one event of the professionals' side becomes on the patient's side. */
export interface Nouvelle {
  readonly trace: Trace
  readonly notification?: { readonly code: CodeNotification; readonly texte: string; readonly documentId?: string }
}

type DuDocument = Extract<WorldEvent, { documentId: string }>
type DuProfessionnel = Extract<WorldEvent, { acteur: string }>

/** Undefined: the patient is told nothing. */
export function nouvelleDe(event: DuProfessionnel): Nouvelle | undefined {
  if ('visiblePatient' in event && !event.visiblePatient) return undefined
  const qui = event.structure ? `${event.acteur} (${event.structure})` : event.acteur
  switch (event.type) {
    case 'document.ajoute':
      return duDocument(event, 'AJOUT_DOCUMENT', `${qui} a ajouté « ${event.titre} ».`)
    case 'document.remplace':
      return duDocument(event, 'MODIF_DOCUMENT', `${qui} a remplacé « ${event.titre} » par une nouvelle version.`)
    case 'document.supprime':
      return duDocument(event, 'SUPP_DOC', `${qui} a supprimé « ${event.titre} ».`)
    case 'document.consulte':
      return duDocument(event, 'CONSULT_DOCUMENT', `${qui} a consulté « ${event.titre} ».`)
    case 'dossier.recherche':
      return { trace: general(event, `${qui} a regardé la liste de vos documents.`) }
    case 'acces.autorise':
      return {
        trace: general(event, `${qui} a obtenu l’accès à votre dossier.`),
        ...(event.premier ? { notification: { code: 'ACCES_DMP_PS', texte: `${qui} accède à votre dossier pour la première fois.` } } : {}),
      }
    case 'acces.retire':
      return { trace: general(event, `${qui} n’a plus accès à votre dossier.`) }
    case 'acces.brisDeGlace':
      return {
        trace: general(event, `${qui} a accédé à votre dossier en urgence. Motif donné : ${event.motif}`),
        notification: { code: 'ACCES_BRIS_GLACE', texte: `${qui} a accédé à votre dossier en urgence. Motif donné : ${event.motif}` },
      }
  }
}

function duDocument(event: DuDocument, code: CodeNotification, texte: string): Nouvelle {
  // A removed document has nothing to open.
  const document = code === 'SUPP_DOC' ? {} : { documentId: event.documentId }
  return { trace: { ...general(event, texte), groupe: 'MEDICAL_DOCUMENT', ...document }, notification: { code, texte, ...document } }
}

const general = ({ acteur, structure }: DuProfessionnel, texte: string): Trace => ({
  typeActeur: acteur ? 'HEALTHCARE_PROFESSIONAL' : 'HEALTHCARE_FACILITY',
  groupe: 'GENERAL',
  acteur,
  structure,
  texte,
})

export interface CanalRetenu {
  readonly canal: Canal
  readonly certitude: Certainty
}

/**
 * Channels of one notification for one profile. The centre fills even before the activation: it waits with the documents.
 * The phone needs an activated profile, the mailbox an address.
 */
export function canauxRetenus(
  code: CodeNotification,
  { etat, preferences, courriel }: { readonly etat: EtatProfil; readonly preferences: Preferences; readonly courriel: string },
): CanalRetenu[] {
  const { preference, canaux }: Modele = NOTIFICATIONS[code]
  const voulu = preference === undefined || preferences[preference]
  const possible: Record<Canal, boolean> = { centre: true, courriel: voulu && courriel !== '', push: voulu && VUES[etat].patient === 'tout' }
  return (Object.entries(canaux) as [Canal, Certainty][]).filter(([canal]) => possible[canal]).map(([canal, certitude]) => ({ canal, certitude }))
}

/** What arrives in the personal mailbox or on the phone: that there is news, never the news. */
export const annonceSansContenu = (code: CodeNotification): { objet: string; texte: string } =>
  code === 'ACCES_BRIS_GLACE' || code === 'ACCES_DMP_PS'
    ? {
        objet: 'Mon espace santé : un accès à votre dossier',
        texte: 'Un professionnel a accédé à votre dossier. Connectez-vous à Mon espace santé pour en savoir plus.',
      }
    : { objet: 'Mon espace santé : du nouveau dans vos documents', texte: 'Connectez-vous à Mon espace santé pour en prendre connaissance.' }

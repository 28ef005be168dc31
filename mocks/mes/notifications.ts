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
 * Event codes of the notification centre, with their channels and how sure those are.
 * @see functional.md §3.8 ; data/mes-functional-codes.json, notification_codes
 */
export const NOTIFICATIONS = {
  AJOUT_DOCUMENT: { titre: 'Nouveau document', preference: 'NOTIF_DOCUMENT', canaux: { centre: 'vérifié', courriel: 'déduit', push: 'déduit' } },
  MODIF_DOCUMENT: { titre: 'Document modifié', preference: 'NOTIF_DOCUMENT', canaux: { centre: 'vérifié', courriel: 'déduit', push: 'déduit' } },
  SUPP_DOC: { titre: 'Document supprimé', preference: 'NOTIF_DOCUMENT', canaux: { centre: 'vérifié', courriel: 'déduit', push: 'déduit' } },
  CONSULT_DOCUMENT: { titre: 'Document consulté', canaux: { centre: 'vérifié' } },
  ACCES_DMP_PS: { titre: 'Premier accès d’un professionnel', canaux: { centre: 'vérifié', courriel: 'vérifié' } },
  ACCES_BRIS_GLACE: { titre: 'Accès en urgence', canaux: { centre: 'déduit', courriel: 'vérifié' } },
  REMISE_VISIBILITE_AUTO: { titre: 'Un document vous est devenu visible', canaux: { centre: 'vérifié', courriel: 'déduit' } },
  RECEPTION_MESSAGE: { titre: 'Nouveau message', preference: 'NOTIF_MESSAGE', canaux: { centre: 'vérifié', courriel: 'vérifié', push: 'vérifié' } },
  AJOUT_VACCINATION: { titre: 'Vaccination ajoutée', canaux: { centre: 'vérifié' } },
  CONSULT_VACCINATION: { titre: 'Vaccinations consultées', canaux: { centre: 'vérifié' } },
  PRIMO_ALIM_MHS: { titre: 'Votre histoire de santé est disponible', canaux: { centre: 'vérifié' } },
  RAPPEL_RDV_PREV: {
    titre: 'Examen recommandé',
    preference: 'NOTIF_APPOINTMENT',
    canaux: { centre: 'déduit', courriel: 'vérifié', push: 'vérifié' },
  },
  RAPPEL_RDV_PREV_VACC: {
    titre: 'Vaccination recommandée',
    preference: 'NOTIF_APPOINTMENT',
    canaux: { centre: 'déduit', courriel: 'vérifié', push: 'vérifié' },
  },
  RAPPEL_RDV_PREV_DEPIST: {
    titre: 'Dépistage recommandé',
    preference: 'NOTIF_DEPISTAGE',
    canaux: { centre: 'déduit', courriel: 'vérifié', push: 'vérifié' },
  },
  RAPPEL_RDV_USAGER: {
    titre: 'Votre rendez-vous',
    preference: 'NOTIF_APPOINTMENT',
    canaux: { centre: 'déduit', courriel: 'vérifié', push: 'vérifié' },
  },
  RAPPEL_AGENDA: { titre: 'Votre rappel', preference: 'NOTIF_APPOINTMENT', canaux: { centre: 'déduit', courriel: 'vérifié', push: 'vérifié' } },
  COPIE_DOC_AJOUT_GLYCEMIE: { titre: 'Glycémie copiée dans vos mesures', canaux: { centre: 'vérifié' } },
  COPIE_DOC_AJOUT_HBA1C: { titre: 'Hémoglobine glyquée copiée dans vos mesures', canaux: { centre: 'vérifié' } },
  COPIE_DOC_AJOUT_TAILLE: { titre: 'Taille copiée dans vos mesures', canaux: { centre: 'vérifié' } },
  COPIE_DOC_AJOUT_POIDS: { titre: 'Poids copié dans vos mesures', canaux: { centre: 'vérifié' } },
  COPIE_DOC_AJOUT_PC: { titre: 'Périmètre crânien copié dans vos mesures', canaux: { centre: 'vérifié' } },
  PARTAGE_PROFIL_AIDANT: { titre: 'Demande pour devenir aidant', canaux: { centre: 'vérifié', courriel: 'déduit' } },
  ACCORD_PARTAGE_PROFIL: { titre: 'Demande d’aidant acceptée', canaux: { centre: 'vérifié', courriel: 'déduit' } },
  REFUS_PARTAGE_PROFIL: { titre: 'Demande d’aidant refusée', canaux: { centre: 'vérifié', courriel: 'déduit' } },
  REVOCATION_PAR_AIDANT: { titre: 'Votre aidant a mis fin à son accès', canaux: { centre: 'vérifié', courriel: 'déduit' } },
  REVOCATION_PAR_AIDE: { titre: 'Votre accès d’aidant est retiré', canaux: { centre: 'vérifié', courriel: 'déduit' } },
  RAPPEL_MODIF_DA: { titre: 'Relisez vos directives anticipées', canaux: { centre: 'vérifié' } },
  RAPPEL_CONSENT_PASSAGE_MAJO: { titre: 'Vous êtes majeur : confirmez vos choix', canaux: { centre: 'vérifié' } },
  RAPPEL_CONSENT_RL_PASSAGE_MAJO: { titre: 'Votre enfant est majeur', canaux: { centre: 'vérifié' } },
  AJOUT_ENTOURAGE: { titre: 'Contact ajouté à l’entourage', canaux: { centre: 'vérifié' } },
  REPONSE_SUPPORT: { titre: 'Le support vous a répondu', canaux: { centre: 'vérifié' } },
} as const satisfies Record<string, Modele>

export type CodeNotification = keyof typeof NOTIFICATIONS

/** One line of the history of activity. @see data/mes-functional-codes.json, trace_actor_types and trace_groups */
export interface Trace {
  readonly typeActeur: 'HEALTHCARE_PROFESSIONAL' | 'HEALTHCARE_FACILITY' | 'SUPPORT' | 'PATIENT' | 'SERVICE_TIERS' | 'SYSTEM'
  readonly groupe: 'GENERAL' | 'SERVICE_TIERS' | 'MEDICAL_DOCUMENT'
  readonly acteur: string
  readonly structure: string
  readonly texte: string
  readonly documentId?: string
  /** About a document hidden from the legal representatives: so is this line. */
  readonly invisibleRepresentants?: boolean
}

/** What one event of the professionals' side becomes on the patient's side. */
export interface Nouvelle {
  readonly trace: Trace
  /** `titre`: instead of the one of the code. */
  readonly notification?: {
    readonly code: CodeNotification
    readonly texte: string
    readonly titre?: string
    readonly documentId?: string
    readonly invisibleRepresentants?: boolean
  }
}

type DuDocument = Extract<DuProfessionnel, { documentId: string }>
/** What the registry does by itself when a delay passes. */
export type DuSysteme = Extract<WorldEvent, { type: 'document.annonceAttendue' | 'document.visibleAuto' }>
export type DuProfessionnel = Exclude<Extract<WorldEvent, { acteur: string }>, DuSysteme>

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
    case 'document.renduVisible':
      return duDocument(event, 'AJOUT_DOCUMENT', `${qui} a rendu « ${event.titre} » visible dans vos documents.`)
    case 'document.modifie':
      return {
        trace: {
          ...general(event, `${qui} : « ${event.titre} » ${event.modification}.`),
          groupe: 'MEDICAL_DOCUMENT',
          documentId: event.documentId,
          ...secret(event),
        },
      }
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
      return enUrgence(event, `${qui} a accédé à votre dossier en urgence (bris de glace). Motif donné : ${event.motif}`)
    case 'acces.regulation':
      return enUrgence(event, `${qui} a accédé à votre dossier en urgence, pour le centre 15 (SAMU).`)
  }
}

/** After two weeks: that something changed, never what. After a month: the document is there. @see CSP R.1111-53 */
export function nouvelleDuSysteme(event: DuSysteme): Required<Nouvelle> {
  const systeme = { typeActeur: 'SYSTEM', groupe: 'MEDICAL_DOCUMENT', acteur: '', structure: '' } as const
  if (event.type === 'document.annonceAttendue') {
    const texte = 'Votre dossier a été mis à jour. Vous êtes invité à voir un professionnel de santé pour en parler avec lui.'
    return {
      trace: { ...systeme, groupe: 'GENERAL', texte },
      notification: { code: 'MODIF_DOCUMENT', titre: 'Votre dossier a été mis à jour', texte },
    }
  }
  const { documentId, titre } = event
  const texte = `« ${titre} » vous est devenu visible : le délai d’annonce est passé. Votre médecin peut vous l’expliquer.`
  return {
    trace: { ...systeme, texte, documentId, ...secret(event) },
    notification: { code: 'REMISE_VISIBILITE_AUTO', texte, documentId, ...secret(event) },
  }
}
/** The published codes have one for every emergency. */
const enUrgence = (event: DuProfessionnel, texte: string): Nouvelle => ({
  trace: general(event, texte),
  notification: { code: 'ACCES_BRIS_GLACE', texte },
})

const secret = ({ invisibleRepresentants }: { readonly invisibleRepresentants?: boolean }): { readonly invisibleRepresentants?: true } =>
  invisibleRepresentants ? { invisibleRepresentants } : {}

function duDocument(event: DuDocument, code: CodeNotification, texte: string): Nouvelle {
  // A removed document has nothing to open.
  const document = { ...(code === 'SUPP_DOC' ? {} : { documentId: event.documentId }), ...secret(event) }
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

const annonce = (quoi: string, texte: string) => ({ objet: `Mon espace santé : ${quoi}`, texte })

const ANNONCES: Readonly<Partial<Record<CodeNotification, { objet: string; texte: string }>>> = {
  ...Object.fromEntries(
    (['ACCES_BRIS_GLACE', 'ACCES_DMP_PS'] as const).map((code) => [
      code,
      annonce('un accès à votre dossier', 'Un professionnel a accédé à votre dossier. Connectez-vous à Mon espace santé pour en savoir plus.'),
    ]),
  ),
  RECEPTION_MESSAGE: annonce('un nouveau message', 'Vous avez reçu un message. Connectez-vous à Mon espace santé pour le lire.'),
}

const AGENDA = annonce('un rappel', 'Vous avez un rappel. Connectez-vous à Mon espace santé pour en prendre connaissance.')
const DELEGATION = annonce('du nouveau pour vos aidants', 'Connectez-vous à Mon espace santé pour en prendre connaissance.')
const DOCUMENTS = annonce('du nouveau dans vos documents', 'Connectez-vous à Mon espace santé pour en prendre connaissance.')

/** What arrives in the personal mailbox or on the phone: that there is news, never the news. */
export const annonceSansContenu = (code: CodeNotification): { objet: string; texte: string } =>
  ANNONCES[code] ?? (code.startsWith('RAPPEL_') ? AGENDA : /PARTAGE|REVOCATION/.test(code) ? DELEGATION : DOCUMENTS)

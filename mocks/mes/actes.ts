import type { Rule } from '#standards/rule.ts'
import type { ControleActivation, EvenementProfil, TypeEvenement } from './lifecycle.ts'
import type { Profil } from './etats.ts'
import { connaitEvenement, vivant } from './lifecycle.ts'
import { regles } from './rules-register.ts'
import { type Refus, refusActivation } from './rules.ts'

/** Who may do it: the holder's side, or an administration that the trainer plays. */
export type Agent = 'titulaire' | 'CNAM' | 'état civil'

/** An act on the profile, by the name used in the path. */
export interface Acte {
  /** French, on the button. */
  readonly libelle: string
  readonly agent: Agent
  readonly evenement: Extract<TypeEvenement, `patient.${string}` | `cnam.${string}` | `etatCivil.${string}`>
  /** The rule that gives this right, told to the journal. */
  readonly regle: Rule
}

const acte = (libelle: string, evenement: Acte['evenement'], regle: Rule, agent: Agent = 'titulaire'): Acte => ({ libelle, agent, evenement, regle })

export const ACTES: ReadonlyMap<string, Acte> = new Map([
  ['activer', acte('Activer mon profil', 'patient.active', regles['MES-CODE-PROVISOIRE'])],
  ['creer', acte('Créer mon profil', 'patient.cree', regles['MES-CREATION-VIDE'])],
  ['s-opposer', acte('M’opposer à l’ouverture', 'patient.oppose', regles['MES-OPPOSITION'])],
  ['fermer', acte('Fermer mon profil', 'patient.ferme', regles['MES-FERMETURE'])],
  ['fermer-et-supprimer', acte('Fermer et supprimer mes données', 'patient.fermeEtSupprime', regles['MES-SUPPRESSION-3-MOIS'])],
  ['rouvrir', acte('Rouvrir mon profil', 'patient.rouvre', regles['MES-ARCHIVE-10-ANS'])],
  ['demander-suppression', acte('Demander la suppression de mes données', 'patient.demandeSuppression', regles['MES-SUPPRESSION-3-MOIS'])],
  ['renoncer-suppression', acte('Renoncer à la suppression', 'patient.renonceSuppression', regles['MES-SUPPRESSION-RENONCE'])],
  ['refuser-cgu', acte('Refuser les nouvelles conditions', 'patient.refuseCgu', regles['MES-CGU'])],
  ['accepter-cgu', acte('Accepter les nouvelles conditions', 'patient.accepteCgu', regles['MES-CGU'])],
  ['contester', acte('Contester la suspension', 'patient.conteste', regles['MES-SUSPENSION-CONTESTATION'])],
  ['informer', acte('Envoyer l’information', 'cnam.informe', regles['MES-INFORMATION'], 'CNAM')],
  ['notice-revenue', acte('Le courriel d’information est revenu', 'cnam.echoueNotice', regles['MES-INFORMATION'], 'CNAM')],
  ['ouverture-impossible', acte('L’ouverture est impossible', 'cnam.echoueOuverture', regles['MES-OUVERTURE-IMPOSSIBLE'], 'CNAM')],
  ['suspendre', acte('Suspendre le profil', 'cnam.suspend', regles['MES-SUSPENSION-6-SEMAINES'], 'CNAM')],
  ['declarer-deces', acte('Déclarer le décès', 'etatCivil.deces', regles['MES-DECES'], 'état civil')],
])

/** Acts that the profile's state allows, by this side; the dead do nothing. */
export const actesPossibles = (profil: Profil, agents: readonly Agent[]): { acte: string; libelle: string; agent: Agent }[] =>
  [...ACTES].flatMap(([nom, { libelle, agent, evenement }]) =>
    agents.includes(agent) && connaitEvenement(profil, evenement) && (agent !== 'titulaire' || vivant(profil.contexte))
      ? [{ acte: nom, libelle, agent }]
      : [],
  )

/** What came with the act, already compared with what is known. */
export interface Donnees {
  readonly controle: ControleActivation
  /** The CNAM's check clears the holder who contests. */
  readonly favorable: boolean
  /** French, why the profile is closed or suspended; at most 200 characters. */
  readonly raison: string
}

export const LONGUEUR_RAISON = 200

/** The event of the machine for this act, or the rule that refuses it. */
export function evenementDe(
  profil: Profil,
  { libelle, evenement: type }: Acte,
  { controle, favorable, raison }: Donnees,
  le: number,
): EvenementProfil | Refus {
  if (!connaitEvenement(profil, type))
    return { refused: regles['MES-ACTE-ETAT'], about: `« ${libelle} » n’est pas possible dans l’état présent du profil` }
  if (type === 'patient.cree' && !vivant(profil.contexte)) return { refused: regles['MES-DECES'], about: 'la personne est décédée' }
  switch (type) {
    case 'patient.active':
    case 'patient.cree':
      return refusActivation(controle) ?? { type, le, controle }
    case 'patient.conteste':
      return favorable
        ? { type, le, favorable }
        : { refused: regles['MES-SUSPENSION-CONTESTATION'], about: 'la vérification n’est pas favorable : la suspension reste' }
    case 'patient.ferme':
    case 'patient.fermeEtSupprime':
    case 'cnam.suspend':
      return raison ? { type, le, raison } : { type, le }
    default:
      return { type, le }
  }
}

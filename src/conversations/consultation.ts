import type { Rule } from '#standards/rule.ts'
import type { CarteProfessionnelle } from '../clients/carte.ts'
import type { FicheDmp, SituationDmp } from '../clients/dmp-port.ts'
import { interdit } from '../dossier/droits.ts'
import { reglesConsultation } from '../dossier/rules.ts'

/** The four states a professional sees without a click. @see functional.md §2.3 ; SC.DMP/UX.12, UX.13 */
export type EtatAffiche = 'consultable' | 'non autorisé' | 'inexistant' | 'fermé'

export function etatAffiche({ etat, autorisation }: SituationDmp): EtatAffiche {
  if (etat === 'inexistant') return 'inexistant'
  if (etat === 'ferme') return 'fermé'
  return autorisation === 'VALIDE' ? 'consultable' : 'non autorisé'
}

/** What is shown of each: the word, what it means, what may be done. */
export const ETATS_AFFICHES: Readonly<Record<EtatAffiche, { titre: string; explication: string }>> = {
  consultable: { titre: 'DMP ouvert, consultation autorisée', explication: 'Vous alimentez et consultez Mon espace santé.' },
  'non autorisé': {
    titre: 'DMP ouvert, consultation non autorisée',
    explication: 'Vos documents partent. Pour lire, recueillez le consentement puis demandez à consulter.',
  },
  inexistant: {
    titre: 'Pas de DMP',
    explication: 'Jamais créé, ou le patient s’y est opposé. Rien ne part ; seul le patient ou l’Assurance maladie peut l’ouvrir.',
  },
  fermé: { titre: 'DMP fermé', explication: 'Rien ne part et rien ne se lit. Seul le patient peut le rouvrir.' },
}

export interface Obstacle {
  /** Plain French: cause, then next act. */
  readonly texte: string
  readonly regle?: Rule
}

export interface PourConsulter {
  readonly carte: Pick<CarteProfessionnelle, 'genre' | 'nominative'>
  readonly situation: SituationDmp | null
  /** What the patient said; null when not asked yet. */
  readonly accord: boolean | null
}

/** What keeps this person from reading the record now; null when she may ask. The guard and the screen use the same answer. */
export function obstacleConsultation({ carte, situation, accord }: PourConsulter): Obstacle | null {
  const regle = interdit(carte, 'consulter le DMP')
  if (regle) return { texte: regle.sentence, regle }
  if (!situation) return { texte: 'L’état du DMP n’est pas encore connu.' }
  if (situation.etat !== 'actif') return { texte: ETATS_AFFICHES[etatAffiche(situation)].explication }
  if (situation.autorisation === 'INTERDIT')
    return { texte: 'Le patient vous a bloqué l’accès à son DMP. Lui seul peut le rétablir ; vos documents continuent de partir.' }
  if (accord === false) return { texte: 'Le patient a refusé la consultation de son DMP. Il n’a pas à dire pourquoi ; les soins continuent.' }
  if (accord === null)
    return {
      texte: 'Recueillez d’abord le consentement du patient : cochez la phrase après la lui avoir dite.',
      regle: reglesConsultation['CABINET-CONSENTEMENT-EXPLICITE'],
    }
  return null
}

/** Longest reason sent to the DMP. */
export const MOTIF_MAXIMUM = 200

/** What keeps this person from entering in an emergency; null when nothing does. What the patient refused beforehand, only the DMP knows. */
export function obstacleUrgence({ carte, situation }: Pick<PourConsulter, 'carte' | 'situation'>, motif: string): Obstacle | null {
  const regle = interdit(carte, 'consulter le DMP')
  if (regle) return { texte: regle.sentence, regle }
  if (!situation) return { texte: 'L’état du DMP n’est pas encore connu.' }
  if (situation.etat !== 'actif') return { texte: ETATS_AFFICHES[etatAffiche(situation)].explication }
  if (situation.autorisation === 'INTERDIT') return { texte: 'Le patient vous a bloqué l’accès à son DMP : l’urgence ne le rouvre pas.' }
  if (motif.trim() === '')
    return { texte: 'Écrivez d’abord le motif de l’urgence : il est gardé avec l’accès.', regle: reglesConsultation['CABINET-BRIS-DE-GLACE-MOTIF'] }
  return motif.trim().length > MOTIF_MAXIMUM ? { texte: `Le motif a ${MOTIF_MAXIMUM} caractères au plus.` } : null
}

/** What the patient must be told before anyone ticks. @see EX_0.2-1100 */
export const PHRASE_CONSENTEMENT =
  'Le patient, informé, accepte que ce cabinet consulte son DMP. La demande est faite en mon nom, tracée avec mon identifiant national, et le patient en est prévenu aussitôt. Tout abus est puni par la loi.'

/** First search: acts of the last two years, counted back from now. @see EX_3.1-1090 */
export function depuisDeuxAns(maintenant: number): number {
  const date = new Date(maintenant)
  return date.setUTCFullYear(date.getUTCFullYear() - 2)
}

/** Documents added by others since the last visit: the news, newest first. @see SC.DMP/UX.15, UX.17 */
export const nouvelles = (fiches: readonly FicheDmp[], depuis: number, structure: string): FicheDmp[] =>
  fiches.filter((fiche) => fiche.creeLe > depuis && fiche.structureId !== structure).toSorted((a, b) => b.creeLe - a.creeLe)

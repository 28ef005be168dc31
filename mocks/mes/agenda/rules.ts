import { defineRules } from '#standards/rule.ts'
import type { Refus } from '../rules.ts'
import type { RendezVousEnregistre } from './store.ts'

/** The agenda, which books nothing. @see functional.md §3.4 */
export const reglesAgenda = defineRules('mocks/mes/agenda/rules.ts', {
  'MES-AGENDA-NE-RESERVE-PAS': {
    sentence: 'L’agenda note des rendez-vous et des rappels ; il ne prend rendez-vous nulle part.',
    source: 'functional.md §3.4 (ens-mobile)',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/agenda/routes.ts',
  },
  'MES-AGENDA-RAPPELS-JOUR': {
    sentence: 'Un jour ne porte pas plus de dix rappels.',
    source: 'ens-mobile, août 2025, limite reminders_per_day_max ; le jour est celui de Paris',
    certainty: 'vérifié',
  },
  'MES-AGENDA-LONGUEURS': {
    sentence: 'Un titre a de 1 à 100 caractères, une note 1 000 au plus.',
    source: 'ens-mobile, août 2025, limites reminder_title_max et agenda_note_max',
    certainty: 'vérifié',
  },
  'MES-AGENDA-TIERS': {
    sentence: 'Un rendez-vous écrit par un service du catalogue se change et se supprime dans ce service seulement.',
    source: 'functional.md §3.4 (ens-mobile, auteur EDITOR_SOLUTION)',
    certainty: 'vérifié',
  },
  'MES-AGENDA-ANNONCE': {
    sentence: 'Un rendez-vous est rappelé la veille, à la même heure ; un rappel l’est à son heure.',
    source: 'FAQ Mon espace santé p. 44 (le jour même ou la veille) ; lequel des deux, et l’heure, sont au choix du bac à sable',
    certainty: 'déduit',
    enforcedIn: 'mocks/mes/agenda/rappels.ts',
  },
})

export const RAPPELS_PAR_JOUR = 10
export const LONGUEUR_TITRE = 100
export const LONGUEUR_NOTE = 1_000
/** Ours, like the bounds of dates. */
export const LONGUEUR_LIEU = 100

const PREMIER_INSTANT = Date.UTC(1900, 0, 1)
const DERNIER_INSTANT = Date.UTC(2200, 0, 1)

export type RendezVousSaisi = Pick<RendezVousEnregistre, 'genre' | 'titre' | 'note' | 'lieu' | 'debut' | 'fin' | 'statut'>

/** @param rappelsDuJour reminders of the same day, this one left out */
export function refusAgenda({ genre, titre, note, lieu, debut, fin }: RendezVousSaisi, rappelsDuJour: number): Refus | undefined {
  const longueurs = (about: string): Refus => ({ refused: reglesAgenda['MES-AGENDA-LONGUEURS'], about, statut: 422 })
  if (titre === '' || titre.length > LONGUEUR_TITRE) return longueurs(`le titre a de 1 à ${LONGUEUR_TITRE} caractères`)
  if (note.length > LONGUEUR_NOTE) return longueurs(`la note a ${LONGUEUR_NOTE} caractères au plus`)
  if (lieu.length > LONGUEUR_LIEU) return longueurs(`le lieu a ${LONGUEUR_LIEU} caractères au plus`)
  if (debut < PREMIER_INSTANT || debut > DERNIER_INSTANT || (fin !== undefined && (fin < debut || fin > DERNIER_INSTANT)))
    return longueurs('la fin vient après le début, entre 1900 et 2200')
  if (genre === 'rappel' && rappelsDuJour >= RAPPELS_PAR_JOUR)
    return { refused: reglesAgenda['MES-AGENDA-RAPPELS-JOUR'], about: `ce jour porte déjà ${RAPPELS_PAR_JOUR} rappels` }
  return undefined
}

export function refusTiers({ auteur, service }: Pick<RendezVousEnregistre, 'auteur' | 'service'>): Refus | undefined {
  if (auteur === 'PATIENT') return undefined
  const about = `ce rendez-vous se change dans le service qui l’a écrit${service ? ` (${service})` : ''}`
  return { refused: reglesAgenda['MES-AGENDA-TIERS'], about, statut: 403 }
}

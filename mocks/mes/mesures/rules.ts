import type { TypeMesure } from '#standards/fhir/mesures.ts'
import { defineRules } from '#standards/rule.ts'
import type { Refus } from '../rules.ts'
import type { MesureEnregistree } from './store.ts'
import { MESURES } from './types.ts'

/** Measures of the profile. @see functional.md §3.2 and §3.3 */
export const reglesMesures = defineRules('mocks/mes/mesures/rules.ts', {
  'MES-MESURE-TYPES': {
    sentence: 'Mon espace santé garde quatorze sortes de mesures, chacune avec son unité et son code (LOINC, ou NCIt pour le glucose interstitiel).',
    source: 'IG Mesures de santé (onze) et ens-mobile, août 2025 (les trois autres) ; le poids est 29463-7 (conflit C9)',
    certainty: 'vérifié',
    enforcedIn: 'src/standards/fhir/mesures.ts',
  },
  'MES-MESURE-BORNES': {
    sentence: 'Une valeur impossible pour un être humain, ou prise dans l’avenir, n’est pas enregistrée.',
    source: 'Les bornes ne sont pas publiées',
    certainty: 'propre au bac à sable',
  },
  'MES-MESURE-SIENNE': {
    sentence: 'Le patient change et supprime les mesures qu’il a saisies, pas celles d’un service ni celles copiées d’un document.',
    source: 'functional.md §3.1, par analogie avec les documents',
    certainty: 'déduit',
  },
  'MES-MESURE-IMC': {
    sentence: 'L’indice de masse corporelle se calcule du dernier poids et de la dernière taille ; on peut aussi le saisir.',
    source: 'IG Mesures de santé ; le calcul d’office n’est décrit nulle part',
    certainty: 'propre au bac à sable',
  },
  'MES-MESURE-COPIE': {
    sentence:
      'Glycémie, hémoglobine glyquée, taille, poids et périmètre crânien sont copiés d’un document structuré reçu dans les mesures, avec une notification.',
    source: 'ens-mobile, codes COPIE_DOC_AJOUT_* ; les entrées CDA lues sont au choix du bac à sable',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/mesures/copie.ts',
  },
  'MES-MESURE-COPIE-CACHEE': {
    sentence: 'Rien n’est copié d’un document caché aux représentants légaux : ils liraient la valeur dans les mesures.',
    source: 'EX_2.1-1050, code INVISIBLE_REPRESENTANTS_LEGAUX ; la copie n’y est pas décrite',
    certainty: 'déduit',
    enforcedIn: 'mocks/mes/mesures/copie.ts',
  },
  'MES-MESURE-COPIE-REFUS': {
    sentence: 'Le titulaire peut refuser la copie : plus rien n’est alors tiré de ses documents, ce qui a été copié reste.',
    source: 'functional.md §3.2 (ens-mobile) ; ce qui reste est déduit',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/mesures/copie.ts',
  },
})

export interface ValeurSaisie {
  readonly type: TypeMesure
  readonly valeur: number
  readonly valeur2?: number
  /** Simulated milliseconds. */
  readonly le: number
}

const nombre = (valeur: number): string => String(valeur).replace('.', ',')

/** A year nobody alive was born in. */
const PREMIER_INSTANT = Date.UTC(1900, 0, 1)

export function refusMesure({ type, valeur, valeur2, le }: ValeurSaisie, maintenant: number): Refus | undefined {
  const { libelle, min, max, unite, double } = MESURES[type]
  const refus = (about: string): Refus => ({ refused: reglesMesures['MES-MESURE-BORNES'], about, statut: 422 })
  if ([valeur, valeur2 ?? valeur].some((une) => !Number.isFinite(une) || une < min || une > max))
    return refus(`${libelle} : la valeur va de ${nombre(min)} à ${nombre(max)} ${unite}`)
  if (double && (valeur2 === undefined || valeur2 >= valeur)) return refus(`${libelle} : la seconde valeur, plus petite, est demandée`)
  if (!double && valeur2 !== undefined) return refus(`${libelle} : une seule valeur est attendue`)
  if (le > maintenant || le < PREMIER_INSTANT) return refus('la mesure a été prise dans l’avenir, ou avant 1900')
  return undefined
}

/** Kept to the decimals of its kind. */
export const arrondir = (type: TypeMesure, valeur: number): number => {
  const puissance = 10 ** MESURES[type].decimales
  return Math.round(valeur * puissance) / puissance
}

export function refusChangement({ origine, auteur }: Pick<MesureEnregistree, 'origine' | 'auteur'>): Refus | undefined {
  if (origine === 'patient') return undefined
  const about = origine === 'service' ? `cette mesure se change dans le service ${auteur}` : `cette mesure est copiée du document « ${auteur} »`
  return { refused: reglesMesures['MES-MESURE-SIENNE'], about, statut: 403 }
}

/** @param poids kg @param taille cm @returns kg/m², one decimal */
export const imc = (poids: number, taille: number): number => arrondir('BODY_MASS_INDEX', poids / (taille / 100) ** 2)

import type { TraitsIdentite } from '#standards/ins/traits.ts'
import { jourLisible } from './dates.ts'

/** The sexes of the RNIV, in the order of the form. */
export const SEXES = [
  { valeur: 'F', libelle: 'Féminin' },
  { valeur: 'M', libelle: 'Masculin' },
  { valeur: 'I', libelle: 'Indéterminé' },
] as const

/** A trait as a person reads it: `1992-06-20` → `20 juin 1992`, `F` → `Féminin`; `—` when there is none. */
export function traitLisible(trait: keyof TraitsIdentite, valeur: string): string {
  if (valeur === '') return '—'
  if (trait === 'dateNaissance') return jourLisible(valeur)
  return (trait === 'sexe' && SEXES.find((sexe) => sexe.valeur === valeur)?.libelle) || valeur
}

import type { TraitsIdentite, TraitsRecherche } from './traits.ts'

/**
 * Which given names sent match a registered list. What the sources leave open is a parameter.
 * @see insi.md §3
 */
export interface ReglagePrenoms {
  /** Which given name of the list may be sent alone: any of them, or the first only. Only the first is demonstrated by the test book. */
  readonly admis: 'tous' | 'premier'
  /** Several `Prenom` in one request: each must match, or one is enough. */
  readonly plusieurs: 'chacun' | 'un seul suffit'
  /** Whether a hyphen and a space are the same on the service's side. */
  readonly tiretVautEspace: boolean
}

export const REGLAGE_PRENOMS_INITIAL: ReglagePrenoms = { admis: 'tous', plusieurs: 'chacun', tiretVautEspace: false }

/**
 * Whether what was sent matches the list: one given name, or several in the order of the list (the official procedure ends with all of
 * them joined by spaces in one `Prenom`). `PIERRE-ALAIN` is one given name, not two.
 */
export function prenomsCorrespondent(listePrenom: string, prenoms: readonly string[], reglage: ReglagePrenoms = REGLAGE_PRENOMS_INITIAL): boolean {
  const liste = mots(listePrenom, reglage.tiretVautEspace)
  const correspond = (prenom: string) => suite(liste, mots(prenom, reglage.tiretVautEspace), reglage.admis)
  return reglage.plusieurs === 'chacun' ? prenoms.length > 0 && prenoms.every(correspond) : prenoms.some(correspond)
}

/**
 * Whether a person answers a search: same birth name, sex and birth date, same place when one is given, and given names as the setting wants.
 */
export function traitsCorrespondent(personne: TraitsIdentite, traits: TraitsRecherche, reglage: ReglagePrenoms = REGLAGE_PRENOMS_INITIAL): boolean {
  return (
    personne.nomNaissance === traits.nomNaissance &&
    personne.sexe === traits.sexe &&
    personne.dateNaissance === traits.dateNaissance &&
    (traits.lieuNaissance === undefined || personne.lieuNaissance === traits.lieuNaissance) &&
    prenomsCorrespondent(personne.listePrenom, traits.prenoms, reglage)
  )
}

/** `JEAN-CHRISTOPHE PIERRE` → 2 given names, 3 when the hyphen counts as a space. */
const mots = (prenoms: string, tiretVautEspace: boolean): string[] => prenoms.split(tiretVautEspace ? /[ -]+/ : / +/).filter(Boolean)

function suite(liste: readonly string[], envoyes: readonly string[], admis: ReglagePrenoms['admis']): boolean {
  if (envoyes.length === 0) return false
  const last = admis === 'premier' ? 0 : liste.length - envoyes.length
  for (let start = 0; start <= last; start++) if (envoyes.every((mot, rank) => liste[start + rank] === mot)) return true
  return false
}

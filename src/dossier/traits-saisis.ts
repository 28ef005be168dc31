import { defautNomNaissance, defautPrenom, estCodeLieu, estDateCalendaire, normaliserTrait } from '#standards/ins/lexique.ts'
import { premierPrenomCoherent } from '#standards/ins/statut-identite.ts'
import type { TraitsIdentite } from '#standards/ins/traits.ts'
import type { TraitsLocaux } from './patient.ts'

/** What is wrong with a typed trait, in plain French. */
export interface ProblemeTrait {
  readonly trait: keyof TraitsLocaux
  readonly texte: string
}

/** Birthplace of someone whose birthplace is unknown. @see INS/va1.21 */
export const LIEU_INCONNU = '99999'

/** Traits being typed: nobody's sex is chosen beforehand. */
export type TraitsSaisis = Omit<TraitsLocaux, 'sexe'> & { readonly sexe: TraitsLocaux['sexe'] | '' }

export const normaliserTraits = <T extends TraitsSaisis>(saisis: T): T => ({
  ...saisis,
  nomNaissance: normaliserTrait(saisis.nomNaissance),
  premierPrenom: normaliserTrait(saisis.premierPrenom),
  listePrenom: normaliserTrait(saisis.listePrenom),
  lieuNaissance: saisis.lieuNaissance.trim().toUpperCase() || LIEU_INCONNU,
})

/** Everything that keeps a file from being created or a trait from being saved; empty when all is well. @see INS/va1.21 */
export function verifierTraits(traits: TraitsSaisis): ProblemeTrait[] {
  const problemes: ProblemeTrait[] = []
  const note = (trait: keyof TraitsLocaux, texte: string) => problemes.push({ trait, texte })
  if (!traits.nomNaissance) note('nomNaissance', 'Indiquez le nom de naissance.')
  else if (defautNomNaissance(traits.nomNaissance)) note('nomNaissance', `Nom de naissance : ${defautNomNaissance(traits.nomNaissance)}.`)
  if (!traits.premierPrenom) note('premierPrenom', 'Indiquez le premier prénom de naissance.')
  else if (defautPrenom(traits.premierPrenom)) note('premierPrenom', `Premier prénom : ${defautPrenom(traits.premierPrenom)}.`)
  if (traits.listePrenom && defautPrenom(traits.listePrenom))
    note('listePrenom', `Séparez les prénoms par un espace : ${defautPrenom(traits.listePrenom)}.`)
  else if (traits.listePrenom && !premierPrenomCoherent(traits.premierPrenom, traits.listePrenom))
    note('listePrenom', 'La liste des prénoms doit commencer par le premier prénom.')
  if (!['M', 'F', 'I'].includes(traits.sexe)) note('sexe', 'Indiquez le sexe.')
  if (!estDateCalendaire(traits.dateNaissance)) note('dateNaissance', 'Indiquez la date de naissance : jour, mois, année.')
  if (!estCodeLieu(traits.lieuNaissance)) note('lieuNaissance', 'Le lieu de naissance est un code Insee de 5 caractères ; 99999 s’il est inconnu.')
  return problemes
}

/** No problem found, sex included. */
export const sontComplets = (traits: TraitsSaisis): traits is TraitsLocaux => verifierTraits(traits).length === 0

/** What the record holds once INSi's traits are accepted: everything from INSi, and the local first given name when it fits the list. */
export function traitsRendus(locaux: TraitsLocaux, rendus: TraitsIdentite): TraitsLocaux {
  const premierPrenom = premierPrenomCoherent(locaux.premierPrenom, rendus.listePrenom)
    ? locaux.premierPrenom
    : (rendus.listePrenom.split(' ')[0] ?? '')
  const { nomNaissance, listePrenom, sexe, dateNaissance, lieuNaissance } = rendus
  return { nomNaissance, premierPrenom, listePrenom, sexe, dateNaissance, lieuNaissance }
}

/** One line of the comparison shown before acceptance. */
export interface EcartTrait {
  readonly trait: keyof TraitsIdentite
  readonly libelle: string
  readonly local: string
  readonly rendu: string
  /** `absent`: not typed here, so INSi only adds it. */
  readonly verdict: 'identique' | 'différent' | 'absent'
}

/** Local and returned traits side by side, in the order of the paper. */
export function comparerTraits(locaux: TraitsLocaux, rendus: TraitsIdentite): EcartTrait[] {
  const ligne = (trait: keyof TraitsIdentite, libelle: string, local: string, absent: boolean, identique: boolean): EcartTrait => ({
    trait,
    libelle,
    local: absent ? '' : local,
    rendu: rendus[trait],
    verdict: absent ? 'absent' : identique ? 'identique' : 'différent',
  })
  const prenoms = locaux.listePrenom || locaux.premierPrenom
  const prenomsIdentiques = locaux.listePrenom ? locaux.listePrenom === rendus.listePrenom : premierPrenomCoherent(prenoms, rendus.listePrenom)
  return [
    ligne('nomNaissance', 'Nom de naissance', locaux.nomNaissance, false, locaux.nomNaissance === rendus.nomNaissance),
    ligne('listePrenom', 'Prénoms de naissance', prenoms, !prenoms, prenomsIdentiques),
    ligne('sexe', 'Sexe', locaux.sexe, false, locaux.sexe === rendus.sexe),
    ligne('dateNaissance', 'Date de naissance', locaux.dateNaissance, false, locaux.dateNaissance === rendus.dateNaissance),
    ligne(
      'lieuNaissance',
      'Lieu de naissance (code Insee)',
      locaux.lieuNaissance,
      locaux.lieuNaissance === LIEU_INCONNU,
      locaux.lieuNaissance === rendus.lieuNaissance,
    ),
  ]
}

/** Nothing typed here differs from what INSi returned. */
export const accordParfait = (locaux: TraitsLocaux, rendus: TraitsIdentite): boolean =>
  comparerTraits(locaux, rendus).every(({ verdict }) => verdict !== 'différent')

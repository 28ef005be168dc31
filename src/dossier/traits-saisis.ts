import type { TraitsIdentite } from '#standards/ins/traits.ts'
import type { TraitsLocaux } from './patient.ts'

/** What is wrong with a typed trait, in plain French. */
export interface ProblemeTrait {
  readonly trait: keyof TraitsLocaux
  readonly texte: string
}

/**
 * What a keyboard gives, as the identity rules want it: upper case, no accent, no ligature, straight apostrophe, single spaces.
 * Characters without an equivalent are kept, so that they are refused rather than silently dropped.
 * @see SEL-MP-043 §2, EF_INS10_01 ; RNIV 1
 */
export function normaliserNom(saisi: string): string {
  return saisi
    .toUpperCase()
    .replaceAll('Œ', 'OE')
    .replaceAll('Æ', 'AE')
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[’ʼ]/g, "'")
    .replace(/\s+/g, ' ')
    .trim()
}

export const normaliserTraits = (saisis: TraitsLocaux): TraitsLocaux => ({
  ...saisis,
  nomNaissance: normaliserNom(saisis.nomNaissance),
  premierPrenom: normaliserNom(saisis.premierPrenom),
  listePrenom: normaliserNom(saisis.listePrenom),
  lieuNaissance: saisis.lieuNaissance.trim().toUpperCase() || '99999',
})

const NOM = /^(?:[A-Z]|'[A-Z])(?:[A-Z]|[ '][A-Z]|--?[A-Z])*$/
const PRENOMS = /^[A-Z](?:[A-Z]|[ '-][A-Z])*$/

/** Everything that keeps a file from being created or a trait from being saved; empty when all is well. @see INS/va1.21 */
export function verifierTraits(traits: TraitsLocaux): ProblemeTrait[] {
  const problemes: ProblemeTrait[] = []
  const note = (trait: keyof TraitsLocaux, texte: string) => problemes.push({ trait, texte })
  if (!traits.nomNaissance) note('nomNaissance', 'Indiquez le nom de naissance.')
  else if (!NOM.test(traits.nomNaissance)) note('nomNaissance', 'Le nom de naissance ne contient que des lettres, espaces, apostrophes et tirets.')
  if (!traits.premierPrenom) note('premierPrenom', 'Indiquez le premier prénom de naissance.')
  else if (!PRENOMS.test(traits.premierPrenom)) note('premierPrenom', 'Le prénom ne contient que des lettres, espaces, apostrophes et tirets.')
  if (traits.listePrenom && !PRENOMS.test(traits.listePrenom)) note('listePrenom', 'Séparez les prénoms par un espace, sans virgule.')
  else if (traits.listePrenom && !premierPrenomCoherent(traits.premierPrenom, traits.listePrenom))
    note('listePrenom', 'La liste des prénoms doit commencer par le premier prénom.')
  if (!['M', 'F', 'I'].includes(traits.sexe)) note('sexe', 'Indiquez le sexe.')
  if (!estUneDate(traits.dateNaissance)) note('dateNaissance', 'Indiquez la date de naissance : jour, mois, année.')
  if (!/^(?:\d{5}|2[AB]\d{3})$/.test(traits.lieuNaissance))
    note('lieuNaissance', 'Le lieu de naissance est un code Insee de 5 caractères ; 99999 s’il est inconnu.')
  return problemes
}

function estUneDate(date: string): boolean {
  const lu = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date)
  if (!lu) return false
  const [annee, mois, jour] = [Number(lu[1]), Number(lu[2]), Number(lu[3])]
  const calendaire = new Date(Date.UTC(annee, mois - 1, jour))
  return annee >= 1880 && calendaire.getUTCMonth() === mois - 1 && calendaire.getUTCDate() === jour
}

/**
 * The first given name is the beginning of the list, hyphens and apostrophes counting as spaces: `JEAN-CHRISTOPHE` fits
 * `JEAN CHRISTOPHE PIERRE`, `PIERRE` does not.
 * @see EXI ID 10
 */
export function premierPrenomCoherent(premierPrenom: string, listePrenom: string): boolean {
  const mots = (noms: string) => noms.split(/[ '-]+/).filter(Boolean)
  const liste = mots(listePrenom)
  const premier = mots(premierPrenom)
  return premier.length > 0 && premier.every((mot, rang) => liste[rang] === mot)
}

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
      locaux.lieuNaissance === '99999',
      locaux.lieuNaissance === rendus.lieuNaissance,
    ),
  ]
}

/** Nothing typed here differs from what INSi returned. */
export const accordParfait = (locaux: TraitsLocaux, rendus: TraitsIdentite): boolean =>
  comparerTraits(locaux, rendus).every(({ verdict }) => verdict !== 'différent')

import type { QualiteRattachee } from '../../../clients/mes/delegations.ts'

/** What the profile shown is to whoever holds the phone. */
export const SIEN: Readonly<Record<QualiteRattachee, string>> = {
  'représentant légal': 'mon enfant',
  tuteur: 'sous ma tutelle',
  curateur: 'que j’assiste (curatelle)',
  aidant: 'que j’aide',
}

/** How the everyday word goes with the official one. */
export const AGIT_COMME: Readonly<Record<QualiteRattachee, string>> = {
  'représentant légal': 'représentant légal : vous faites tout pour elle ou lui',
  tuteur: 'tuteur : vous faites tout pour elle ou lui',
  curateur: 'curateur : vous lisez et complétez, la personne décide',
  aidant: 'aidant : vous lisez et complétez, la personne décide',
}

export const jour = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', day: 'numeric', month: 'long', year: 'numeric' })
export const jourEtHeure = new Intl.DateTimeFormat('fr-FR', {
  timeZone: 'Europe/Paris',
  day: 'numeric',
  month: 'long',
  hour: '2-digit',
  minute: '2-digit',
})

import type { FaitPasse } from '../database/distribution.ts'
import { addDuration, readDuration } from '../kit/duration.ts'
import { CONTEXTE_INITIAL, type Profil } from './etats.ts'
import { appliquer, type ControleActivation, type Delai, DELAIS } from './lifecycle.ts'

/** What will happen to the profile if nobody does anything. */
export interface Echeance {
  /** Simulated milliseconds. */
  readonly le: number
  readonly evenement: Delai['evenement'] | 'cnam.informe'
  readonly regle: string
}

/** Delays that a setting may change, ISO 8601. */
export interface ReglageDelais {
  readonly opposition: string
}

export const REGLAGE_DELAIS_INITIAL: ReglageDelais = { opposition: 'P6W' }

/** @throws {RangeError} a delay is no ISO 8601 duration. */
export function prochaineEcheance({ etat, contexte }: Profil, reglage: ReglageDelais = REGLAGE_DELAIS_INITIAL): Echeance | undefined {
  if (etat === 'notInformed')
    return contexte.noticePrevueLe === null ? undefined : { le: contexte.noticePrevueLe, evenement: 'cnam.informe', regle: 'MES-NAISSANCE-1-MOIS' }
  const delai = DELAIS[etat]
  if (!delai) return undefined
  const duree = readDuration(delai.evenement === 'delai.opposition' ? reglage.opposition : delai.apres)
  if (!duree) throw new RangeError(`the delay of ${delai.regle} is no ISO 8601 duration`)
  return { le: addDuration(contexte[delai.depuis] ?? contexte.depuis, duree), evenement: delai.evenement, regle: delai.regle }
}

/** The profile when the clock reads `maintenant`: each delay that passed is played, at its own time. */
export function avancer(profil: Profil, maintenant: number, reglage?: ReglageDelais): Profil {
  for (let courant = profil; ;) {
    const echeance = prochaineEcheance(courant, reglage)
    const suivant = echeance && echeance.le <= maintenant ? appliquer(courant, { type: echeance.evenement, le: echeance.le }) : undefined
    if (!suivant) return courant
    courant = suivant
  }
}

const ACTIVATION_PASSEE: ControleActivation = { code: 'valide', identite: true, cguAcceptees: true }

/**
 * A profile from what happened to it, delays included; facts after `maintenant` are still to come. The first fact is the notice.
 * @param noticePrevueLe when nothing happened yet: when the notice will be sent, null for who is not affiliated
 * @throws {Error} the facts cannot follow each other: a mistake in our data.
 */
export function rejouer(faits: readonly FaitPasse[], maintenant: number, noticePrevueLe: number | null, reglage?: ReglageDelais): Profil {
  const [premier] = faits
  const prevue = premier ? (premier.le > maintenant ? premier.le : null) : noticePrevueLe
  let profil: Profil = { etat: 'notInformed', contexte: { ...CONTEXTE_INITIAL, noticePrevueLe: prevue } }
  for (const { le, evenement } of faits) {
    if (le > maintenant) break
    const avant = avancer(profil, le, reglage)
    const apres = appliquer(avant, evenement === 'patient.active' ? { type: evenement, le, controle: ACTIVATION_PASSEE } : { type: evenement, le })
    if (!apres) throw new Error(`${evenement} cannot follow ${avant.etat}`)
    profil = apres
  }
  return avancer(profil, maintenant, reglage)
}

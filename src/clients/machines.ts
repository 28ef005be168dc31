import type { Acces } from './http.ts'
import { callJson } from './json.ts'

export interface TransitionDeMachine {
  readonly de: string
  readonly vers: string
  readonly evenement: string
  /** Who makes it happen: `titulaire`, `CNAM`, `professionnel`, `délai`. */
  readonly agent: string
  /** French. */
  readonly libelle: string
  readonly regle: string
  /** Codes of the rules that may refuse it. */
  readonly conditions?: readonly string[]
  /** Name of the act of the interface, when it is one. */
  readonly acte?: string
  /** ISO 8601 duration. */
  readonly delai?: string
}

interface EtatDeMachine {
  readonly etat: string
  readonly libelle: string
  readonly annonce: string
  /** Part of the machine it is in, when it has several side by side. */
  readonly region?: string
}

export interface Machine {
  readonly nom: string
  readonly titre: string
  /** One state, or one in each region. */
  readonly initiaux: readonly string[]
  readonly regions?: readonly { readonly region: string; readonly libelle: string }[]
  readonly etats: readonly EtatDeMachine[]
  readonly transitions: readonly TransitionDeMachine[]
}

/** One thing of a person that goes through a machine. */
export interface Exemplaire {
  readonly id: string
  readonly libelle: string
  /** The present state; one in each region. */
  readonly etats: readonly string[]
  /** What time will do to it first; simulated milliseconds. */
  readonly echeance?: { readonly le: number; readonly evenement: string }
}

const CHEMINS = {
  profil: '/mes/api/machines/profil',
  delegation: '/mes/api/machines/delegation',
  appariement: '/mes/api/machines/appariement',
  document: '/dmp/api/machines/document',
  contact: '/mssante/api/machines/contact',
} as const

export type NomDeMachine = keyof typeof CHEMINS

/** The machine as the country applies it. */
export const lireMachine = (acces: Acces, nom: NomDeMachine): Promise<Machine> => callJson(acces, 'GET', CHEMINS[nom])

/** @param matriculeIns 15 characters */
export const lireExemplaires = async (acces: Acces, nom: NomDeMachine, matriculeIns: string): Promise<readonly Exemplaire[]> =>
  (await callJson<{ exemplaires: readonly Exemplaire[] }>(acces, 'GET', `${CHEMINS[nom]}/${matriculeIns}`)).exemplaires

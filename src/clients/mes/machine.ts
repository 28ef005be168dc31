import type { Acces } from '../http.ts'
import { callJson } from '../json.ts'

/** What four audiences get of a profile in one state. */
export interface VuesDuProfil {
  readonly professionnel: { readonly etat: string; readonly depose: boolean; readonly consulte: boolean }
  readonly secretariat: { readonly etat: string; readonly depose: boolean; readonly consulte: boolean }
  readonly expediteur: string
  readonly patient: string
}

interface TransitionDeMachine {
  readonly de: string
  readonly vers: string
  readonly evenement: string
  /** Who makes it happen: `titulaire`, `CNAM`, `état civil`, `délai`. */
  readonly agent: string
  /** Name of the act of the interface; absent for a delay. */
  readonly acte?: string
  /** French. */
  readonly libelle?: string
  readonly regle?: string
  /** ISO 8601 duration. */
  readonly delai?: string
}

export interface Machine {
  readonly nom: string
  readonly titre: string
  readonly initial: string
  readonly etats: readonly { readonly etat: string; readonly libelle: string; readonly annonce: string; readonly vues: VuesDuProfil }[]
  readonly transitions: readonly TransitionDeMachine[]
}

/** The machine as the country applies it. */
export const machineDuProfil = (acces: Acces): Promise<Machine> => callJson(acces, 'GET', '/mes/api/machines/profil')

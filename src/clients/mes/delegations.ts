import type { MesClient } from './mes-client.ts'

/** Another profile that whoever holds the phone may open. */
export interface ProfilRattache {
  /** 15 characters. */
  readonly matriculeIns: string
  readonly nomAffiche: string
  readonly age: number
  readonly qualite: QualiteRattachee
  /** State of the profile, in French. */
  readonly libelle: string
}

export type QualiteRattachee = 'représentant légal' | 'tuteur' | 'curateur' | 'aidant'

export interface DelegationPatient {
  readonly id: string
  readonly type: 'CAREGIVING' | 'LEGAL_REPRESENTATION' | 'ASSISTANCE'
  readonly etat: string
  /** The state in French. */
  readonly libelle: string
  /** `titulaire`: given by this profile; `délégué`: received. */
  readonly cote: 'titulaire' | 'délégué'
  readonly titulaire: string
  readonly delegue: string
  readonly demandeur: string
  /** Simulated milliseconds, like the two that follow. */
  readonly demandeLe: number
  /** Until when to answer; null when nobody has to. */
  readonly finLe: number | null
  readonly depuis: number
  /** Id of the proof among the documents. */
  readonly preuve: string | null
  readonly actes: readonly { readonly acte: string; readonly libelle: string }[]
}

export interface DelegationsDuProfil {
  readonly maximums: { readonly aidants: number; readonly aides: number }
  /** Newest first. */
  readonly delegations: readonly DelegationPatient[]
  /** The one the judge named, when there is one. */
  readonly curateur: { readonly nom: string; readonly admis: boolean } | null
}

/** What names a person: traits, or the number in their place. */
export interface Designation {
  readonly type: 'CAREGIVING' | 'LEGAL_REPRESENTATION'
  readonly nom: string
  readonly prenom: string
  /** `AAAA-MM-JJ` */
  readonly dateNaissance: string
  readonly matricule: string
  readonly attestation: boolean
}

/** What arrived outside Mon espace santé. `pour`: name of the child it is about, `''` for oneself. */
export interface CourrierPersonnel {
  readonly id: string
  /** Simulated milliseconds. */
  readonly le: number
  readonly canal: 'courriel' | 'courrier' | 'push'
  readonly objet: string
  readonly texte: string
  readonly pour: string
}

export const profilsRattaches = async (mes: MesClient, matriculeIns: string): Promise<readonly ProfilRattache[]> =>
  (await mes.appeler<{ profils: ProfilRattache[] }>('GET', matriculeIns, '/profils-rattaches')).profils

export const boitePersonnelle = async (mes: MesClient, matriculeIns: string): Promise<readonly CourrierPersonnel[]> =>
  (await mes.appeler<{ courriers: CourrierPersonnel[] }>('GET', matriculeIns, '/boite-personnelle')).courriers

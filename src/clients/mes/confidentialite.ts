import type { Acces } from '../http.ts'
import { callJson } from '../json.ts'

/** What the patient's side says of accesses, emergencies and activity. @see /_sandbox/openapi.json */

type Genre = 'PS' | 'ORGANISATION'

/** One may be chosen: from the directory. */
export interface Professionnel {
  /** PS_IdNat or Struct_IdNat. */
  readonly identifiant: string
  readonly nom: string
  readonly genre: Genre
  readonly profession: { readonly code: string; readonly libelle: string }
  readonly structure: string
}

/** An access obtained, or a block. */
export interface LienPatient {
  readonly identifiant: string
  readonly nom: string
  readonly genre: Genre
  readonly structure?: string
  /** Simulated milliseconds: since when. */
  readonly le: number
}

export interface AccesDesProfessionnels {
  readonly autorises: readonly LienPatient[]
  readonly bloques: readonly LienPatient[]
}

export type Role = 'administrateur' | 'sage-femme-referente' | 'pharmacien-correspondant'

export interface MesProfessionnels {
  /** From the Assurance maladie; null when it knows none. */
  readonly medecinTraitant: Professionnel | null
  readonly professionnels: readonly (LienPatient & { readonly profession: string })[]
  readonly roles: readonly { readonly role: Role; readonly identifiant: string; readonly nom: string }[]
}

export type Commutateur = 'ETREAT' | 'BTG' | 'MASKED'

export type ReglagesUrgence = Readonly<Record<Commutateur, boolean>>

export type OngletHistorique = 'professionnels' | 'moi' | 'representants' | 'services' | 'tous'

export interface LigneHistorique {
  readonly id: string
  /** Simulated milliseconds. */
  readonly le: number
  readonly typeActeur: string
  readonly acteur: string
  readonly structure: string
  readonly texte: string
  /** The holder reported it. */
  readonly signale: boolean
}

export interface PageHistorique {
  readonly activites: readonly LigneHistorique[]
  /** To be given back for the next page; null at the end. */
  readonly suite: string | null
}

/** One profile, as the phone calls it. */
type Appeler = <T>(method: string, path: string, body?: unknown) => Promise<T>

const dans = encodeURIComponent

/** The acts of confidentiality on one profile. Each throws `ApiRefusal` with a French sentence when it is refused. */
export const confidentialite = (appeler: Appeler, acces: Acces) => ({
  acces: () => appeler<AccesDesProfessionnels>('GET', '/acces'),
  bloquer: (identifiant: string) => appeler('PUT', `/blocages/${dans(identifiant)}`, {}),
  debloquer: (identifiant: string) => appeler('DELETE', `/blocages/${dans(identifiant)}`),
  professionnels: () => appeler<MesProfessionnels>('GET', '/professionnels'),
  ajouter: (identifiant: string) => appeler('PUT', `/professionnels/${dans(identifiant)}`, {}),
  retirer: (identifiant: string) => appeler('DELETE', `/professionnels/${dans(identifiant)}`),
  nommer: (role: Role, identifiant: string) => appeler('PUT', `/roles/${role}`, { identifiant }),
  relever: (role: Role) => appeler('DELETE', `/roles/${role}`),
  urgence: () => appeler<ReglagesUrgence>('GET', '/urgence'),
  regler: (reglages: Partial<ReglagesUrgence>) => appeler<ReglagesUrgence>('PUT', '/urgence', reglages),
  historique: (onglet: OngletHistorique, limite: number, avant?: string) =>
    appeler<PageHistorique>('GET', `/activites?onglet=${onglet}&limite=${limite}${avant === undefined ? '' : `&avant=${dans(avant)}`}`),
  signaler: (ligne: string, motif: string) => appeler('POST', `/activites/${dans(ligne)}/signalement`, { motif }),
  /** Whom one may choose, by a part of the name, of the profession or of the structure. */
  chercher: async (nom: string): Promise<readonly Professionnel[]> =>
    (await callJson<{ professionnels: Professionnel[] }>(acces, 'GET', `/mes/api/professionnels?nom=${dans(nom)}`)).professionnels,
})

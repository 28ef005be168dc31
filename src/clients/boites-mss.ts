import type { Acces } from './http.ts'
import { callJson } from './json.ts'

/** A mailbox as whoever runs the demonstration sees it. Nothing real has this interface. */
export interface BoiteDuBac {
  readonly adresse: string
  readonly type: 'PER' | 'ORG' | 'APP' | 'CAB'
  readonly libelle: string
  readonly fermee: boolean
  readonly depubliee: boolean
  readonly listeRouge: boolean
  readonly cesseActivite: boolean
  /** Bytes. */
  readonly quota: number
  readonly octets: number
}

export const boitesDuBac = async (acces: Acces): Promise<readonly BoiteDuBac[]> =>
  (await callJson<{ boites: BoiteDuBac[] }>(acces, 'GET', '/mssante/bac/boites')).boites

/** What its operator would do. @throws {ApiRefusal} */
export const changerBoite = (
  acces: Acces,
  adresse: string,
  changement: Partial<Omit<BoiteDuBac, 'adresse' | 'type' | 'libelle' | 'octets'>>,
): Promise<BoiteDuBac> => callJson(acces, 'PATCH', `/mssante/bac/boites/${encodeURIComponent(adresse)}`, changement)

export const supprimerBoite = (acces: Acces, adresse: string): Promise<unknown> =>
  callJson(acces, 'DELETE', `/mssante/bac/boites/${encodeURIComponent(adresse)}`)

/** A case that the fictive laboratory knows how to send. */
export interface CasDuLaboratoire {
  readonly code: string
  readonly titre: string
}

export const casDuLaboratoire = async (acces: Acces): Promise<readonly CasDuLaboratoire[]> =>
  (await callJson<{ cas: CasDuLaboratoire[] }>(acces, 'GET', '/mssante/bac/comptes-rendus')).cas

/** @param patient matricule INS of somebody of the cast. @throws {ApiRefusal} */
export const envoyerDuLaboratoire = (acces: Acces, envoi: { vers: string; patient: string; cas: string }): Promise<{ remis: readonly string[] }> =>
  callJson(acces, 'POST', '/mssante/bac/comptes-rendus', envoi)

/** A domain of the trust space, or one that is out of it. */
export interface DomaineDuBac {
  readonly nom: string
  readonly operateur: string
  readonly listeBlanche: boolean
  readonly conforme: boolean
}

export const domainesDuBac = async (acces: Acces): Promise<readonly DomaineDuBac[]> =>
  (await callJson<{ domaines: DomaineDuBac[] }>(acces, 'GET', '/mssante/bac/domaines')).domaines

/** @throws {ApiRefusal} */
export const changerDomaine = (
  acces: Acces,
  nom: string,
  changement: Partial<Pick<DomaineDuBac, 'listeBlanche' | 'conforme'>>,
): Promise<DomaineDuBac> => callJson(acces, 'PATCH', `/mssante/bac/domaines/${encodeURIComponent(nom)}`, changement)

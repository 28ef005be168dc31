import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import type { CarteProfessionnelle } from '../src/clients/carte.ts'
import type { IdentiteRendue } from '../src/clients/insi-port.ts'
import { ManualClock } from '../src/dossier/clock.ts'
import { CabinetDatabase } from '../src/dossier/database.ts'
import { Dossiers } from '../src/dossier/dossiers.ts'
import type { TraitsLocaux } from '../src/dossier/patient.ts'

/** 2026-11-23 09:00 in Paris. */
export const MATIN = Date.UTC(2026, 10, 23, 8, 0, 0)

const structure = { identifiant: '3999000000012', nom: 'CABINET FICTIF DES LILAS' }

export const CPS: CarteProfessionnelle = {
  id: 'cps-test',
  genre: 'CPS',
  identifiant: '899900000011',
  nom: 'ESSAI',
  prenom: 'CLAIRE',
  nominative: true,
  profession: { code: '10', systeme: '1.2.250.1.71.1.2.7', libelle: 'Médecin' },
  savoirFaire: { code: 'SM54', systeme: '1.2.250.1.71.4.2.5', libelle: 'Médecine générale (SM)' },
  structure,
  secteurActivite: 'SA07',
}

export const CPE: CarteProfessionnelle = {
  id: 'cpe-test',
  genre: 'CPE',
  identifiant: '3999000000012/12',
  nom: 'EXEMPLE',
  prenom: 'NADIA',
  nominative: true,
  profession: { code: 'SECRETARIAT_MEDICAL', systeme: '1.2.250.1.213.1.1.4.6', libelle: 'Secrétariat médical' },
  structure,
  secteurActivite: 'SA07',
}

export const CPE_ANONYME: CarteProfessionnelle = { ...CPE, id: 'cpe-anonyme-test', nominative: false, nom: 'ACCUEIL', prenom: '' }

export const TRAITS: TraitsLocaux = {
  nomNaissance: 'ECETINSI',
  premierPrenom: 'PIERRE-ALAIN',
  listePrenom: '',
  sexe: 'M',
  dateNaissance: '2009-07-14',
  lieuNaissance: '63220',
}

export const RENDUE: IdentiteRendue = {
  ins: { matricule: '1090763220834', cle: '89', oid: '1.2.250.1.213.1.4.8' },
  historique: [],
  traits: { nomNaissance: 'ECETINSI', listePrenom: 'PIERRE-ALAIN MURIEL FLORIANT', sexe: 'M', dateNaissance: '2009-07-14', lieuNaissance: '63220' },
}

/** UUIDs counted from 1. */
export function countedIds(): () => string {
  let n = 0
  return () => `00000000-0000-4000-8000-${(++n).toString(16).padStart(12, '0')}`
}

/** A practice of its own, in memory; `indexedDB` can be opened again, as after a reload of the page. */
export function createTestCabinet(indexedDB = new IDBFactory(), clock = new ManualClock(MATIN)) {
  const db = new CabinetDatabase('test', { indexedDB, IDBKeyRange })
  const newId = countedIds()
  return { db, clock, newId, indexedDB, dossiers: new Dossiers(db, clock, newId) }
}

export type TestCabinet = ReturnType<typeof createTestCabinet>

/** A patient whose identity is qualifiée and who was informed. */
export async function patientQualifie({ dossiers }: TestCabinet): Promise<string> {
  const cree = await dossiers.creer(TRAITS, {}, CPE)
  if (!('fait' in cree)) throw new Error(cree.refuse.texte)
  const { id } = cree.fait
  await dossiers.accepterInsi(id, RENDUE, 'traits', CPE)
  await dossiers.enregistrerPiece(id, 'CN', CPE)
  await dossiers.confirmerConcordance(id, CPE)
  await dossiers.informer(id, CPE)
  return id
}

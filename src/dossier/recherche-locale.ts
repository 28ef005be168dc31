import type { CabinetDatabase } from './database.ts'
import type { PatientLocal } from './patient.ts'

export interface CritereLocal {
  /** `AAAA-MM-JJ`. */
  readonly dateNaissance: string
  /** Beginning of a name or given name; only the first three letters count. */
  readonly lettres?: string
}

/** Most letters used: asking for more is how a differently spelt file gets created twice. @see RNIV, identification primaire */
const LETTRES_UTILES = 3

/** Names compared without accents, hyphens nor apostrophes. @see INS/va1.02, INS/va1.25 */
function cleDeComparaison(nom: string): string {
  return nom
    .toUpperCase()
    .replaceAll('Œ', 'OE')
    .replaceAll('Æ', 'AE')
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^A-Z]+/g, ' ')
    .trim()
}

const premieresLettres = (nom: string) => cleDeComparaison(nom).replaceAll(' ', '')

/** Patients born that day whose name or given name begins with these letters, by name. An empty list means: create the file. */
export async function chercherPatients(db: CabinetDatabase, { dateNaissance, lettres = '' }: CritereLocal): Promise<PatientLocal[]> {
  const debut = premieresLettres(lettres).slice(0, LETTRES_UTILES)
  const nes = await db.patients.where('dateNaissance').equals(dateNaissance).toArray()
  return nes.filter((patient) => commencePar(patient, debut)).toSorted((a, b) => (a.traits.nomNaissance < b.traits.nomNaissance ? -1 : 1))
}

function commencePar({ traits, complementaires }: PatientLocal, debut: string): boolean {
  if (!debut) return true
  const noms = [traits.nomNaissance, traits.premierPrenom, complementaires.nomUtilise ?? '', complementaires.prenomUtilise ?? '']
  return noms.some((nom) => premieresLettres(nom).startsWith(debut))
}

/** Files of the same person: same matricule, or same birth date, sex and birth name. @see INS/va1.02 */
export async function doublonsDe(db: CabinetDatabase, patient: PatientLocal): Promise<PatientLocal[]> {
  const nes = await db.patients.where('dateNaissance').equals(patient.dateNaissance).toArray()
  const nom = cleDeComparaison(patient.traits.nomNaissance)
  return nes.filter(
    (autre) =>
      autre.id !== patient.id &&
      ((patient.matricule !== '' && autre.matricule === patient.matricule) ||
        (autre.traits.sexe === patient.traits.sexe && cleDeComparaison(autre.traits.nomNaissance) === nom)),
  )
}

import { PROFESSIONNELS, STRUCTURES } from '../database/cast-professionnels.ts'

/**
 * Names as the patient sees them: `Dr Claire Primidi`, not `PRIMIDI CLAIRE` nor a number. What is not of the cast is shown as it came.
 * @see functional.md §3.5, the patient sees the professional's name
 */
export const nomDuProfessionnel = (acteur: string): string => NOMS.get(cle(acteur)) ?? acteur

/** @param structure name or Struct_IdNat */
export const nomDeLaStructure = (structure: string): string => STRUCTURES.find(({ identifiant }) => identifiant === structure)?.nom ?? structure

/** Name of who bears this PS_IdNat or Struct_IdNat; `''` when it is of nobody in the cast. */
export const nomDeLIdentifiant = (identifiant: string): string =>
  PROFESSIONNELS.find(({ carte }) => carte.identifiant === identifiant)?.nomAffiche ??
  STRUCTURES.find((une) => une.identifiant === identifiant)?.nom ??
  ''

/** Order of the words and letter case do not count. */
const cle = (nom: string): string => nom.toUpperCase().split(/\s+/).filter(Boolean).sort().join(' ')

const NOMS = new Map(PROFESSIONNELS.map(({ carte, nomAffiche }) => [cle(`${carte.nom} ${carte.prenom}`), nomAffiche]))

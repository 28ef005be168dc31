import { cleMatricule } from '#standards/ins/matricule-ins.ts'
import { OID_INS } from '#standards/ins/oids.ts'
import type { PersonneIdentifiee, Sexe } from '#standards/ins/traits.ts'
import { NOMS, PRENOMS } from './population-names.ts'

/**
 * The insured of the country, each a pure function of a rank: nothing is stored, and each of rank, matricule and traits leads to the others
 * in constant time.
 *
 * rank —(affine permutation)→ index —(mixed radix)→ sex, month of birth, place, order = the matricule.
 * Inside one sex and one month, `q = place × 277 + order` gives the day (`q mod days`) and a turn (`q div days`); the turn gives name and
 * given name by another affine permutation. So at most one person has a given (birth name, first given name, sex, birth date).
 */
export const TAILLE_POPULATION = 66_300_000

/** Months of birth from January 1926 to December 2025: one century, so that the two digits of the matricule are enough. */
const PREMIERE_ANNEE = 1926
const MOIS = 1_200
/** Places 97900 to 97999: the reserved range. */
const LIEUX = 100
/** Orders 001 to 277; those above are left to the named people. */
const ORDRES = 277
const SEXES: readonly Sexe[] = ['M', 'F']

const COMBINAISONS = NOMS.length * PRENOMS.F.length

/** Coprime with the size of the population, about its golden section: neighbours in rank are strangers. Products of two ranks stay under 2^53. */
const PAS_RANG = 40_975_943
const DECALAGE_RANG = 12_345_677
const PAS_RANG_INVERSE = inverseModulo(PAS_RANG, TAILLE_POPULATION)

/** Coprime with the number of combinations. */
const PAS_NOM = 44_489
const PAS_NOM_INVERSE = inverseModulo(PAS_NOM, COMBINAISONS)

const RANG_DU_NOM = new Map(NOMS.map((nom, rang) => [nom, rang]))

/** Where a person stands in the mixed radix. `mois` counts from January 1926, `lieu` from 97900, `ordre` from 001. */
interface Cellule {
  readonly sexe: Sexe
  readonly mois: number
  readonly lieu: number
  readonly ordre: number
}

/**
 * @param rang 0 to 66 299 999
 * @throws {RangeError} the rank is outside the population.
 */
export function personneDeRang(rang: number): PersonneIdentifiee {
  if (!Number.isInteger(rang) || rang < 0 || rang >= TAILLE_POPULATION) throw new RangeError(`no person has the rank ${rang}`)
  return personne(rang, celluleDuRang(rang))
}

/** `p<rank>`: the id of a person of the population. */
export const idDeRang = (rang: number): string => `p${rang}`

/** Rank of a person by its id; undefined when the id is of no person of the population. */
export function rangDeId(id: string): number | undefined {
  if (!/^p(?:0|[1-9]\d{0,7})$/.test(id)) return undefined
  const rang = Number(id.slice(1))
  return rang < TAILLE_POPULATION ? rang : undefined
}

/** @param matricule 13 characters; the key is not looked at. Undefined when it is of nobody in the population. */
export function rangDuMatricule(matricule: string): number | undefined {
  const parts = /^([12])(\d\d)(\d\d)979(\d\d)(\d{3})/.exec(matricule)
  if (!parts) return undefined
  const [sexe, annee, moisDeLAnnee, lieu, ordre] = parts.slice(1).map(Number) as [number, number, number, number, number]
  if (moisDeLAnnee < 1 || moisDeLAnnee > 12 || ordre < 1 || ordre > ORDRES) return undefined
  return rangDeLaCellule({ sexe: SEXES[sexe - 1]!, mois: mois(annee, moisDeLAnnee), lieu, ordre: ordre - 1 })
}

/** Months since January 1926 of a month in a year of two digits. */
const mois = (annee: number, moisDeLAnnee: number): number => ((annee + 100 - (PREMIERE_ANNEE % 100)) % 100) * 12 + moisDeLAnnee - 1

/**
 * Everybody of this birth name, sex and birth date, about one or two persons: 120 given names are tried, each in constant time.
 * @param dateNaissance `AAAA-MM-JJ`; a date of no calendar finds nobody.
 */
export function rangsParNaissance(nomNaissance: string, sexe: Sexe, dateNaissance: string): number[] {
  const rangNom = RANG_DU_NOM.get(nomNaissance)
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(dateNaissance)
  if (rangNom === undefined || !parts) return []
  const [annee, moisDeLAnnee, jour] = parts.slice(1).map(Number) as [number, number, number]
  const rangMois = (annee - PREMIERE_ANNEE) * 12 + moisDeLAnnee - 1
  if (annee < PREMIERE_ANNEE || rangMois >= MOIS || moisDeLAnnee < 1 || moisDeLAnnee > 12) return []
  const jours = joursDuMois(rangMois)
  if (jour < 1 || jour > jours) return []
  const decalage = decalageDuNom(sexe, rangMois, jour)
  const rangs: number[] = []
  for (let rangPrenom = 0; rangPrenom < PRENOMS[sexe].length; rangPrenom++) {
    const combinaison = rangNom * PRENOMS[sexe].length + rangPrenom
    const tour = (modulo(combinaison - decalage, COMBINAISONS) * PAS_NOM_INVERSE) % COMBINAISONS
    const q = tour * jours + jour - 1
    if (q >= LIEUX * ORDRES) continue
    const rang = rangDeLaCellule({ sexe, mois: rangMois, lieu: Math.floor(q / ORDRES), ordre: q % ORDRES })
    if (rang !== undefined) rangs.push(rang)
  }
  return rangs
}

function celluleDuRang(rang: number): Cellule {
  const index = (rang * PAS_RANG + DECALAGE_RANG) % TAILLE_POPULATION
  const parSexe = Math.floor(index / 2)
  const parMois = Math.floor(parSexe / MOIS)
  return { sexe: SEXES[index % 2]!, mois: parSexe % MOIS, lieu: parMois % LIEUX, ordre: Math.floor(parMois / LIEUX) }
}

/** The last order is incomplete: its last cells are of nobody. */
function rangDeLaCellule({ sexe, mois, lieu, ordre }: Cellule): number | undefined {
  const index = ((ordre * LIEUX + lieu) * MOIS + mois) * 2 + SEXES.indexOf(sexe)
  if (index >= TAILLE_POPULATION) return undefined
  return (modulo(index - DECALAGE_RANG, TAILLE_POPULATION) * PAS_RANG_INVERSE) % TAILLE_POPULATION
}

function personne(rang: number, { sexe, mois, lieu, ordre }: Cellule): PersonneIdentifiee {
  const jours = joursDuMois(mois)
  const q = lieu * ORDRES + ordre
  const jour = (q % jours) + 1
  const combinaison = (Math.floor(q / jours) * PAS_NOM + decalageDuNom(sexe, mois, jour)) % COMBINAISONS
  const prenoms = PRENOMS[sexe]
  const rangPrenom = combinaison % prenoms.length
  const annee = String(PREMIERE_ANNEE + Math.floor(mois / 12))
  const moisDeLAnnee = deux((mois % 12) + 1)
  const lieuNaissance = `979${deux(lieu)}`
  const matricule = `${sexe === 'M' ? 1 : 2}${annee.slice(2)}${moisDeLAnnee}${lieuNaissance}${String(ordre + 1).padStart(3, '0')}`
  return {
    id: idDeRang(rang),
    nomNaissance: NOMS[Math.floor(combinaison / prenoms.length)]!,
    listePrenom: listePrenom(prenoms, rangPrenom, melange(rang, 7)),
    sexe,
    dateNaissance: `${annee}-${moisDeLAnnee}-${deux(jour)}`,
    lieuNaissance,
    ins: { matricule, cle: cleMatricule(matricule), oid: OID_INS['INS-NIR'] },
    historique: [],
    origine: 'population',
  }
}

/** One to three given names, all different. */
function listePrenom(prenoms: readonly string[], premier: number, hasard: number): string {
  const nombre = 1 + (hasard % 3)
  const deuxieme = (premier + 1 + ((hasard >>> 4) % 59)) % prenoms.length
  const troisieme = (premier + 60 + ((hasard >>> 12) % 60)) % prenoms.length
  return [premier, deuxieme, troisieme]
    .slice(0, nombre)
    .map((rang) => prenoms[rang]!)
    .join(' ')
}

const joursDuMois = (mois: number): number => new Date(Date.UTC(PREMIERE_ANNEE + Math.floor(mois / 12), (mois % 12) + 1, 0)).getUTCDate()

/** Another start in the names for each sex and day of birth. */
const decalageDuNom = (sexe: Sexe, mois: number, jour: number): number => melange(mois * 64 + jour * 2 + SEXES.indexOf(sexe), 3) % COMBINAISONS

/** 32 bits that look like chance, the same for the same numbers (finaliser of MurmurHash 3). */
export function melange(nombre: number, graine: number): number {
  let h = Math.imul(nombre ^ Math.imul(graine + 1, 0x9e3779b1), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

const deux = (nombre: number): string => String(nombre).padStart(2, '0')

function modulo(nombre: number, n: number): number {
  return ((nombre % n) + n) % n
}

/** Extended Euclid. @throws {RangeError} the two have a common divisor. */
function inverseModulo(nombre: number, n: number): number {
  let [r0, r1, t0, t1] = [n, nombre % n, 0, 1]
  while (r1 !== 0) {
    const quotient = Math.floor(r0 / r1)
    ;[r0, r1] = [r1, r0 - quotient * r1]
    ;[t0, t1] = [t1, t0 - quotient * t1]
  }
  if (r0 !== 1) throw new RangeError(`${nombre} and ${n} have a common divisor`)
  return modulo(t0, n)
}

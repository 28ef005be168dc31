import { OID_INS, type Oid } from './oids.ts'
import type { IdentifiantNationalSante } from './traits.ts'

/**
 * Shape of a matricule without its key: sex, year, month, département (`2A`, `2B` for Corsica, `99` abroad), commune or country, order.
 * @see Référentiel INS ; INSi_RESULTAT_INS.xsd, type NIR (`\d{6}[A-Za-z0-9]\d{6}`)
 */
const FORME = /^[123478]\d{4}(?:\d\d|2[AB])\d{6}$/

export const estMatricule = (matricule: string): boolean => FORME.test(matricule)

/**
 * Key of a matricule (13 characters): 97 − (N mod 97), from `01` to `97`. In N, `2A` counts as 19 and `2B` as 18.
 * @throws {RangeError} `matricule` has not the shape of a NIR or a NIA.
 * @see insi.md §4
 */
export function cleMatricule(matricule: string): string {
  if (!estMatricule(matricule)) throw new RangeError('a matricule has 13 characters: 13 digits, 2A or 2B as département for Corsica')
  const digits = matricule.replace('2A', '19').replace('2B', '18')
  return String(97 - (Number(digits) % 97)).padStart(2, '0')
}

/** Whether the key is the one the matricule computes to. */
export const cleConforme = (matricule: string, cle: string): boolean => estMatricule(matricule) && cle === cleMatricule(matricule)

/** Why a text is no matricule INS. */
export interface RefusMatricule {
  readonly refused: 'forme' | 'cle' | 'oid'
  /** French. */
  readonly about: string
}

/** A matricule as typed or received, its key apart; `cle` is `''` when 13 characters came without it. */
export interface MatriculeLu {
  readonly matricule: string
  readonly cle: string
}

const estRefusMatricule = (lu: object): lu is RefusMatricule => 'refused' in lu

/**
 * Reads 13 or 15 characters, spaces and letter case forgiven (`2 75 12 63 220 749 74`).
 * A wrong key is refused, except the keys of the published test identities, kept as published (HERMANN).
 */
export function readMatriculeIns(text: string): MatriculeLu | RefusMatricule {
  const compact = text.length > 60 ? text : text.replace(/\s+/g, '').toUpperCase()
  const matricule = compact.slice(0, 13)
  const cle = compact.slice(13)
  if (!estMatricule(matricule) || !/^(?:\d\d)?$/.test(cle))
    return { refused: 'forme', about: 'un matricule INS compte 15 caractères : 13 pour le matricule, 2 pour la clé' }
  if (cle && !cleAdmise(matricule, cle)) return { refused: 'cle', about: `la clé ${cle} ne correspond pas au matricule` }
  return { matricule, cle }
}

/** The computed key, or the one published with an official test identity. */
export const cleAdmise = (matricule: string, cle: string): boolean =>
  cleConforme(matricule, cle) || CLES_PUBLIEES_NON_CONFORMES.get(matricule) === cle

/** HERMANN GATIEN: the official file has keys that do not compute. @see insi.md §4 */
const CLES_PUBLIEES_NON_CONFORMES: ReadonlyMap<string, string> = new Map([
  ['1810363220456', '60'],
  ['2810363220456', '10'],
])

/** `2 75 12 63 220 749 74`: easier to read aloud. */
export function formatMatricule({ matricule, cle }: MatriculeLu): string {
  return [matricule[0], matricule.slice(1, 3), matricule.slice(3, 5), matricule.slice(5, 7), matricule.slice(7, 10), matricule.slice(10, 13), cle]
    .join(' ')
    .trim()
}

/**
 * The INS as an HL7 CX, the form the DMP wants in `sourcePatientId`, `patientId` and the VIHF: `<15 characters>^^^&<OID>&ISO^NH`.
 * @see dmp.md ; insi.md §4
 */
export const writeCx = ({ matricule, cle, oid }: Pick<IdentifiantNationalSante, 'matricule' | 'cle' | 'oid'>): string =>
  `${matricule}${cle}^^^&${oid}&ISO^NH`

const CX = /^([^^&]{1,40})\^\^\^[^^&]{0,80}&([\d.]{1,64})&ISO\^([A-Z]{2,5})/

/**
 * Reads an INS in CX form. The OID must be one of an INS and the matricule complete, key included.
 * The assigning authority's name and the identifier type (`NH`, `INS`) are not looked at.
 */
export function readCx(text: string): (MatriculeLu & { oid: Oid }) | RefusMatricule {
  const parts = text.length > 256 ? null : CX.exec(text)
  if (!parts) return { refused: 'forme', about: 'l’identifiant n’a pas la forme <matricule>^^^&<OID>&ISO^NH' }
  const oid = (Object.values(OID_INS) as string[]).find((known) => known === parts[2]) as Oid | undefined
  if (!oid) return { refused: 'oid', about: `${parts[2]} n’est pas l’OID d’un INS` }
  const lu = readMatriculeIns(parts[1]!)
  if (estRefusMatricule(lu)) return lu
  if (!lu.cle) return { refused: 'forme', about: 'la clé du matricule manque' }
  return { ...lu, oid }
}

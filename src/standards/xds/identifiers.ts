/**
 * HL7 v2 forms used in XDS metadata.
 * @see IHE ITI TF-3 §4.2.3.1.7 ; dmp.md §3.4
 */

/** CX: identifier and the authority that assigned it, `INS^^^&OID&ISO^NH`. Later components (dates) are ignored. */
export interface Cx {
  readonly id: string
  readonly oid: string
  /** `NH` for an INS, `PI` for a local number. */
  readonly type: string
}

export function readCx(text: string): Cx | undefined {
  const [id = '', , , authority = '', type = ''] = text.split('^')
  const [, oid = ''] = authority.split('&')
  return id && /^[\d.]{1,64}$/.test(oid) ? { id, oid, type } : undefined
}

export const writeCx = ({ id, oid, type }: Cx): string => `${id}^^^&${oid}&ISO^${type}`

/** OID of the national directory of professionals, and of structures. */
export const PS_IDNAT = '1.2.250.1.71.4.2.1'
const STRUCT_IDNAT = '1.2.250.1.71.4.2.2'

/** XCN: a person. */
export interface Xcn {
  /** PS_IdNat, or the INS of a patient. */
  readonly id: string
  readonly family: string
  readonly given: string
  readonly oid: string
  /** `IDNPS`, `NH`, `RI`. */
  readonly type: string
}

export function readXcn(text: string): Xcn | undefined {
  const parts = text.split('^')
  const [, oid = ''] = (parts[8] ?? '').split('&')
  const id = parts[0] ?? ''
  return id && oid ? { id, family: parts[1] ?? '', given: parts[2] ?? '', oid, type: parts[12] ?? '' } : undefined
}

export const writeXcn = ({ id, family, given, oid, type }: Xcn): string => `${id}^${bare(family)}^${bare(given)}^^^^^^&${oid}&ISO^D^^^${type}`

/** XON: an institution. */
export interface Xon {
  readonly name: string
  /** Struct_IdNat. */
  readonly id: string
}

export function readXon(text: string): Xon | undefined {
  const parts = text.split('^')
  const id = parts[9] ?? ''
  return id ? { name: parts[0] ?? '', id } : undefined
}

export const writeXon = ({ name, id }: Xon): string => `${bare(name)}^^^^^&${STRUCT_IDNAT}&ISO^IDNST^^^${id}`

/** Separators of HL7 v2 have no place in a name. */
const bare = (text: string): string => text.replace(/[\^&~|\\]/g, ' ')

/** Milliseconds → `AAAAMMJJHHMMSS`, UTC. */
export const writeDtm = (time: number): string => new Date(time).toISOString().replace(/\D/g, '').slice(0, 14)

/** `AAAA[MM[JJ[HH[MM[SS]]]]]` UTC → milliseconds of its first instant; undefined when it is no date. */
export function readDtm(text: string): number | undefined {
  const matched = /^(\d{4})(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d)(\d\d)?)?)?)?)?$/.exec(text)
  if (!matched) return undefined
  const [, year = '', month = '01', day = '01', hour = '00', minute = '00', second = '00'] = matched
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`
  const time = Date.parse(iso)
  return Number.isNaN(time) || new Date(time).toISOString() !== iso ? undefined : time
}

/** An OID, at most 128 characters, without leading zeros. @see dmp.md §3.3 uniqueId */
export const isOid = (text: string): boolean => text.length <= 128 && /^[0-2](?:\.(?:0|[1-9]\d*))+$/.test(text)

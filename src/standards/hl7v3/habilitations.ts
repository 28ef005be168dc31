import { child, descend, textOf, type XmlElement } from '../xml/element.ts'
import { vocabulary } from '../xml/write.ts'

/**
 * TD0.3: a professional adds or removes the authorisation to consult. Not an HL7 message: the DMP's own.
 * @see dmp.md §1.2–1.3
 */
export const HABILITATIONS = 'urn:si-dmp-habilitations'
export const TD03_ACTION = 'urn:si-dmp-habilitations:HabilitationsEndPoint:setAuthorization'

const h = vocabulary('h', HABILITATIONS)

export interface DemandeTd03 {
  /** `AJOUT` or `SUPPRESSION`. */
  readonly action: string
  /** `MEDECIN_TRAITANT`, or `''`. */
  readonly role: string
}

export function readDemandeTd03(payload: XmlElement): DemandeTd03 | { readonly missing: string } {
  if (payload.ns !== HABILITATIONS || payload.name !== 'setAuthorization')
    return { missing: `setAuthorization attendu, {${payload.ns}}${payload.name} reçu` }
  return {
    action: textOf(child(payload, HABILITATIONS, 'action')).trim(),
    role: textOf(child(payload, HABILITATIONS, 'role')).trim(),
  }
}

export const writeDemandeTd03 = ({ action, role }: DemandeTd03): XmlElement =>
  h('setAuthorization', {}, h('action', {}, action), role !== '' && h('role', {}, role))

export interface ReponseTd03 {
  /** `DMPOk`, or the code of the refusal. */
  readonly status: string
  readonly context: string
}

export const writeReponseTd03 = ({ status, context }: ReponseTd03): XmlElement =>
  h('setAuthorizationResponse', {}, h('output', {}, h('status', {}, status), h('context', {}, context)))

/** Undefined when the payload is no such answer. */
export function readReponseTd03(payload: XmlElement): ReponseTd03 | undefined {
  const output = payload.name === 'setAuthorizationResponse' ? descend(payload, HABILITATIONS, 'output') : undefined
  return output && { status: textOf(child(output, HABILITATIONS, 'status')).trim(), context: textOf(child(output, HABILITATIONS, 'context')).trim() }
}

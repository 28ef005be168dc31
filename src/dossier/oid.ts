import { OID_LOGICIEL } from '#standards/dmp/identifiants.ts'

/**
 * An OID of its own for a document or a submission set: the root of the installation, a kind, and the UUID as a decimal number (at most 39
 * digits). The root lies under an arc that was never attributed, so nothing real can bear it.
 * @see EX_GEN-1350 (one root per installation) ; CI-SIS: OID of at most 64 characters
 */
export const oidDe = (genre: 'document' | 'lot', uuid: string): string =>
  `${OID_LOGICIEL}.${genre === 'document' ? 1 : 2}.${BigInt(`0x${uuid.replaceAll('-', '')}`)}`

/** What the versions of one document share (setId): the same number under another kind. */
export const serieDe = (uniqueId: string): string => uniqueId.replace(`${OID_LOGICIEL}.1.`, `${OID_LOGICIEL}.3.`)

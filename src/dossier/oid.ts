/**
 * Identifiers of what this practice produces. The root stands for one installation of the software; it lies under an arc that was never
 * attributed, so nothing real can bear it.
 * @see EX_GEN-1350 (sourceId: one root per installation) ; CI-SIS: OID of at most 64 characters
 */
export const RACINE_CABINET = '1.2.250.1.999.1.1'

/** An OID of its own for a document or a submission set: the root, a kind, and the UUID as a decimal number (at most 39 digits). */
export const oidDe = (genre: 'document' | 'lot', uuid: string): string =>
  `${RACINE_CABINET}.${genre === 'document' ? 1 : 2}.${BigInt(`0x${uuid.replaceAll('-', '')}`)}`

import type { MimePart } from '#standards/imap/mime-part.ts'

/** A message cut in parts, kept for the next partial of it. */
export interface EnMain {
  readonly corps: string
  readonly octets: Uint8Array
  partie?: MimePart
}

import {
  CTXBAM,
  CTXLPS,
  INSI_LOT,
  INSI_RESULTAT,
  INSI_TRAITS,
  INSI_VERIFICATION,
  INSI_VERIFICATION_RESULTAT,
  INSI_VITALE,
  SAML,
  SIRAM,
} from '#standards/ins/insi-names.ts'
import { WSA, WSSE } from '#standards/soap/envelope.ts'
import type { Schema, SchemaName } from './schema.ts'
import { addressing, saml, security } from './schemas-communs.ts'
import { bam, lps, resultat, siram, traits, vitale } from './schemas-insi.ts'
import { lot, verification, verificationResultat } from './schemas-verification.ts'

/** Schemas by the name that `?xsd=` takes, with their namespace. */
export const SCHEMAS: Readonly<Record<SchemaName, readonly [namespace: string, schema: Schema]>> = {
  traits: [INSI_TRAITS, traits],
  vitale: [INSI_VITALE, vitale],
  resultat: [INSI_RESULTAT, resultat],
  bam: [CTXBAM, bam],
  lps: [CTXLPS, lps],
  siram: [SIRAM, siram],
  addressing: [WSA, addressing],
  security: [WSSE, security],
  saml: [SAML, saml],
  verification: [INSI_VERIFICATION, verification],
  'verification-resultat': [INSI_VERIFICATION_RESULTAT, verificationResultat],
  lot: [INSI_LOT, lot],
}

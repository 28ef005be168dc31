/**
 * OIDs of the authorities that assign an INS matricule.
 * @see Référentiel INS; FR Core, profile fr-core-patient-ins (slices INS-NIR, INS-NIA, INS-NIR-TEST, INS-NIR-DEMO)
 */
export const OID_INS = {
  'INS-NIR': '1.2.250.1.213.1.4.8',
  'INS-NIA': '1.2.250.1.213.1.4.9',
  'INS-NIR-TEST': '1.2.250.1.213.1.4.10',
  'INS-NIR-DEMO': '1.2.250.1.213.1.4.11',
} as const

export type TypeMatricule = keyof typeof OID_INS
export type Oid = (typeof OID_INS)[TypeMatricule]

export const isOidIns = (oid: string): oid is Oid => (Object.values(OID_INS) as string[]).includes(oid)

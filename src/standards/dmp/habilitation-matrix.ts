/**
 * What is publicly known of the habilitation matrix: which profession reads which document type. Partial: the annex of the arrêté of
 * 26 October 2023 (19 professions, 87 types) is in no reachable source. A type that nothing excludes is readable.
 * @see arrêté du 26 octobre 2023 (JORF 29/10/2023) ; dmp.md §5.2
 */
const EXCLUSIONS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  // Médecin. @see information-dentaire.fr, « Publication des règles d’accès aux DMP des professionnels de santé »
  ['10', new Set(['ATTEST-RESID'])],
  // Chirurgien-dentiste. @see same page: labels read there, codes matched with JDV_J66
  ['40', new Set(['80788-3', '75496-0', '83981-1', '83901-9', '68599-0'])],
  // Infirmier, both codes. @see infirmiers.com, « DMP : la liste des habilitations d’accès pour la profession », codes matched the same way
  ...['60', '69'].map((infirmier) => [infirmier, new Set(['75496-0', '68599-0', '83901-9', '68817-6', '89601-9'])] as const),
])

/** @param profession code of TRE_G15. */
export const matriceAutorise = (profession: string, typeCode: string): boolean => !EXCLUSIONS.get(profession)?.has(typeCode)

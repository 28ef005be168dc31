/**
 * What is publicly known of the habilitation matrix: which profession reads which document type. Partial: the annex of the arrêté of
 * 26 October 2023 (19 professions, 87 types) is in no reachable source. A type that nothing excludes is readable.
 * @see arrêté du 26 octobre 2023 (JORF 29/10/2023) ; dmp.md §5.2
 */
const EXCLUSIONS: Readonly<Record<string, readonly string[]>> = {
  // Médecin. @see information-dentaire.fr
  '10': ['ATTEST-RESID'],
  // Chirurgien-dentiste. @see information-dentaire.fr
  '40': ['80788-3', '75496-0', '83981-1', '83901-9', '68599-0'],
  // Infirmier. @see infirmiers.com
  '60': ['75496-0', '68599-0', '83901-9', '68817-6', '89601-9'],
  '69': ['75496-0', '68599-0', '83901-9', '68817-6', '89601-9'],
}

/** Professions of TRE_G15 whose exclusions were read in a source. */
export const professionConnueDeLaMatrice = (profession: string): boolean => profession in EXCLUSIONS

/** @param profession code of TRE_G15. */
export const matriceAutorise = (profession: string, typeCode: string): boolean => !(EXCLUSIONS[profession]?.includes(typeCode) ?? false)

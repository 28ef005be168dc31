/**
 * Names on the wire of the téléservice INSi.
 * @see DESIR_ICIR_EXP_1.5.0.wsdl ; insi.md §1.2, §1.3
 */
export const INSI_TRAITS = 'http://www.cnamts.fr/INSiRecSans'
export const INSI_VITALE = 'http://www.cnamts.fr/INSiRecVit'
export const INSI_RESULTAT = 'http://www.cnamts.fr/INSiResultat'
export const INSI_WSDL = 'http://www.cnamts.fr/webservice'
export const CTXBAM = 'urn:siram:bam:ctxbam'
export const CTXLPS = 'urn:siram:lps:ctxlps'
export const SIRAM = 'urn:siram'
export const SAML = 'urn:oasis:names:tc:SAML:2.0:assertion'

/** Unit verification: the answer's namespace is evidenced, the request's is inferred, the elements are partly ours. @see insi.md §7.1 */
export const INSI_VERIFICATION = 'http://www.cnamts.fr/INSiLot2/REQUnitaire'
export const INSI_VERIFICATION_RESULTAT = 'http://www.cnamts.fr/INSiLot2/REPUnitaire'
/** Batch verification: only its existence is public, so everything here is ours and the namespace says so. */
export const INSI_LOT = 'urn:bac-a-sable:insi:verification-en-masse'

/** Operations by the name of the body's element, with their action. The first two are official, the others are ours. */
export const ACTIONS_INSI = {
  rechercherInsAvecTraitsIdentite: 'urn:ServiceIdentiteCertifiee:1.0.0:rechercherInsAvecTraitsIdentite',
  rechercherInsAvecCarteVitale: 'urn:ServiceIdentiteCertifiee:1.0.0:rechercherInsAvecCarteVitale',
  verifierInsAvecTraitsIdentite: 'urn:bac-a-sable:insi:verifierInsAvecTraitsIdentite',
  deposerLotVerification: 'urn:bac-a-sable:insi:deposerLotVerification',
  recupererLotVerification: 'urn:bac-a-sable:insi:recupererLotVerification',
} as const

export type OperationInsi = keyof typeof ACTIONS_INSI

/** Result of a search, with its exact label (no accent). @see insi.md §2.1 */
export const CODES_CR = {
  '00': 'OK',
  '01': 'Aucune identite trouvee',
  '02': 'Plusieurs identites trouvees',
} as const

export type CodeCr = keyof typeof CODES_CR

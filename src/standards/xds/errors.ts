/**
 * Error codes of the registry and of the repository, verbatim, with what each means in French.
 * @see IHE ITI TF-3 table 4.2.4.1-2 ; dmp.md §3.9 for the DMP's own
 */
const XDS_ERROR = {
  LocalPolicyRestrictionError: 'Une règle locale du service interdit cette modification.',
  UnresolvedReferenceException: 'Un objet cité est inconnu du registre.',
  XDSDocumentUniqueIdError: 'Aucun document n’a cet uniqueId.',
  XDSDuplicateUniqueIdInRegistry: 'Cet uniqueId est déjà enregistré.',
  XDSMetadataIdentifierError: 'Un identifiant de la fiche modifiée diffère de celui du registre.',
  XDSMetadataUpdateError: 'La modification des métadonnées a échoué.',
  XDSMetadataVersionError: 'La version modifiée n’est pas la version courante.',
  XDSMissingDocument: 'Une fiche n’a pas de document.',
  XDSMissingDocumentMetadata: 'Un document n’a pas de fiche.',
  XDSNonIdenticalHash: 'L’empreinte annoncée n’est pas celle du document reçu.',
  XDSNonIdenticalSize: 'La taille annoncée n’est pas celle du document reçu.',
  XDSPatientIdDoesNotMatch: 'Les identifiants de patient du lot et des fiches diffèrent.',
  XDSPatientIDReconciliationError: 'Les identifiants du patient ne se rapprochent pas.',
  XDSRegistryDeprecatedDocumentError: 'Le document visé est obsolète.',
  XDSRegistryError: 'Erreur du registre.',
  XDSRegistryMetadataError: 'Métadonnées refusées par le registre.',
  XDSRegistryNotAvailable: 'Le registre n’est pas disponible.',
  XDSReplaceFailed: 'Le remplacement a échoué.',
  XDSRepositoryError: 'Erreur de l’entrepôt.',
  XDSRepositoryMetadataError: 'Métadonnées refusées par l’entrepôt.',
  XDSStoredQueryMissingParam: 'Un paramètre obligatoire de la requête manque.',
  XDSStoredQueryParamNumber: 'Un paramètre de la requête a trop de valeurs.',
  XDSTooManyResults: 'Trop de résultats.',
  XDSUnknownPatientId: 'Aucun dossier ouvert pour ce patient.',
  XDSUnknownRepositoryId: 'Cet entrepôt est inconnu.',
  XDSUnknownStoredQuery: 'Cette requête stockée n’est pas servie.',
  DMPAccessDeniedByExcededThreshold: 'Trop de sollicitations.',
  DMPAccessDeniedByRightsService: 'Action hors des droits de l’appelant.',
  DMPAccessForbidden: 'Accès refusé.',
  DMPClosed: 'Le DMP est fermé.',
  DMPFragmentCVAError: 'Cette vaccination (date et code CIS) est déjà dans l’historique.',
} as const

export type XdsErrorCode = keyof typeof XDS_ERROR

/** One line of a RegistryErrorList. */
export interface RegistryError {
  readonly code: XdsErrorCode
  /** French: what is wrong, naming the attribute or the document. */
  readonly context: string
  /** Id of the object at fault, `''` when the whole submission is. */
  readonly location: string
  readonly severity: 'Error' | 'Warning'
}

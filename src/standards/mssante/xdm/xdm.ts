/** IHE_XDM.ZIP: documents of one patient carried by a mail. @see IHE ITI TF-1 §16 (XDM) ; mssante.md §5.3 */

export const NOM_ARCHIVE = 'IHE_XDM.ZIP'
export const LOT = 'IHE_XDM/SUBSET01/'
/** What the OIDs of an INS begin with: others are numbers of the sender's own. */
export const OIDS_INS = '1.2.250.1.213.1.4.'

/** Prefix of the subject of such a mail. @see ECO.2.1.3 */
export const PREFIXE_XDM = 'XDM/1.0/DDM+'

/** Reasons for not integrating a document, as the volet « Transmission au LPS » codes them. @see mssante.md §5.5 */
export const ERREURS_INTEGRATION = {
  900: 'Version du document erronée',
  901: 'Auteur non autorisé à remplacer ou supprimer ce document',
  902: 'Patient inconnu',
  903: 'INS absente du document',
  904: 'INS différente de celle du dossier',
  905: 'INS incomplète : des traits manquent',
  906: 'Autre',
} as const

export type CodeIntegration = keyof typeof ERREURS_INTEGRATION

/** `XDM/1.0/DDM+CR d'examens biologiques FLOREAL CAMILLE 12/04/1988` @see ECO.2.1.3 */
export const objetXdm = (libelle: string, { nom, prenom, dateNaissance }: { nom: string; prenom: string; dateNaissance: string }): string =>
  `${PREFIXE_XDM}${[libelle, nom, prenom, dateNaissance.split('-').toReversed().join('/')].filter(Boolean).join(' ')}`

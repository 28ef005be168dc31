/** What a service may ask for: one family of the API, reading or writing. @see functional.md §3.7, six families */
export const FINALITES = {
  MESURES_LECTURE: 'Lire vos mesures de santé',
  MESURES_ECRITURE: 'Ajouter des mesures de santé',
  AGENDA_LECTURE: 'Lire votre agenda',
  AGENDA_ECRITURE: 'Ajouter des rendez-vous à votre agenda',
  DOCUMENTS_LECTURE: 'Lire vos documents',
  DOCUMENTS_ECRITURE: 'Ajouter des documents',
  VACCINATION_LECTURE: 'Lire vos vaccinations',
  PATIENT_LECTURE: 'Lire votre nom, votre sexe et votre date de naissance',
} as const

export type FinaliteCode = keyof typeof FINALITES

/** @see data/mes-functional-codes.json, catalogue_service_status */
export type StatutService = 'EN_LIGNE' | 'HORS_LIGNE' | 'SUSPENDUE' | 'DEREFERENCEE' | 'PRESERIE'

/** What each status does; effects are deduced from the names. */
export const STATUTS: Readonly<Record<StatutService, { readonly libelle: string; readonly effet: string; readonly accede: boolean }>> = {
  EN_LIGNE: { libelle: 'En ligne', effet: 'le service se synchronise et accède', accede: true },
  PRESERIE: { libelle: 'En présérie', effet: 'le service s’essaie avec quelques personnes', accede: true },
  HORS_LIGNE: { libelle: 'Hors ligne', effet: 'le service ne reçoit plus de nouvelle synchronisation', accede: true },
  SUSPENDUE: { libelle: 'Suspendu', effet: 'le service est suspendu : il n’accède plus à rien', accede: false },
  DEREFERENCEE: { libelle: 'Déréférencé', effet: 'le service a quitté le catalogue : il n’accède plus à rien', accede: false },
}

export interface ServiceDuCatalogue {
  readonly id: string
  /** OAuth client, also shown on the editor's page: fictive services have no secret to keep. */
  readonly clientId: string
  readonly secret: string
  readonly nom: string
  readonly editeur: string
  readonly description: string
  /** Of the solution, in the arc that documentation uses for examples: what `meta.source` and `subject.identifier.system` bear. */
  readonly oid: string
  /** With exchange of data, or only presented. */
  readonly echange: boolean
  readonly statut: StatutService
  /** One more each time what it asks for changes. */
  readonly version: number
  readonly finalites: readonly FinaliteCode[]
  /** What its next version will ask for besides, for the lesson. */
  readonly prochaine: FinaliteCode
}

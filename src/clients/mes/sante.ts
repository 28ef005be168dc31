/** What the phone shows of the health of the person, as read over HTTP. Times are simulated milliseconds. */
interface ChampMedical {
  readonly nom: string
  readonly libelle: string
  readonly genre: 'texte' | 'date' | 'choix'
  readonly obligatoire?: boolean
  readonly max?: number
  readonly choix?: readonly string[]
}

export interface SectionMedicale {
  readonly id: string
  readonly libelle: string
  readonly champs: readonly ChampMedical[]
  readonly max: number
  readonly entrees: readonly {
    readonly id: string
    readonly valeurs: Readonly<Record<string, string>>
    readonly auteur: string
    readonly modifieLe: number
  }[]
  readonly nonConcerne: boolean
}

export interface ProfilMedical {
  readonly sections: readonly SectionMedicale[]
  /** Percent of the sections filled. */
  readonly completude: number
}

export interface MesuresDuPatient {
  readonly mesures: readonly {
    readonly id: string
    readonly type: string
    readonly valeur: number
    readonly valeur2?: number
    readonly le: number
    readonly origine: 'patient' | 'document' | 'service'
    readonly auteur: string
  }[]
  readonly genres: readonly { readonly type: string; readonly libelle: string; readonly unite: string; readonly de: number; readonly a: number }[]
}

export interface RendezVous {
  readonly id: string
  readonly genre: 'rendez-vous' | 'rappel'
  readonly auteur: 'PATIENT' | 'EDITOR_SOLUTION'
  readonly titre: string
  readonly note: string
  readonly lieu: string
  readonly debut: number
  readonly statut: 'prévu' | 'annulé'
}

import type { PersonneIdentifiee } from '#standards/ins/traits.ts'

/**
 * The cast: named fictive people, professionals and structures that every scenario shares. Types only; the people are in `cast.ts` and
 * `cast-professionnels.ts`. The names are a mnemonic: patients bear months of the republican calendar, professionals days of its ten-day week.
 */
export interface Distribution {
  readonly patients: readonly PatientFictif[]
  readonly professionnels: readonly ProfessionnelFictif[]
  readonly structures: readonly StructureFictive[]
}

/** What may happen to a profile of Mon espace santé before the first scene. @see functional.md §2.2 */
export type EvenementPasse =
  | 'cnam.informe'
  | 'cnam.suspend'
  | 'patient.active'
  | 'patient.refuseCgu'
  | 'patient.oppose'
  | 'patient.ferme'
  | 'patient.demandeSuppression'
  | 'etatCivil.deces'

/** Delays that pass between two events (6 weeks, 10 years…) are not written: the profile's machine plays them. */
export interface FaitPasse {
  /** Simulated time, milliseconds since the Unix epoch. */
  readonly le: number
  readonly evenement: EvenementPasse
}

/** `curateur`: the one the judge named; `curateur admis`: whom the person let into the profile. */
export type Lien = 'parent' | 'enfant' | 'aidant' | 'aidé' | 'tuteur' | 'protégé' | 'curateur' | 'curateur admis' | 'assisté' | 'jumeau' | 'homonyme'

export interface PatientFictif {
  /** Slug, also the id of the person. */
  readonly id: string
  readonly personne: PersonneIdentifiee
  /** As in daily life, with accents: `Camille Floréal`. */
  readonly nomAffiche: string
  readonly courriel?: string
  /** In the range that the regulator keeps for fiction, 06 39 98 xx xx. */
  readonly telephone?: string
  /** What this person shows in a demonstration, in French. */
  readonly montre: string
  /** In order. */
  readonly histoire: readonly FaitPasse[]
  /** What the others are to this person, by their ids. */
  readonly liens: readonly { readonly lien: Lien; readonly patient: string }[]
  /** Ids of professionals. */
  readonly medecinTraitant?: string
  readonly bloques: readonly string[]
}

/** A coded value: `code` in `systeme` (an OID). */
export interface CodeFictif {
  readonly code: string
  readonly systeme: string
  readonly libelle: string
}

/** The card of a professional (CPS) or of an employee of a structure (CPE), with what a VIHF needs of it. @see dmp.md §2.2 */
export interface CarteFictive {
  readonly id: string
  readonly genre: 'CPS' | 'CPE'
  /** `PS_IdNat`: `8` + RPPS (11), or `3` + SIRET + `/` + internal id for a CPE. */
  readonly identifiant: string
  /** Upper case; a CPE without a name on it bears the name of the post. */
  readonly nom: string
  readonly prenom: string
  readonly nominative: boolean
  /** First role: profession G15, or `SECRETARIAT_MEDICAL` (A00). */
  readonly profession: CodeFictif
  /** Second role: savoir-faire R01 of a doctor, section G05 of a pharmacist. */
  readonly savoirFaire?: CodeFictif
  /** `identifiant`: `Struct_IdNat`. */
  readonly structure: { readonly identifiant: string; readonly nom: string }
  /** `SA08`, JDV_J61. */
  readonly secteurActivite: string
}

export interface ProfessionnelFictif {
  readonly id: string
  /** With accents: `Dr Claire Primidi`. */
  readonly nomAffiche: string
  /** What this person does at the counter, in French. */
  readonly role: string
  readonly carte: CarteFictive
  /** Id of a structure. */
  readonly structure: string
}

export interface StructureFictive {
  readonly id: string
  readonly nom: string
  /** `Struct_IdNat`: `1` + FINESS, `3` + SIRET, `4` + RPPS + rank. */
  readonly identifiant: string
  /** The geographic entity of an hospital names its legal entity. */
  readonly entiteJuridique?: string
  readonly secteurActivite: CodeFictif
  readonly role: string
}

/** The few parts of FHIR R4 that the services exchange. What is read from a wire is never taken for one of these before it is checked. */

export interface Coding {
  readonly system?: string
  readonly code?: string
  readonly display?: string
}

export interface Identifier {
  readonly system?: string
  readonly value?: string
}

/** @see https://hl7.org/fhir/R4/valueset-issue-type.html (those used here) */
type CodeAnomalie =
  | 'invalid'
  | 'structure'
  | 'required'
  | 'value'
  | 'incomplete'
  | 'security'
  | 'login'
  | 'forbidden'
  | 'not-supported'
  | 'not-found'
  | 'conflict'
  | 'business-rule'
  | 'too-long'
  | 'too-costly'
  | 'throttled'
  | 'informational'
  | 'processing'

/** One issue of an OperationOutcome. */
export interface Anomalie {
  readonly code: CodeAnomalie
  /** French, for whoever debugs. */
  readonly diagnostics: string
  /** FHIRPath of the element. */
  readonly expression?: string
  /** What the service's own rules call it, when one of them is broken. */
  readonly motif?: Motif
}

export type Motif = 'bundle' | 'profil' | 'source' | 'valeur' | 'unité' | 'imc' | 'sujet' | 'appareil' | 'glycémie' | 'bornes' | 'poids'

export interface OperationOutcome {
  readonly resourceType: 'OperationOutcome'
  readonly issue: readonly {
    readonly severity: 'error' | 'warning' | 'information'
    readonly code: CodeAnomalie
    readonly diagnostics: string
    readonly expression?: readonly string[]
    readonly details?: { readonly coding: readonly Coding[]; readonly text: string }
  }[]
}

/** A JSON object not yet checked. */
export type Objet = Readonly<Record<string, unknown>>

export interface Ressource extends Objet {
  readonly resourceType: string
}

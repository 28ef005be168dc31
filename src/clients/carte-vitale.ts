import type { BeneficiaireVitale } from './insi-port.ts'

/** A fictive carte Vitale in the reader, with everyone it covers. */
export interface CarteVitale {
  readonly id: string
  /** Name printed on the card. */
  readonly titulaire: string
  /** The insured first, then spouse and children. */
  readonly beneficiaires: readonly BeneficiaireVitale[]
}

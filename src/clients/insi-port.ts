import type { IdentifiantNationalSante, TraitsIdentite, TraitsRecherche } from '#standards/ins/traits.ts'
import type { CarteProfessionnelle } from './carte.ts'
import type { Panne, Refus } from './http.ts'

/** What INSi gives back: kept unchanged. @see EXI REC 07, EXI REC 08 */
export interface IdentiteRendue {
  readonly ins: IdentifiantNationalSante
  readonly historique: readonly IdentifiantNationalSante[]
  readonly traits: TraitsIdentite
}

/** Result of a search. `aucune` is CodeCR 01, `plusieurs` 02: results, not faults. @see insi.md §2.1 */
export type ReponseInsi =
  | { readonly issue: 'trouvee'; readonly identite: IdentiteRendue }
  | { readonly issue: 'aucune' }
  | { readonly issue: 'plusieurs' }
  | Refus
  | Panne

/** One beneficiary as read in a carte Vitale: the card is only a key, never the identity. @see insi.md §1.1, §1.5 */
export interface BeneficiaireVitale {
  /** Shown to choose among the beneficiaries of a card. */
  readonly nom: string
  readonly prenom: string
  /** `AAAA-MM-JJ`. */
  readonly dateNaissance: string
  readonly rangNaissance: number
  /** 13 characters; only when the card holds the beneficiary's own certified number. */
  readonly matriculeIndividu?: string
  /** 13 characters: the number printed on the card, the insured's. */
  readonly matriculeOuvrantDroit: string
}

/** What the practice asks of INSi. Nothing here throws. */
export interface Insi {
  /** One call. Several given names are several `Prenom`. */
  chercherParTraits(traits: TraitsRecherche, carte: CarteProfessionnelle): Promise<ReponseInsi>
  chercherParCarteVitale(beneficiaire: BeneficiaireVitale, carte: CarteProfessionnelle): Promise<ReponseInsi>
}

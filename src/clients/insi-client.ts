import type { OperationInsi } from '#standards/ins/insi-names.ts'
import type { TraitsRecherche } from '#standards/ins/traits.ts'
import type { CarteProfessionnelle } from './carte.ts'
import { type Acces, envoyer, lireOuPanne, texteDe } from './http.ts'
import { contentTypeInsi, type Emission, readReponseInsi, rechercheTraits, rechercheVitale } from './insi-messages.ts'
import type { BeneficiaireVitale, Insi, ReponseInsi } from './insi-port.ts'

export interface OptionsClient {
  readonly acces: Acces
  /** Milliseconds since the Unix epoch: the time written in the messages. */
  readonly now: () => number
  readonly newId: () => string
}

/** INSi over HTTP, as an editor would write it. @see insi.md §1 */
export class InsiClient implements Insi {
  readonly #options: OptionsClient

  constructor(options: OptionsClient) {
    this.#options = options
  }

  chercherParTraits(traits: TraitsRecherche, carte: CarteProfessionnelle): Promise<ReponseInsi> {
    return this.#appeler('rechercherInsAvecTraitsIdentite', rechercheTraits(traits, this.#emission(carte)))
  }

  chercherParCarteVitale(beneficiaire: BeneficiaireVitale, carte: CarteProfessionnelle): Promise<ReponseInsi> {
    return this.#appeler('rechercherInsAvecCarteVitale', rechercheVitale(beneficiaire, this.#emission(carte)))
  }

  #emission(carte: CarteProfessionnelle): Emission {
    return { carte, maintenant: this.#options.now(), newId: this.#options.newId }
  }

  async #appeler(operation: OperationInsi, body: string): Promise<ReponseInsi> {
    const reponse = await envoyer(this.#options.acces, '/insi/lps', { method: 'POST', headers: { 'Content-Type': contentTypeInsi(operation) }, body })
    if (reponse.issue === 'panne') return reponse
    return lireOuPanne(reponse, () => readReponseInsi(texteDe(reponse)))
  }
}

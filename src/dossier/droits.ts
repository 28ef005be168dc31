import { reglesRniv } from '#standards/ins/rules-rniv.ts'
import type { Rule } from '#standards/rule.ts'
import type { CarteProfessionnelle } from '../clients/carte.ts'
import { reglesCabinet } from './rules.ts'

/** What someone at the desk may want to do. */
export type Geste =
  | 'interroger INSi'
  | 'qualifier une identité'
  | 'attester connaître le patient'
  | 'recueillir un consentement'
  | 'valider un document'
  | 'alimenter le DMP'
  | 'consulter le DMP'

/**
 * The rule that forbids this act with this card, or null when it is allowed. The card is the person: a professional's card left in the
 * reader is never used for somebody else.
 * @see functional.md §4.12 ; dmp.md §5.1
 */
export function interdit(carte: Pick<CarteProfessionnelle, 'genre' | 'nominative'>, geste: Geste): Rule | null {
  switch (geste) {
    case 'interroger INSi':
    case 'qualifier une identité':
      return carte.nominative ? null : reglesCabinet['CABINET-CPE-NOMINATIVE']
    case 'attester connaître le patient':
      return carte.genre === 'CPS' ? null : reglesRniv['RNIV-PATIENT-CONNU']
    case 'valider un document':
      return carte.genre === 'CPS' ? null : reglesCabinet['CABINET-AUTEUR-PROFESSIONNEL']
    case 'consulter le DMP':
      return carte.genre === 'CPS' ? null : reglesCabinet['CABINET-SECRETARIAT-NE-LIT-PAS']
    case 'recueillir un consentement':
    case 'alimenter le DMP':
      return null
  }
}

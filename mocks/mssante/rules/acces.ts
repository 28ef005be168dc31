import type { Rule } from '#standards/rule.ts'
import { reglesMss } from '../rules-register.ts'

/** No, in the words of a mail server. */
export interface RefusMss {
  readonly refused: Rule
  /** SMTP reply code. */
  readonly code: 451 | 501 | 535 | 550 | 552 | 553 | 554
  /** Enhanced status code. @see RFC 3463 */
  readonly etendu: string
  /** French. */
  readonly about: string
}

export const estRefusMss = (value: unknown): value is RefusMss => typeof value === 'object' && value !== null && 'refused' in value

export const refusMss = (regle: keyof typeof reglesMss, code: RefusMss['code'], etendu: string, about: string): RefusMss => ({
  refused: reglesMss[regle],
  code,
  etendu,
  about,
})

/** Who opens a mailbox, once authenticated. */
export interface Identite {
  /** By a Pro Santé Connect token, or by a client certificate of an organisation. */
  readonly moyen: 'PSC' | 'certificat'
  /** National id: of the professional or employee, or of the structure of the certificate. */
  readonly identifiant: string
  readonly nom: string
}

interface Boite {
  readonly type: 'PER' | 'ORG' | 'APP' | 'CAB'
  readonly structure: string
  readonly titulaires: readonly string[]
  readonly delegues: readonly string[]
  readonly fermee: boolean
}

/** Undefined when this identity may open and use the mailbox. */
export function controlerOuverture(
  boite: Boite | undefined,
  { conforme }: { readonly conforme: boolean },
  { moyen, identifiant }: Identite,
): RefusMss | undefined {
  if (!boite) return refusMss('MSS-BAL-TITULAIRE', 535, '5.7.8', 'cette boîte n’existe pas, ou n’est pas la vôtre')
  if (boite.fermee) return refusMss('MSS-BAL-FERMEE', 535, '5.7.8', 'cette boîte est fermée par son opérateur')
  if (!conforme)
    return refusMss('MSS-OPERATEUR-CONFORME', 535, '5.7.8', 'l’opérateur de cette boîte n’est pas conforme : un logiciel Ségur ne l’ouvre pas')
  if (moyen === 'certificat')
    return boite.type === 'APP' && boite.structure === identifiant
      ? undefined
      : refusMss('MSS-BAL-APP-CERTIFICAT', 535, '5.7.8', 'ce certificat d’organisation n’ouvre que les boîtes applicatives de sa structure')
  if (boite.type === 'APP')
    return refusMss('MSS-BAL-APP-CERTIFICAT', 535, '5.7.8', 'une boîte applicative s’ouvre par certificat, pas par Pro Santé Connect')
  return [...boite.titulaires, ...boite.delegues].includes(identifiant)
    ? undefined
    : refusMss('MSS-BAL-TITULAIRE', 535, '5.7.8', 'cette boîte n’existe pas, ou n’est pas la vôtre')
}

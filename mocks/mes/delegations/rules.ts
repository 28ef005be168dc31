import { defineRules } from '#standards/rule.ts'
import { addDuration, readDuration } from '../../kit/duration.ts'
import { AGE_DE_LA_MAJORITE, type Qualite, type Refus } from '../rules.ts'
import { connaitEvenement, type Delegation, type EvenementDelegation, type TypeDelegation, vive } from './lifecycle.ts'

/** @see functional.md §2.5 */
export const reglesDelegations = defineRules('mocks/mes/delegations/rules.ts', {
  'MES-DELEGATION-TROUVEE': {
    sentence:
      'La personne désignée se cherche par son nom et sa date de naissance, ou par son matricule et sa date de naissance ; une seule autre doit répondre.',
    source: 'ens-mobile, août 2025 ; la combinaison exacte est déduite',
    certainty: 'vérifié',
  },
  'MES-DELEGATION-ACTIVE': {
    sentence: 'La personne désignée a elle-même un profil activé.',
    source: 'ens-mobile, août 2025',
    certainty: 'vérifié',
  },
  'MES-DELEGATION-MAJEUR': {
    sentence: 'La personne désignée est majeure.',
    source: 'Un mineur n’agit pas seul sur son propre profil (L.1111-14) ; functional.md §2.5',
    certainty: 'déduit',
  },
  'MES-DELEGATION-ATTESTATION': {
    sentence: 'Qui invite et qui accepte le déclarent sur l’honneur ; le second représentant légal déclare exercer l’autorité parentale.',
    source: 'ens-mobile, août 2025',
    certainty: 'vérifié',
  },
  'MES-DELEGATION-DEJA': {
    sentence: 'Une personne n’est pas désignée deux fois pour le même profil.',
    source: 'ens-mobile, août 2025',
    certainty: 'vérifié',
  },
  'MES-DELEGATION-AUTRE': {
    sentence: 'Qui a déjà accès au profil à un autre titre (représentant légal, tuteur, curateur) n’en devient pas l’aidant.',
    source: 'ens-mobile, août 2025 : « une autre délégation existe »',
    certainty: 'vérifié',
  },
  'MES-DELEGATION-EN-ATTENTE': {
    sentence: 'Une invitation qui attend sa réponse n’est pas envoyée une seconde fois.',
    source: 'ens-mobile, août 2025',
    certainty: 'vérifié',
  },
  'MES-DELEGATION-3-AIDANTS': {
    sentence: 'Un profil a trois aidants au plus ; une invitation en attente compte.',
    source: 'ens-mobile, août 2025 ; compter les invitations est propre au bac à sable',
    certainty: 'vérifié',
  },
  'MES-DELEGATION-5-AIDES': {
    sentence: 'Un aidant aide cinq personnes au plus.',
    source: 'ens-mobile, août 2025',
    certainty: 'vérifié',
  },
  'MES-DELEGATION-EXPIREE': {
    sentence: 'Une invitation sans réponse expire ; le délai n’est pas publié, celui du bac à sable se règle.',
    source: 'ens-mobile, état EXPIRED ; délai propre au bac à sable',
    certainty: 'propre au bac à sable',
  },
  'MES-DELEGATION-ETAT': {
    sentence: 'Une délégation s’accepte, se refuse ou s’arrête dans les états qui le prévoient, par celui des deux à qui cela revient.',
    source: 'functional.md §2.5',
    certainty: 'déduit',
  },
  'MES-DELEGATION-PREUVE': {
    sentence: 'La preuve d’une délégation acceptée est rangée dans les documents de la personne aidée.',
    source: 'ens-mobile, août 2025 (un PDF ; ici un texte)',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/delegations/preuve.ts',
  },
  'MES-DELEGATION-FIN': {
    sentence: 'L’un ou l’autre met fin à la délégation à tout moment, avec effet immédiat, et l’autre en est prévenu.',
    source: 'ens-mobile, codes REVOCATION_PAR_AIDANT et REVOCATION_PAR_AIDE',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/delegations/delegation.ts',
  },
  'MES-DELEGATION-SECOND-RL': {
    sentence: 'Le premier représentant légal d’un mineur invite le second et voit « en attente » jusqu’à sa réponse ; tous deux sont prévenus.',
    source: 'ens-mobile, août 2025',
    certainty: 'vérifié',
  },
  'MES-MAJORITE-RAPPEL': {
    sentence: 'À dix-huit ans, le titulaire est prévenu qu’il confirme lui-même ses choix, et ses représentants légaux le sont aussi.',
    source: 'ens-mobile, codes RAPPEL_CONSENT_PASSAGE_MAJO et RAPPEL_CONSENT_RL_PASSAGE_MAJO',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/delegations/majorite.ts',
  },
  'MES-MAJORITE-FIN-RL': {
    sentence: 'À dix-huit ans, le représentant légal n’a plus accès au profil.',
    source: 'functional.md §2.5',
    certainty: 'déduit',
    enforcedIn: 'mocks/mes/rules.ts',
  },
})

export const MAXIMUMS = { aidants: 3, aides: 5 } as const

/** Ours: no delay is published. ISO 8601. */
export const DELAI_INVITATION = 'P30D'

/** When the invitation lapses. @param duree ISO 8601 */
export const finDeLInvitation = (demandeLe: number, duree: string): number => addDuration(demandeLe, readDuration(duree)!)

/** What is known of the two when one is named. */
export interface Designation {
  readonly type: Exclude<TypeDelegation, 'ASSISTANCE'>
  readonly attestation: boolean
  /** Of the holder, whole years. */
  readonly age: number
  /** In which capacity the invitation is made. */
  readonly qualite: Qualite
  readonly delegue: { readonly actif: boolean; readonly age: number; readonly deja: Qualite | undefined }
  /** Of this kind on this profile. `lui`: with this very person. */
  readonly vives: readonly { readonly etat: 'PENDING' | 'ACCEPTED'; readonly lui: boolean }[]
  /** How many people the named one already helps. */
  readonly aides: number
}

const non = (code: keyof typeof reglesDelegations, about: string, statut?: Refus['statut']): Refus => ({
  refused: reglesDelegations[code],
  about,
  ...(statut && { statut }),
})

/** May this person be named? In the order in which the refusals help. */
export function refusDeDesignation({ type, attestation, age, qualite, delegue, vives, aides }: Designation): Refus | undefined {
  if (type === 'LEGAL_REPRESENTATION' && (age >= AGE_DE_LA_MAJORITE || qualite !== 'représentant légal'))
    return non('MES-DELEGATION-SECOND-RL', 'seul le représentant légal d’un mineur invite un second représentant légal', 403)
  if (!attestation) return non('MES-DELEGATION-ATTESTATION', 'la déclaration sur l’honneur n’a pas été faite', 422)
  if (delegue.deja === (type === 'CAREGIVING' ? 'aidant' : 'représentant légal'))
    return non('MES-DELEGATION-DEJA', `cette personne est déjà ${type === 'CAREGIVING' ? 'aidante' : 'représentante légale'}`)
  if (delegue.deja !== undefined && type === 'CAREGIVING')
    return non('MES-DELEGATION-AUTRE', `cette personne a déjà accès au profil : ${delegue.deja}`)
  if (vives.some(({ lui, etat }) => lui && etat === 'PENDING'))
    return non('MES-DELEGATION-EN-ATTENTE', 'une invitation attend déjà la réponse de cette personne')
  if (delegue.age < AGE_DE_LA_MAJORITE) return non('MES-DELEGATION-MAJEUR', 'cette personne est mineure')
  if (!delegue.actif) return non('MES-DELEGATION-ACTIVE', 'cette personne n’a pas activé son propre profil')
  if (type !== 'CAREGIVING') return undefined
  if (vives.length >= MAXIMUMS.aidants) return tropDAidants
  return aides >= MAXIMUMS.aides ? tropDAides : undefined
}

const tropDAidants = non('MES-DELEGATION-3-AIDANTS', `${MAXIMUMS.aidants} aidants sont déjà désignés ou invités : retirez-en un d’abord`)
const tropDAides = non('MES-DELEGATION-5-AIDES', `cette personne aide déjà ${MAXIMUMS.aides} personnes`)

/** The invitation is answered, later than it was made: limits and accounts may have changed. */
export function refusDAcceptation(
  { type }: { readonly type: TypeDelegation },
  { attestation, actif, aides, aidants }: { attestation: boolean; actif: boolean; aides: number; aidants: number },
): Refus | undefined {
  if (!attestation) return non('MES-DELEGATION-ATTESTATION', 'la déclaration sur l’honneur n’a pas été faite', 422)
  if (!actif) return non('MES-DELEGATION-ACTIVE', 'votre propre profil n’est pas activé')
  if (type !== 'CAREGIVING') return undefined
  if (aides >= MAXIMUMS.aides) return tropDAides
  return aidants >= MAXIMUMS.aidants ? tropDAidants : undefined
}

/** The state does not take it. */
export function refusDEtat(delegation: Delegation, evenement: Pick<EvenementDelegation, 'type' | 'le'>): Refus | undefined {
  const { etat, contexte } = delegation
  const depassee = etat === 'PENDING' && contexte.finLe !== null && evenement.le >= contexte.finLe
  if (etat === 'EXPIRED' || (depassee && evenement.type !== 'titulaire.revoque'))
    return non('MES-DELEGATION-EXPIREE', 'cette invitation a expiré : il en faut une nouvelle')
  if (!connaitEvenement(delegation, evenement.type))
    return non('MES-DELEGATION-ETAT', vive(delegation) ? 'cet acte ne va pas avec l’état de la délégation' : 'cette délégation est déjà terminée')
  return undefined
}

export const introuvable = (about: string): Refus => non('MES-DELEGATION-TROUVEE', about, 422)

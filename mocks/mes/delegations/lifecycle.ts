import { assign, setup, transition } from 'xstate'

/**
 * `ASSISTANCE`: a curator let in, a word of ours; the other two are published.
 * @see data/mes-functional-codes.json, delegation
 */
export type TypeDelegation = 'CAREGIVING' | 'LEGAL_REPRESENTATION' | 'ASSISTANCE'

/** The first four are those of an invitation; how an accepted delegation ends is ours. */
export type EtatDelegation = 'PENDING' | 'ACCEPTED' | 'REFUSED' | 'EXPIRED' | 'REVOKED_BY_AIDANT' | 'REVOKED_BY_AIDE' | 'ENDED'

export const ETATS_DELEGATION: Readonly<Record<EtatDelegation, string>> = {
  PENDING: 'En attente de réponse',
  ACCEPTED: 'Acceptée',
  REFUSED: 'Refusée',
  EXPIRED: 'Invitation expirée',
  REVOKED_BY_AIDANT: 'Arrêtée par la personne désignée',
  REVOKED_BY_AIDE: 'Retirée par le titulaire',
  ENDED: 'Terminée à la majorité',
}

interface ContexteDelegation {
  /** Simulated milliseconds, like the others. */
  readonly demandeLe: number
  /** Until when the invitation may be answered; null once it was, or when nobody has to answer. */
  readonly finLe: number | null
  /** Entry in the present state. */
  readonly depuis: number
}

/** Who, then what. `delegue`: whoever is named; `titulaire`: the holder's side. */
export type EvenementDelegation = { readonly le: number } & (
  | { readonly type: 'delegue.accepte'; readonly attestation: boolean }
  | { readonly type: 'delegue.refuse' }
  | { readonly type: 'delegue.revoque' }
  /** The holder lets the curator in: nobody has to accept. */
  | { readonly type: 'titulaire.admet' }
  /** Also takes back an invitation that waits. */
  | { readonly type: 'titulaire.revoque' }
  | { readonly type: 'delai.invitation' }
  | { readonly type: 'delai.majorite' }
)

export interface Delegation {
  readonly etat: EtatDelegation
  readonly contexte: ContexteDelegation
}

/** Life of one delegation. No clock in it: `finLe` is turned into a timer of the world. @see functional.md §2.5 */
export const cycleDeDelegation = setup({
  types: { context: {} as ContexteDelegation, events: {} as EvenementDelegation },
  guards: {
    /** MES-DELEGATION-ATTESTATION, MES-DELEGATION-EXPIREE: a setting may have shortened the delay since. */
    attestee: ({ context, event }) => event.type === 'delegue.accepte' && event.attestation && (context.finLe === null || event.le < context.finLe),
  },
  actions: { noteEntree: assign(({ event }) => ({ depuis: event.le, finLe: null })) },
}).createMachine({
  id: 'delegation',
  initial: 'PENDING',
  context: { demandeLe: 0, finLe: null, depuis: 0 },
  states: {
    PENDING: {
      on: {
        'delegue.accepte': { guard: 'attestee', target: 'ACCEPTED' },
        'delegue.refuse': 'REFUSED',
        'titulaire.admet': 'ACCEPTED',
        'titulaire.revoque': 'REVOKED_BY_AIDE',
        'delai.invitation': 'EXPIRED',
        'delai.majorite': 'ENDED',
      },
    },
    ACCEPTED: {
      entry: 'noteEntree',
      on: { 'delegue.revoque': 'REVOKED_BY_AIDANT', 'titulaire.revoque': 'REVOKED_BY_AIDE', 'delai.majorite': 'ENDED' },
    },
    REFUSED: { entry: 'noteEntree' },
    EXPIRED: { entry: 'noteEntree' },
    REVOKED_BY_AIDANT: { entry: 'noteEntree' },
    REVOKED_BY_AIDE: { entry: 'noteEntree' },
    ENDED: { entry: 'noteEntree' },
  },
})

const instantane = ({ etat, contexte }: Delegation) => cycleDeDelegation.resolveState({ value: etat, context: contexte })

/** The delegation after an event, or undefined when the machine does not take it: wrong state, or a guard says no. */
export function appliquerDelegation(delegation: Delegation, evenement: EvenementDelegation): Delegation | undefined {
  const avant = instantane(delegation)
  if (!avant.can(evenement)) return undefined
  const [apres] = transition(cycleDeDelegation, avant, evenement)
  return { etat: apres.value, contexte: apres.context }
}

/** Whether the state knows this event at all, whatever its guard says. */
export const connaitEvenement = (delegation: Delegation, type: EvenementDelegation['type']): boolean =>
  instantane(delegation)._nodes.some((noeud) => (noeud.ownEvents as readonly string[]).includes(type))

/** Asked for or running: what counts and what forbids another. */
export const vive = ({ etat }: Pick<Delegation, 'etat'>): boolean => etat === 'PENDING' || etat === 'ACCEPTED'

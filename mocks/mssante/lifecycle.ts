import { setup, transition } from 'xstate'

/** Right of a patient to write to a mailbox. @see mssante.md §4.3 */
export type EtatContact = 'NONE' | 'OPEN' | 'CLOSED'

export type EvenementContact =
  /** A mail without end mark; row 1, 3, 7. */
  | { type: 'professionnel.ecrit' }
  /** `X-MSS-MES: FIN`, or a subject that is exactly `[FIN]`; rows 2, 4, 5, 8. */
  | { type: 'professionnel.cloture' }
  /** A new conversation with a pharmacy in reach; row 14. */
  | { type: 'patient.choisitPharmacie'; joignable: boolean }

/** @see mssante.md §4.1 and §4.3 */
export const cycleDuContact = setup({
  types: { events: {} as EvenementContact },
  guards: {
    /** MSS-PHARMACIE-JOIGNABLE */
    pharmacieJoignable: (_, { joignable }: { joignable: boolean }) => joignable,
  },
}).createMachine({
  id: 'contact',
  initial: 'NONE',
  on: { 'professionnel.ecrit': '.OPEN', 'professionnel.cloture': '.CLOSED' },
  states: {
    NONE: {
      on: {
        'patient.choisitPharmacie': {
          guard: { type: 'pharmacieJoignable', params: ({ event }) => ({ joignable: event.joignable }) },
          target: 'OPEN',
        },
      },
    },
    OPEN: {},
    CLOSED: {},
  },
})

/** The next state; the same when the event changes nothing. */
export function prochainContact(etat: EtatContact, event: EvenementContact): EtatContact {
  const [next] = transition(cycleDuContact, cycleDuContact.resolveState({ value: etat }), event)
  return next.value as EtatContact
}

import { setup, transition } from 'xstate'

/** Where a batch of verifications stands. */
export type EtatLot = 'depose' | 'traite' | 'recupere'

export type EvenementLot =
  /** The simulated clock passed the end of the delay. */
  { type: 'insi.traite' } | { type: 'depositaire.recupere' }

/**
 * Life of a batch: deposited, treated after a delay, retrieved as often as one likes. Only the existence of the operation is public; this
 * life is the sandbox's own.
 */
const lotLifecycle = setup({ types: { events: {} as EvenementLot } }).createMachine({
  id: 'lot',
  initial: 'depose',
  states: {
    depose: { on: { 'insi.traite': 'traite' } },
    traite: { on: { 'depositaire.recupere': 'recupere' } },
    recupere: { on: { 'depositaire.recupere': 'recupere' } },
  },
})

/** The next state, or null when the event has no meaning there. */
export function nextEtatLot(etat: EtatLot, event: EvenementLot): EtatLot | null {
  const snapshot = lotLifecycle.resolveState({ value: etat })
  if (!snapshot.can(event)) return null
  const [next] = transition(lotLifecycle, snapshot, event)
  return next.value
}

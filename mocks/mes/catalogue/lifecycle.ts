import { assign, setup, transition } from 'xstate'
import type { FinaliteCode } from './finalites.ts'

/** State of the pairing of one profile with one service; `sansSuite`: refused, expired or ended, and it may be asked for again. */
export type EtatAppariement = 'demande' | 'synchronise' | 'aRenouveler' | 'aConfirmer' | 'sansSuite'

type FinAppariement = 'refus' | 'demande expirée' | 'non renouvelé' | 'titulaire' | 'service' | 'déréférencement'

interface ContexteAppariement {
  /** What the service asks for. */
  readonly demandees: readonly FinaliteCode[]
  /** What the holder allows. */
  readonly finalites: readonly FinaliteCode[]
  readonly demandeLe: number
  /** Last consent, simulated milliseconds. */
  readonly consentiLe: number | null
  /** Date by which a request is answered or a consent renewed. */
  readonly limite: number | null
  readonly fin: FinAppariement | null
}

/** Who, then what. */
export type EvenementAppariement = { readonly le: number } & (
  | { readonly type: 'service.demande'; readonly demandees: readonly FinaliteCode[]; readonly limite: number }
  /** Consents, changes, renews or confirms, according to the state. */
  | { readonly type: 'patient.consent'; readonly finalites: readonly FinaliteCode[] }
  | { readonly type: 'patient.desynchronise' }
  | { readonly type: 'service.desynchronise' }
  /** What the service asks for has changed. */
  | { readonly type: 'service.change'; readonly demandees: readonly FinaliteCode[]; readonly limite: number }
  | { readonly type: 'catalogue.dereference' }
  | { readonly type: 'patient.majorite' }
  | { readonly type: 'delai.limite' }
)

const fin = (motif: FinAppariement) => ({ target: 'sansSuite' as const, actions: { type: 'noteFin' as const, params: { motif } } })

const FINS = {
  'patient.desynchronise': fin('titulaire'),
  'service.desynchronise': fin('service'),
  'catalogue.dereference': fin('déréférencement'),
}
const CONSENT = { target: 'synchronise', actions: 'noteConsentement' } as const

/** Life of a pairing. No clock in it: `limite` is turned into a timer of the world. @see functional.md §3.7 */
export const cycleAppariement = setup({
  types: { context: {} as ContexteAppariement, events: {} as EvenementAppariement },
  actions: {
    noteDemande: assign(({ event }) =>
      event.type === 'service.demande'
        ? { demandees: event.demandees, finalites: [], demandeLe: event.le, consentiLe: null, limite: event.limite, fin: null }
        : {},
    ),
    noteConsentement: assign(({ event }) =>
      event.type === 'patient.consent' ? { finalites: event.finalites, consentiLe: event.le, limite: null } : {},
    ),
    noteChangement: assign(({ event }) => (event.type === 'service.change' ? { demandees: event.demandees, limite: event.limite } : {})),
    noteFin: assign((_, { motif }: { motif: FinAppariement }) => ({ fin: motif, finalites: [], limite: null })),
  },
}).createMachine({
  id: 'appariement',
  initial: 'sansSuite',
  context: { demandees: [], finalites: [], demandeLe: 0, consentiLe: null, limite: null, fin: null },
  states: {
    sansSuite: { on: { 'service.demande': { target: 'demande', actions: 'noteDemande' } } },
    demande: {
      on: {
        'service.demande': { target: 'demande', actions: 'noteDemande' },
        'patient.consent': CONSENT,
        'patient.desynchronise': fin('refus'),
        'service.desynchronise': fin('service'),
        'catalogue.dereference': fin('déréférencement'),
        'delai.limite': fin('demande expirée'),
      },
    },
    synchronise: {
      on: {
        ...FINS,
        'patient.consent': CONSENT,
        'service.change': { target: 'aRenouveler', actions: 'noteChangement' },
        'patient.majorite': 'aConfirmer',
      },
    },
    aRenouveler: {
      on: {
        ...FINS,
        'patient.consent': CONSENT,
        'service.change': { target: 'aRenouveler', actions: 'noteChangement' },
        'patient.majorite': 'aConfirmer',
        'delai.limite': fin('non renouvelé'),
      },
    },
    aConfirmer: {
      on: {
        ...FINS,
        'patient.consent': CONSENT,
        // What is confirmed is the new version; the date limit still holds.
        'service.change': { target: 'aConfirmer', actions: 'noteChangement' },
        'delai.limite': fin('non renouvelé'),
      },
    },
  },
})

export interface Appariement {
  readonly etat: EtatAppariement
  readonly contexte: ContexteAppariement
}

export const APPARIEMENT_VIDE: Appariement = {
  etat: 'sansSuite',
  contexte: { demandees: [], finalites: [], demandeLe: 0, consentiLe: null, limite: null, fin: null },
}

/** The pairing after an event, or undefined when the machine does not take it. */
export function appliquerAppariement({ etat, contexte }: Appariement, evenement: EvenementAppariement): Appariement | undefined {
  const avant = cycleAppariement.resolveState({ value: etat, context: contexte })
  if (!avant.can(evenement)) return undefined
  const [apres] = transition(cycleAppariement, avant, evenement)
  return { etat: apres.value, contexte: apres.context }
}

/** States in which what the holder allowed may be used. */
export const accede = (etat: EtatAppariement): boolean => etat === 'synchronise' || etat === 'aRenouveler'

export const ETATS_APPARIEMENT: Readonly<Record<EtatAppariement, string>> = {
  demande: 'En attente de votre accord',
  synchronise: 'Synchronisé',
  aRenouveler: 'Accord à renouveler',
  aConfirmer: 'Accord à confirmer',
  sansSuite: 'Non synchronisé',
}

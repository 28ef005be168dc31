import { assign, setup } from 'xstate'

export interface ContexteSuivi {
  /** Ids of the steps, in order. */
  readonly etapes: readonly string[]
  /** Ids of the steps done, whatever the order they were done in. */
  readonly faites: readonly string[]
  /** Hints shown so far, by step. */
  readonly indices: Readonly<Record<string, number>>
  /** Steps the demonstration did in the trainee's place. */
  readonly montrees: readonly string[]
  /** What went wrong while it was shown, `''` when nothing did. */
  readonly incident: string
}

export type EvenementSuivi =
  /** What really happened satisfies these steps. */
  | { type: 'constat.arrive'; faites: readonly string[] }
  | { type: 'apprenant.demandeIndice'; etape: string; combien: number }
  | { type: 'apprenant.delegue'; etape: string }
  | { type: 'formateur.lance' }
  | { type: 'formateur.suspend' }
  | { type: 'demonstration.finit' }
  | { type: 'demonstration.echoue'; incident: string }
  | { type: 'formateur.recommence' }

/**
 * Follows a trainee through a scenario. Steps are recognised from what really happened, in any order; once seen, a step stays done.
 * `exercice`: the trainee acts. `demonstration`: the player acts. `termine`: everything was seen.
 */
export const suiviScenario = setup({
  types: { context: {} as ContexteSuivi, events: {} as EvenementSuivi, input: {} as { etapes: readonly string[] } },
  guards: {
    toutEstFait: ({ context }) => context.etapes.every((id) => context.faites.includes(id)),
    resteAFaire: (_, params: { etape: string; faites: readonly string[] }) => !params.faites.includes(params.etape),
  },
  actions: {
    constate: assign({
      faites: ({ context }, params: { faites: readonly string[] }) =>
        context.etapes.filter((id) => context.faites.includes(id) || params.faites.includes(id)),
    }),
    donneIndice: assign({
      indices: ({ context }, { etape, combien }: { etape: string; combien: number }) => ({
        ...context.indices,
        [etape]: Math.min((context.indices[etape] ?? 0) + 1, combien),
      }),
    }),
    noteMontree: assign({
      montrees: ({ context }, params: { etape: string }) =>
        context.montrees.includes(params.etape) ? context.montrees : [...context.montrees, params.etape],
    }),
    noteIncident: assign({ incident: (_, params: { incident: string }) => params.incident }),
    oublieIncident: assign({ incident: '' }),
    oublieTout: assign({ faites: [], indices: {}, montrees: [], incident: '' }),
  },
}).createMachine({
  id: 'suiviScenario',
  context: ({ input }) => ({ etapes: input.etapes, faites: [], indices: {}, montrees: [], incident: '' }),
  initial: 'exercice',
  on: {
    'constat.arrive': { actions: { type: 'constate', params: ({ event }) => ({ faites: event.faites }) } },
    'formateur.recommence': { target: '.exercice', actions: 'oublieTout' },
  },
  states: {
    exercice: {
      always: { guard: 'toutEstFait', target: 'termine' },
      on: {
        'apprenant.demandeIndice': { actions: { type: 'donneIndice', params: ({ event }) => ({ etape: event.etape, combien: event.combien }) } },
        'apprenant.delegue': {
          guard: { type: 'resteAFaire', params: ({ context, event }) => ({ etape: event.etape, faites: context.faites }) },
          target: 'demonstration',
          actions: ['oublieIncident', { type: 'noteMontree', params: ({ event }) => ({ etape: event.etape }) }],
        },
        'formateur.lance': { target: 'demonstration', actions: 'oublieIncident' },
      },
    },
    demonstration: {
      on: {
        'formateur.suspend': { target: 'exercice' },
        'demonstration.finit': { target: 'exercice' },
        'demonstration.echoue': { target: 'exercice', actions: { type: 'noteIncident', params: ({ event }) => ({ incident: event.incident }) } },
      },
    },
    termine: {},
  },
})

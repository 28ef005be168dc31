import { assign, fromPromise, setup } from 'xstate'
import type { Panne, Refus } from '../clients/http.ts'
import type { BeneficiaireVitale, IdentiteRendue } from '../clients/insi-port.ts'
import type { EssaiInsi, ResultatProcedure } from '../clients/insi-procedure.ts'
import type { ModeInsi } from '../dossier/identite.ts'
import type { TraitsLocaux } from '../dossier/patient.ts'
import { comparerTraits, type EcartTrait } from '../dossier/traits-saisis.ts'

/** How INSi is asked: with what is typed, or with what the card says of one beneficiary. */
export type DemandeInsi =
  | { readonly mode: 'traits'; readonly traits: TraitsLocaux }
  | { readonly mode: 'carte Vitale'; readonly beneficiaire: BeneficiaireVitale; readonly traits: TraitsLocaux }

export interface ContexteInsi {
  readonly demande: DemandeInsi | null
  readonly essais: readonly EssaiInsi[]
  readonly rendue: IdentiteRendue | null
  readonly ecarts: readonly EcartTrait[]
  readonly faute: Refus | Panne | null
  /** Why the practice itself refused the acceptance, `''` when it did not. */
  readonly refusLocal: string
}

export type EvenementInsi =
  | { type: 'agent.lanceRecherche'; demande: DemandeInsi }
  /** The returned identity is this patient's. */
  | { type: 'agent.accepte' }
  /** The returned identity is somebody else's, or nothing can be done with the answer. */
  | { type: 'agent.ecarte' }
  | { type: 'agent.recommence' }

const VIDE: ContexteInsi = { demande: null, essais: [], rendue: null, ecarts: [], faute: null, refusLocal: '' }

/**
 * Asking INSi for one patient, as the desk lives it. `rechercher` and `accepter` are provided by whoever starts the actor.
 * @see functional.md §4.1, steps 3 and 4
 */
export const insiConversation = setup({
  types: { context: {} as ContexteInsi, events: {} as EvenementInsi },
  actors: {
    rechercher: fromPromise<ResultatProcedure, DemandeInsi>(() => Promise.reject(new Error('rechercher is to be provided'))),
    /** Writes the acceptance in the record; gives `''`, or why it was refused. */
    accepter: fromPromise<string, { rendue: IdentiteRendue; mode: ModeInsi }>(() => Promise.reject(new Error('accepter is to be provided'))),
  },
  guards: {
    uneSeuleIdentite: (_, params: { resultat: ResultatProcedure }) => params.resultat.reponse.issue === 'trouvee',
    aucuneIdentite: (_, params: { resultat: ResultatProcedure }) => params.resultat.reponse.issue === 'aucune',
    plusieursIdentites: (_, params: { resultat: ResultatProcedure }) => params.resultat.reponse.issue === 'plusieurs',
    acceptationEcrite: (_, params: { refus: string }) => params.refus === '',
  },
  actions: {
    oublie: assign(VIDE),
    noteDemande: assign((_, params: { demande: DemandeInsi }) => ({ ...VIDE, demande: params.demande })),
    noteReponse: assign(({ context }, { resultat }: { resultat: ResultatProcedure }) => {
      const { reponse, essais } = resultat
      const rendue = reponse.issue === 'trouvee' ? reponse.identite : null
      return {
        essais,
        rendue,
        ecarts: rendue && context.demande ? comparerTraits(context.demande.traits, rendue.traits) : [],
        faute: reponse.issue === 'refus' || reponse.issue === 'panne' ? reponse : null,
      }
    }),
    noteRefusLocal: assign({ refusLocal: (_, params: { refus: string }) => params.refus }),
    noteImprevu: assign({ faute: (): Panne => ({ issue: 'panne', parti: true, texte: 'La réponse n’a pas pu être lue.' }) }),
  },
}).createMachine({
  id: 'insiConversation',
  context: VIDE,
  initial: 'repos',
  states: {
    repos: {
      on: { 'agent.lanceRecherche': { target: 'recherche', actions: { type: 'noteDemande', params: ({ event }) => ({ demande: event.demande }) } } },
    },
    recherche: {
      invoke: {
        src: 'rechercher',
        input: ({ context }) => context.demande!,
        onDone: [
          { guard: { type: 'uneSeuleIdentite', params: ({ event }) => ({ resultat: event.output }) }, target: 'trouvee', actions: noteReponse() },
          { guard: { type: 'aucuneIdentite', params: ({ event }) => ({ resultat: event.output }) }, target: 'aucune', actions: noteReponse() },
          { guard: { type: 'plusieursIdentites', params: ({ event }) => ({ resultat: event.output }) }, target: 'plusieurs', actions: noteReponse() },
          { target: 'enDefaut', actions: noteReponse() },
        ],
        onError: { target: 'enDefaut', actions: 'noteImprevu' },
      },
    },
    trouvee: {
      on: {
        'agent.accepte': { target: 'acceptation' },
        'agent.ecarte': { target: 'repos', actions: 'oublie' },
      },
    },
    acceptation: {
      invoke: {
        src: 'accepter',
        input: ({ context }) => ({ rendue: context.rendue!, mode: context.demande!.mode }),
        onDone: [
          { guard: { type: 'acceptationEcrite', params: ({ event }) => ({ refus: event.output }) }, target: 'acceptee' },
          { target: 'trouvee', actions: { type: 'noteRefusLocal', params: ({ event }) => ({ refus: event.output }) } },
        ],
        onError: { target: 'trouvee', actions: { type: 'noteRefusLocal', params: { refus: 'La fiche n’a pas pu être enregistrée.' } } },
      },
    },
    acceptee: {
      on: { 'agent.lanceRecherche': { target: 'recherche', actions: { type: 'noteDemande', params: ({ event }) => ({ demande: event.demande }) } } },
    },
    aucune: rechercheFinie(),
    plusieurs: rechercheFinie(),
    enDefaut: rechercheFinie(),
  },
})

function noteReponse() {
  return { type: 'noteReponse', params: ({ event }: { event: { output: ResultatProcedure } }) => ({ resultat: event.output }) } as const
}

function rechercheFinie() {
  return {
    on: {
      'agent.lanceRecherche': {
        target: 'recherche',
        actions: { type: 'noteDemande', params: ({ event }: { event: { demande: DemandeInsi } }) => ({ demande: event.demande }) },
      },
      'agent.recommence': { target: 'recherche' },
      'agent.ecarte': { target: 'repos', actions: 'oublie' },
    },
  } as const
}

/** Cause and next act for what INSi answered, in plain French. */
export const SUITES_INSI = {
  aucune: {
    cause: 'INSi ne trouve personne avec ces traits.',
    suite:
      'Vérifiez le nom de naissance (pas le nom d’usage) et l’orthographe du prénom, essayez un autre prénom ou la carte Vitale. L’identité reste provisoire et les soins continuent.',
  },
  plusieurs: {
    cause: 'INSi trouve plusieurs personnes avec ces traits.',
    suite: 'Ajoutez les autres prénoms et le lieu de naissance (code Insee), ou lisez la carte Vitale.',
  },
  enDefaut: {
    cause: 'INSi n’a pas pu répondre.',
    suite: 'Ce n’est pas une réponse sur le patient. Recommencez plus tard : l’identité reste provisoire et les soins continuent.',
  },
} as const

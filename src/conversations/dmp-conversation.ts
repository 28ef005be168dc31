import { and, assign, fromPromise, not, setup } from 'xstate'
import type { CarteProfessionnelle } from '../clients/carte.ts'
import type { ActeDmp, FicheDmp, SituationDmp } from '../clients/dmp-port.ts'
import type { Panne, Refus } from '../clients/http.ts'
import { apresActe } from '../dossier/actes-dmp.ts'
import { obstacleConsultation, obstacleUrgence } from './consultation.ts'

/** What a service answered: its value, or why there is none. */
export type Obtenu<T> = T | Refus | Panne

export const estDefaut = (reponse: { readonly issue: string }): reponse is Refus | Panne => reponse.issue === 'refus' || reponse.issue === 'panne'

export interface Liste {
  readonly issue: 'trouve'
  readonly fiches: readonly FicheDmp[]
}

export interface Contenu {
  readonly issue: 'lu'
  readonly fiche: FicheDmp
  readonly mimeType: string
  readonly bytes: Uint8Array
}

/** What was done to one document of the list. */
export interface Modifie {
  readonly issue: 'modifie'
  readonly fiche: FicheDmp
  readonly acte: ActeDmp
}

export interface ContexteDmp {
  readonly carte: Pick<CarteProfessionnelle, 'genre' | 'nominative'>
  /** What the patient said of the consultation; null when not asked. */
  readonly accord: boolean | null
  readonly situation: SituationDmp | null
  readonly fiches: readonly FicheDmp[] | null
  /** Whether the list goes further back than two years. */
  readonly tout: boolean
  readonly contenu: Contenu | null
  /** Reason of the emergency access under way (bris de glace); null in ordinary times. */
  readonly urgence: string | null
  readonly defaut: Refus | Panne | null
}

export type EvenementDmp =
  /** The professional asks to read: the only moment the authorisation is asked for. */
  | { type: 'medecin.demandeConsultation' }
  /** Bris de glace, with the reason typed. */
  | { type: 'medecin.entreEnUrgence'; motif: string }
  | { type: 'medecin.demandeTout' }
  | { type: 'medecin.ouvreDocument'; fiche: FicheDmp }
  | { type: 'medecin.fermeDocument' }
  /** Confirmed by a person where it has no way back. */
  | { type: 'medecin.modifie'; fiche: FicheDmp; acte: ActeDmp }
  /** Written in the record by the desk; `false` also withdraws the authorisation at once. */
  | { type: 'patient.sePrononce'; accord: boolean | null }
  | { type: 'agent.actualise' }

export interface EntreeDmp {
  readonly carte: ContexteDmp['carte']
  readonly accord: boolean | null
}

type Fini<T> = { event: { output: T } }

const absent = (name: string) => () => Promise.reject(new Error(`${name} is to be provided`))

/**
 * The DMP of the patient whose file is open, seen from the desk. It asks for the state by itself (one TD0.2, no click); when the doctor
 * already may read, it also makes the one automatic search. Everything else waits for a person.
 * @see functional.md §4.3 ; EX_0.3-1030, EX_0.3-1040, EX_3.1-1090
 */
export const dmpConversation = setup({
  types: { context: {} as ContexteDmp, events: {} as EvenementDmp, input: {} as EntreeDmp },
  actors: {
    interroger: fromPromise<Obtenu<SituationDmp>>(absent('interroger')),
    autoriser: fromPromise<Obtenu<{ issue: 'fait'; texte: string }>, { action: 'AJOUT' | 'SUPPRESSION' }>(absent('autoriser')),
    chercher: fromPromise<Obtenu<Liste>, { tout: boolean; urgence: string | null }>(absent('chercher')),
    lire: fromPromise<Obtenu<Contenu>, { fiche: FicheDmp; urgence: string | null }>(absent('lire')),
    modifier: fromPromise<Obtenu<Modifie>, { fiche: FicheDmp; acte: ActeDmp }>(absent('modifier')),
  },
  guards: {
    /** Card of a professional, record open, patient who consented and did not block. */
    rienNEmpeche: ({ context }) => obstacleConsultation(context) === null,
    peutEntrerEnUrgence: ({ context, event }) => event.type === 'medecin.entreEnUrgence' && obstacleUrgence(context, event.motif) === null,
    dejaAutorise: ({ context }) => context.situation?.autorisation === 'VALIDE',
    enDefaut: (_, params: { reponse: { issue: string } }) => estDefaut(params.reponse),
    /** The patient said no and the authorisation still stands. A secretary's card may not remove it: the doctor's will. @see GIE-526 (TD0.3 SUPPRESSION) */
    autorisationDeTrop: ({ context }, params: { accord: boolean | null }) =>
      params.accord === false && context.carte.genre === 'CPS' && context.situation?.autorisation === 'VALIDE',
  },
  actions: {
    noteSituation: assign({
      situation: (_, params: { reponse: Obtenu<SituationDmp> }) => (estDefaut(params.reponse) ? null : params.reponse),
      defaut: null,
    }),
    noteAutorisation: assign({
      situation: ({ context }, params: { autorisation: SituationDmp['autorisation'] }) =>
        context.situation && { ...context.situation, autorisation: params.autorisation },
    }),
    noteListe: assign({
      fiches: (_, params: { reponse: Obtenu<Liste> }) => (estDefaut(params.reponse) ? null : params.reponse.fiches),
      defaut: null,
    }),
    noteContenu: assign({ contenu: (_, params: { reponse: Obtenu<Contenu> }) => (estDefaut(params.reponse) ? null : params.reponse), defaut: null }),
    /** The list follows by itself: another search would be told to the patient as one more. */
    noteModification: assign({
      fiches: ({ context }, params: { reponse: Obtenu<Modifie> }) =>
        estDefaut(params.reponse) || !context.fiches ? context.fiches : suivre(context.fiches, params.reponse),
      contenu: null,
      defaut: null,
    }),
    noteDefaut: assign({ defaut: (_, params: { reponse: { issue: string } }) => (estDefaut(params.reponse) ? params.reponse : null) }),
    noteImprevu: assign({ defaut: (): Panne => ({ issue: 'panne', parti: true, texte: 'La réponse du DMP n’a pas pu être lue.' }) }),
    noteAccord: assign({ accord: (_, params: { accord: boolean | null }) => params.accord }),
    /** An emergency access ends with what it opened. */
    fermeTout: assign({ fiches: null, contenu: null, tout: false, urgence: null }),
    entreEnUrgence: assign({ urgence: ({ event }) => (event.type === 'medecin.entreEnUrgence' ? event.motif.trim() : null), defaut: null }),
    quitteUrgence: assign({ urgence: null }),
    fermeDocument: assign({ contenu: null, defaut: null }),
    veutTout: assign({ tout: true }),
  },
}).createMachine({
  id: 'dmpConversation',
  context: ({ input }) => ({ ...input, situation: null, fiches: null, tout: false, contenu: null, urgence: null, defaut: null }),
  initial: 'interrogation',
  on: {
    'agent.actualise': { target: '.interrogation', actions: 'fermeTout' },
    'patient.sePrononce': accordDonne(),
  },
  states: {
    interrogation: {
      invoke: {
        src: 'interroger',
        onDone: [
          { guard: { type: 'enDefaut', params: ({ event }) => ({ reponse: event.output }) }, target: 'enDefaut', actions: defaut() },
          { target: 'accueil', actions: { type: 'noteSituation', params: ({ event }) => ({ reponse: event.output }) } },
        ],
        onError: { target: 'enDefaut', actions: 'noteImprevu' },
      },
    },
    enDefaut: {},
    /** Decides alone whether the one automatic search is due. */
    accueil: {
      always: [
        { guard: { type: 'autorisationDeTrop', params: ({ context }) => ({ accord: context.accord }) }, target: 'retrait' },
        { guard: and(['rienNEmpeche', 'dejaAutorise']), target: 'recherche' },
        { target: 'connu' },
      ],
    },
    connu: {
      on: {
        'medecin.demandeConsultation': [
          { guard: and(['rienNEmpeche', 'dejaAutorise']), target: 'recherche' },
          { guard: and(['rienNEmpeche', not('dejaAutorise')]), target: 'autorisation' },
        ],
        'medecin.entreEnUrgence': { guard: 'peutEntrerEnUrgence', target: 'recherche', actions: 'entreEnUrgence' },
      },
    },
    autorisation: {
      invoke: {
        src: 'autoriser',
        input: { action: 'AJOUT' },
        onDone: [
          { guard: { type: 'enDefaut', params: ({ event }) => ({ reponse: event.output }) }, target: 'connu', actions: defaut() },
          { target: 'recherche', actions: { type: 'noteAutorisation', params: { autorisation: 'VALIDE' } } },
        ],
        onError: { target: 'connu', actions: 'noteImprevu' },
      },
    },
    recherche: {
      invoke: {
        src: 'chercher',
        input: ({ context }) => ({ tout: context.tout, urgence: context.urgence }),
        onDone: [
          {
            guard: { type: 'enDefaut', params: ({ event }) => ({ reponse: event.output }) },
            target: 'connu',
            actions: [defaut(), 'quitteUrgence'],
          },
          { target: 'liste', actions: { type: 'noteListe', params: ({ event }) => ({ reponse: event.output }) } },
        ],
        onError: { target: 'connu', actions: ['noteImprevu', 'quitteUrgence'] },
      },
    },
    liste: {
      on: {
        'medecin.ouvreDocument': { target: 'lecture' },
        'medecin.demandeConsultation': { target: 'recherche' },
        'medecin.modifie': { target: 'modification' },
        'medecin.demandeTout': { target: 'recherche', actions: 'veutTout' },
      },
    },
    lecture: {
      invoke: {
        src: 'lire',
        input: ({ context, event }) => ({
          fiche: (event as Extract<EvenementDmp, { type: 'medecin.ouvreDocument' }>).fiche,
          urgence: context.urgence,
        }),
        onDone: [
          { guard: { type: 'enDefaut', params: ({ event }) => ({ reponse: event.output }) }, target: 'liste', actions: defaut() },
          { target: 'document', actions: { type: 'noteContenu', params: ({ event }) => ({ reponse: event.output }) } },
        ],
        onError: { target: 'liste', actions: 'noteImprevu' },
      },
    },
    modification: {
      invoke: {
        src: 'modifier',
        input: ({ event }) => event as Extract<EvenementDmp, { type: 'medecin.modifie' }>,
        onDone: [
          {
            guard: { type: 'enDefaut', params: ({ event }) => ({ reponse: event.output }) },
            target: 'liste',
            actions: ['fermeDocument', defaut()],
          },
          { target: 'liste', actions: { type: 'noteModification', params: ({ event }) => ({ reponse: event.output }) } },
        ],
        onError: { target: 'liste', actions: ['fermeDocument', 'noteImprevu'] },
      },
    },
    document: {
      on: {
        'medecin.modifie': { target: 'modification' },
        'medecin.fermeDocument': { target: 'liste', actions: 'fermeDocument' },
        'medecin.ouvreDocument': { target: 'lecture', actions: 'fermeDocument' },
      },
    },
    retrait: {
      invoke: {
        src: 'autoriser',
        input: { action: 'SUPPRESSION' },
        onDone: [
          { guard: { type: 'enDefaut', params: ({ event }) => ({ reponse: event.output }) }, target: 'connu', actions: defaut() },
          { target: 'connu', actions: { type: 'noteAutorisation', params: { autorisation: 'NON_EXISTE' } } },
        ],
        onError: { target: 'connu', actions: 'noteImprevu' },
      },
    },
  },
})

const suivre = (fiches: readonly FicheDmp[], { fiche: { uniqueId }, acte }: Modifie): FicheDmp[] =>
  fiches.flatMap((fiche) => {
    const apres = fiche.uniqueId === uniqueId ? apresActe(fiche, acte) : fiche
    return apres ? [{ ...fiche, ...apres }] : []
  })

function defaut() {
  return { type: 'noteDefaut', params: ({ event }: Fini<{ issue: string }>) => ({ reponse: event.output }) } as const
}

/** Consent given changes nothing at the DMP; consent withdrawn closes what is open and withdraws the authorisation at once. */
function accordDonne() {
  const accord = ({ event }: { event: { accord: boolean | null } }) => ({ accord: event.accord })
  return [
    {
      guard: { type: 'autorisationDeTrop', params: accord },
      target: '.retrait',
      actions: [{ type: 'noteAccord', params: accord }, { type: 'fermeTout' }],
    },
    { actions: { type: 'noteAccord', params: accord } },
  ] as const
}

import { assign, setup, transition } from 'xstate'
import { CONTEXTE_INITIAL, type ContexteProfil, type EtatProfil, type MotifFermeture, type Profil } from './etats.ts'

/** What the patient gave to activate the profile, already compared with what is known. @see rules.ts */
export interface ControleActivation {
  readonly code: 'valide' | 'expiré' | 'déjà utilisé' | 'inconnu'
  readonly identite: boolean
  readonly cguAcceptees: boolean
}

/** Who, then what; `le` is the simulated time, milliseconds. `delai.…`: a delay of the rules is over. */
export type EvenementProfil = { readonly le: number } & (
  | { readonly type: 'cnam.informe' }
  /** The mail or the letter came back: sent again by post. */
  | { readonly type: 'cnam.echoueNotice' }
  /** The opening was technically impossible: the person is told, nothing opens. */
  | { readonly type: 'cnam.echoueOuverture' }
  | { readonly type: 'delai.opposition' }
  | { readonly type: 'patient.oppose' }
  | { readonly type: 'patient.active'; readonly controle: ControleActivation }
  /** After an opposition or a deletion: an empty profile. */
  | { readonly type: 'patient.cree'; readonly controle: ControleActivation }
  | { readonly type: 'patient.refuseCgu' }
  | { readonly type: 'patient.accepteCgu' }
  | { readonly type: 'patient.ferme'; readonly raison?: string }
  | { readonly type: 'patient.fermeEtSupprime'; readonly raison?: string }
  | { readonly type: 'patient.rouvre' }
  | { readonly type: 'patient.demandeSuppression' }
  | { readonly type: 'patient.renonceSuppression' }
  | { readonly type: 'delai.suppression' }
  | { readonly type: 'delai.archive' }
  | { readonly type: 'cnam.suspend'; readonly raison?: string }
  /** The holder answered within six weeks; `favorable`: the check of the CNAM clears them. */
  | { readonly type: 'patient.conteste'; readonly favorable: boolean }
  | { readonly type: 'delai.suspension' }
  | { readonly type: 'etatCivil.deces' }
)

export type TypeEvenement = EvenementProfil['type']

type Recu<T extends TypeEvenement> = { event: Extract<EvenementProfil, { type: T }> }

/** A delay that a state starts. `depuis`: which date it runs from. */
export interface Delai {
  /** ISO 8601. */
  readonly apres: string
  readonly depuis: 'depuis' | 'fermeLe'
  readonly evenement: Extract<TypeEvenement, `delai.${string}`>
  /** Code of the rule that sets it. */
  readonly regle: string
}

const delai = (regle: string, apres: string, evenement: Delai['evenement'], depuis: Delai['depuis'] = 'depuis') => ({
  delai: { regle, apres, evenement, depuis } satisfies Delai,
})

/** A death is remembered even after the data are deleted. */
export const vivant = ({ motif }: Pick<ContexteProfil, 'motif'>): boolean => motif !== 'FERMETURE_DECES'

const activation = (target: string) =>
  ({
    guard: {
      type: 'activationPermise',
      params: ({ context, event }: { context: ContexteProfil } & Recu<'patient.active' | 'patient.cree'>) => ({
        ...event.controle,
        vivant: vivant(context),
      }),
    },
    target,
    actions: ['noteOuverture', 'noteActivation'],
  }) as const

const fermeture = (target: string, motif: MotifFermeture) => ({ target, actions: { type: 'noteFermeture' as const, params: { motif } } })

/**
 * Life of one profile, from before the notice to after the deletion. The machine has no clock: delays are data (`meta.delai`) that the
 * service turns into timers of the world. Entry of each state notes its time.
 * @see functional.md §2.2 ; CSP R.1111-27 to R.1111-36
 */
export const cycleDuProfil = setup({
  types: { context: {} as ContexteProfil, events: {} as EvenementProfil, meta: {} as { delai?: Delai } },
  guards: {
    /** MES-CODE-PROVISOIRE, MES-ACTIVATION-IDENTITE, MES-CGU, MES-DECES. */
    activationPermise: (_, { code, identite, cguAcceptees, vivant }: ControleActivation & { vivant: boolean }) =>
      code === 'valide' && identite && cguAcceptees && vivant,
    /** MES-SUSPENSION-CONTESTATION */
    verificationFavorable: (_, { favorable }: { favorable: boolean }) => favorable,
  },
  actions: {
    noteEntree: assign(({ event }) => ({ depuis: event.le })),
    noteInformation: assign(({ event }) => ({ informeLe: event.le, noticePrevueLe: null })),
    noteOuverture: assign(({ context, event }) => ({ ouvertLe: context.ouvertLe ?? event.le })),
    noteActivation: assign(({ context, event }) => ({ activeLe: context.activeLe ?? event.le })),
    noteFermeture: assign(({ event }, { motif }: { motif: MotifFermeture }) => ({
      fermeLe: event.le,
      motif,
      raison: ('raison' in event && event.raison) || null,
    })),
    noteReouverture: assign(({ context, event }) => ({ fermeLe: null, motif: null, raison: null, activeLe: context.activeLe ?? event.le })),
    /** Except that the person is dead. */
    oublieTout: assign(({ context: { motif } }) => ({ ...CONTEXTE_INITIAL, motif: vivant({ motif }) ? null : motif })),
  },
}).createMachine({
  id: 'profil',
  initial: 'notInformed',
  context: CONTEXTE_INITIAL,
  states: {
    notInformed: {
      entry: 'noteEntree',
      on: {
        'cnam.informe': { target: 'informed', actions: 'noteInformation' },
        'patient.active': activation('active'),
        'etatCivil.deces': fermeture('deceased', 'FERMETURE_DECES'),
      },
    },
    informed: {
      entry: 'noteEntree',
      meta: delai('MES-OPPOSITION-6-SEMAINES', 'P6W', 'delai.opposition'),
      on: {
        'cnam.echoueNotice': { target: 'informed', reenter: true, actions: 'noteInformation' },
        'cnam.echoueOuverture': { target: 'informed', reenter: true },
        'delai.opposition': { target: 'openNotActivated', actions: 'noteOuverture' },
        'patient.oppose': 'opposed',
        'patient.active': activation('active'),
        'etatCivil.deces': fermeture('deceased', 'FERMETURE_DECES'),
      },
    },
    opposed: {
      entry: 'noteEntree',
      on: { 'patient.cree': activation('active'), 'etatCivil.deces': fermeture('deceased', 'FERMETURE_DECES') },
    },
    openNotActivated: {
      entry: 'noteEntree',
      on: {
        'patient.active': activation('active'),
        'patient.oppose': fermeture('closed', 'FERMETURE_DEMANDE_PATIENT'),
        'patient.ferme': fermeture('closed', 'FERMETURE_DEMANDE_PATIENT'),
        'cnam.suspend': fermeture('suspended', 'FERMETURE_SUSPENSION'),
        'etatCivil.deces': fermeture('deceased', 'FERMETURE_DECES'),
      },
    },
    active: {
      entry: 'noteEntree',
      initial: 'usable',
      states: {
        usable: { on: { 'patient.refuseCgu': 'cguBlocked' } },
        cguBlocked: { entry: 'noteEntree', on: { 'patient.accepteCgu': { target: 'usable', actions: 'noteEntree' } } },
      },
      on: {
        'patient.ferme': fermeture('closed', 'FERMETURE_DEMANDE_PATIENT'),
        'patient.fermeEtSupprime': fermeture('deletionRequested', 'FERMETURE_DEMANDE_PATIENT'),
        'cnam.suspend': fermeture('suspended', 'FERMETURE_SUSPENSION'),
        'etatCivil.deces': fermeture('deceased', 'FERMETURE_DECES'),
      },
    },
    suspended: {
      entry: 'noteEntree',
      meta: delai('MES-SUSPENSION-6-SEMAINES', 'P6W', 'delai.suspension'),
      on: {
        'patient.conteste': {
          guard: { type: 'verificationFavorable', params: ({ event }: Recu<'patient.conteste'>) => ({ favorable: event.favorable }) },
          target: 'active',
          actions: 'noteReouverture',
        },
        'delai.suspension': fermeture('closed', 'FERMETURE_SUSPENSION'),
        'etatCivil.deces': fermeture('deceased', 'FERMETURE_DECES'),
      },
    },
    closed: {
      entry: 'noteEntree',
      meta: delai('MES-ARCHIVE-10-ANS', 'P10Y', 'delai.archive', 'fermeLe'),
      on: {
        'patient.rouvre': { target: 'active', actions: 'noteReouverture' },
        'patient.demandeSuppression': 'deletionRequested',
        'delai.archive': { target: 'deleted', actions: 'oublieTout' },
      },
    },
    deletionRequested: {
      entry: 'noteEntree',
      meta: delai('MES-SUPPRESSION-3-MOIS', 'P3M', 'delai.suppression'),
      on: {
        'delai.suppression': { target: 'deleted', actions: 'oublieTout' },
        'patient.renonceSuppression': 'closed',
        'patient.rouvre': { target: 'active', actions: 'noteReouverture' },
      },
    },
    deleted: {
      entry: 'noteEntree',
      on: { 'patient.cree': activation('active') },
    },
    deceased: {
      entry: 'noteEntree',
      meta: delai('MES-ARCHIVE-10-ANS', 'P10Y', 'delai.archive', 'fermeLe'),
      on: { 'delai.archive': { target: 'deleted', actions: 'oublieTout' } },
    },
  },
})

const valeurDe = (etat: EtatProfil) => (etat === 'active' ? { active: 'usable' } : etat === 'active.cguBlocked' ? { active: 'cguBlocked' } : etat)

export const instantane = ({ etat, contexte }: Profil) => cycleDuProfil.resolveState({ value: valeurDe(etat), context: contexte })

export type Instantane = ReturnType<typeof instantane>

/** The word stored for a state of the machine. */
export const etatDe = (snapshot: Instantane): EtatProfil =>
  typeof snapshot.value === 'string' ? (snapshot.value as EtatProfil) : snapshot.matches({ active: 'cguBlocked' }) ? 'active.cguBlocked' : 'active'

/** The profile after an event, or undefined when the machine does not take it: wrong state, or a guard says no. */
export function appliquer(profil: Profil, evenement: EvenementProfil): Profil | undefined {
  const snapshot = instantane(profil)
  if (!snapshot.can(evenement)) return undefined
  const [next] = transition(cycleDuProfil, snapshot, evenement)
  return { etat: etatDe(next), contexte: next.context }
}

/** Whether the state knows this event at all, whatever its guard says. */
export const connaitEvenement = ({ etat }: Pick<Profil, 'etat'>, type: TypeEvenement): boolean => EVENEMENTS_CONNUS[etat].has(type)

const ETATS: readonly EtatProfil[] = [
  'notInformed',
  'informed',
  'opposed',
  'openNotActivated',
  'active',
  'active.cguBlocked',
  'suspended',
  'closed',
  'deletionRequested',
  'deleted',
  'deceased',
]

const parEtat = <T>(valeur: (etat: EtatProfil) => T): Readonly<Record<EtatProfil, T>> =>
  Object.fromEntries(ETATS.map((etat) => [etat, valeur(etat)])) as Record<EtatProfil, T>

const noeuds = (etat: EtatProfil) => instantane({ etat, contexte: CONTEXTE_INITIAL })._nodes

const EVENEMENTS_CONNUS = parEtat((etat) => new Set<string>(noeuds(etat).flatMap((noeud) => noeud.ownEvents)))
/** The delay each state starts, if it does. */
export const DELAIS = parEtat((etat) =>
  noeuds(etat)
    .map((noeud) => (noeud.meta as { delai?: Delai } | undefined)?.delai)
    .find(Boolean),
)

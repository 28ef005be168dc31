import { assign, setup, transition } from 'xstate'

/**
 * Why an order does not leave although nothing failed.
 * @see functional.md §4.2 ; SC.DMP/CONF.01, SC.DMP/CONF.09
 */
export type MotifBlocage = 'identite-non-qualifiee' | 'patient-non-informe' | 'opposition' | 'dmp-inexistant' | 'dmp-ferme' | 'carte-absente'

export interface ContexteEnvoi {
  /** Times the document itself was sent. */
  readonly envois: number
  /** Attempts that failed since the last change made by a person: the wait grows with them. */
  readonly echecs: number
  /** A sending got no answer: the document may already be in the DMP. */
  readonly doute: boolean
  /** When to try again, milliseconds since the Unix epoch; 0 when nothing is planned. */
  readonly prochainEssai: number
  readonly motif: MotifBlocage | null
  /** What the DMP or the network answered last, `''` when nothing is to be told. */
  readonly derniereErreur: string
  /** Published code of the last refusal, `''` when none. */
  readonly code: string
  /** The document had arrived although its answer was lost. */
  readonly dejaLa: boolean
}

export type EtatEnvoi = 'enAttente' | 'enEnvoi' | 'aReprendre' | 'bloque' | 'refuse' | 'retenu' | 'envoye'

export type EvenementEnvoi =
  | { type: 'cabinet.envoie' }
  | { type: 'cabinet.bloque'; motif: MotifBlocage }
  /** What blocked the order may have changed: look again. */
  | { type: 'cabinet.debloque' }
  /** The software starts and finds the order in the middle of a sending. */
  | { type: 'cabinet.redemarre'; maintenant: number }
  | { type: 'dmp.accepte' }
  | { type: 'dmp.refuse'; code: string; texte: string; maintenant: number }
  /** `parti`: the document may have arrived, only the answer is missing. */
  | { type: 'reseau.echoue'; parti: boolean; texte: string; maintenant: number }
  | { type: 'medecin.retient' }
  | { type: 'medecin.libere' }
  | { type: 'medecin.reessaie'; maintenant: number }

/** Waits between two attempts, in milliseconds: half a minute, two, ten, thirty, then every hour. */
export const REPRISES_MS = [30_000, 120_000, 600_000, 1_800_000, 3_600_000] as const

/** Codes that say "not now" rather than "no". @see dmp.md §3.9 ; EX_3.1-2035: the threshold must not block feeding */
const REFUS_PASSAGERS: ReadonlySet<string> = new Set([
  'XDSRegistryNotAvailable',
  'XDSRepositoryBusy',
  'XDSRegistryBusy',
  'XDSRepositoryOutOfResources',
  'XDSRegistryOutOfResources',
  'DMPAccessDeniedByExcededThreshold',
])

type Recu<T extends EvenementEnvoi['type']> = { event: Extract<EvenementEnvoi, { type: T }> }

const delaiDeReprise = (echecs: number): number => REPRISES_MS[Math.min(echecs, REPRISES_MS.length - 1)]!

export const CONTEXTE_ENVOI_INITIAL: ContexteEnvoi = {
  envois: 0,
  echecs: 0,
  doute: false,
  prochainEssai: 0,
  motif: null,
  derniereErreur: '',
  code: '',
  dejaLa: false,
}

const blocage = { target: 'bloque', actions: { type: 'noteMotif', params: ({ event }: Recu<'cabinet.bloque'>) => ({ motif: event.motif }) } } as const

const noteRefus = { type: 'noteErreur', params: ({ event }: Recu<'dmp.refuse'>) => ({ texte: event.texte, code: event.code }) } as const

const refusPassager = {
  guard: { type: 'refusPassager', params: ({ event }: Recu<'dmp.refuse'>) => ({ code: event.code }) },
  target: 'aReprendre',
  actions: [noteRefus, { type: 'planifie', params: ({ event }: Recu<'dmp.refuse'>) => ({ maintenant: event.maintenant }) }],
} as const

/** The question asked before sending (TD0.2) was itself refused. */
const refusAvantEnvoi = [refusPassager, { target: 'refuse', actions: noteRefus }] as const

const panne = {
  target: 'aReprendre',
  actions: [
    { type: 'noteErreur', params: ({ event }: Recu<'reseau.echoue'>) => ({ texte: event.texte, code: '' }) },
    { type: 'gardeLeDoute', params: ({ event }: Recu<'reseau.echoue'>) => ({ parti: event.parti }) },
    { type: 'planifie', params: ({ event }: Recu<'reseau.echoue'>) => ({ maintenant: event.maintenant }) },
  ],
} as const

const retenue = { guard: 'surementPasParti', target: 'retenu', actions: 'oublie' } as const

/**
 * Life of one order to feed the DMP: it queues by itself, leaves by itself, comes back after an outage, never doubles, and says why it
 * does not leave. Stored as a word and a small context; `nextEnvoi` moves it.
 * @see SC.DMP/ALI/PROG.02, PROG.03, PROG.06, PROG.07
 */
export const envoiLifecycle = setup({
  types: { context: {} as ContexteEnvoi, events: {} as EvenementEnvoi },
  guards: {
    /** Nothing was sent without an answer, so holding the document back still means something. */
    surementPasParti: ({ context }) => !context.doute,
    /** Refused as already known after a lost answer: our own document arrived the first time. */
    cEstLeNotre: ({ context }, params: { code: string }) => context.doute && params.code === 'XDSDuplicateUniqueIdInRegistry',
    refusPassager: (_, params: { code: string }) => REFUS_PASSAGERS.has(params.code),
  },
  actions: {
    compteUnEnvoi: assign({ envois: ({ context }) => context.envois + 1, prochainEssai: 0, motif: null }),
    noteMotif: assign({ motif: (_, params: { motif: MotifBlocage }) => params.motif, prochainEssai: 0 }),
    noteErreur: assign((_, params: { texte: string; code: string }) => ({ derniereErreur: params.texte, code: params.code })),
    gardeLeDoute: assign({ doute: ({ context }, params: { parti: boolean }) => context.doute || params.parti }),
    planifie: assign({
      prochainEssai: ({ context }, params: { maintenant: number }) => params.maintenant + delaiDeReprise(context.echecs),
      echecs: ({ context }) => context.echecs + 1,
    }),
    planifieMaintenant: assign({ prochainEssai: (_, params: { maintenant: number }) => params.maintenant, echecs: 0, motif: null }),
    constateDejaLa: assign({ dejaLa: true, derniereErreur: '', code: '' }),
    oublie: assign({ motif: null, derniereErreur: '', code: '', prochainEssai: 0, echecs: 0 }),
  },
}).createMachine({
  id: 'envoi',
  context: CONTEXTE_ENVOI_INITIAL,
  initial: 'enAttente',
  states: {
    enAttente: {
      on: {
        'cabinet.envoie': { target: 'enEnvoi', actions: 'compteUnEnvoi' },
        'cabinet.bloque': blocage,
        'dmp.refuse': refusAvantEnvoi,
        'reseau.echoue': panne,
        'medecin.retient': retenue,
      },
    },
    enEnvoi: {
      on: {
        'dmp.accepte': { target: 'envoye', actions: 'oublie' },
        'dmp.refuse': [
          {
            guard: { type: 'cEstLeNotre', params: ({ event }) => ({ code: event.code }) },
            target: 'envoye',
            actions: ['oublie', 'constateDejaLa'],
          },
          refusPassager,
          { target: 'refuse', actions: noteRefus },
        ],
        'reseau.echoue': panne,
        'cabinet.redemarre': {
          target: 'aReprendre',
          actions: [
            { type: 'gardeLeDoute', params: { parti: true } },
            { type: 'planifieMaintenant', params: ({ event }) => ({ maintenant: event.maintenant }) },
          ],
        },
      },
    },
    aReprendre: {
      on: {
        'cabinet.envoie': { target: 'enEnvoi', actions: 'compteUnEnvoi' },
        'cabinet.bloque': blocage,
        'dmp.refuse': refusAvantEnvoi,
        'reseau.echoue': panne,
        'medecin.retient': retenue,
        'medecin.reessaie': { actions: { type: 'planifieMaintenant', params: ({ event }) => ({ maintenant: event.maintenant }) } },
      },
    },
    bloque: {
      on: {
        'cabinet.debloque': { target: 'enAttente', actions: 'oublie' },
        'medecin.reessaie': { target: 'enAttente', actions: 'oublie' },
        'medecin.retient': retenue,
      },
    },
    refuse: {
      on: {
        'medecin.reessaie': { target: 'enAttente', actions: 'oublie' },
        'medecin.retient': retenue,
      },
    },
    retenu: { on: { 'medecin.libere': { target: 'enAttente', actions: 'oublie' } } },
    envoye: { type: 'final' },
  },
})

export interface VieEnvoi {
  readonly etat: EtatEnvoi
  readonly contexte: ContexteEnvoi
}

export const snapshotEnvoi = ({ etat, contexte }: VieEnvoi) => envoiLifecycle.resolveState({ value: etat, context: contexte })

/** The next state, or null when the event means nothing there. */
export function nextEnvoi(vie: VieEnvoi, event: EvenementEnvoi): VieEnvoi | null {
  const snapshot = snapshotEnvoi(vie)
  if (!snapshot.can(event)) return null
  const [next] = transition(envoiLifecycle, snapshot, event)
  return { etat: next.value, contexte: next.context }
}

/** What is shown of each state. */
export const ETATS_ENVOI: Readonly<Record<EtatEnvoi, { mot: string; ton: 'ok' | 'attention' | 'refus' | 'info' | 'neutre' }>> = {
  enAttente: { mot: 'en attente', ton: 'neutre' },
  enEnvoi: { mot: 'en cours d’envoi', ton: 'info' },
  aReprendre: { mot: 'en panne, repartira seul', ton: 'attention' },
  bloque: { mot: 'gardé au cabinet', ton: 'attention' },
  refuse: { mot: 'refusé par le DMP', ton: 'refus' },
  retenu: { mot: 'retenu', ton: 'neutre' },
  envoye: { mot: 'envoyé', ton: 'ok' },
}

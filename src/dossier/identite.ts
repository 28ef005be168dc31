import { and, assign, setup, transition } from 'xstate'
import type { IdentifiantNationalSante } from '#standards/ins/traits.ts'
import {
  attestationPossible,
  type AttributIdentite,
  attributsCompatibles,
  PIECES,
  pieceSuffit,
  insCommunicable as statutLaisseSortir,
  type StatutIdentite,
  traitsVerrouilles as statutVerrouille,
} from '#standards/ins/statut-identite.ts'

/** How INSi was asked: the attestation of a known patient is only open after the card. @see insi.md §6.5 */
export type ModeInsi = 'carte Vitale' | 'traits'

/** The INS a patient's record holds, exactly as INSi returned it. @see EXI REC 07, EXI REC 08 */
export interface InsDetenu {
  readonly ins: IdentifiantNationalSante
  readonly historique: readonly IdentifiantNationalSante[]
  readonly mode: ModeInsi
  /** The returned traits and the local ones were the same before acceptance. */
  readonly accordParfait: boolean
  /** Milliseconds since the Unix epoch. */
  readonly obtenuLe: number
}

export type { AttributIdentite, StatutIdentite }

/** What the status rests on. */
export type Preuve =
  /** A document seen at the desk, by its code in `PIECES`; `suffit` for this person, that day. */
  | { readonly genre: 'piece'; readonly code: string; readonly suffit: boolean; readonly le: number; readonly par: string }
  /** The professional attests knowing this patient (private practice only). */
  | { readonly genre: 'attestation'; readonly le: number; readonly par: string }

type PieceVue = Omit<Extract<Preuve, { genre: 'piece' }>, 'genre'>

export interface ContexteIdentite {
  readonly attributs: Readonly<Record<AttributIdentite, boolean>>
  readonly ins: InsDetenu | null
  readonly preuve: Preuve | null
}

export type EvenementIdentite =
  | { type: 'agent.accepteInsi'; ins: InsDetenu }
  | { type: 'agent.enregistrePiece'; code: string; mineurAvecParent: boolean; le: number; par: string }
  /** The traits agree with the document recorded. */
  | { type: 'agent.confirmeConcordance' }
  | { type: 'medecin.atteste'; le: number; par: string }
  | { type: 'agent.modifieTraitStrict' }
  | { type: 'agent.marque'; attribut: AttributIdentite }
  | { type: 'agent.leve'; attribut: AttributIdentite }
  /** INSi, asked to verify, says that traits and INS do not agree. */
  | { type: 'insi.contredit' }

const CONTEXTE_IDENTITE_INITIAL: ContexteIdentite = {
  attributs: { homonyme: false, douteuse: false, fictive: false },
  ins: null,
  preuve: null,
}

/** Whether this attribute may be added to those already there. @see EXI ID 24 */
function compatible(attributs: ContexteIdentite['attributs'], ajoute: AttributIdentite): boolean {
  if (attributs[ajoute]) return false
  const poses = (Object.keys(attributs) as AttributIdentite[]).filter((attribut) => attributs[attribut])
  return attributsCompatibles([...poses, ajoute])
}

/** From qualifiée, what the document alone still proves is kept. */
const abaissement = [
  { guard: 'confirmeeParUnePiece', target: 'validee', actions: 'perdIns' },
  { target: 'provisoire', actions: 'perdInsEtPreuve' },
] as const

const marquage = [
  {
    guard: { type: 'forceProvisoire', params: ({ event }: { event: { attribut: AttributIdentite } }) => ({ attribut: event.attribut }) },
    target: '#identite.provisoire',
    actions: [
      { type: 'perdInsEtPreuve' },
      { type: 'pose', params: ({ event }: { event: { attribut: AttributIdentite } }) => ({ attribut: event.attribut }) },
    ],
  },
  {
    guard: { type: 'attributCompatible', params: ({ event }: { event: { attribut: AttributIdentite } }) => ({ attribut: event.attribut }) },
    actions: { type: 'pose', params: ({ event }: { event: { attribut: AttributIdentite } }) => ({ attribut: event.attribut }) },
  },
] as const

/**
 * Status of a local identity: two facts, the INS obtained from INSi and the document seen, give four statuses. Stored as a word and a
 * small context; `nextIdentite` moves it.
 * @see RNIV 1 ; insi.md §6.1, §6.2
 */
export const identiteLifecycle = setup({
  types: { context: {} as ContexteIdentite, events: {} as EvenementIdentite },
  guards: {
    /** Douteuse or fictive keeps the identity provisoire, and INSi is not called. @see EXI ID 26 */
    sansDouteNiFiction: ({ context }) => !context.attributs.douteuse && !context.attributs.fictive,
    /** A document is recorded, and it reaches the level of confidence asked for. @see EXI ID 19 */
    pieceAHautNiveauDeConfiance: ({ context }) => context.preuve?.genre === 'piece' && context.preuve.suffit,
    pieceConnue: (_, params: { code: string }) => Object.hasOwn(PIECES, params.code),
    /** Known patient: only after the card, and only when everything agreed. @see insi.md §6.5 */
    luParCarteEtAccordParfait: ({ context }) => context.ins !== null && attestationPossible(context.ins.mode, context.ins.accordParfait),
    attributPose: ({ context }, params: { attribut: AttributIdentite }) => context.attributs[params.attribut],
    confirmeeParUnePiece: ({ context }) => context.preuve?.genre === 'piece',
    forceProvisoire: ({ context }, params: { attribut: AttributIdentite }) =>
      params.attribut !== 'homonyme' && compatible(context.attributs, params.attribut),
    attributCompatible: ({ context }, params: { attribut: AttributIdentite }) =>
      params.attribut === 'homonyme' && compatible(context.attributs, params.attribut),
  },
  actions: {
    gardeIns: assign({ ins: (_, params: { ins: InsDetenu }) => params.ins }),
    perdIns: assign({ ins: null }),
    perdInsEtPreuve: assign({ ins: null, preuve: null }),
    notePiece: assign({ preuve: (_, params: PieceVue): Preuve => ({ genre: 'piece', ...params }) }),
    noteAttestation: assign({ preuve: (_, params: { le: number; par: string }): Preuve => ({ genre: 'attestation', ...params }) }),
    pose: assign({ attributs: ({ context }, params: { attribut: AttributIdentite }) => ({ ...context.attributs, [params.attribut]: true }) }),
    retire: assign({ attributs: ({ context }, params: { attribut: AttributIdentite }) => ({ ...context.attributs, [params.attribut]: false }) }),
  },
}).createMachine({
  id: 'identite',
  context: CONTEXTE_IDENTITE_INITIAL,
  initial: 'provisoire',
  on: {
    'agent.marque': marquage,
    'agent.leve': {
      guard: { type: 'attributPose', params: ({ event }) => ({ attribut: event.attribut }) },
      actions: { type: 'retire', params: ({ event }) => ({ attribut: event.attribut }) },
    },
  },
  states: {
    provisoire: {
      on: {
        'agent.accepteInsi': {
          guard: 'sansDouteNiFiction',
          target: 'recuperee',
          actions: { type: 'gardeIns', params: ({ event }) => ({ ins: event.ins }) },
        },
        'agent.enregistrePiece': notePiece(),
        'agent.confirmeConcordance': {
          guard: and(['pieceAHautNiveauDeConfiance', 'sansDouteNiFiction']),
          target: 'validee',
        },
      },
    },
    recuperee: {
      on: {
        'agent.enregistrePiece': notePiece(),
        'agent.confirmeConcordance': { guard: 'pieceAHautNiveauDeConfiance', target: 'qualifiee' },
        'medecin.atteste': {
          guard: 'luParCarteEtAccordParfait',
          target: 'qualifiee',
          actions: { type: 'noteAttestation', params: ({ event }) => ({ le: event.le, par: event.par }) },
        },
        'agent.modifieTraitStrict': { target: 'provisoire', actions: 'perdIns' },
        'insi.contredit': { target: 'provisoire', actions: 'perdIns' },
      },
    },
    validee: {
      on: {
        'agent.accepteInsi': { target: 'qualifiee', actions: { type: 'gardeIns', params: ({ event }) => ({ ins: event.ins }) } },
      },
    },
    qualifiee: {
      on: {
        'agent.modifieTraitStrict': abaissement,
        'insi.contredit': abaissement,
      },
    },
  },
})

function notePiece() {
  return {
    guard: { type: 'pieceConnue', params: ({ event }: { event: { code: string } }) => ({ code: event.code }) },
    actions: {
      type: 'notePiece',
      params: ({ event }: { event: Extract<EvenementIdentite, { type: 'agent.enregistrePiece' }> }): PieceVue => ({
        code: event.code,
        suffit: pieceSuffit(event.code, event.mineurAvecParent),
        le: event.le,
        par: event.par,
      }),
    },
  } as const
}

export interface IdentiteLocale {
  readonly statut: StatutIdentite
  readonly contexte: ContexteIdentite
}

export const IDENTITE_INITIALE: IdentiteLocale = { statut: 'provisoire', contexte: CONTEXTE_IDENTITE_INITIAL }

const snapshotIdentite = ({ statut, contexte }: IdentiteLocale) => identiteLifecycle.resolveState({ value: statut, context: contexte })

export const identitePeut = (identite: IdentiteLocale, event: EvenementIdentite): boolean => snapshotIdentite(identite).can(event)

/** The next status, or null when a rule forbids the event there. */
export function nextIdentite(identite: IdentiteLocale, event: EvenementIdentite): IdentiteLocale | null {
  const snapshot = snapshotIdentite(identite)
  if (!snapshot.can(event)) return null
  const [next] = transition(identiteLifecycle, snapshot, event)
  return { statut: next.value, contexte: next.context }
}

/** Strict traits are locked while the record holds an INS. @see INS/va1.18 */
export const traitsVerrouilles = ({ statut }: IdentiteLocale): boolean => statutVerrouille(statut)

/** Only a qualified identity lets the matricule out of the practice. @see EXI ID 29 */
export const insCommunicable = ({ statut, contexte }: IdentiteLocale): IdentifiantNationalSante | null =>
  statutLaisseSortir(statut) && contexte.ins ? contexte.ins.ins : null

export const STATUTS: Readonly<Record<StatutIdentite, { titre: string; explication: string }>> = {
  provisoire: { titre: 'Identité provisoire', explication: 'Ni l’INS ni une pièce d’identité ne l’ont encore confirmée.' },
  recuperee: { titre: 'Identité récupérée', explication: 'INSi a donné le matricule ; une pièce d’identité reste à voir.' },
  validee: { titre: 'Identité validée', explication: 'Une pièce d’identité l’a confirmée ; INSi reste à interroger.' },
  qualifiee: { titre: 'Identité qualifiée', explication: 'INSi et une pièce d’identité concordent : le matricule peut circuler.' },
}

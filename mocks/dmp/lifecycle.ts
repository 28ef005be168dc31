import { setup, transition } from 'xstate'

/** Authorisation of one professional (or structure) on one record, as stored. A block is the patient's and is kept by Mon espace santé. */
export type EtatAutorisation = 'NON_EXISTE' | 'VALIDE' | 'EXPIRE'

export type EvenementAutorisation =
  | { type: 'professionnel.ajoute' }
  | { type: 'professionnel.retire' }
  | { type: 'delai.expire' }
  | { type: 'patient.bloque' }

/** @see functional.md §2.4 ; dmp.md §5.3 */
export const autorisationLifecycle = setup({ types: { events: {} as EvenementAutorisation } }).createMachine({
  id: 'autorisation',
  initial: 'NON_EXISTE',
  on: { 'patient.bloque': '.NON_EXISTE' },
  states: {
    NON_EXISTE: { on: { 'professionnel.ajoute': 'VALIDE' } },
    VALIDE: { on: { 'professionnel.retire': 'NON_EXISTE', 'delai.expire': 'EXPIRE' } },
    EXPIRE: { on: { 'professionnel.ajoute': 'VALIDE', 'professionnel.retire': 'NON_EXISTE' } },
  },
})

/** The next state, or null when the event changes nothing there. */
export function nextAutorisation(etat: EtatAutorisation, event: EvenementAutorisation): EtatAutorisation | null {
  const snapshot = autorisationLifecycle.resolveState({ value: etat })
  if (!snapshot.can(event)) return null
  const [next] = transition(autorisationLifecycle, snapshot, event)
  return next.value === etat ? null : (next.value as EtatAutorisation)
}

/** Availability of a document in the registry. */
export type EtatDocument = 'approved' | 'deprecated' | 'archived' | 'deleted'

export type EvenementDocument =
  | { type: 'auteur.remplace' }
  | { type: 'professionnel.archive' }
  | { type: 'professionnel.desarchive' }
  | { type: 'auteur.supprime' }

/** @see dmp.md §4 */
export const documentLifecycle = setup({ types: { events: {} as EvenementDocument } }).createMachine({
  id: 'document',
  initial: 'approved',
  states: {
    approved: { on: { 'auteur.remplace': 'deprecated', 'professionnel.archive': 'archived', 'auteur.supprime': 'deleted' } },
    archived: { on: { 'professionnel.desarchive': 'approved', 'auteur.supprime': 'deleted' } },
    deprecated: {},
    deleted: { type: 'final' },
  },
})

export function nextDocument(etat: EtatDocument, event: EvenementDocument): EtatDocument | null {
  const snapshot = documentLifecycle.resolveState({ value: etat })
  if (!snapshot.can(event)) return null
  const [next] = transition(documentLifecycle, snapshot, event)
  return next.value as EtatDocument
}

/** Who sees a document, one word for each kind of reader. `signale`: still invisible, the patient was told that the record changed. */
export interface VisibiliteDocument {
  readonly professionnels: 'visible' | 'masque'
  readonly patient: 'invisible' | 'signale' | 'visible'
  readonly representants: 'invisible' | 'visible'
}

export type EvenementVisibilite =
  | { type: 'professionnel.masque' }
  | { type: 'professionnel.demasque' }
  | { type: 'patient.masque' }
  | { type: 'patient.demasque' }
  | { type: 'professionnel.annonce' }
  | { type: 'professionnel.montreAuxRepresentants' }
  | { type: 'delai.signalement' }
  | { type: 'delai.visibilite' }

/** Masking comes and goes; what a patient or a representative once saw has no way back. @see dmp.md §4 ; functional.md §4.5 ; CSP R.1111-53 */
export const visibiliteLifecycle = setup({ types: { events: {} as EvenementVisibilite } }).createMachine({
  id: 'visibilite',
  type: 'parallel',
  states: {
    professionnels: {
      initial: 'visible',
      states: {
        visible: { on: { 'professionnel.masque': 'masque', 'patient.masque': 'masque' } },
        masque: { on: { 'professionnel.demasque': 'visible', 'patient.demasque': 'visible' } },
      },
    },
    patient: {
      initial: 'invisible',
      states: {
        invisible: { on: { 'delai.signalement': 'signale', 'professionnel.annonce': 'visible', 'delai.visibilite': 'visible' } },
        signale: { on: { 'professionnel.annonce': 'visible', 'delai.visibilite': 'visible' } },
        visible: { type: 'final' },
      },
    },
    representants: {
      initial: 'invisible',
      states: { invisible: { on: { 'professionnel.montreAuxRepresentants': 'visible' } }, visible: { type: 'final' } },
    },
  },
})

/** What each kind of reader sees next, or null when the event changes nothing there. */
export function nextVisibilite(visibilite: VisibiliteDocument, event: EvenementVisibilite): VisibiliteDocument | null {
  const snapshot = visibiliteLifecycle.resolveState({ value: { ...visibilite } })
  if (!snapshot.can(event)) return null
  const [next] = transition(visibiliteLifecycle, snapshot, event)
  return next.value as unknown as VisibiliteDocument
}

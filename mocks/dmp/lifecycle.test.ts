import { getShortestPaths } from 'xstate/graph'
import { describe, expect, test } from 'vitest'
import {
  autorisationLifecycle,
  documentLifecycle,
  type EtatAutorisation,
  type EtatDocument,
  type EvenementAutorisation,
  type EvenementDocument,
  nextAutorisation,
  type EvenementVisibilite,
  nextDocument,
  nextVisibilite,
  type VisibiliteDocument,
  visibiliteLifecycle,
} from './lifecycle.ts'

describe('machines, chemins engendrés', () => {
  test('chaque état d’une autorisation est atteint, et le chemin rejoué par la fonction pure donne le même', () => {
    const events: EvenementAutorisation[] = [
      { type: 'professionnel.ajoute' },
      { type: 'professionnel.retire' },
      { type: 'delai.expire' },
      { type: 'patient.bloque' },
    ]
    const paths = getShortestPaths(autorisationLifecycle, { events })
    expect(paths.map(({ state }) => state.value).toSorted()).toEqual(['EXPIRE', 'NON_EXISTE', 'VALIDE'])
    for (const { steps, state } of paths) {
      const replayed = steps.reduce<EtatAutorisation>(
        (etat, { event }) => nextAutorisation(etat, event as EvenementAutorisation) ?? etat,
        'NON_EXISTE',
      )
      expect(replayed).toBe(state.value)
    }
  })

  test('chaque état d’un document est atteint, et rien ne sort d’un document remplacé ou supprimé', () => {
    const events: EvenementDocument[] = [
      { type: 'auteur.remplace' },
      { type: 'professionnel.archive' },
      { type: 'professionnel.desarchive' },
      { type: 'auteur.supprime' },
    ]
    const paths = getShortestPaths(documentLifecycle, { events })
    expect(paths.map(({ state }) => state.value).toSorted()).toEqual(['approved', 'archived', 'deleted', 'deprecated'])
    for (const { steps, state } of paths) {
      const replayed = steps.reduce<EtatDocument>((etat, { event }) => nextDocument(etat, event as EvenementDocument) ?? etat, 'approved')
      expect(replayed).toBe(state.value)
    }
    for (const event of events) for (const etat of ['deprecated', 'deleted'] as const) expect(nextDocument(etat, event)).toBeNull()
  })

  test('DMP-RENDRE-VISIBLE-SANS-RETOUR : sur chaque chemin, ce qui a été vu du patient ou des représentants le reste ; masquer va et vient', () => {
    const events: EvenementVisibilite[] = [
      { type: 'professionnel.masque' },
      { type: 'professionnel.demasque' },
      { type: 'professionnel.annonce' },
      { type: 'professionnel.montreAuxRepresentants' },
      { type: 'delai.signalement' },
      { type: 'delai.visibilite' },
    ]
    const paths = getShortestPaths(visibiliteLifecycle, { events })
    const PATIENT = ['invisible', 'signale', 'visible']
    expect(paths).toHaveLength(2 * 3 * 2)
    for (const { state } of paths) {
      const avant = state.value as unknown as VisibiliteDocument
      for (const event of events) {
        const apres = nextVisibilite(avant, event) ?? avant
        expect(PATIENT.indexOf(apres.patient)).toBeGreaterThanOrEqual(PATIENT.indexOf(avant.patient))
        expect([avant.representants, apres.representants]).not.toEqual(['visible', 'invisible'])
      }
      const masque = nextVisibilite({ ...avant, professionnels: 'visible' }, { type: 'professionnel.masque' })!
      expect(nextVisibilite(masque, { type: 'professionnel.demasque' })).toEqual({ ...avant, professionnels: 'visible' })
    }
  })

  test('un blocage annule une autorisation, qu’elle soit valide ou expirée', () => {
    for (const etat of ['VALIDE', 'EXPIRE'] as const) expect(nextAutorisation(etat, { type: 'patient.bloque' })).toBe('NON_EXISTE')
    expect(nextAutorisation('NON_EXISTE', { type: 'patient.bloque' })).toBeNull()
  })
})

import { describe, expect, test, vi } from 'vitest'
import { getShortestPaths } from 'xstate/graph'
import type { JournalSummary } from '../clients/sandbox-types.ts'
import type { Scene } from './actes.ts'
import { scenarios } from './catalogue.ts'
import type { Acte, Etape, Scenario } from './scenario.ts'
import { type OptionsRun, ScenarioRun } from './scenario-run.svelte.ts'
import { suiviScenario } from './suivi.ts'

const etape = (id: string, operation: string, actes: readonly Acte[] = [{ acte: 'regarder' }]): Etape => ({
  id,
  acteur: 'secretariat',
  titre: id,
  consigne: '',
  indices: ['un', 'deux'],
  erreurFrequente: '',
  aObserver: '',
  regles: [],
  verifications: [{ genre: 'journal', service: 'insi', operation, texte: operation }],
  actes,
})

const SCENARIO: Scenario = {
  id: 'essai',
  titre: 'Essai',
  public: '',
  dureeMinutes: 1,
  difficulte: 'découverte',
  objectif: '',
  depart: { dataset: 'depart', description: '' },
  personne: { id: 'x', affiche: 'X' },
  etapes: [etape('a', 'A'), etape('b', 'B'), etape('c', 'C')],
  variantes: [],
  bilan: [],
  reussite: '',
  reglesAu: '2026-11-23',
  version: '1',
}

const echange = (seq: number, operation: string): JournalSummary => ({
  seq,
  at: 0,
  wallAt: 0,
  durationMs: 1,
  service: 'insi',
  operation,
  from: '',
  patient: '',
  summary: '',
  outcome: 'accepté',
  status: 200,
  method: 'POST',
  path: '/',
  rules: [],
  requestSize: 0,
  responseSize: 0,
})

function suivre(options: Partial<OptionsRun> = {}) {
  const journal: JournalSummary[] = []
  const run = new ScenarioRun({
    scenario: SCENARIO,
    scene: { fiche: async () => undefined } as unknown as Scene,
    constater: async () => ({ patient: undefined, documents: [], envois: [], carte: null, dossierOuvert: null }),
    regarderPatient: async () => null,
    lireJournal: async (after) => journal.filter(({ seq }) => seq > after),
    depuis: 0,
    rythmeMs: 1,
    ...options,
  })
  const arrive = async (operation: string) => {
    const entry = echange(journal.length + 1, operation)
    journal.push(entry)
    run.surEvenement({ type: 'journal', data: entry })
    await run.reviser()
  }
  return { run, journal, arrive }
}

const faites = (run: ScenarioRun) => run.etapes.filter(({ faite }) => faite).map(({ id }) => id)

describe('suivre un apprenant', () => {
  test('les étapes sont reconnues de ce qui s’est vraiment passé, dans n’importe quel ordre', async () => {
    const { run, arrive } = suivre()
    expect(run.courante?.id).toBe('a')
    await arrive('B')
    expect([faites(run), run.courante?.id, run.avancement]).toEqual([['b'], 'a', { faites: 1, total: 3 }])
    await arrive('A')
    expect(run.courante?.id).toBe('c')
    await arrive('C')
    expect([run.etat, run.courante]).toEqual(['termine', undefined])
  })

  test('un échange d’avant le début ne compte pas', async () => {
    const { run, arrive } = suivre({ depuis: 1 })
    await arrive('A')
    expect(faites(run)).toEqual([])
  })

  test('les indices viennent un par un, du plus léger au geste même', () => {
    const { run } = suivre()
    expect(run.courante?.indicesDonnes).toEqual([])
    run.donnerIndice('a')
    expect(run.courante?.indicesDonnes).toEqual(['un'])
    run.donnerIndice('a')
    run.donnerIndice('a')
    expect([run.courante?.indicesDonnes, run.courante?.resteDesIndices]).toEqual([['un', 'deux'], false])
  })

  test('recommencer oublie tout', async () => {
    const { run, arrive } = suivre()
    await arrive('A')
    run.donnerIndice('b')
    run.recommencer(1)
    expect([faites(run), run.etapes[1]?.indicesDonnes, run.etat]).toEqual([[], [], 'exercice'])
  })
})

describe('faire la démonstration', () => {
  test('« faites-le pour moi » joue l’étape et celles d’avant, et le dit', async () => {
    const { run, arrive } = suivre()
    const jeu = run.faire('b')
    expect(run.enLecture).toBe(true)
    setTimeout(() => void arrive('A'), 5)
    setTimeout(() => void arrive('B'), 150)
    await jeu
    expect([faites(run), run.enLecture]).toEqual([['a', 'b'], false])
    expect(run.etapes.map(({ montree }) => montree)).toEqual([false, true, false])
  })

  test('une étape déjà faite ne se rejoue pas', async () => {
    const { run, arrive } = suivre()
    await arrive('A')
    await run.faire('a')
    expect(run.etapes[0]?.montree).toBe(false)
  })

  test('la lecture se suspend et reprend où elle en était', async () => {
    const { run, arrive } = suivre()
    const jeu = run.lire()
    await arrive('A')
    run.suspendre()
    await jeu
    expect([run.etat, faites(run)]).toEqual(['exercice', ['a']])
    const suite = run.lire()
    setTimeout(() => void arrive('B'), 5)
    setTimeout(() => void arrive('C'), 150)
    await suite
    await vi.waitFor(() => expect(run.etat).toBe('termine'))
  })

  test('un geste impossible arrête la démonstration et dit pourquoi', async () => {
    const { run } = suivre({ scenario: { ...SCENARIO, etapes: [etape('a', 'A', [{ acte: 'ouvrirFiche' }])] } })
    await run.lire()
    expect([run.etat, run.incident]).toEqual(['exercice', 'La fiche n’existe pas encore.'])
  })
})

test('every generated path of the follow-up keeps what was seen, until it is started again', () => {
  const paths = getShortestPaths(suiviScenario, {
    input: { etapes: ['a', 'b'] },
    events: [
      { type: 'constat.arrive', faites: ['a'] },
      { type: 'constat.arrive', faites: ['b'] },
      { type: 'apprenant.delegue', etape: 'a' },
      { type: 'apprenant.demandeIndice', etape: 'a', combien: 1 },
      { type: 'formateur.lance' },
      { type: 'formateur.suspend' },
      { type: 'demonstration.finit' },
      { type: 'demonstration.echoue', incident: 'x' },
      { type: 'formateur.recommence' },
    ],
    serializeState: ({ value, context }) => JSON.stringify([value, context.faites, context.indices]),
    limit: 5_000,
  })
  expect(new Set(paths.map(({ state }) => String(state.value)))).toEqual(new Set(['exercice', 'demonstration', 'termine']))
  for (const { state } of paths) {
    const tout = state.context.faites.length === 2
    expect(state.value === 'termine' || !tout || state.value === 'demonstration').toBe(true)
    expect(state.value !== 'termine' || tout).toBe(true)
  }
})

describe('les scénarios du catalogue', () => {
  test.each(scenarios.map((scenario) => [scenario.titre, scenario] as const))('%s est complet', (_, scenario) => {
    expect(new Set(scenario.etapes.map(({ id }) => id)).size).toBe(scenario.etapes.length)
    for (const { indices, verifications, actes, consigne, aObserver, erreurFrequente } of scenario.etapes) {
      expect(indices.length).toBeGreaterThan(1)
      expect(verifications.length).toBeGreaterThan(0)
      expect(actes.length).toBeGreaterThan(0)
      expect([consigne, aObserver, erreurFrequente].every(Boolean)).toBe(true)
    }
    // A scenario is data: it survives being written down.
    expect(JSON.parse(JSON.stringify(scenario))).toEqual(scenario)
  })
})

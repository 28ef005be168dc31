import { getShortestPaths } from 'xstate/graph'
import { describe, expect, test } from 'vitest'
import { CONTEXTE_ENVOI_INITIAL, envoiLifecycle, nextEnvoi, REPRISES_MS, type EtatEnvoi, type EvenementEnvoi, type VieEnvoi } from './envoi.ts'

const MAINTENANT = 1_000_000

const EVENEMENTS: EvenementEnvoi[] = [
  { type: 'cabinet.envoie' },
  { type: 'cabinet.bloque', motif: 'dmp-ferme' },
  { type: 'cabinet.debloque' },
  { type: 'cabinet.redemarre', maintenant: MAINTENANT },
  { type: 'dmp.accepte' },
  { type: 'dmp.refuse', code: 'XDSDuplicateUniqueIdInRegistry', texte: 'déjà connu', maintenant: MAINTENANT },
  { type: 'dmp.refuse', code: 'XDSRegistryBusy', texte: 'occupé', maintenant: MAINTENANT },
  { type: 'dmp.refuse', code: 'XDSRegistryMetadataError', texte: 'métadonnée absente', maintenant: MAINTENANT },
  { type: 'reseau.echoue', parti: true, texte: 'sans réponse', maintenant: MAINTENANT },
  { type: 'reseau.echoue', parti: false, texte: 'injoignable', maintenant: MAINTENANT },
  { type: 'medecin.retient' },
  { type: 'medecin.libere' },
  { type: 'medecin.reessaie', maintenant: MAINTENANT },
]

const depart: VieEnvoi = { etat: 'enAttente', contexte: CONTEXTE_ENVOI_INITIAL }

const vivre = (...evenements: EvenementEnvoi[]): VieEnvoi =>
  evenements.reduce((vie, evenement) => {
    const suivante = nextEnvoi(vie, evenement)
    if (!suivante) throw new Error(`${evenement.type} does nothing in ${vie.etat}`)
    return suivante
  }, depart)

describe('every generated path of an order', () => {
  // Counters are left out of the state, or there would be no end to the graph.
  const paths = getShortestPaths(envoiLifecycle, {
    events: EVENEMENTS,
    serializeState: (snapshot) => `${String(snapshot.value)}|${snapshot.context.doute}|${snapshot.context.dejaLa}|${snapshot.context.motif ?? ''}`,
    limit: 20_000,
  })

  test('reaches every state', () => {
    const reached = new Set(paths.map((path) => path.state.value))
    expect([...reached].toSorted()).toEqual(['aReprendre', 'bloque', 'enAttente', 'enEnvoi', 'envoye', 'refuse', 'retenu'])
  })

  test.each(
    paths.map(
      (path) =>
        [
          path.steps
            .slice(1)
            .map((step) => step.event.type)
            .join(' → ') || 'début',
          path,
        ] as const,
    ),
  )('%s', (_, path) => {
    let vie = depart
    let sansReponse = false
    for (const { event } of path.steps.slice(1)) {
      const suivante = nextEnvoi(vie, event)
      expect(suivante).not.toBeNull()
      if (vie.etat === 'enEnvoi' && (event.type === 'cabinet.redemarre' || (event.type === 'reseau.echoue' && event.parti))) sansReponse = true
      vie = suivante!
      // A doubt once born never leaves before the DMP itself has answered.
      const { doute, motif, prochainEssai, derniereErreur } = vie.contexte
      expect(!sansReponse || vie.etat === 'envoye' || doute, 'the doubt stays').toBe(true)
      expect(vie.etat !== 'retenu' || !doute, 'retained means surely not sent').toBe(true)
      expect(vie.etat !== 'bloque' || motif !== null, 'blocked has a reason').toBe(true)
      expect(vie.etat !== 'aReprendre' || prochainEssai >= MAINTENANT, 'a retry is planned').toBe(true)
      expect(vie.etat !== 'refuse' || derniereErreur !== '', 'a refusal is told').toBe(true)
    }
    expect(vie.etat).toBe(path.state.value)
  })
})

test('CABINET-FILE-REPRISE : après une panne, l’envoi repart de lui-même, de plus en plus tard, sans jamais être abandonné', () => {
  let vie = depart
  const attentes: number[] = []
  for (let panne = 0; panne < 8; panne++) {
    vie = nextEnvoi(vie, { type: 'reseau.echoue', parti: false, texte: 'injoignable', maintenant: MAINTENANT })!
    attentes.push(vie.contexte.prochainEssai - MAINTENANT)
  }
  expect(vie.etat).toBe<EtatEnvoi>('aReprendre')
  expect(attentes).toEqual([...REPRISES_MS, ...Array.from({ length: 3 }, () => REPRISES_MS.at(-1))])
})

describe('CABINET-FILE-SANS-DOUBLON : un document renvoyé après une réponse perdue n’est jamais doublé', () => {
  test('un uniqueId déjà connu après une réponse perdue veut dire « déjà arrivé »', () => {
    const vie = vivre(
      { type: 'cabinet.envoie' },
      { type: 'reseau.echoue', parti: true, texte: 'sans réponse', maintenant: MAINTENANT },
      { type: 'cabinet.envoie' },
      { type: 'dmp.refuse', code: 'XDSDuplicateUniqueIdInRegistry', texte: 'déjà connu', maintenant: MAINTENANT },
    )
    expect(vie).toMatchObject({ etat: 'envoye', contexte: { dejaLa: true, envois: 2, derniereErreur: '' } })
  })

  test('un uniqueId déjà connu au premier envoi est un vrai refus', () => {
    const vie = vivre(
      { type: 'cabinet.envoie' },
      { type: 'dmp.refuse', code: 'XDSDuplicateUniqueIdInRegistry', texte: 'déjà connu', maintenant: MAINTENANT },
    )
    expect(vie).toMatchObject({ etat: 'refuse', contexte: { dejaLa: false, code: 'XDSDuplicateUniqueIdInRegistry' } })
  })

  test('un logiciel qui redémarre au milieu d’un envoi le rejoue aussitôt', () => {
    const vie = vivre({ type: 'cabinet.envoie' }, { type: 'cabinet.redemarre', maintenant: MAINTENANT })
    expect(vie).toMatchObject({ etat: 'aReprendre', contexte: { doute: true, prochainEssai: MAINTENANT } })
  })
})

describe('CABINET-FILE-RETENIR : le médecin retient un envoi d’un seul geste, sans réglage qui dure', () => {
  test('un envoi en attente est retenu, puis libéré', () => {
    expect(vivre({ type: 'medecin.retient' }).etat).toBe('retenu')
    expect(vivre({ type: 'medecin.retient' }, { type: 'medecin.libere' }).etat).toBe('enAttente')
  })

  test('un envoi dont la réponse s’est perdue ne peut plus être retenu : il est peut-être arrivé', () => {
    const vie = vivre({ type: 'cabinet.envoie' }, { type: 'reseau.echoue', parti: true, texte: 'sans réponse', maintenant: MAINTENANT })
    expect(nextEnvoi(vie, { type: 'medecin.retient' })).toBeNull()
  })
})

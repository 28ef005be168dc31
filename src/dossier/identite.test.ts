import { getShortestPaths } from 'xstate/graph'
import { describe, expect, test } from 'vitest'
import { RENDUE } from '../../test/cabinet.ts'
import {
  type EvenementIdentite,
  IDENTITE_INITIALE,
  type IdentiteLocale,
  identiteLifecycle,
  type InsDetenu,
  insCommunicable,
  nextIdentite,
  traitsVerrouilles,
} from './identite.ts'

const parCarte: InsDetenu = { ins: RENDUE.ins, historique: [], mode: 'carte Vitale', accordParfait: true, obtenuLe: 0 }
const parTraits: InsDetenu = { ...parCarte, mode: 'traits' }

const EVENEMENTS: EvenementIdentite[] = [
  { type: 'agent.accepteInsi', ins: parCarte },
  { type: 'agent.accepteInsi', ins: parTraits },
  { type: 'agent.enregistrePiece', code: 'CN', mineurAvecParent: false, le: 0, par: 'x' },
  { type: 'agent.enregistrePiece', code: 'PC', mineurAvecParent: false, le: 0, par: 'x' },
  { type: 'agent.confirmeConcordance' },
  { type: 'medecin.atteste', le: 0, par: 'x' },
  { type: 'agent.modifieTraitStrict' },
  { type: 'agent.marque', attribut: 'douteuse' },
  { type: 'agent.marque', attribut: 'fictive' },
  { type: 'agent.marque', attribut: 'homonyme' },
  { type: 'agent.leve', attribut: 'douteuse' },
  { type: 'agent.leve', attribut: 'fictive' },
  { type: 'agent.leve', attribut: 'homonyme' },
  { type: 'insi.contredit' },
]

const vivre = (...evenements: EvenementIdentite[]): IdentiteLocale | null =>
  evenements.reduce<IdentiteLocale | null>((identite, evenement) => identite && nextIdentite(identite, evenement), IDENTITE_INITIALE)

describe('every generated path of an identity', () => {
  const paths = getShortestPaths(identiteLifecycle, {
    events: EVENEMENTS,
    serializeState: ({ value, context: { attributs, ins, preuve } }) =>
      JSON.stringify([value, attributs, ins?.mode ?? '', preuve?.genre === 'piece' ? preuve.code : (preuve?.genre ?? '')]),
    limit: 20_000,
  })

  test('reaches the four statuses', () => {
    expect([...new Set(paths.map((path) => String(path.state.value)))].toSorted()).toEqual(['provisoire', 'qualifiee', 'recuperee', 'validee'])
  })

  test(`keeps what each status means, on ${paths.length} paths`, () => {
    for (const path of paths) {
      let identite = IDENTITE_INITIALE
      for (const { event } of path.steps.slice(1)) {
        identite = nextIdentite(identite, event)!
        const { statut, contexte } = identite
        const { douteuse, fictive, homonyme } = contexte.attributs
        expect(contexte.ins !== null, `${statut} holds an INS`).toBe(statut === 'recuperee' || statut === 'qualifiee')
        expect(statut !== 'validee' || contexte.preuve?.genre === 'piece', 'validée rests on a document').toBe(true)
        expect(statut !== 'qualifiee' || contexte.preuve !== null, 'qualifiée rests on a proof').toBe(true)
        expect(statut === 'provisoire' || !(douteuse || fictive), 'douteuse or fictive stays provisoire').toBe(true)
        expect(fictive && (douteuse || homonyme)).toBe(false)
        expect(insCommunicable(identite) !== null).toBe(statut === 'qualifiee')
        expect(traitsVerrouilles(identite)).toBe(statut === 'recuperee' || statut === 'qualifiee')
      }
      expect(identite.statut).toBe(path.state.value)
    }
  })
})

describe('les quatre statuts', () => {
  test('RNIV-STATUT-DEUX-FAITS : INSi puis pièce, provisoire, récupérée, qualifiée', () => {
    expect(vivre({ type: 'agent.accepteInsi', ins: parTraits })?.statut).toBe('recuperee')
    expect(
      vivre(
        { type: 'agent.accepteInsi', ins: parTraits },
        { type: 'agent.enregistrePiece', code: 'PA', mineurAvecParent: false, le: 0, par: 'x' },
        { type: 'agent.confirmeConcordance' },
      )?.statut,
    ).toBe('qualifiee')
  })

  test('pièce puis INSi : provisoire, validée, qualifiée', () => {
    const validee = vivre(
      { type: 'agent.enregistrePiece', code: 'CN', mineurAvecParent: false, le: 0, par: 'x' },
      { type: 'agent.confirmeConcordance' },
    )!
    expect(validee.statut).toBe('validee')
    expect(nextIdentite(validee, { type: 'agent.accepteInsi', ins: parTraits })?.statut).toBe('qualifiee')
  })

  test('RNIV-PIECE-HAUTE-CONFIANCE : un permis de conduire ne suffit pas', () => {
    expect(
      vivre({ type: 'agent.enregistrePiece', code: 'PC', mineurAvecParent: false, le: 0, par: 'x' }, { type: 'agent.confirmeConcordance' }),
    ).toBeNull()
  })

  test('RNIV-PATIENT-CONNU : le patient connu ne s’atteste qu’après la carte Vitale et un accord parfait', () => {
    const atteste: EvenementIdentite = { type: 'medecin.atteste', le: 0, par: 'x' }
    expect(vivre({ type: 'agent.accepteInsi', ins: parCarte }, atteste)?.statut).toBe('qualifiee')
    expect(vivre({ type: 'agent.accepteInsi', ins: parTraits }, atteste)).toBeNull()
    expect(vivre({ type: 'agent.accepteInsi', ins: { ...parCarte, accordParfait: false } }, atteste)).toBeNull()
  })

  test('RNIV-INS-PERDUE-ABAISSE : un trait strict modifié fait perdre le matricule', () => {
    const qualifiee = vivre(
      { type: 'agent.enregistrePiece', code: 'CN', mineurAvecParent: false, le: 0, par: 'x' },
      { type: 'agent.confirmeConcordance' },
      { type: 'agent.accepteInsi', ins: parTraits },
    )!
    expect(nextIdentite(qualifiee, { type: 'agent.modifieTraitStrict' })).toMatchObject({ statut: 'validee', contexte: { ins: null } })
    const recuperee = vivre({ type: 'agent.accepteInsi', ins: parTraits })!
    expect(nextIdentite(recuperee, { type: 'agent.modifieTraitStrict' })).toMatchObject({ statut: 'provisoire', contexte: { ins: null } })
  })

  test('RNIV-PIECE-MINEUR : le livret de famille ne vaut que pour un mineur, avec la pièce d’un parent', () => {
    const livret = (mineurAvecParent: boolean) =>
      vivre({ type: 'agent.enregistrePiece', code: 'LE', mineurAvecParent, le: 0, par: 'x' }, { type: 'agent.confirmeConcordance' })
    expect(livret(true)?.statut).toBe('validee')
    expect(livret(false)).toBeNull()
  })

  test('RNIV-ATTRIBUTS-COMPATIBLES : douteuse et homonyme se combinent, fictive reste seule', () => {
    expect(vivre({ type: 'agent.marque', attribut: 'homonyme' }, { type: 'agent.marque', attribut: 'douteuse' })).not.toBeNull()
    expect(vivre({ type: 'agent.marque', attribut: 'homonyme' }, { type: 'agent.marque', attribut: 'fictive' })).toBeNull()
  })

  test('une qualification sur simple attestation ne laisse rien de validé derrière elle', () => {
    const attestee = vivre({ type: 'agent.accepteInsi', ins: parCarte }, { type: 'medecin.atteste', le: 0, par: 'x' })!
    expect(nextIdentite(attestee, { type: 'insi.contredit' })).toMatchObject({ statut: 'provisoire', contexte: { ins: null, preuve: null } })
  })

  test('RNIV-DOUTEUSE-FICTIVE : douteuse, le matricule est retiré et INSi n’est plus appelé', () => {
    const douteuse = vivre({ type: 'agent.accepteInsi', ins: parTraits }, { type: 'agent.marque', attribut: 'douteuse' })!
    expect(douteuse).toMatchObject({ statut: 'provisoire', contexte: { ins: null } })
    expect(nextIdentite(douteuse, { type: 'agent.accepteInsi', ins: parTraits })).toBeNull()
    expect(nextIdentite(douteuse, { type: 'agent.leve', attribut: 'douteuse' })).not.toBeNull()
  })
})

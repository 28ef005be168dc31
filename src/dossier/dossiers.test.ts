import { describe, expect, test } from 'vitest'
import { CPE, CPE_ANONYME, CPS, createTestCabinet, RENDUE, TRAITS } from '../../test/cabinet.ts'
import type { Acte } from './dossiers.ts'
import { chercherPatients, doublonsDe } from './recherche-locale.ts'
import { comparerTraits, normaliserTraits, verifierTraits } from './traits-saisis.ts'

const fait = (acte: Acte) => {
  if ('refuse' in acte) throw new Error(acte.refuse.texte)
  return acte.fait
}

describe('création', () => {
  test('une fiche naît provisoire, en majuscules et sans accent', async () => {
    const { dossiers, db } = createTestCabinet()
    const patient = fait(await dossiers.creer({ ...TRAITS, nomNaissance: 'Cœur d’Été', premierPrenom: 'Zoé', lieuNaissance: '' }, {}, CPE))
    expect(patient).toMatchObject({
      traits: { nomNaissance: "COEUR D'ETE", premierPrenom: 'ZOE', lieuNaissance: '99999' },
      identite: { statut: 'provisoire' },
    })
    expect(await db.traces.toArray()).toMatchObject([{ par: 'Nadia Exemple (secrétariat)', acte: 'a créé la fiche (identité provisoire)' }])
  })

  test('cinq traits stricts au moins : un trait manquant est refusé et rien n’est écrit', async () => {
    const { dossiers, db } = createTestCabinet()
    const acte = await dossiers.creer({ ...TRAITS, nomNaissance: '', dateNaissance: '2009-02-30' }, {}, CPE)
    expect(acte).toMatchObject({ refuse: { problemes: [{ trait: 'nomNaissance' }, { trait: 'dateNaissance' }] } })
    expect(await db.patients.count()).toBe(0)
  })
})

describe('recherche locale', () => {
  test('par date de naissance puis trois lettres au plus, accents et tirets ignorés', async () => {
    const { dossiers, db } = createTestCabinet()
    await dossiers.creer({ ...TRAITS, nomNaissance: 'Lévy', premierPrenom: 'Jean-Marc' }, {}, CPE)
    await dossiers.creer({ ...TRAITS, nomNaissance: 'Martin', premierPrenom: 'Léa' }, {}, CPE)
    await dossiers.creer({ ...TRAITS, nomNaissance: 'Levy', premierPrenom: 'Paul', dateNaissance: '2010-01-01' }, {}, CPE)
    const noms = async (lettres?: string) =>
      (await chercherPatients(db, { dateNaissance: '2009-07-14', ...(lettres === undefined ? {} : { lettres }) })).map(
        ({ traits }) => traits.nomNaissance,
      )
    expect(await noms()).toEqual(['LEVY', 'MARTIN'])
    expect(await noms('lé')).toEqual(['LEVY', 'MARTIN'])
    expect(await noms('LEVYTROP')).toEqual(['LEVY'])
    expect(await noms('jea')).toEqual(['LEVY'])
    expect(await noms('XYZ')).toEqual([])
  })

  test('deux fiches du même nom nées le même jour sont signalées', async () => {
    const { dossiers, db } = createTestCabinet()
    const premiere = fait(await dossiers.creer(TRAITS, {}, CPE))
    const seconde = fait(await dossiers.creer({ ...TRAITS, premierPrenom: 'PIERRE' }, {}, CPE))
    expect((await doublonsDe(db, seconde)).map(({ id }) => id)).toEqual([premiere.id])
  })
})

describe('INSi', () => {
  test('RNIV-TRAITS-VERROUILLES : les traits rendus remplacent les traits locaux et sont verrouillés', async () => {
    const { dossiers } = createTestCabinet()
    const { id } = fait(await dossiers.creer({ ...TRAITS, lieuNaissance: '99999' }, {}, CPE))
    const recuperee = fait(await dossiers.accepterInsi(id, RENDUE, 'traits', CPE))
    expect(recuperee).toMatchObject({
      identite: { statut: 'recuperee', contexte: { ins: { accordParfait: true } } },
      traits: { premierPrenom: 'PIERRE-ALAIN', listePrenom: 'PIERRE-ALAIN MURIEL FLORIANT', lieuNaissance: '63220' },
      matricule: '109076322083489',
    })
    const refus = await dossiers.modifierTraits(id, { ...recuperee.traits, nomNaissance: 'AUTRE' }, CPE)
    expect(refus).toMatchObject({ refuse: { texte: expect.stringContaining('verrouillés') } })
    expect(fait(await dossiers.modifierTraits(id, { ...recuperee.traits, nomNaissance: 'AUTRE' }, CPE, true))).toMatchObject({
      identite: { statut: 'provisoire', contexte: { ins: null } },
      matricule: '',
    })
  })

  test('RNIV-PREMIER-PRENOM : le premier prénom se corrige tant qu’il ouvre la liste', async () => {
    const { dossiers } = createTestCabinet()
    const patient = fait(await dossiers.creer(TRAITS, {}, CPE))
    const recuperee = fait(await dossiers.accepterInsi(patient.id, RENDUE, 'traits', CPE))
    expect(fait(await dossiers.modifierTraits(patient.id, { ...recuperee.traits, premierPrenom: 'PIERRE' }, CPE)).identite.statut).toBe('recuperee')
    expect(await dossiers.modifierTraits(patient.id, { ...recuperee.traits, premierPrenom: 'MURIEL' }, CPE)).toHaveProperty('refuse.problemes')
  })

  test('CABINET-CPE-NOMINATIVE : une CPE sans nom ne peut ni interroger INSi ni qualifier', async () => {
    const { dossiers } = createTestCabinet()
    const { id } = fait(await dossiers.creer(TRAITS, {}, CPE_ANONYME))
    expect(await dossiers.accepterInsi(id, RENDUE, 'traits', CPE_ANONYME)).toMatchObject({ refuse: { regle: { code: 'CABINET-CPE-NOMINATIVE' } } })
    expect(await dossiers.enregistrerPiece(id, 'CN', CPE_ANONYME)).toMatchObject({ refuse: { regle: { code: 'CABINET-CPE-NOMINATIVE' } } })
    expect((await dossiers.lire(id))?.identite.statut).toBe('provisoire')
  })

  test('RNIV-PATIENT-CONNU : seul le professionnel atteste, après la carte et un accord parfait', async () => {
    const { dossiers } = createTestCabinet()
    const { id } = fait(await dossiers.creer(TRAITS, {}, CPE))
    await dossiers.accepterInsi(id, RENDUE, 'carte Vitale', CPE)
    expect(await dossiers.attester(id, CPE)).toMatchObject({ refuse: { regle: { code: 'RNIV-PATIENT-CONNU' } } })
    expect(fait(await dossiers.attester(id, CPS)).identite.statut).toBe('qualifiee')
  })
})

describe('traits', () => {
  test('une apostrophe typographique et une ligature sont converties, un chiffre est refusé', () => {
    expect(normaliserTraits({ ...TRAITS, nomNaissance: 'd’Æion' }).nomNaissance).toBe("D'AEION")
    expect(verifierTraits({ ...TRAITS, nomNaissance: 'DUPONT2' }).map(({ trait }) => trait)).toEqual(['nomNaissance'])
  })

  test('la comparaison dit ce qui est identique, différent, ou seulement ajouté par INSi', () => {
    const verdicts = comparerTraits({ ...TRAITS, nomNaissance: 'ECETINSY', lieuNaissance: '99999' }, RENDUE.traits).map(({ verdict }) => verdict)
    expect(verdicts).toEqual(['différent', 'identique', 'identique', 'identique', 'absent'])
  })
})

import { beforeEach, describe, expect, test } from 'vitest'
import type { CdaN1 } from '#standards/cda/cda.ts'
import { lireCourriel } from '#standards/mssante/courriel/lire-courriel.ts'
import { CPE, createTestCabinet, patientQualifie, type TestCabinet, TRAITS } from '../../test/cabinet.ts'
import { compteRendu, courrielAvecXdm } from '../../test/xdm.ts'
import { codeDeRefus, type Reception } from './reception.ts'
import { Receptions } from './receptions.ts'

const BOITE = 'secretariat.calendrier@medecins.bac.mssante.fr'
const LABO = 'noreply-biologie@quatre-saisons.bac.mssante.fr'

let cabinet: TestCabinet
let receptions: Receptions
let n = 0
beforeEach(() => {
  cabinet = createTestCabinet()
  receptions = new Receptions(cabinet.db, cabinet.clock)
})

async function arrive(
  change: Partial<CdaN1> = {},
  { supprime = false, archive }: { supprime?: boolean; archive?: Uint8Array } = {},
): Promise<Reception> {
  const octets = await courrielAvecXdm([{ cda: compteRendu(change), ...(supprime && { supprime }) }], {
    a: BOITE,
    de: LABO,
    ...(archive && { archive }),
  })
  const [recue] = await receptions.recevoir({ boite: BOITE, id: `m${++n}`, fil: `f${n}`, lu: await lireCourriel(octets) }, CPE)
  return recue!
}

const titres = (liste: readonly Reception[]) => liste.map(({ document }) => document?.titre ?? '')

describe('la liste des documents reçus', () => {
  test('CABINET-XDM-RECONNAITRE : chaque document d’une archive rejoint la liste, une seule fois par message', async () => {
    const octets = await courrielAvecXdm([{ cda: compteRendu() }, { cda: compteRendu({ id: '1.2.250.1.999.1.1.9.5.2', titre: 'Ionogramme' }) }], {
      a: BOITE,
      de: LABO,
    })
    const message = { boite: BOITE, id: 'm', fil: 'f', lu: await lireCourriel(octets) }
    await receptions.recevoir(message, CPE)
    expect(await receptions.recevoir(message, CPE)).toEqual([])
    // Two windows at once: one of them takes it.
    const autre = { ...message, id: 'm2' }
    const prises = await Promise.all([receptions.recevoir(autre, CPE), new Receptions(cabinet.db, cabinet.clock).recevoir(autre, CPE)])
    expect(prises.map(({ length }) => length).toSorted()).toEqual([0, 2])
    expect(titres(await receptions.aTraiter()).toSorted()).toEqual(['Bilan lipidique', 'Bilan lipidique', 'Ionogramme', 'Ionogramme'])
    const [premier] = await receptions.aTraiter()
    expect(premier).toMatchObject({ accuse: LABO, expediteur: { adresse: LABO }, etat: 'aTraiter' })
  })

  test('CABINET-XDM-PATIENT : le patient vient de METADATA.XML, et la fiche de mêmes traits est proposée', async () => {
    const id = await patientQualifie(cabinet)
    const recue = await arrive()
    const proposition = await receptions.proposer(recue)
    expect([proposition?.fiche.id, proposition?.genre]).toEqual([id, 'certaine'])
    expect(
      (
        await receptions.proposer(
          await arrive({ id: '1.2.3.9', patient: { ...compteRendu().patient, nomNaissance: 'AUTRE', matriculeIns: '199076322083402' } }),
        )
      )?.genre,
    ).toBeUndefined()
  })

  test('CABINET-XDM-PAS-MATRICULE-SEUL : même matricule, autres traits : rien ne se classe sans que quelqu’un compare', async () => {
    const id = await patientQualifie(cabinet)
    const recue = await arrive({ patient: { ...compteRendu().patient, nomNaissance: 'HOMONYME', dateNaissance: '2009-07-15' } })
    const proposition = await receptions.proposer(recue)
    expect([proposition?.genre, proposition?.ecarts]).toEqual(['matricule', ['nom de naissance', 'date de naissance']])
    expect(await receptions.classer(recue.id, id, CPE)).toMatchObject({ refuse: { regle: { code: 'CABINET-XDM-PAS-MATRICULE-SEUL' } } })
    expect(await receptions.duPatient(id)).toEqual([])
    expect(await receptions.classer(recue.id, id, CPE, true)).toMatchObject({ fait: { etat: 'classe', automatique: false } })
  })

  test('CABINET-XDM-PAS-MATRICULE-SEUL : mêmes traits dans une fiche qui n’est pas qualifiée : proposée, à comparer', async () => {
    const cree = await cabinet.dossiers.creer(TRAITS, {}, CPE)
    if (!('fait' in cree)) throw new Error(cree.refuse.texte)
    const recue = await arrive()
    expect((await receptions.proposer(recue))?.genre).toBe('traits')
    expect('refuse' in (await receptions.classer(recue.id, cree.fait.id, CPE))).toBe(true)
    expect('fait' in (await receptions.classer(recue.id, cree.fait.id, CPE, true))).toBe(true)
  })

  test('CABINET-XDM-INS-DIFFERENTE : mêmes traits, autre INS : la fiche ne le prend pas, même après comparaison', async () => {
    const id = await patientQualifie(cabinet)
    const recue = await arrive({ patient: { ...compteRendu().patient, matriculeIns: '109076322083588' } })
    const proposition = await receptions.proposer(recue)
    expect(proposition?.genre).toBe('autreIns')
    expect(codeDeRefus(recue, proposition)).toBe(904)
    expect(await receptions.classer(recue.id, id, CPE, true)).toMatchObject({ refuse: { regle: { code: 'CABINET-XDM-INS-DIFFERENTE' } } })
    const autre = await arrive({ id: '1.2.3.3', patient: { ...compteRendu().patient, nomNaissance: 'AUTRE', matriculeIns: '109076322083588' } })
    expect(await receptions.classer(autre.id, id, CPE, true)).toMatchObject({ refuse: { regle: { code: 'CABINET-XDM-INS-DIFFERENTE' } } })
  })

  test('CABINET-XDM-AUTOMATIQUE : seulement si le cabinet le veut, et si tout est strictement le même', async () => {
    const id = await patientQualifie(cabinet)
    expect((await arrive()).etat).toBe('aTraiter')
    await receptions.reglerAutomatique(true)
    expect(await arrive({ id: '1.2.3.4' })).toMatchObject({ etat: 'classe', patientId: id, automatique: true })
    expect(await arrive({ id: '1.2.3.5', patient: { ...compteRendu().patient, sexe: 'F' } })).toMatchObject({ etat: 'aTraiter' })
    expect(await arrive({ id: '1.2.3.4' }, { supprime: true })).toMatchObject({ etat: 'aTraiter' })
    const [nonLu] = await receptions.nonLus()
    await receptions.marquerLu(nonLu!.id)
    expect(await receptions.nonLus()).toEqual([])
    expect(await receptions.statistiques()).toEqual([{ type: 'CR d’examens biologiques', automatiques: 1, manuels: 0, refuses: 0 }])
  })
})

describe('versions et suppressions', () => {
  test('CABINET-XDM-REMPLACE : la version suivante du même laboratoire prend la place de celle qui est classée', async () => {
    const id = await patientQualifie(cabinet)
    await receptions.classer((await arrive()).id, id, CPE)
    const suivante = await arrive({ id: '1.2.3.6', version: 2, remplace: compteRendu().id, titre: 'Bilan lipidique corrigé' })
    expect('fait' in (await receptions.classer(suivante.id, id, CPE))).toBe(true)
    expect(titres(await receptions.duPatient(id))).toEqual(['Bilan lipidique corrigé'])
    const vieille = await arrive({ id: '1.2.3.7', version: 1, remplace: '1.2.3.6' })
    expect(await receptions.classer(vieille.id, id, CPE)).toMatchObject({ refuse: { texte: expect.stringContaining('900') } })
    const structure = { id: '397900000500018', nom: 'Autre laboratoire' }
    const dAutrui = await arrive({ id: '1.2.3.8', version: 3, remplace: '1.2.3.6', auteur: { ...compteRendu().auteur, structure } })
    expect(await receptions.classer(dAutrui.id, id, CPE)).toMatchObject({ refuse: { texte: expect.stringContaining('901') } })
    expect(titres(await receptions.duPatient(id))).toEqual(['Bilan lipidique corrigé'])
  })

  test('CABINET-XDM-SUPPRIME : un avis de suppression attend qu’on le confirme, puis retire le document', async () => {
    const id = await patientQualifie(cabinet)
    const orphelin = await arrive({ id: '1.2.3.9' }, { supprime: true })
    expect(await receptions.classer(orphelin.id, id, CPE)).toMatchObject({ refuse: { regle: { code: 'CABINET-XDM-SUPPRIME' } } })
    await receptions.classer((await arrive()).id, id, CPE)
    const avis = await arrive({}, { supprime: true })
    expect(titres(await receptions.duPatient(id))).toEqual(['Bilan lipidique'])
    expect('fait' in (await receptions.classer(avis.id, id, CPE))).toBe(true)
    expect(await receptions.duPatient(id)).toEqual([])
    expect((await cabinet.dossiers.traces(id)).map(({ acte }) => acte).join('\n')).toContain('que son auteur supprime')
  })

  test('CABINET-XDM-DEJA : le même document par deux messages n’entre pas deux fois', async () => {
    const id = await patientQualifie(cabinet)
    await receptions.classer((await arrive()).id, id, CPE)
    expect(await receptions.classer((await arrive()).id, id, CPE)).toMatchObject({ refuse: { regle: { code: 'CABINET-XDM-DEJA' } } })
    const [classe] = await receptions.duPatient(id)
    await receptions.remettre(classe!.id, CPE)
    expect(await receptions.duPatient(id)).toEqual([])
    expect((await receptions.aTraiter()).map((une) => une.id)).toContain(classe!.id)
  })
})

test('CABINET-XDM-INS-DIFFERENTE : ce qui manque donne son code : 902 inconnu, 905 traits absents, 906 archive illisible', async () => {
  expect(codeDeRefus(await arrive(), undefined)).toBe(902)
  expect(codeDeRefus(await arrive({ patient: { ...compteRendu().patient, sexe: '' } }), undefined)).toBe(905)
  const illisible = await arrive({}, { archive: new TextEncoder().encode('pas une archive') })
  expect([illisible.document, illisible.refus?.code, codeDeRefus(illisible, undefined)]).toEqual([null, 906, 906])
  expect(await receptions.refuser(illisible.id, 906, CPE)).toMatchObject({ fait: { etat: 'refuse', traitePar: 'Nadia Exemple (secrétariat)' } })
  expect((await receptions.statistiques()).find(({ type }) => type === 'Archive illisible')?.refuses).toBe(1)
})

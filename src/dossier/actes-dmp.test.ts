import { describe, expect, test } from 'vitest'
import { CPE, CPS, createTestCabinet, patientQualifie, type TestCabinet } from '../../test/cabinet.ts'
import type { ActeDmp, Depot, Dmp } from '../clients/dmp-port.ts'
import { ACTES_DMP, actesPossibles, agirSurEnvoi, auDmp } from './actes-dmp.ts'
import { BoiteEnvoi } from './boite-envoi.ts'
import type { AuDmp } from './document.ts'
import { ecrireCda } from './ecrire-cda.ts'
import { BROUILLON_VIDE, validerDocument } from './redaction.ts'

const ACTUEL: AuDmp = { statut: 'actuel', masquePs: false, invisiblePatient: false, invisibleRepresentants: false }

function fauxDmp() {
  const faits: [string, ActeDmp][] = []
  const depots: Depot[] = []
  const reglages = { refuser: false }
  const dmp: Pick<Dmp, 'modifier' | 'situation' | 'deposer'> = {
    situation: async () => ({
      issue: 'situation',
      etat: 'actif',
      autorisation: 'NON_EXISTE',
      medecinTraitant: false,
      rattacheMes: true,
      fermeLe: '',
      motif: '',
      raison: '',
    }),
    deposer: async (depot) => (depots.push(depot), { issue: 'accepte' }),
    modifier: async (_, __, { uniqueId }, acte) =>
      reglages.refuser ? { issue: 'refus', code: 'DMPAccessForbidden', texte: 'non' } : (faits.push([uniqueId, acte]), { issue: 'modifie' }),
  }
  return { dmp, faits, depots, reglages }
}

async function alimente(cabinet: TestCabinet, dmp: ReturnType<typeof fauxDmp>['dmp'], patientId: string, avec = {}) {
  const brouillon = { ...BROUILLON_VIDE, titre: 'Histologie', texte: 'À annoncer.', ...avec }
  const acte = await validerDocument(cabinet, patientId, brouillon, CPS)
  if ('refuse' in acte) throw new Error(acte.refuse.texte)
  await new BoiteEnvoi({ ...cabinet, dmp, carte: () => CPS, ecrireCda }).passer()
  return acte.fait
}

describe('ce que l’on peut faire d’un document au DMP', () => {
  test('CABINET-ACTE-CONFIRME : ce qui est sans retour, et masquer, demandent une confirmation ; archiver, non', () => {
    const confirmes = (Object.keys(ACTES_DMP) as ActeDmp[]).filter((acte) => ACTES_DMP[acte].confirmation)
    expect(confirmes.toSorted()).toEqual(['demasquer', 'masquer', 'montrerPatient', 'montrerRepresentants', 'supprimer'])
    for (const acte of confirmes.filter((un) => ACTES_DMP[un].definitif))
      expect(ACTES_DMP[acte].confirmation?.texte).toMatch(/définitif|irréversible/)
  })

  test('on ne propose pas de masquer un document invisible, ni de supprimer celui d’un autre, ni rien sur une version obsolète', () => {
    expect(actesPossibles(ACTUEL, false)).toEqual(['masquer', 'archiver'])
    expect(actesPossibles({ ...ACTUEL, invisiblePatient: true }, true)).toEqual(['montrerPatient', 'archiver', 'supprimer'])
    expect(actesPossibles({ ...ACTUEL, masquePs: true, statut: 'archivé' }, false)).toEqual(['demasquer', 'desarchiver'])
    expect(actesPossibles({ ...ACTUEL, statut: 'remplacé' }, true)).toEqual([])
  })
})

describe('depuis la boîte d’envoi', () => {
  test('l’annonce puis la suppression sont suivies et tracées ; un refus ne change rien', async () => {
    const cabinet = createTestCabinet()
    const { dmp, faits, reglages } = fauxDmp()
    const id = await patientQualifie(cabinet)
    const { envoi, document } = await alimente(cabinet, dmp, id, { visibilite: { masquePs: false, invisiblePatient: true } })
    const voir = async () => auDmp((await cabinet.db.envois.get(envoi.id))!, document)
    expect(await voir()).toMatchObject({ invisiblePatient: true })
    reglages.refuser = true
    expect(await agirSurEnvoi({ ...cabinet, dmp }, envoi.id, 'montrerPatient', CPS)).toEqual({ refuse: { texte: 'non' } })
    expect(await voir()).toMatchObject({ invisiblePatient: true })
    reglages.refuser = false
    await agirSurEnvoi({ ...cabinet, dmp }, envoi.id, 'montrerPatient', CPS)
    expect(await voir()).toMatchObject({ invisiblePatient: false, statut: 'actuel' })
    await agirSurEnvoi({ ...cabinet, dmp }, envoi.id, 'supprimer', CPS)
    expect(await voir()).toBeNull()
    expect(faits.map(([, acte]) => acte)).toEqual(['montrerPatient', 'supprimer'])
    expect((await cabinet.db.traces.where('patientId').equals(id).toArray()).at(-1)?.acte).toContain('supprimé du DMP')
    expect(await agirSurEnvoi({ ...cabinet, dmp }, envoi.id, 'archiver', CPS)).toMatchObject({ refuse: { texte: expect.stringContaining('plus') } })
  })

  test('CABINET-AUTEUR-PROFESSIONNEL : avec sa carte, la secrétaire ne modifie rien', async () => {
    const cabinet = createTestCabinet()
    const { dmp, faits } = fauxDmp()
    const { envoi } = await alimente(cabinet, dmp, await patientQualifie(cabinet))
    expect(await agirSurEnvoi({ ...cabinet, dmp }, envoi.id, 'supprimer', CPE)).toHaveProperty('refuse.regle.code', 'CABINET-AUTEUR-PROFESSIONNEL')
    expect(faits).toEqual([])
  })

  test('CABINET-REMPLACER : la correction part en remplacement, dans la même série ; l’ancienne devient obsolète', async () => {
    const cabinet = createTestCabinet()
    const { dmp, depots } = fauxDmp()
    const id = await patientQualifie(cabinet)
    const { envoi, document } = await alimente(cabinet, dmp, id)
    const corrige = await alimente(cabinet, dmp, id, { titre: 'Histologie corrigée', remplace: document.id })
    expect(corrige.document.remplace).toMatchObject({ uniqueId: document.uniqueId, premier: document.uniqueId, version: 2 })
    expect(depots[1]).toMatchObject({ remplace: document.uniqueId })
    const cda = (n: number) => new TextDecoder().decode(depots[n]!.document.cda)
    expect(cda(1)).toContain('<versionNumber value="2"/>')
    expect(/<setId[^>]*>/.exec(cda(1))?.[0]).toBe(/<setId[^>]*>/.exec(cda(0))?.[0])
    expect(auDmp((await cabinet.db.envois.get(envoi.id))!, document)).toMatchObject({ statut: 'remplacé' })
    const autre = { ...CPS, identifiant: '899900000099' }
    const refus = await validerDocument(cabinet, id, { ...BROUILLON_VIDE, titre: 'X', texte: 'Y', remplace: document.id }, autre)
    expect(refus).toHaveProperty('refuse.regle.code', 'CABINET-REMPLACER')
  })
})

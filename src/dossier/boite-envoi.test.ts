import { describe, expect, test } from 'vitest'
import { CPE, CPS, createTestCabinet, MATIN, patientQualifie, RENDUE, type TestCabinet, TRAITS } from '../../test/cabinet.ts'
import type { CarteProfessionnelle } from '../clients/carte.ts'
import type { Depot, Dmp, SituationDmp } from '../clients/dmp-port.ts'
import { BoiteEnvoi } from './boite-envoi.ts'
import { ManualClock } from './clock.ts'
import { REPRISES_MS } from './envoi.ts'
import { type Brouillon, validerDocument } from './redaction.ts'

const BROUILLON: Brouillon = {
  typeCode: '11488-4',
  titre: 'Consultation',
  texte: 'Rien à signaler.',
  visibilite: { masquePs: false, invisiblePatient: false },
}

const ACTIF: SituationDmp = {
  issue: 'situation',
  etat: 'actif',
  autorisation: 'NON_EXISTE',
  medecinTraitant: false,
  rattacheMes: true,
  fermeLe: '',
  motif: '',
  raison: '',
}

/** A DMP that remembers what it received, and whose answers a test may bend. */
function fauxDmp() {
  const recus: { depot: Depot; carte: CarteProfessionnelle }[] = []
  const connus = new Set<string>()
  const reglages = { situation: ACTIF as Awaited<ReturnType<Dmp['situation']>>, perdreLaReponse: 0, injoignable: 0 }
  const dmp: Pick<Dmp, 'situation' | 'deposer'> = {
    async situation() {
      if (reglages.injoignable-- > 0) return { issue: 'panne', parti: true, texte: 'Le service est injoignable.' }
      return reglages.situation
    },
    async deposer(depot, carte) {
      recus.push({ depot, carte })
      if (connus.has(depot.document.uniqueId)) return { issue: 'refus', code: 'XDSDuplicateUniqueIdInRegistry', texte: 'déjà connu' }
      connus.add(depot.document.uniqueId)
      if (reglages.perdreLaReponse-- > 0) return { issue: 'panne', parti: true, texte: 'sans réponse' }
      return { issue: 'accepte' }
    },
  }
  return { dmp, recus, connus, reglages }
}

function ouvrir(cabinet: TestCabinet, dmp: Pick<Dmp, 'situation' | 'deposer'>, carte: () => CarteProfessionnelle | null = () => CPS) {
  return new BoiteEnvoi({ ...cabinet, dmp, carte, ecrireCda: (document) => new TextEncoder().encode(document.texte) })
}

const valider = async (cabinet: TestCabinet, patientId: string, brouillon = BROUILLON, retenu = false) => {
  const acte = await validerDocument(cabinet, patientId, brouillon, CPS, retenu)
  if ('refuse' in acte) throw new Error(acte.refuse.texte)
  return acte.fait
}

const laisserFaire = () => new Promise((resolve) => setTimeout(resolve, 20))

test('CABINET-FILE-AUTOMATIQUE : un document validé part de lui-même', async () => {
  const cabinet = createTestCabinet()
  const { dmp, recus } = fauxDmp()
  const id = await patientQualifie(cabinet)
  const { envoi, document } = await valider(cabinet, id)
  await ouvrir(cabinet, dmp).passer()
  expect(await cabinet.db.envois.get(envoi.id)).toMatchObject({ etat: 'envoye', contexte: { envois: 1 } })
  expect(recus).toMatchObject([
    { depot: { document: { uniqueId: document.uniqueId }, ins: { matricule: '1090763220834' } }, carte: { genre: 'CPS' } },
  ])
  expect(document.uniqueId).toMatch(/^1\.2\.250\.1\.999\.1\.1\.7\.1\.\d+$/)
  expect(document.uniqueId.length).toBeLessThanOrEqual(64)
})

test('CABINET-AUTEUR-PROFESSIONNEL : la secrétaire envoie pour le médecin, qui reste l’auteur ; elle ne valide rien elle-même', async () => {
  const cabinet = createTestCabinet()
  const { dmp, recus } = fauxDmp()
  const id = await patientQualifie(cabinet)
  expect(await validerDocument(cabinet, id, BROUILLON, CPE)).toMatchObject({ refuse: { regle: { code: 'CABINET-AUTEUR-PROFESSIONNEL' } } })
  await valider(cabinet, id)
  await ouvrir(cabinet, dmp, () => CPE).passer()
  expect(recus).toMatchObject([{ depot: { auteur: { genre: 'CPS' } }, carte: { genre: 'CPE' } }])
})

describe('ce qui ne part pas, et pourquoi', () => {
  test('RNIV-INS-QUALIFIEE-SEULE : l’identité non qualifiée garde le document, qui part de lui-même une fois qualifiée', async () => {
    const cabinet = createTestCabinet()
    const { dmp, recus } = fauxDmp()
    const cree = await cabinet.dossiers.creer(TRAITS, {}, CPE)
    if ('refuse' in cree) throw new Error(cree.refuse.texte)
    const { envoi } = await valider(cabinet, cree.fait.id)
    const boite = ouvrir(cabinet, dmp)
    await boite.passer()
    expect(await cabinet.db.envois.get(envoi.id)).toMatchObject({ etat: 'bloque', contexte: { motif: 'identite-non-qualifiee' } })
    expect(recus).toHaveLength(0)
    // Same person, seen again: the identity becomes qualifiée.
    await cabinet.dossiers.accepterInsi(cree.fait.id, RENDUE, 'traits', CPE)
    await cabinet.dossiers.enregistrerPiece(cree.fait.id, 'CN', CPE)
    await cabinet.dossiers.confirmerConcordance(cree.fait.id, CPE)
    await cabinet.dossiers.informer(cree.fait.id, CPE)
    await boite.revoir(cree.fait.id)
    expect((await cabinet.db.envois.get(envoi.id))?.etat).toBe('envoye')
  })

  test('CABINET-ENVOI-OPPOSITION : l’opposition garde le document au cabinet, et la lever le fait partir', async () => {
    const cabinet = createTestCabinet()
    const { dmp } = fauxDmp()
    const id = await patientQualifie(cabinet)
    await cabinet.dossiers.opposer(id, 'motif légitime', CPE)
    const { envoi } = await valider(cabinet, id)
    const boite = ouvrir(cabinet, dmp)
    await boite.passer()
    expect(await cabinet.db.envois.get(envoi.id)).toMatchObject({ etat: 'bloque', contexte: { motif: 'opposition' } })
    await cabinet.dossiers.leverOpposition(id, CPE)
    await boite.revoir(id)
    expect((await cabinet.db.envois.get(envoi.id))?.etat).toBe('envoye')
  })

  test('CABINET-ENVOI-PATIENT-INFORME : un patient qui n’a pas été informé n’est pas alimenté', async () => {
    const cabinet = createTestCabinet()
    const { dmp } = fauxDmp()
    const id = await patientQualifie(cabinet)
    await cabinet.db.patients.update(id, { volontes: { information: null, opposition: null, consultation: null } })
    const { envoi } = await valider(cabinet, id)
    await ouvrir(cabinet, dmp).passer()
    expect(await cabinet.db.envois.get(envoi.id)).toMatchObject({ etat: 'bloque', contexte: { motif: 'patient-non-informe' } })
  })

  test.each([
    ['inexistant', 'dmp-inexistant'],
    ['ferme', 'dmp-ferme'],
  ] as const)('CABINET-ENVOI-DMP-ACTIF : rien ne part vers un DMP %s', async (etat, motif) => {
    const cabinet = createTestCabinet()
    const { dmp, recus, reglages } = fauxDmp()
    reglages.situation = { ...ACTIF, etat }
    const { envoi } = await valider(cabinet, await patientQualifie(cabinet))
    const boite = ouvrir(cabinet, dmp)
    await boite.passer()
    expect(await cabinet.db.envois.get(envoi.id)).toMatchObject({ etat: 'bloque', contexte: { motif } })
    expect(recus).toHaveLength(0)
    reglages.situation = ACTIF
    await boite.reessayer(envoi.id)
    expect((await cabinet.db.envois.get(envoi.id))?.etat).toBe('envoye')
  })

  test('CABINET-ENVOI-VISIBILITE, CABINET-ENVOI-NON-VIDE : masqué et invisible à la fois, ou vide, n’est pas validé', async () => {
    const cabinet = createTestCabinet()
    const id = await patientQualifie(cabinet)
    expect(await validerDocument(cabinet, id, { ...BROUILLON, visibilite: { masquePs: true, invisiblePatient: true } }, CPS)).toMatchObject({
      refuse: { regle: { code: 'CABINET-ENVOI-VISIBILITE' } },
    })
    expect(await validerDocument(cabinet, id, { ...BROUILLON, texte: '  ' }, CPS)).toMatchObject({
      refuse: { regle: { code: 'CABINET-ENVOI-NON-VIDE' } },
    })
  })
})

describe('pannes', () => {
  test('la file repart seule quand l’horloge passe l’heure de reprise', async () => {
    const cabinet = createTestCabinet()
    const { dmp, recus, reglages } = fauxDmp()
    reglages.injoignable = 2
    const { envoi } = await valider(cabinet, await patientQualifie(cabinet))
    await ouvrir(cabinet, dmp).passer()
    expect(await cabinet.db.envois.get(envoi.id)).toMatchObject({ etat: 'aReprendre', prochainEssai: MATIN + REPRISES_MS[0] })
    cabinet.clock.advance(REPRISES_MS[0])
    await laisserFaire()
    expect(await cabinet.db.envois.get(envoi.id)).toMatchObject({ etat: 'aReprendre', prochainEssai: MATIN + REPRISES_MS[0] + REPRISES_MS[1] })
    cabinet.clock.advance(REPRISES_MS[1])
    await laisserFaire()
    expect(await cabinet.db.envois.get(envoi.id)).toMatchObject({ etat: 'envoye', contexte: { envois: 1 } })
    expect(recus).toHaveLength(1)
  })

  test('une réponse perdue est rejouée à l’identique, et le DMP ne reçoit qu’un document', async () => {
    const cabinet = createTestCabinet()
    const { dmp, recus, connus, reglages } = fauxDmp()
    reglages.perdreLaReponse = 1
    const { envoi } = await valider(cabinet, await patientQualifie(cabinet))
    const boite = ouvrir(cabinet, dmp)
    await boite.passer()
    expect(await boite.retenir(envoi.id)).toBe(false)
    await boite.reessayer(envoi.id)
    expect(await cabinet.db.envois.get(envoi.id)).toMatchObject({ etat: 'envoye', contexte: { dejaLa: true } })
    expect(connus.size).toBe(1)
    expect(recus[1]!.depot).toEqual(recus[0]!.depot)
  })

  test('fermer la page au milieu d’un envoi ne perd rien et ne double rien', async () => {
    const cabinet = createTestCabinet()
    const { dmp, connus } = fauxDmp()
    const { envoi } = await valider(cabinet, await patientQualifie(cabinet))
    // The page dies while the answer is on its way: the promise never ends.
    const avant = ouvrir(cabinet, { ...dmp, deposer: (depot, carte) => dmp.deposer(depot, carte).then(() => new Promise(() => {})) })
    void avant.passer()
    await laisserFaire()
    expect((await cabinet.db.envois.get(envoi.id))?.etat).toBe('enEnvoi')
    avant.arreter()
    cabinet.db.close()
    const apres = createTestCabinet(cabinet.indexedDB, new ManualClock(MATIN + 1000))
    await ouvrir(apres, dmp).passer()
    expect(await apres.db.envois.get(envoi.id)).toMatchObject({ etat: 'envoye', contexte: { dejaLa: true, envois: 2 } })
    expect(connus.size).toBe(1)
  })
})

test('retenu en un geste : rien ne part, et le document suivant part de nouveau', async () => {
  const cabinet = createTestCabinet()
  const { dmp, recus } = fauxDmp()
  const id = await patientQualifie(cabinet)
  const retenu = await valider(cabinet, id, BROUILLON, true)
  const suivant = await valider(cabinet, id, { ...BROUILLON, titre: 'Suite' })
  const boite = ouvrir(cabinet, dmp)
  await boite.passer()
  expect((await cabinet.db.envois.get(retenu.envoi.id))?.etat).toBe('retenu')
  expect((await cabinet.db.envois.get(suivant.envoi.id))?.etat).toBe('envoye')
  expect(recus).toHaveLength(1)
  await boite.liberer(retenu.envoi.id)
  expect(recus).toHaveLength(2)
})

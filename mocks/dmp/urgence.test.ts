import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Vihf } from '#standards/saml/vihf.ts'
import { writeDemandeTd03 } from '#standards/hl7v3/habilitations.ts'
import { writeGetDocuments } from '#standards/xds/iti-18.ts'
import type { XmlElement } from '#standards/xml/element.ts'
import { ACTIONS, AUTRE_MEDECIN, CONTENT_TYPE, depotBase64, depotDe, DMP_PATHS, enveloppe, lire, patientCx } from '../../test/dmp.ts'
import { rechercher, td03, vihfDe, visibilite } from '../../test/dmp.ts'
import { createTestWorld, TEST_DATE, type TestAnswer, type TestWorld } from '../../test/world.ts'
import { castFor } from '../database/cast.ts'

const CX = patientCx(castFor(Date.parse(TEST_DATE)).patients.find(({ id }) => id === 'camille-floreal')!.personne)
const PROFIL = `/mes/api/profils/${CX.slice(0, 15)}`
const UID = '1.2.250.1.999.44.1'

let monde: TestWorld
beforeEach(async () => {
  monde = await createTestWorld()
})
afterEach(() => monde.close())

const appeler = (path: string, action: string, payload: XmlElement, vihf: Vihf): Promise<TestAnswer> =>
  monde.send('POST', path, { body: enveloppe(action, payload, vihf), headers: CONTENT_TYPE })
const autre = (change: Partial<Vihf> = {}) => vihfDe(CX, { nameId: AUTRE_MEDECIN.nameId, subjectId: AUTRE_MEDECIN.nom, ...change })
const enBris = (motif = 'Patiente inconsciente') => autre({ purposeOfUse: 'bris_de_glace', motif })
const enRegulation = () => autre({ purposeOfUse: 'centre_15' })
const chercher = async (vihf: Vihf) => (await appeler(DMP_PATHS.registry, ACTIONS.iti18, rechercher(CX), vihf)).text
const lireDocument = async (vihf: Vihf) => (await appeler(DMP_PATHS.repository, ACTIONS.iti43, lire(UID), vihf)).text
const deposer = (...codes: string[]) =>
  monde.send('POST', DMP_PATHS.repository, {
    body: depotBase64(depotDe(CX, UID, { confidentialityCodes: visibilite(...codes) }), vihfDe(CX)),
    headers: CONTENT_TYPE,
  })
const patient = (method: string, suite: string, body?: object) => monde.send(method, PROFIL + suite, body ? { body } : {})
const regler = (body: object) => patient('PUT', '/urgence', body)
const regles = async (verdict: 'refusée' | 'respectée') =>
  (await monde.lastExchange()).rules.filter((une) => une.verdict === verdict).map(({ code }) => code)
const notifications = async () =>
  (await patient('GET', '/notifications')).json<{ notifications: { code: string; texte: string }[] }>().notifications.map(({ code }) => code)

describe('réglages d’urgence du patient, vus du professionnel', () => {
  test.each<[string, string, () => Vihf, object]>([
    ['DMP-URGENCE-BRIS-DE-GLACE', 'le bris de glace est refusé', enBris, { BTG: false }],
    ['DMP-URGENCE-CENTRE-15', 'l’accès du centre 15 est refusé', enRegulation, { ETREAT: false }],
  ])(
    'DMP-URGENCE-BRIS-DE-GLACE, DMP-URGENCE-CENTRE-15 : %s, %s dès que le patient s’y oppose, et rouvert dès qu’il le permet',
    async (code, _, vihf, non) => {
      await deposer()
      expect(await chercher(vihf())).toContain(UID)
      await regler(non)
      const avant = await notifications()
      for (const refus of [await chercher(vihf()), await lireDocument(vihf())]) {
        expect(refus).toContain('DMPAccessForbidden')
        expect(refus).toContain('le patient a refusé d’avance')
        expect(await regles('refusée')).toEqual([code])
      }
      expect(await notifications()).toEqual(avant)
      await regler(Object.fromEntries(Object.keys(non).map((nom) => [nom, true])))
      expect(await lireDocument(vihf())).toContain('<ClinicalDocument')
    },
  )

  test('DMP-URGENCE-BRIS-DE-GLACE : refuser le bris de glace n’ôte rien à l’accès normal, au centre 15, ni au dépôt', async () => {
    await regler({ BTG: false })
    expect((await deposer()).text).toContain('ResponseStatusType:Success')
    expect(await chercher(enRegulation())).toContain(UID)
    await appeler(DMP_PATHS.habilitations, ACTIONS.td03, td03('AJOUT'), autre())
    expect(await chercher(autre())).toContain(UID)
    const reference = writeGetDocuments({ uniqueIds: [UID] }, 'ObjectRef')
    expect((await appeler(DMP_PATHS.registry, ACTIONS.iti18, reference, vihfDe(CX))).text).toContain('ObjectRef id=')
  })

  test('DMP-URGENCE-MASQUES : dans l’urgence, un document masqué ne se lit que si le patient l’a permis', async () => {
    await deposer('MASQUE_PS')
    for (const vihf of [enBris(), enRegulation()]) expect(await chercher(vihf)).toContain(UID)
    await regler({ MASKED: false })
    for (const vihf of [enBris(), enRegulation()]) {
      expect(await chercher(vihf)).not.toContain(UID)
      expect(await regles('respectée')).toContain('DMP-URGENCE-MASQUES')
      expect(await lireDocument(vihf)).toContain('XDSDocumentUniqueIdError')
      expect(await regles('refusée')).toEqual(['DMP-URGENCE-MASQUES'])
    }
    // Its author keeps reading it.
    expect(await lireDocument(vihfDe(CX, { purposeOfUse: 'bris_de_glace', motif: 'coma' }))).toContain('<ClinicalDocument')
  })

  test('MES-URGENCE-AVIS : sur le fil, chaque urgence se dit une fois au patient, et la lecture d’un document aussi', async () => {
    await deposer()
    await chercher(enBris())
    await lireDocument(enBris())
    expect(await notifications()).toEqual(expect.arrayContaining(['CONSULT_DOCUMENT', 'ACCES_BRIS_GLACE']))
    expect((await notifications()).filter((code) => code === 'ACCES_BRIS_GLACE')).toHaveLength(1)
    await chercher(enRegulation())
    expect((await notifications()).filter((code) => code === 'ACCES_BRIS_GLACE')).toHaveLength(2)
    const { avis } = (await monde.send('GET', '/mes/api/professionnels/899700979001/avis')).json<{ avis: { mode: string }[] }>()
    expect(avis.map(({ mode }) => mode).sort()).toEqual(['bris de glace', 'centre 15'])
  })
})

describe('qui lit un document masqué (C1)', () => {
  test('DMP-MASQUE-PS : l’administrateur nommé par le patient le lit aussitôt, le médecin traitant non, sauf lecture de 2021', async () => {
    // Written by somebody else than the two who will try.
    const tiers = { nameId: '899700979003', subjectId: 'TRIDI ELISE' }
    const depot = depotDe(CX, UID, { confidentialityCodes: visibilite('MASQUE_PS') })
    const fiche = JSON.parse(JSON.stringify(depot).replaceAll('899700979001', '899700979003')) as typeof depot
    await monde.send('POST', DMP_PATHS.repository, {
      body: depotBase64({ ...fiche, contenu: depot.contenu }, vihfDe(CX, tiers)),
      headers: CONTENT_TYPE,
    })
    const traitant = writeDemandeTd03({ action: 'AJOUT', role: 'MEDECIN_TRAITANT' })
    await appeler(DMP_PATHS.habilitations, ACTIONS.td03, traitant, vihfDe(CX))
    await appeler(DMP_PATHS.habilitations, ACTIONS.td03, td03('AJOUT'), autre())
    expect(await chercher(vihfDe(CX))).not.toContain(UID)
    expect(await chercher(autre())).not.toContain(UID)
    await patient('PUT', '/roles/administrateur', { identifiant: AUTRE_MEDECIN.nameId })
    expect(await chercher(autre())).toContain(UID)
    expect(await lireDocument(autre())).toContain('<ClinicalDocument')
    expect(await lireDocument(vihfDe(CX))).toContain('XDSDocumentUniqueIdError')
    await monde.send('PATCH', '/_sandbox/settings', { body: { 'DMP-MASQUE-MEDECIN-TRAITANT': true } })
    expect(await chercher(vihfDe(CX))).toContain(UID)
    await patient('DELETE', '/roles/administrateur')
    expect(await chercher(autre())).not.toContain(UID)
  })

  test('MES-LISTE-SANS-ACCES : ni la liste ni le rôle d’administrateur n’ouvrent le dossier', async () => {
    await patient('PUT', `/professionnels/${AUTRE_MEDECIN.nameId}`, {})
    await patient('PUT', '/roles/administrateur', { identifiant: AUTRE_MEDECIN.nameId })
    expect(await chercher(autre())).toContain('DMPAccessForbidden')
    expect(await regles('refusée')).toEqual(['DMP-CONSULTER-AUTORISE'])
  })

  test('DMP-BLOQUE : bloqué par l’administrateur, un professionnel ne lit plus, même en urgence, et dépose encore', async () => {
    await appeler(DMP_PATHS.habilitations, ACTIONS.td03, td03('AJOUT'), autre())
    await patient('PUT', '/roles/administrateur', { identifiant: '899700979003' })
    await patient('POST', '/administrateur/blocages', { professionnel: '899700979003', identifiant: AUTRE_MEDECIN.nameId })
    for (const vihf of [autre(), enBris()]) {
      expect(await chercher(vihf)).toContain('DMPAccessForbidden')
      expect(await regles('refusée')).toEqual(['DMP-BLOQUE'])
    }
    const depot = JSON.parse(JSON.stringify(depotDe(CX, UID)).replaceAll('899700979001', AUTRE_MEDECIN.nameId)) as ReturnType<typeof depotDe>
    const { text } = await monde.send('POST', DMP_PATHS.repository, {
      body: depotBase64({ ...depot, contenu: depotDe(CX, UID).contenu }, autre()),
      headers: CONTENT_TYPE,
    })
    expect(text).toContain('ResponseStatusType:Success')
    // Unblocked, consent is to be asked again.
    await patient('DELETE', `/blocages/${AUTRE_MEDECIN.nameId}`)
    expect(await chercher(autre())).toContain('aucune autorisation d’accès')
  })
})

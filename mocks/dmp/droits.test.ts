import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { OID_INS } from '#standards/ins/oids.ts'
import type { Vihf } from '#standards/saml/vihf.ts'
import { writeGetDocuments } from '#standards/xds/iti-18.ts'
import { writeDemandeTd03 } from '#standards/hl7v3/habilitations.ts'
import { readReponseTd02 } from '#standards/hl7v3/td02.ts'
import { readSoapEnvelope } from '#standards/soap/envelope.ts'
import type { XmlElement } from '#standards/xml/element.ts'
import { castFor } from '../database/cast.ts'
import {
  ACTIONS,
  AUTRE_MEDECIN,
  CERTIFICAT,
  CONTENT_TYPE,
  CPE,
  depotBase64,
  depotDe,
  DMP_PATHS,
  enveloppe,
  lire,
  patientCx,
  rechercher,
  td02,
  vihfDe,
  visibilite,
} from '../../test/dmp.ts'
import { createTestWorld, TEST_DATE, type TestAnswer, type TestWorld } from '../../test/world.ts'

const CAMILLE = castFor(Date.parse(TEST_DATE)).patients.find(({ id }) => id === 'camille-floreal')!.personne
const CX = patientCx(CAMILLE)
const UID = '1.2.250.1.999.43.1'

let monde: TestWorld
beforeEach(async () => {
  monde = await createTestWorld()
})
afterEach(() => monde.close())

const qui = (change: Partial<Vihf> = {}): Vihf => vihfDe(CX, change)
const appeler = (path: string, action: string, payload: XmlElement, vihf: Vihf): Promise<TestAnswer> =>
  monde.send('POST', path, { body: enveloppe(action, payload, vihf), headers: CONTENT_TYPE })
const existence = (vihf = qui()) => appeler(DMP_PATHS.patients, ACTIONS.td02, td02(CAMILLE), vihf)
const statut = async (change: Partial<Vihf>) => {
  const reponse = readReponseTd02(readSoapEnvelope((await existence(qui(change))).text).payload!)!
  return [reponse.autorisation, reponse.medecinTraitant]
}
const habiliter = (action: string, vihf = qui(), role = '') =>
  appeler(DMP_PATHS.habilitations, ACTIONS.td03, writeDemandeTd03({ action, role }), vihf)
const habiliterAjout = (vihf: Vihf) => habiliter('AJOUT', vihf)
const chercher = (vihf = qui()) => appeler(DMP_PATHS.registry, ACTIONS.iti18, rechercher(CX), vihf)
const reference = (vihf = qui()) => appeler(DMP_PATHS.registry, ACTIONS.iti18, writeGetDocuments({ uniqueIds: [UID] }, 'ObjectRef'), vihf)
const lireDocument = (vihf = qui()) => appeler(DMP_PATHS.repository, ACTIONS.iti43, lire(UID), vihf)
const deposer = (vihf = qui(), codes: string[] = []) =>
  monde.send('POST', DMP_PATHS.repository, {
    body: depotBase64(depotDe(CX, UID, { confidentialityCodes: visibilite(...codes) }), vihf),
    headers: CONTENT_TYPE,
  })
const refusees = async () => (await monde.lastExchange()).rules.filter(({ verdict }) => verdict === 'refusée').map(({ code }) => code)
const etat = async () => JSON.stringify(await monde.running.store.dump())

const AUTRE: Partial<Vihf> = { nameId: AUTRE_MEDECIN.nameId, subjectId: AUTRE_MEDECIN.nom }
const INFIRMIER: Partial<Vihf> = { nameId: '899700979555', roles: [{ code: '60', codeSystem: '1.2.250.1.71.1.2.7', displayName: 'Infirmier' }] }
const BRIS_DE_GLACE: Partial<Vihf> = { purposeOfUse: 'bris_de_glace', motif: 'Patient inconscient' }
const CENTRE_15: Partial<Vihf> = { purposeOfUse: 'centre_15' }

describe('médecin traitant du DMP', () => {
  test('DMP-MEDECIN-TRAITANT : un médecin se déclare médecin traitant en s’autorisant, et lit les documents masqués si la lecture de 2021 est choisie', async () => {
    await deposer(qui(), ['MASQUE_PS'])
    await monde.send('PATCH', '/_sandbox/settings', { body: { 'DMP-MASQUE-MEDECIN-TRAITANT': true } })
    expect((await habiliter('AJOUT', qui(AUTRE), 'MEDECIN_TRAITANT')).text).toContain('DMPOk')
    expect(await statut(AUTRE)).toEqual(['VALIDE', true])
    expect((await chercher(qui(AUTRE))).text).toContain(UID)
  })

  test.each<[string, Partial<Vihf>]>([
    ['un infirmier', INFIRMIER],
    ['le secrétariat', CPE],
  ])('DMP-MEDECIN-TRAITANT : %s ne se déclare pas médecin traitant', async (_, change) => {
    const avant = await etat()
    expect((await habiliter('AJOUT', qui(change), 'MEDECIN_TRAITANT')).text).toContain('DMPAccessDeniedByRightsService')
    expect(await refusees()).toEqual(['DMP-MEDECIN-TRAITANT'])
    expect(await etat()).toBe(avant)
  })

  test('DMP-MEDECIN-TRAITANT : cesser d’être médecin traitant garde l’autorisation', async () => {
    await habiliter('AJOUT', qui(AUTRE), 'MEDECIN_TRAITANT')
    expect((await habiliter('SUPPRESSION', qui(AUTRE), 'MEDECIN_TRAITANT')).text).toContain('DMPOk')
    expect(await statut(AUTRE)).toEqual(['VALIDE', false])
    await monde.send('PATCH', '/_sandbox/settings', { body: { 'DMP-MASQUE-MEDECIN-TRAITANT': true } })
    await deposer(qui(), ['MASQUE_PS'])
    expect((await chercher(qui(AUTRE))).text).not.toContain(UID)
  })

  test('DMP-MEDECIN-TRAITANT : un rôle inconnu est refusé et ne change rien', async () => {
    const avant = await etat()
    expect((await habiliter('AJOUT', qui(), 'ROI')).status).toBe(500)
    expect(await etat()).toBe(avant)
  })
})

describe('matrice des droits, par mode d’accès', () => {
  test.each<[string, Partial<Vihf>]>([
    ['en bris de glace', BRIS_DE_GLACE],
    ['en régulation', CENTRE_15],
  ])('DMP-DROITS : %s, une autorisation ne s’ajoute ni ne se supprime', async (_, change) => {
    for (const action of ['AJOUT', 'SUPPRESSION']) {
      expect((await habiliter(action, qui(change))).text).toContain('DMPAccessDeniedByRightsService')
      expect(await refusees()).toEqual(['DMP-DROITS'])
    }
  })

  test.each<[string, Partial<Vihf>]>([
    ['le secrétariat en bris de glace', { ...CPE, ...BRIS_DE_GLACE }],
    ['le secrétariat en régulation', { ...CPE, ...CENTRE_15 }],
    ['un certificat en bris de glace', { ...CERTIFICAT, ...BRIS_DE_GLACE }],
  ])('DMP-MODE-ACCES : %s est refusé, quelle que soit la transaction', async (_, change) => {
    const avant = await etat()
    for (const appel of [existence, habiliterAjout, deposer, reference, lireDocument]) {
      const { status, text } = await appel(qui(change))
      expect([status, text]).toEqual([500, expect.stringContaining('DMPInvalidVIHF')])
      expect(await refusees()).toEqual(['DMP-MODE-ACCES'])
    }
    expect(await etat()).toBe(avant)
  })

  test('DMP-MODE-ACCES : un certificat alimente en régulation, un professionnel lit en régulation sans autorisation', async () => {
    expect((await deposer(qui({ ...CERTIFICAT, ...CENTRE_15 }))).text).toContain('ResponseStatusType:Success')
    expect((await chercher(qui({ ...AUTRE, ...CENTRE_15 }))).text).toContain(UID)
    expect((await lireDocument(qui({ ...AUTRE, ...CENTRE_15 }))).text).toContain('<ClinicalDocument')
  })

  test('DMP-CERTIFICAT-NE-CONSULTE-PAS : la lecture est fermée aussi', async () => {
    await deposer()
    expect((await lireDocument(qui(CERTIFICAT))).text).toContain('DMPAccessDeniedByRightsService')
    expect(await refusees()).toEqual(['DMP-CERTIFICAT-NE-CONSULTE-PAS'])
  })

  test.each(['SM25', 'SCH35', 'C41'])(
    'DMP-MEDECIN-DU-TRAVAIL : un médecin du travail (%s) alimente, ne lit pas et ne gère pas d’autorisation',
    async (code) => {
      const travail = qui({ roles: [...qui().roles.slice(0, 1), { code, codeSystem: '1.2.250.1.71.4.2.5', displayName: 'Médecine du travail' }] })
      expect((await deposer(travail)).text).toContain('ResponseStatusType:Success')
      expect((await reference(travail)).text).toContain('ObjectRef id=')
      for (const appel of [habiliterAjout, lireDocument]) {
        expect((await appel(travail)).text).toContain('DMPAccessDeniedByRightsService')
        expect(await refusees()).toEqual(['DMP-MEDECIN-DU-TRAVAIL'])
      }
    },
  )
})

describe('identité d’attente', () => {
  const NIA = castFor(Date.parse(TEST_DATE)).patients.find(({ personne }) => personne.ins.oid === OID_INS['INS-NIA'])!.personne
  const envoyer = () => {
    const vihf = vihfDe(patientCx(NIA))
    return monde.send('POST', DMP_PATHS.repository, { body: depotBase64(depotDe(vihf.resourceId, UID), vihf), headers: CONTENT_TYPE })
  }

  test('DMP-NIA : sans réglage il n’y a pas de dossier, avec le réglage l’appel est refusé', async () => {
    expect((await envoyer()).text).toContain('XDSUnknownPatientId')
    expect(await refusees()).toEqual(['DMP-NIA'])
    await monde.send('PATCH', '/_sandbox/settings', { body: { 'DMP-NIA-REFUSEE': true } })
    expect((await envoyer()).text).toContain('Resource_id est incorrect')
    expect(await refusees()).toEqual(['DMP-NIA'])
  })
})

test('les six adresses, sauf la retirée, se décrivent', async () => {
  for (const path of [DMP_PATHS.patients, DMP_PATHS.patientsSpecific, DMP_PATHS.habilitations, DMP_PATHS.registry, DMP_PATHS.repository])
    expect((await monde.send('GET', `/w/default${path}?wsdl`)).text).toContain(`location="http://bac.test/w/default${path}"`)
})

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readReponseTd02 } from '#standards/hl7v3/td02.ts'
import { readReponseTd03 } from '#standards/hl7v3/habilitations.ts'
import { isMultipart, readMtom } from '#standards/soap/mtom.ts'
import { readSoapEnvelope } from '#standards/soap/envelope.ts'
import { readSoapFault } from '#standards/soap/fault.ts'
import { writeGetDocuments } from '#standards/xds/iti-18.ts'
import { readRetrieveDocumentSetResponse, writeRetrieveDocumentSet } from '#standards/xds/iti-43.ts'
import { REPOSITORY_UNIQUE_ID } from '#standards/dmp/identifiants.ts'
import type { XmlElement } from '#standards/xml/element.ts'
import { castFor } from '../database/cast.ts'
import {
  ACTIONS,
  CONTENT_TYPE,
  CPE,
  depotBase64,
  depotDe,
  depotMtom,
  DMP_PATHS,
  enveloppe,
  lire,
  patientCx,
  rechercher,
  td02,
  td03,
  vihfDe,
} from '../../test/dmp.ts'
import { createTestWorld, TEST_DATE, type TestAnswer, type TestWorld } from '../../test/world.ts'
import { documents } from './store.ts'

const CAMILLE = castFor(Date.parse(TEST_DATE)).patients.find(({ id }) => id === 'camille-floreal')!.personne
const CX = patientCx(CAMILLE)
const UID = '1.2.250.1.999.45.1'

let monde: TestWorld
beforeEach(async () => {
  monde = await createTestWorld()
})
afterEach(() => monde.close())

const appeler = (path: string, action: string, payload: XmlElement, vihf = vihfDe(CX), prefix = ''): Promise<TestAnswer> =>
  monde.send('POST', prefix + path, { body: enveloppe(action, payload, vihf), headers: CONTENT_TYPE })
const deposer = (prefix = '') =>
  monde.send('POST', prefix + DMP_PATHS.repository, { body: depotBase64(depotDe(CX, UID), vihfDe(CX)), headers: CONTENT_TYPE })
const lireDocuments = (ids: string[]) =>
  appeler(
    DMP_PATHS.repository,
    ACTIONS.iti43,
    writeRetrieveDocumentSet(ids.map((documentUniqueId) => ({ documentUniqueId, repositoryUniqueId: REPOSITORY_UNIQUE_ID }))),
  )
const refusees = async () => (await monde.lastExchange()).rules.filter(({ verdict }) => verdict === 'refusée').map(({ code }) => code)

/** Envelope of an answer that must be MTOM. */
function racine({ headers, bytes }: TestAnswer) {
  expect(isMultipart(headers['content-type'])).toBe(true)
  return readSoapEnvelope(new TextDecoder().decode(readMtom(bytes, headers['content-type']!).root))
}

describe('recherche', () => {
  const bent = async (from: string, to: string) => {
    const body = enveloppe(ACTIONS.iti18, rechercher(CX), vihfDe(CX)).replace(from, to)
    return (await monde.send('POST', DMP_PATHS.registry, { body, headers: CONTENT_TYPE })).text
  }
  const dates = (valeur: string) =>
    `<rim:Slot name="$XDSDocumentEntryServiceStartTimeFrom"><rim:ValueList><rim:Value>${valeur}</rim:Value></rim:ValueList></rim:Slot></rim:AdhocQuery>`

  test('DMP-REQUETE : une date illisible est refusée au lieu d’être ignorée, une date partielle est lue', async () => {
    await appeler(DMP_PATHS.habilitations, ACTIONS.td03, td03('AJOUT'))
    await deposer()
    expect(await bent('</rim:AdhocQuery>', dates('hier'))).toContain('XDSRegistryError')
    expect(await refusees()).toEqual(['DMP-REQUETE'])
    expect(await bent('</rim:AdhocQuery>', dates('2026'))).toContain(UID)
    expect(await bent('</rim:AdhocQuery>', dates('2027'))).not.toContain(UID)
  })

  test('DMP-REQUETE : 88 identifiants au plus', async () => {
    const ids = Array.from({ length: 89 }, (_, n) => `1.2.${n}`)
    expect((await appeler(DMP_PATHS.registry, ACTIONS.iti18, writeGetDocuments({ uniqueIds: ids }, 'ObjectRef'))).text).toContain('XDSRegistryError')
    expect(await refusees()).toEqual(['DMP-REQUETE'])
  })

  test.each(['constructor', '__proto__', 'toString'])('DMP-OPERATION : une demande nommée « %s » est inconnue, comme une autre', async (name) => {
    const { status, text } = await appeler(DMP_PATHS.registry, ACTIONS.iti18, { ns: 'urn:x', name, prefix: 'x', attributes: {}, children: [] })
    expect([status, text]).toEqual([500, expect.stringContaining(`aucune opération « ${name} »`)])
    expect(await refusees()).toEqual(['DMP-OPERATION'])
  })
})

describe('grand dossier', () => {
  test('DMP-LECTURE-BORNEE : au-delà de 5 000 documents la recherche le dit au lieu d’en taire', async () => {
    await appeler(DMP_PATHS.habilitations, ACTIONS.td03, td03('AJOUT'))
    await deposer()
    const [modele] = await monde.world.store.range(documents, { index: 'parUniqueId', equals: [UID], limit: 1 })
    const copies = (combien: number) =>
      Array.from({ length: combien }, (_, n) => ({ ...modele!, entryUuid: `urn:uuid:copie-${n}`, uniqueId: `${UID}.${n}` }))
    const deja = await monde.world.store.count(documents, { index: 'parPatient', equals: [modele!.patient] })
    await monde.world.store.putAll(documents, copies(5_000 - deja))
    expect((await appeler(DMP_PATHS.registry, ACTIONS.iti18, rechercher(CX))).text).toContain('totalResultCount="5000"')
    await monde.world.store.put(documents, { ...modele!, entryUuid: 'urn:uuid:de-trop', uniqueId: `${UID}.9999` })
    expect((await appeler(DMP_PATHS.registry, ACTIONS.iti18, rechercher(CX))).text).toContain('errorCode="XDSTooManyResults"')
    expect(await refusees()).toEqual(['DMP-LECTURE-BORNEE'])
  })

  test('un dossier supprimé ne laisse ni document, ni lot, ni autorisation, ni délai', async () => {
    await appeler(DMP_PATHS.habilitations, ACTIONS.td03, td03('AJOUT'))
    await deposer()
    const matriculeIns = CX.slice(0, 15)
    const traces = async () => {
      const { collections } = await monde.running.store.dump()
      return Object.entries(collections).filter(([nom, rows]) => /^dmp-|^sandbox-timers/.test(nom) && JSON.stringify(rows).includes(matriculeIns))
    }
    expect((await traces()).map(([nom]) => nom).sort()).toEqual(['dmp-autorisations', 'dmp-documents', 'dmp-lots', 'sandbox-timers'])
    await monde.world.atomically((inside) => inside.tell({ type: 'dossier.supprime', matriculeIns }))
    expect(await traces()).toEqual([])
  })
})

describe('lecture', () => {
  test('DMP-LECTURE-BORNEE : plus de 50 documents à la fois sont refusés, rien n’est coupé en silence', async () => {
    await appeler(DMP_PATHS.habilitations, ACTIONS.td03, td03('AJOUT'))
    const reponse = readRetrieveDocumentSetResponse(racine(await lireDocuments(Array.from({ length: 51 }, () => UID))).payload!)!
    expect(reponse).toMatchObject({ status: 'Failure', errors: [{ code: 'XDSRepositoryError' }], documents: [] })
    expect(await refusees()).toEqual(['DMP-LECTURE-BORNEE'])
  })

  test('DMP-LECTURE-BORNEE : un long document demandé plusieurs fois n’est pas multiplié dans la réponse', async () => {
    await appeler(DMP_PATHS.habilitations, ACTIONS.td03, td03('AJOUT'))
    const { contentType, body } = depotMtom({ ...depotDe(CX, UID), contenu: new Uint8Array(20 * 1_048_576).fill(65) }, vihfDe(CX))
    await monde.send('POST', DMP_PATHS.repository, { body, headers: { 'content-type': contentType } })
    const lu = async (fois: number) => readRetrieveDocumentSetResponse(racine(await lireDocuments(Array.from({ length: fois }, () => UID))).payload!)!
    expect((await lu(3)).documents).toHaveLength(3)
    expect(await lu(4)).toMatchObject({ status: 'Failure', errors: [{ code: 'XDSRepositoryError' }], documents: [] })
  })

  test('un document trouvé et un autre non font une réussite partielle', async () => {
    await appeler(DMP_PATHS.habilitations, ACTIONS.td03, td03('AJOUT'))
    await deposer()
    const reponse = readRetrieveDocumentSetResponse(racine(await lireDocuments([UID, '1.2.3'])).payload!)!
    expect(reponse).toMatchObject({ status: 'PartialSuccess', errors: [{ code: 'XDSDocumentUniqueIdError', context: 'uniqueId=1.2.3' }] })
    expect(reponse.documents.map(({ documentUniqueId }) => documentUniqueId)).toEqual([UID])
  })

  test.each([
    ['un VIHF non signé', { signed: false }, 'DMPInvalidCertificate'],
    ['un médecin sans spécialité', { roles: [{ code: '10', codeSystem: '1.2.250.1.71.1.2.7', displayName: '' }] }, 'DMPInvalidVIHF'],
  ])('une faute de lecture est en MTOM elle aussi : %s', async (_, change, subcode) => {
    const answer = await appeler(DMP_PATHS.repository, ACTIONS.iti43, lire(UID), vihfDe(CX, change))
    expect(answer.status).toBe(500)
    expect(readSoapFault(racine(answer))).toMatchObject({ code: 'Sender', subcode })
  })

  test('DMP-CPE-NE-CONSULTE-PAS : le refus de lire est en MTOM', async () => {
    const answer = await appeler(DMP_PATHS.repository, ACTIONS.iti43, lire(UID), vihfDe(CX, CPE))
    expect(readRetrieveDocumentSetResponse(racine(answer).payload!)).toMatchObject({
      status: 'Failure',
      errors: [{ code: 'DMPAccessDeniedByRightsService' }],
    })
  })
})

describe('pannes demandées', () => {
  const RELATES = '<wsa:RelatesTo>urn:uuid:00000000-0000-4000-8000-00000000abcd</wsa:RelatesTo>'

  test.each([
    ['dmp-indisponible', 'XDSRegistryNotAvailable'],
    ['dmp-seuil-depasse', 'DMPAccessDeniedByExcededThreshold'],
  ])('%s se dit dans la forme de chaque transaction', async (panne, code) => {
    const prefix = `/sim/${panne}`
    const existence = await appeler(DMP_PATHS.patients, ACTIONS.td02, td02(CAMILLE), vihfDe(CX), prefix)
    expect(readReponseTd02(readSoapEnvelope(existence.text).payload!)).toMatchObject({ accuse: 'AE', erreur: { code } })
    const habilitation = await appeler(DMP_PATHS.habilitations, ACTIONS.td03, td03('AJOUT'), vihfDe(CX), prefix)
    expect(readReponseTd03(readSoapEnvelope(habilitation.text).payload!)).toMatchObject({ status: code })
    const recherche = await appeler(DMP_PATHS.registry, ACTIONS.iti18, rechercher(CX), vihfDe(CX), prefix)
    expect(recherche.text).toMatch(new RegExp(`AdhocQueryResponse.*Failure.*${code}`, 's'))
    const lecture = await appeler(DMP_PATHS.repository, ACTIONS.iti43, lire(UID), vihfDe(CX), prefix)
    expect(readRetrieveDocumentSetResponse(racine(lecture).payload!)).toMatchObject({ status: 'Failure', errors: [{ code }] })
    for (const { text } of [existence, habilitation, recherche, lecture]) expect(text).toContain(RELATES)
  })

  test('un dépôt est refusé, dans sa forme, quand le registre est indisponible', async () => {
    const depot = await deposer('/sim/dmp-indisponible')
    expect(depot.text).toMatch(/RegistryResponse.*Failure.*XDSRegistryNotAvailable/s)
    expect(depot.text).toContain(RELATES)
  })

  test('DMP-SEUIL-ALIMENTATION : un seuil dépassé n’empêche pas d’alimenter', async () => {
    expect((await deposer('/sim/dmp-seuil-depasse')).text).toMatch(/RegistryResponse[^>]*Success/)
  })

  test('dmp-certificat-invalide est une faute qui répète l’identifiant du message', async () => {
    const { status, text } = await appeler(DMP_PATHS.patients, ACTIONS.td02, td02(CAMILLE), vihfDe(CX), '/sim/dmp-certificat-invalide')
    expect([status, text]).toEqual([500, expect.stringContaining(RELATES)])
    expect(readSoapFault(readSoapEnvelope(text))).toMatchObject({ code: 'Sender', subcode: 'DMPInvalidCertificate' })
    racine(await appeler(DMP_PATHS.repository, ACTIONS.iti43, lire(UID), vihfDe(CX), '/sim/dmp-certificat-invalide'))
  })

  test('une panne demandée répond aussi à un message illisible', async () => {
    expect((await monde.send('POST', `/sim/dmp-indisponible${DMP_PATHS.repository}`, { body: '<a' })).text).toContain('XDSRegistryNotAvailable')
  })
})

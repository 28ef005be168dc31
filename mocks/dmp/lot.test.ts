import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { PersonneIdentifiee } from '#standards/ins/traits.ts'
import { include, writeMtom } from '#standards/soap/mtom.ts'
import { readSoapEnvelope } from '#standards/soap/envelope.ts'
import { ITI41_ACTION, writeProvideAndRegisterDocumentSet } from '#standards/xds/iti-41.ts'
import { ASSOCIATION, type Association, type DocumentEntry, type SubmissionSet } from '#standards/xds/metadata.ts'
import { readRegistryResponse } from '#standards/xds/registry-response.ts'
import { castFor } from '../database/cast.ts'
import { CONTENT_TYPE, depotDe, DMP_PATHS, enveloppe, patientCx, vihfDe, visibilite } from '../../test/dmp.ts'
import { createTestWorld, TEST_DATE, type TestAnswer, type TestWorld } from '../../test/world.ts'
import { documents, lots } from './store.ts'

const CAMILLE: PersonneIdentifiee = castFor(Date.parse(TEST_DATE)).patients.find(({ id }) => id === 'camille-floreal')!.personne
const CX = patientCx(CAMILLE)
const BASE = depotDe(CX, '1.2.250.1.999.44.1')
const membre = (target: string): Association => ({ ...BASE.associations[0]!, id: `A-${target}`, target })

let monde: TestWorld
beforeEach(async () => {
  monde = await createTestWorld()
})
afterEach(() => monde.close())

interface Lot {
  lot?: Partial<SubmissionSet>
  entries?: DocumentEntry[]
  associations?: Association[]
  contenus?: Map<string, string>
}

/** A submission bent at will; each entry is a member and has a document unless told otherwise. */
function soumettre({ lot = {}, entries = [BASE.fiche], associations = entries.map(({ id }) => membre(id)), contenus }: Lot): Promise<TestAnswer> {
  const inline = contenus ?? new Map(entries.map(({ id }) => [id, 'QUJD']))
  const payload = writeProvideAndRegisterDocumentSet({ submissionSet: { ...BASE.lot, ...lot }, entries, associations }, inline)
  return monde.send('POST', DMP_PATHS.repository, { body: enveloppe(ITI41_ACTION, payload, vihfDe(CX)), headers: CONTENT_TYPE })
}

const reponse = ({ text }: TestAnswer) => readRegistryResponse(readSoapEnvelope(text).payload!)
const etat = async () => JSON.stringify(await monde.running.store.dump())
const refusees = async () => (await monde.lastExchange()).rules.filter(({ verdict }) => verdict === 'refusée').map(({ code }) => code)

async function refuse(lot: Lot, code: string, regle: string): Promise<void> {
  const avant = await etat()
  const { status, errors } = reponse(await soumettre(lot))
  expect([status, errors.map((error) => error.code)]).toEqual(['Failure', expect.arrayContaining([code])])
  expect(await refusees()).toContain(regle)
  expect(await etat()).toBe(avant)
}

describe('le lot et ses liens', () => {
  test('DMP-LOT : deux fiches de même id se partageraient un document, le dépôt est refusé', () =>
    refuse({ entries: [BASE.fiche, { ...BASE.fiche, uniqueId: '1.2.250.1.999.44.2' }] }, 'XDSRegistryMetadataError', 'DMP-LOT'))

  test.each<[string, Association]>([
    [
      'd’un type que le DMP ne sert pas',
      { id: 'X', type: 'urn:ihe:iti:2007:AssociationType:APND', source: 'Doc01', target: 'urn:uuid:a', slots: {} },
    ],
    ['de mise à jour, réservée à ITI-57', { id: 'X', type: ASSOCIATION.UpdateAvailabilityStatus, source: 'Lot01', target: 'urn:uuid:a', slots: {} }],
  ])('DMP-ASSOCIATIONS : une association %s est refusée', (_, association) =>
    refuse({ associations: [membre('Doc01'), association] }, 'XDSRegistryMetadataError', 'DMP-ASSOCIATIONS'),
  )

  test.each<[string, Association]>([
    ['un remplacement par une fiche absente', { id: 'X', type: ASSOCIATION.RPLC, source: 'Ailleurs', target: 'urn:uuid:a', slots: {} }],
    ['un membre absent', membre('Ailleurs')],
    ['un membre d’un autre lot', { ...membre('Doc01'), source: 'Ailleurs' }],
    ['une signature absente', { id: 'X', type: ASSOCIATION.signs, source: 'Ailleurs', target: 'Lot01', slots: {} }],
  ])('DMP-ASSOCIATIONS : %s est refusé', (_, association) =>
    refuse({ associations: [membre('Doc01'), association] }, 'UnresolvedReferenceException', 'DMP-ASSOCIATIONS'),
  )

  test('DMP-REMPLACEMENT : deux fiches ne remplacent pas le même document', () => {
    const entries = [BASE.fiche, { ...BASE.fiche, id: 'Doc02', uniqueId: '1.2.250.1.999.44.2' }]
    const remplace = entries.map(({ id }): Association => ({ id: `R-${id}`, type: ASSOCIATION.RPLC, source: id, target: 'urn:uuid:a', slots: {} }))
    return refuse({ entries, associations: [...entries.map(({ id }) => membre(id)), ...remplace] }, 'XDSReplaceFailed', 'DMP-REMPLACEMENT')
  })

  test.each<[string, Partial<SubmissionSet>, string]>([
    ['uniqueId', { uniqueId: 'abc' }, 'DMP-UNIQUEID-OID'],
    ['sourceId', { sourceId: '1.2.^ext' }, 'DMP-UNIQUEID-OID'],
    ['submissionTime', { submissionTime: 'hier' }, 'DMP-METADONNEES'],
    ['author', { authors: [] }, 'DMP-METADONNEES'],
    ['sourceId', { sourceId: '' }, 'DMP-METADONNEES'],
  ])('DMP-METADONNEES et DMP-UNIQUEID-OID : %s du lot', (_, lot, regle) => refuse({ lot }, 'XDSRegistryMetadataError', regle))

  test('DMP-METADONNEES : une signature sans uniqueId est refusée elle aussi', async () => {
    const signature = { ...BASE.fiche, classCode: { code: 'urn:oid:1.3.6.1.4.1.19376.1.2.1.1.1', codingScheme: 'URN', display: '' } }
    await refuse({ entries: [{ ...signature, uniqueId: '' }] }, 'XDSRegistryMetadataError', 'DMP-METADONNEES')
    await refuse({ entries: [{ ...signature, uniqueId: 'abc' }] }, 'XDSRegistryMetadataError', 'DMP-UNIQUEID-OID')
  })

  test('les liens sont gardés sous les identifiants du registre', async () => {
    expect(reponse(await soumettre({})).status).toBe('Success')
    const lot = (await monde.world.store.get(lots, BASE.lot.uniqueId))!
    const [fiche] = await monde.world.store.range(documents, { index: 'parUniqueId', equals: [BASE.fiche.uniqueId], limit: 2 })
    expect(lot.submissionSet.id).toMatch(/^urn:uuid:/)
    expect(lot.associations).toMatchObject([{ type: ASSOCIATION.HasMember, source: lot.submissionSet.id, target: fiche!.entryUuid }])
  })
})

describe('ce qui est déposé', () => {
  const vaccination = {
    ...BASE.fiche,
    typeCode: { code: '87273-9', codingScheme: '2.16.840.1.113883.6.1', display: '' },
    classCode: { ...BASE.fiche.classCode!, code: '52' },
  }

  test.each(['MASQUE_PS', 'INVISIBLE_PATIENT', 'INVISIBLE_REPRESENTANTS_LEGAUX'])(
    'DMP-VACCINATION-VISIBLE : une note de vaccination %s est refusée',
    (code) =>
      refuse({ entries: [{ ...vaccination, confidentialityCodes: visibilite(code) }] }, 'XDSRegistryMetadataError', 'DMP-VACCINATION-VISIBLE'),
  )

  test('DMP-VACCINATION-VISIBLE : N seul est accepté', async () => {
    expect(reponse(await soumettre({ entries: [vaccination] })).errors).toEqual([])
  })

  test('DMP-MESSAGE-LISIBLE : une partie incluse dans deux documents est refusée et ne change rien', async () => {
    const entries = Array.from({ length: 50 }, (_, n) => ({ ...BASE.fiche, id: `D${n}`, uniqueId: `1.2.250.1.999.44.${n + 10}` }))
    const lot = { submissionSet: BASE.lot, entries, associations: entries.map(({ id }) => membre(id)) }
    const payload = writeProvideAndRegisterDocumentSet(lot, new Map(entries.map(({ id }) => [id, include('doc@essai')])))
    const part = { id: 'doc@essai', mimeType: 'text/xml', body: new Uint8Array(100_000) }
    const { body, contentType } = writeMtom(enveloppe(ITI41_ACTION, payload, vihfDe(CX)), [part], { boundary: 'bac-essai-0a1b2c' })
    const avant = await etat()
    const { status, text } = await monde.send('POST', DMP_PATHS.repository, { body, headers: { 'content-type': contentType } })
    expect([status, text]).toEqual([500, expect.stringContaining('incluse dans deux documents')])
    expect(await etat()).toBe(avant)
  })

  test('DMP-OPERATION : deux Document de même id sont refusés', async () => {
    const body = enveloppe(
      ITI41_ACTION,
      writeProvideAndRegisterDocumentSet({ submissionSet: BASE.lot, entries: [BASE.fiche], associations: [] }, new Map([['Doc01', 'QUJD']])),
      vihfDe(CX),
    )
    const double = body.replace(/(<xdsb:Document .*<\/xdsb:Document>)/, '$1$1')
    const { status, text } = await monde.send('POST', DMP_PATHS.repository, { body: double, headers: CONTENT_TYPE })
    expect([status, text]).toEqual([500, expect.stringContaining('deux Document')])
  })
})

describe('ce qui remplace', () => {
  const premier = async (codes: string[] = []): Promise<string> => {
    await soumettre({ entries: [{ ...BASE.fiche, confidentialityCodes: visibilite(...codes) }] })
    const [ancien] = await monde.world.store.range(documents, { index: 'parUniqueId', equals: [BASE.fiche.uniqueId], limit: 1 })
    return ancien!.entryUuid
  }
  const par = (target: string, change: Partial<DocumentEntry> = {}): Lot => ({
    lot: { uniqueId: '1.2.250.1.999.44.99' },
    entries: [{ ...BASE.fiche, uniqueId: '1.2.250.1.999.44.2', ...change }],
    associations: [membre('Doc01'), { id: 'R', type: ASSOCIATION.RPLC, source: 'Doc01', target, slots: {} }],
  })

  test('DMP-VISIBLE-SANS-RETOUR : visible des représentants légaux, un document ne leur redevient pas invisible', async () =>
    refuse(
      par(await premier(), { confidentialityCodes: visibilite('INVISIBLE_REPRESENTANTS_LEGAUX') }),
      'XDSReplaceFailed',
      'DMP-VISIBLE-SANS-RETOUR',
    ))

  test('DMP-VISIBLE-SANS-RETOUR : un document invisible peut le rester, ou devenir visible', async () => {
    const cible = await premier(['INVISIBLE_PATIENT'])
    expect(reponse(await soumettre(par(cible, { confidentialityCodes: visibilite('INVISIBLE_PATIENT') }))).status).toBe('Success')
  })

  test('DMP-REMPLACEMENT : une signature ne fait pas disparaître un document en le remplaçant', async () =>
    refuse(
      par(await premier(), {
        classCode: { code: 'urn:oid:1.3.6.1.4.1.19376.1.2.1.1.1', codingScheme: 'URN', display: '' },
        typeCode: { code: 'E1762', codingScheme: 'ASTM', display: '' },
      }),
      'XDSReplaceFailed',
      'DMP-REMPLACEMENT',
    ))
})

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CTXBAM, CTXLPS, INSI_RESULTAT, INSI_TRAITS, INSI_VITALE, type OperationInsi, SIRAM } from '#standards/ins/insi-names.ts'
import { writeRechercheTraits, writeRechercheVitale } from '#standards/ins/insi-requete.ts'
import { readSoapEnvelope } from '#standards/soap/envelope.ts'
import { readSoapFault } from '#standards/soap/fault.ts'
import { type XmlElement, everyElement } from '#standards/xml/element.ts'
import { readXml } from '#standards/xml/read.ts'
import { writeXml } from '#standards/xml/write.ts'
import { IDENTITES_PUBLIEES } from '../../mocks/database/official-identities.ts'
import { registre } from '../../mocks/database/registre.ts'
import { insi } from '../../mocks/insi/routes.ts'
import { demande, enTetes } from '../fixtures/insi/demande.ts'
import { type TestWorld, createTestWorld } from '../world.ts'

const XSD = fileURLToPath(new URL('../../../shared/specs/data/insi/wsdl/xsd/', import.meta.url))
const SCHEMAS: Readonly<Record<string, string>> = {
  [INSI_TRAITS]: 'ServiceIdentiteCertifiee/INSi_RECSANS_INS.xsd',
  [INSI_VITALE]: 'ServiceIdentiteCertifiee/INSi_RECVITALE_INS.xsd',
  [INSI_RESULTAT]: 'ServiceIdentiteCertifiee/INSi_RESULTAT_INS.xsd',
  [CTXBAM]: 'CTX/ROOT_ctxbam_CTXBAM_V01_02.xsd',
  [CTXLPS]: 'CTX/ROOT_ctxlps_CTXLPS_V01_00.xsd',
  [SIRAM]: 'schema_faultSOAP_V01_01.xsd',
}

const XMLLINT = 'xmllint'
const hasXmllint = spawnSync(XMLLINT, ['--version']).status === 0
if (!hasXmllint) console.warn('xmllint (libxml2-utils) is not installed: messages are not validated against the official schemas.')

let monde: TestWorld
let folder: string
beforeAll(async () => {
  monde = await createTestWorld({ services: [registre, insi] })
  folder = mkdtempSync(join(tmpdir(), 'insi-'))
})
afterAll(async () => {
  await monde.close()
  rmSync(folder, { recursive: true, force: true })
})

/** What the official schema of its namespace says of this element; `''` when it is valid. */
function defaults(element: XmlElement): string {
  const file = join(folder, 'message.xml')
  writeFileSync(file, writeXml(element))
  const { status, stderr } = spawnSync(XMLLINT, ['--noout', '--nonet', '--schema', join(XSD, SCHEMAS[element.ns]!), file], { encoding: 'utf8' })
  return status === 0 ? '' : stderr
}

const demander = async (operation: OperationInsi, payload: XmlElement, idam = 'FICTIF00IDAM') => {
  const body = demande(operation, payload, { idam })
  const { text } = await monde.send('POST', '/insi/lps', { body, headers: enTetes(operation) })
  return { request: readXml(body), envelope: readSoapEnvelope(text) }
}
const traits = (id: string) => {
  const { nomNaissance, listePrenom, ...rest } = IDENTITES_PUBLIEES.find((identite) => identite.id === id)!.traits
  return writeRechercheTraits({ nomNaissance, prenoms: [listePrenom.split(' ')[0]!], ...rest })
}

describe.skipIf(!hasXmllint)('what we write, by the official schemas', () => {
  test('every answer to a published identity is valid', async () => {
    const said: string[] = []
    for (const { id } of IDENTITES_PUBLIEES) {
      const { payload } = (await demander('rechercherInsAvecTraitsIdentite', traits(id))).envelope
      if (payload?.name === 'RESULTAT') said.push(defaults(payload))
    }
    expect(said.length).toBeGreaterThan(14)
    expect(said.filter(Boolean)).toEqual([])
  })

  test('the three results and the answer to a card are valid', async () => {
    const { envelope } = await demander('rechercherInsAvecCarteVitale', writeRechercheVitale({ matriculeOd: '1090763220834' }))
    expect(defaults(envelope.payload!)).toBe('')
    for (const outcome of ['insi-aucune-identite', 'insi-plusieurs-identites']) {
      const { text } = await monde.send('POST', '/insi/lps', {
        body: demande('rechercherInsAvecTraitsIdentite', traits('adrun-zoe')),
        headers: { ...enTetes('rechercherInsAvecTraitsIdentite'), 'x-sandbox-outcome': outcome },
      })
      expect(defaults(readSoapEnvelope(text).payload!)).toBe('')
    }
  })

  test('faults are valid, except insi_102: the live service writes a severity that its schema does not have', async () => {
    const detail = async (payload: XmlElement, idam?: string) =>
      readSoapFault((await demander('rechercherInsAvecTraitsIdentite', payload, idam)).envelope)!.detail!
    expect(defaults(await detail(traits('adrun-zoe'), 'INCONNU'))).toBe('')
    expect(defaults(await detail(traits('de-vinci-leonardo-autre')))).toBe('')
    expect(defaults(await detail(writeRechercheTraits({})))).toBe('')
    expect(defaults(await detail(traits('de-vinci-ruth')))).toContain("'fatal'")
  })

  test('the requests and contexts that our clients write are valid', async () => {
    for (const [operation, payload] of [
      ['rechercherInsAvecTraitsIdentite', traits('tchitchi-catarina')],
      [
        'rechercherInsAvecCarteVitale',
        writeRechercheVitale({
          matriculeIndividu: '2751263220749',
          matriculeOd: '2751263220749',
          nomNaissance: 'ADRUN',
          dateNaissance: '1975-12-31',
          rangNaissance: '1',
        }),
      ],
    ] as const) {
      const { request } = await demander(operation, payload)
      const known = [...everyElement(request)].filter(({ name }) => ['RECSANSVITALE', 'RECVITALE', 'ContexteBAM', 'ContexteLPS'].includes(name))
      expect(known.map(defaults)).toEqual(['', '', ''])
    }
  })
})

test('the matricules of the published identities are those of the data, keys included', () => {
  const data = JSON.parse(readFileSync(join(XSD, '../../../insi-test-identities.json'), 'utf8')) as {
    identities: { id: string; ins: { matricule: string; cle: string; oid: string } | null }[]
  }
  const published = data.identities.flatMap(({ id, ins }) => (ins ? [[id, ins.matricule, ins.cle, ins.oid]] : []))
  const ours = IDENTITES_PUBLIEES.filter(({ invente }) => !invente).flatMap(({ id, personne }) =>
    personne ? [[id, personne.ins.matricule, personne.ins.cle, personne.ins.oid]] : [],
  )
  expect(published.length).toBeGreaterThan(10)
  expect(ours.toSorted()).toEqual(published.toSorted())
})

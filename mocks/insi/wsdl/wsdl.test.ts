import { type Client, createClientAsync } from 'soap'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeContextes } from '#standards/ins/insi-contextes.ts'
import { INSI_RESULTAT } from '#standards/ins/insi-names.ts'
import { WSA } from '#standards/soap/envelope.ts'
import { type XmlElement, attribute, everyElement } from '#standards/xml/element.ts'
import { readXml } from '#standards/xml/read.ts'
import { writeXml } from '#standards/xml/write.ts'
import { type TestWorld, createTestWorld } from '../../../test/world.ts'
import { registre } from '../../database/registre.ts'
import { type RunningServer, startServer } from '../../server.ts'
import { insi } from '../routes.ts'

let monde: TestWorld
beforeAll(async () => {
  monde = await createTestWorld({ services: [registre, insi] })
})
afterAll(() => monde.close())

const lire = async (query: string, prefix = '') => {
  const { status, headers, text } = await monde.send('GET', `${prefix}/insi/lps${query}`)
  return { status, headers, text, root: status === 200 ? readXml(text) : undefined }
}
const valeurs = (root: XmlElement | undefined, name: string, key: string) =>
  [...everyElement(root!)].filter((one) => one.name === name).map((one) => attribute(one, key))

describe('the definition', () => {
  test('is built on the address the caller used, world and fault prefixes included', async () => {
    for (const prefix of ['', '/w/atelier']) {
      const { root } = await lire('?wsdl', prefix)
      expect(valeurs(root, 'address', 'location')).toEqual([`http://bac.test${prefix}/insi/lps`])
      for (const location of valeurs(root, 'import', 'schemaLocation')) {
        expect(location).toMatch(new RegExp(`^http://bac\\.test${prefix}/insi/lps\\?xsd=`))
        const schema = await monde.send('GET', location!.slice('http://bac.test'.length))
        expect(schema.headers['content-type']).toBe('text/xml; charset=utf-8')
      }
    }
  })

  test('each import gives the namespace that the schema really has', async () => {
    const imports = []
    for (const query of ['?wsdl', '?WSDL', '?wsdl=bac-a-sable', '?xsd=security', '?xsd=lot'])
      imports.push(...[...everyElement((await lire(query)).root!)].filter(({ name }) => name === 'import'))
    expect(imports.length).toBeGreaterThan(20)
    for (const one of imports) {
      const { root } = await lire(`?${attribute(one, 'schemaLocation')!.split('?')[1]}`)
      expect(root?.attributes['targetNamespace']).toBe(attribute(one, 'namespace'))
    }
  })

  test('says that the verifications are our own form, and keeps them out of the official interface', async () => {
    expect(valeurs((await lire('?wsdl')).root, 'operation', 'name')).not.toContain('verifierInsAvecTraitsIdentite')
    const { root, text } = await lire('?wsdl=bac-a-sable')
    expect(valeurs(root, 'operation', 'name')).toContain('verifierInsAvecTraitsIdentite')
    expect(text).toContain('Forme propre au bac à sable')
  })

  test('an unknown question and a bare GET get a sentence, not a document', async () => {
    expect(await lire('')).toMatchObject({ status: 405, headers: { allow: 'POST' } })
    for (const query of ['?wsdl=autre', '?xsd=', '?xsd=__proto__', '?xsd=..%2Fpackage.json', '?autre']) expect((await lire(query)).status).toBe(404)
  })
})

describe('node-soap builds its client from the definition alone', () => {
  let server: RunningServer
  let client: Client
  beforeAll(async () => {
    server = await startServer({ port: 0, services: [registre, insi] })
    client = await createClientAsync(`${server.origin}/w/foreign/insi/lps?wsdl`, { forceSoap12Headers: true })
    const emetteur = { emetteur: '10B0000000', idam: 'FICTIF00IDAM', logiciel: { nom: 'node-soap', version: '1', instance: 'i' } }
    for (const contexte of writeContextes(emetteur, { bam: '1', lps: '2' }, '2026-11-23T08:00:00.000Z')) client.addSoapHeader(writeXml(contexte))
    client.addSoapHeader(`<MessageID xmlns="${WSA}">uuid:node-soap</MessageID>`)
  })
  afterAll(() => server.stop())

  test('it knows both operations', () => {
    expect(Object.keys(client.describe()['ICIR-v1'].ICIRService).toSorted()).toEqual([
      'rechercherInsAvecCarteVitale',
      'rechercherInsAvecTraitsIdentite',
    ])
  })

  test('a search by traits, apostrophes included, comes back as an object', async () => {
    const [resultat] = await client['rechercherInsAvecTraitsIdentiteAsync']({
      NomNaissance: "D'ARTAGNAN DE L'HERAULT",
      Prenom: 'PIERRE-ALAIN',
      Sexe: 'M',
      DateNaissance: '2001-06-17',
    })
    expect(client.lastRequest).toContain('D&apos;ARTAGNAN')
    expect(resultat).toMatchObject({ CR: { CodeCR: '00' }, INDIVIDU: { INSACTIF: { IdIndividu: { NumIdentifiant: '1010663220754' } } } })
    expect(String(client.lastResponse)).toContain(INSI_RESULTAT)
  })

  test('a search by card too', async () => {
    const [resultat] = await client['rechercherInsAvecCarteVitaleAsync']({
      MatriculeOD: { NumIdentifiant: '2751263220749' },
      DateNaissance: '1975-12-31',
    })
    expect(resultat).toMatchObject({ CR: { CodeCR: '00' }, INDIVIDU: { TIQ: { NomNaissance: 'ADRUN' } } })
  })

  test('a refusal is a SOAP fault it can read', async () => {
    const call = client['rechercherInsAvecTraitsIdentiteAsync']({ Prenom: 'ZOE', Sexe: 'F', DateNaissance: '1975-12-31' })
    await expect(call).rejects.toThrow(/siram_10|obligatoire|conforme/)
  })
})

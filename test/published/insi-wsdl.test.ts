import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type XmlElement, attribute, childrenOf, elements, everyElement } from '#standards/xml/element.ts'
import { readXml } from '#standards/xml/read.ts'
import { registre } from '../../mocks/database/registre.ts'
import { insi } from '../../mocks/insi/routes.ts'
import { createTestWorld } from '../world.ts'

const WSDL = 'http://schemas.xmlsoap.org/wsdl/'
const SOAP12 = 'http://schemas.xmlsoap.org/wsdl/soap12/'
const WSAW = 'http://www.w3.org/2006/02/addressing/wsdl'
const XS = 'http://www.w3.org/2001/XMLSchema'
const folder = new URL('../../../shared/specs/data/insi/wsdl/', import.meta.url)

const official = readXml(readFileSync(new URL('DESIR_ICIR_EXP_1.5.0.wsdl', folder), 'utf8'))
let ours: XmlElement
let schemas: Map<string, XmlElement>

beforeAll(async () => {
  const monde = await createTestWorld({ services: [registre, insi] })
  const read = async (query: string) => readXml((await monde.send('GET', `/insi/lps?${query}`)).text)
  ours = await read('wsdl')
  schemas = new Map()
  for (const name of ['traits', 'vitale', 'resultat', 'bam', 'lps', 'siram']) {
    const schema = await read(`xsd=${name}`)
    schemas.set(attribute(schema, 'targetNamespace')!, schema)
  }
  await monde.close()
})
afterAll(() => schemas.clear())

const local = (qname: string | undefined) => qname?.slice(qname.indexOf(':') + 1)
const only = (root: XmlElement, ns: string, name: string) => [...everyElement(root)].filter((one) => one.ns === ns && one.name === name)

/** What a generated client depends on, prefixes left out. */
const interfaceOf = (wsdl: XmlElement) => ({
  name: attribute(wsdl, 'name'),
  targetNamespace: attribute(wsdl, 'targetNamespace'),
  messages: Object.fromEntries(
    childrenOf(wsdl, WSDL, 'message').map((message) => [
      attribute(message, 'name'),
      childrenOf(message, WSDL, 'part').map((part) => `${attribute(part, 'name')} ${local(attribute(part, 'element'))}`),
    ]),
  ),
  portTypes: childrenOf(wsdl, WSDL, 'portType').map((portType) => [
    attribute(portType, 'name'),
    childrenOf(portType, WSDL, 'operation').map((operation) => [
      attribute(operation, 'name'),
      elements(operation).map((one) => [one.name, attribute(one, 'name'), local(attribute(one, 'message')), attribute(one, 'Action', WSAW)]),
    ]),
  ]),
  soap: [...everyElement(wsdl)]
    .filter(({ ns, name }) => ns === SOAP12 && name !== 'address')
    .map(({ name, attributes }) => [name, { ...attributes, ...('message' in attributes && { message: local(attributes['message']) }) }]),
  bindings: childrenOf(wsdl, WSDL, 'binding').map((binding) => [attribute(binding, 'name'), local(attribute(binding, 'type'))]),
  services: childrenOf(wsdl, WSDL, 'service').map((service) => [
    attribute(service, 'name'),
    only(service, WSDL, 'port').map((port) => attribute(port, 'name')),
  ]),
  namespaces: only(wsdl, XS, 'import')
    .map((one) => attribute(one, 'namespace'))
    .toSorted(),
})

describe('our definition and the official one describe the same interface', () => {
  test('operations, messages, parts, actions, binding, service and namespaces are the same', () => {
    expect(interfaceOf(ours)).toEqual(interfaceOf(official))
  })

  test.each([
    ['http://www.cnamts.fr/INSiRecSans', 'ServiceIdentiteCertifiee/INSi_RECSANS_INS.xsd'],
    ['http://www.cnamts.fr/INSiRecVit', 'ServiceIdentiteCertifiee/INSi_RECVITALE_INS.xsd'],
    ['http://www.cnamts.fr/INSiResultat', 'ServiceIdentiteCertifiee/INSi_RESULTAT_INS.xsd'],
    ['urn:siram:bam:ctxbam', 'CTX/ROOT_ctxbam_CTXBAM_V01_02.xsd'],
    ['urn:siram:lps:ctxlps', 'CTX/ROOT_ctxlps_CTXLPS_V01_00.xsd'],
    ['urn:siram', 'schema_faultSOAP_V01_01.xsd'],
  ])('%s has the same elements, in the same order, as many times', (ns, file) => {
    const theirs = readXml(readFileSync(new URL(`xsd/${file}`, folder), 'utf8'))
    const mine = schemas.get(ns)!
    for (const schema of [mine, theirs]) expect(attribute(schema, 'elementFormDefault')).toBe('qualified')
    expect(shapeOf(theirs).length).toBeGreaterThan(1)
    expect(shapeOf(mine)).toEqual(shapeOf(theirs))
  })
})

/** Every element under the root of a schema, as a path with its cardinality, and the attributes of each type. */
function shapeOf(schema: XmlElement): string[] {
  const types = new Map(childrenOf(schema, XS, 'complexType').map((type) => [attribute(type, 'name'), type]))
  const lines: string[] = []
  const walk = (typeName: string | undefined, path: string) => {
    const type = types.get(local(typeName))
    if (!type) return
    for (const one of only(type, XS, 'attribute')) lines.push(`${path}/@${attribute(one, 'name')} ${attribute(one, 'use') ?? 'optional'}`)
    for (const one of only(type, XS, 'element')) {
      const at = `${path}/${attribute(one, 'name')}`
      lines.push(`${at} ${attribute(one, 'minOccurs') ?? '1'}..${attribute(one, 'maxOccurs') ?? '1'}`)
      walk(attribute(one, 'type'), at)
    }
  }
  for (const root of childrenOf(schema, XS, 'element')) walk(attribute(root, 'type'), attribute(root, 'name')!)
  return lines
}

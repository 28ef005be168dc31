import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CDA } from '../cda/cda.ts'
import { readCda } from '../cda/read-cda.ts'
import { HABILITATIONS, readDemandeTd03, readReponseTd03 } from '../hl7v3/habilitations.ts'
import { HL7V3, readDemandeTd02, readReponseTd02 } from '../hl7v3/td02.ts'
import { readVihf } from '../saml/vihf.ts'
import { WSSE } from '../soap/envelope.ts'
import type { XmlElement } from '../xml/element.ts'
import { writeXml } from '../xml/write.ts'
import { LCM, QUERY, RIM, RS, XDSB } from '../xds/constants.ts'
import { readRegistryObjects } from '../xds/ebrim.ts'
import { readAdhocQuery, readAdhocQueryResponse } from '../xds/iti-18.ts'
import { readProvideAndRegisterDocumentSet } from '../xds/iti-41.ts'
import { readRetrieveDocumentSet, readRetrieveDocumentSetResponse } from '../xds/iti-43.ts'

const SAML = 'urn:oasis:names:tc:SAML:2.0:assertion'
const text = fc.constantFrom(
  '',
  ' ',
  'constructor',
  '__proto__',
  "'a'",
  "('a','b",
  '^^^&1.2&ISO',
  '-1',
  'urn:uuid:a54d6aa5-d40d-43f9-88c5-b4633d873bdd',
  '\u{1F600}',
)
const attributes = fc.dictionary(
  fc.constantFrom('id', 'name', 'value', 'code', 'root', 'status', 'returnType', 'Name', 'classificationNode', 'classificationScheme', '__proto__'),
  text,
  { maxKeys: 4 },
)

/** Any tree of these names under this root: the right elements, in the wrong places. */
function tree(ns: string, root: string, names: readonly string[], namespaces: readonly string[] = [ns]): fc.Arbitrary<XmlElement> {
  const { node } = fc.letrec<{ node: XmlElement }>((tie) => ({
    node: fc.record({
      ns: fc.constantFrom(...namespaces),
      name: fc.constantFrom(...names),
      prefix: fc.constant('p'),
      attributes,
      children: fc.array(fc.oneof({ depthSize: 'small' }, text, tie('node')), { maxLength: 4 }),
    }),
  }))
  return fc.record({
    ns: fc.constant(ns),
    name: fc.constant(root),
    prefix: fc.constant('r'),
    attributes,
    children: fc.array(node, { maxLength: 4 }),
  })
}

/** Right name first, then what may stand below: enough for the generator to reach the depths of each reader. */
const RIM_NAMES =
  'RegistryObjectList ExtrinsicObject RegistryPackage Association Classification ExternalIdentifier Slot ValueList Value Name LocalizedString'.split(
    ' ',
  )
const V3_NAMES =
  'controlActProcess queryByParameter parameterList patientIdentifier value acknowledgement attentionLine keyWordText subject registrationEvent subject1 patient subjectOf reasonOf'.split(
    ' ',
  )
const CDA_NAMES =
  'recordTarget patientRole patient name given author assignedAuthor component nonXMLBody text structuredBody section title relatedDocument'.split(
    ' ',
  )

const VIHF_NAMES = ['Assertion', 'AttributeStatement', 'Attribute', 'AttributeValue', 'Subject', 'NameID']
const SUBMISSION_NAMES = ['SubmitObjectsRequest', 'Document', ...RIM_NAMES]
const QUERY_NAMES = ['AdhocQuery', 'ResponseOption', 'Slot', 'ValueList', 'Value']
const ANSWER_NAMES = ['RegistryErrorList', 'RegistryError', 'ObjectRef', ...RIM_NAMES]
const RETRIEVED_NAMES = ['RegistryResponse', 'DocumentResponse', 'Document']

type Reader = (element: XmlElement) => unknown
const readers: [string, fc.Arbitrary<XmlElement>, Reader][] = [
  ['RegistryObjectList', tree(RIM, 'RegistryObjectList', RIM_NAMES), readRegistryObjects],
  ['ITI-41', tree(XDSB, 'ProvideAndRegisterDocumentSetRequest', SUBMISSION_NAMES, [XDSB, LCM, RIM]), readProvideAndRegisterDocumentSet],
  ['ITI-18, question', tree(QUERY, 'AdhocQueryRequest', QUERY_NAMES, [QUERY, RIM]), readAdhocQuery],
  ['ITI-18, answer', tree(QUERY, 'AdhocQueryResponse', ANSWER_NAMES, [RS, RIM]), readAdhocQueryResponse],
  ['ITI-43, question', tree(XDSB, 'RetrieveDocumentSetRequest', ['DocumentRequest', 'DocumentUniqueId']), readRetrieveDocumentSet],
  ['ITI-43, answer', tree(XDSB, 'RetrieveDocumentSetResponse', RETRIEVED_NAMES, [XDSB, RS]), readRetrieveDocumentSetResponse],
  ['TD0.2, question', tree(HL7V3, 'PRPA_IN201307UV02', V3_NAMES), readDemandeTd02],
  ['TD0.2, answer', tree(HL7V3, 'PRPA_IN201308UV02', V3_NAMES), readReponseTd02],
  ['TD0.3, question', tree(HABILITATIONS, 'setAuthorization', ['action', 'role']), readDemandeTd03],
  ['TD0.3, answer', tree(HABILITATIONS, 'setAuthorizationResponse', ['output', 'status']), readReponseTd03],
  ['VIHF', tree(WSSE, 'Security', VIHF_NAMES, [SAML]), (security) => readVihf([security])],
]

describe('hostile trees', () => {
  test.each(readers)('%s: answered with a value, never with an exception', (_, arbitrary, read) => {
    fc.assert(
      fc.property(arbitrary, (element) => {
        expect(() => read(element)).not.toThrow()
      }),
      { numRuns: 300 },
    )
  })

  test('CDA: a broken base64 body is the only exception', () => {
    const outcome = (document: XmlElement): string => {
      try {
        return typeof readCda(writeXml(document))
      } catch (error) {
        return (error as Error).name
      }
    }
    fc.assert(
      fc.property(tree(CDA, 'ClinicalDocument', CDA_NAMES), (document) => {
        expect(['object', 'Base64Error']).toContain(outcome(document))
      }),
      { numRuns: 300 },
    )
  })
})

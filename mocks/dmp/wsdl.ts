import { HABILITATIONS, TD03_ACTION } from '#standards/hl7v3/habilitations.ts'
import { HL7V3, TD02_ACTION, TD02_RESPONSE_ACTION } from '#standards/hl7v3/td02.ts'
import { LCM, QUERY, RS, XDSB } from '#standards/xds/constants.ts'
import { ITI18_ACTION, ITI18_RESPONSE_ACTION } from '#standards/xds/iti-18.ts'
import { ITI41_ACTION, ITI41_RESPONSE_ACTION } from '#standards/xds/iti-41.ts'
import { ITI57_ACTION, ITI57_RESPONSE_ACTION } from '#standards/xds/iti-57.ts'
import { ITI43_ACTION, ITI43_RESPONSE_ACTION } from '#standards/xds/iti-43.ts'
import { escapeAttribute } from '#standards/xml/write.ts'

interface Operation {
  readonly name: string
  readonly action: string
  readonly responseAction: string
  readonly ns: string
  readonly input: string
  readonly output: string
  /** Namespace of the answer, when it is not that of the request. */
  readonly outputNs?: string
}

/** TD0.4, not played yet: described, so that a client can be built, and answered as such. */
const PATIENTS = 'urn:si-dmp-patients'

/** Operations by the last segment of the path. */
const OPERATIONS: Readonly<Record<string, readonly Operation[]>> = {
  patients: [
    {
      name: 'PatientRegistry_GetDemographicsQuery',
      action: TD02_ACTION,
      responseAction: TD02_RESPONSE_ACTION,
      ns: HL7V3,
      input: 'PRPA_IN201307UV02',
      output: 'PRPA_IN201308UV02',
    },
  ],
  habilitations: [
    {
      name: 'setAuthorization',
      action: TD03_ACTION,
      responseAction: `${TD03_ACTION}Response`,
      ns: HABILITATIONS,
      input: 'setAuthorization',
      output: 'setAuthorizationResponse',
    },
  ],
  patientsSpecific: [
    {
      name: 'patientList',
      action: `${PATIENTS}:PatientSpecificEndPoint:patientList`,
      responseAction: `${PATIENTS}:PatientSpecificEndPoint:patientListResponse`,
      ns: PATIENTS,
      input: 'patientList',
      output: 'patientListResponse',
    },
  ],
  registry: [
    {
      name: 'DocumentRegistry_RegistryStoredQuery',
      action: ITI18_ACTION,
      responseAction: ITI18_RESPONSE_ACTION,
      ns: QUERY,
      input: 'AdhocQueryRequest',
      output: 'AdhocQueryResponse',
    },
    {
      name: 'DocumentRegistry_UpdateDocumentSet',
      action: ITI57_ACTION,
      responseAction: ITI57_RESPONSE_ACTION,
      ns: LCM,
      input: 'SubmitObjectsRequest',
      output: 'RegistryResponse',
      outputNs: RS,
    },
  ],
  repository: [
    {
      name: 'DocumentRepository_ProvideAndRegisterDocumentSet-b',
      action: ITI41_ACTION,
      responseAction: ITI41_RESPONSE_ACTION,
      ns: XDSB,
      input: 'ProvideAndRegisterDocumentSetRequest',
      output: 'RegistryResponse',
      outputNs: RS,
    },
    {
      name: 'DocumentRepository_RetrieveDocumentSet',
      action: ITI43_ACTION,
      responseAction: ITI43_RESPONSE_ACTION,
      ns: XDSB,
      input: 'RetrieveDocumentSetRequest',
      output: 'RetrieveDocumentSetResponse',
    },
  ],
}

/**
 * Our own description of one address, for software that builds its client from it. Messages are open (`xs:any`): their content is the
 * business of HL7 v3 and of IHE XDS, whose schemas belong to their publishers.
 * @returns undefined when the path has no operation to describe
 */
export function decrire(path: string, address: string): string | undefined {
  const nom = path.slice(path.lastIndexOf('/') + 1)
  const operations = OPERATIONS[nom]
  if (!operations) return undefined
  const tns = `urn:bac-a-sante:dmp:${nom}`
  const spaces = [...new Set(operations.flatMap(({ ns, outputNs = ns }) => [ns, outputNs]))]
  const elements = (ns: string) =>
    [...new Set(operations.flatMap((one) => [...(one.ns === ns ? [one.input] : []), ...((one.outputNs ?? one.ns) === ns ? [one.output] : [])]))]
      .map(
        (name) =>
          `<xs:element name="${name}"><xs:complexType mixed="true"><xs:sequence><xs:any minOccurs="0" maxOccurs="unbounded" processContents="skip"/></xs:sequence>` +
          '<xs:anyAttribute processContents="skip"/></xs:complexType></xs:element>',
      )
      .join('')
  const prefix = (ns: string) => `n${spaces.indexOf(ns) + 1}`
  return `<?xml version="1.0" encoding="UTF-8"?>
<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap12="http://schemas.xmlsoap.org/wsdl/soap12/" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:wsaw="http://www.w3.org/2006/05/addressing/wsdl" xmlns:tns="${tns}"${spaces.map((ns) => ` xmlns:${prefix(ns)}="${ns}"`).join('')} name="dmp-${nom}" targetNamespace="${tns}">
  <wsdl:documentation>DMP, adresse « ${nom} » : description propre au bac à sable de la même interface.</wsdl:documentation>
  <wsdl:types>${spaces.map((ns) => `<xs:schema targetNamespace="${ns}" elementFormDefault="qualified">${elements(ns)}</xs:schema>`).join('')}</wsdl:types>
${operations
  .map(
    (one) => `  <wsdl:message name="${one.name}Request"><wsdl:part name="body" element="${prefix(one.ns)}:${one.input}"/></wsdl:message>
  <wsdl:message name="${one.name}Response"><wsdl:part name="body" element="${prefix(one.outputNs ?? one.ns)}:${one.output}"/></wsdl:message>`,
  )
  .join('\n')}
  <wsdl:portType name="dmp-${nom}-portType">
${operations.map((one) => `    <wsdl:operation name="${one.name}"><wsdl:input message="tns:${one.name}Request" wsaw:Action="${one.action}"/><wsdl:output message="tns:${one.name}Response" wsaw:Action="${one.responseAction}"/></wsdl:operation>`).join('\n')}
  </wsdl:portType>
  <wsdl:binding name="dmp-${nom}-soap12" type="tns:dmp-${nom}-portType">
    <soap12:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
${operations.map((one) => `    <wsdl:operation name="${one.name}"><soap12:operation soapAction="${one.action}"/><wsdl:input><soap12:body use="literal"/></wsdl:input><wsdl:output><soap12:body use="literal"/></wsdl:output></wsdl:operation>`).join('\n')}
  </wsdl:binding>
  <wsdl:service name="dmp-${nom}"><wsdl:port name="dmp-${nom}-port" binding="tns:dmp-${nom}-soap12"><soap12:address location="${escapeAttribute(address)}"/></wsdl:port></wsdl:service>
</wsdl:definitions>
`
}

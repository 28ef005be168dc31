import {
  ACTIONS_INSI,
  CTXBAM,
  CTXLPS,
  INSI_LOT,
  INSI_RESULTAT,
  INSI_TRAITS,
  INSI_VERIFICATION,
  INSI_VERIFICATION_RESULTAT,
  INSI_VITALE,
  INSI_WSDL,
  type OperationInsi,
  SIRAM,
} from '#standards/ins/insi-names.ts'
import { WSA, WSSE } from '#standards/soap/envelope.ts'
import type { XmlElement } from '#standards/xml/element.ts'
import { declaring, vocabulary } from '#standards/xml/write.ts'
import type { SchemaName } from './schema.ts'
import { SCHEMAS } from './schemas.ts'
import { XS, importOf, xs } from './xsd.ts'

const WSDL = 'http://schemas.xmlsoap.org/wsdl/'
const SOAP12_WSDL = 'http://schemas.xmlsoap.org/wsdl/soap12/'
const WSAW = 'http://www.w3.org/2006/02/addressing/wsdl'

const wsdl = vocabulary('wsdl', WSDL)
const soap12 = vocabulary('soap12', SOAP12_WSDL)

/** Names of an interface: those of the official definition, or ours. */
interface Interface {
  /** `wsdl:definitions/@name`. */
  readonly name: string
  readonly targetNamespace: string
  readonly portType: string
  readonly binding: string
  readonly service: string
  readonly documentation: string
  /** Prefixes of the elements that the messages carry. */
  readonly prefixes: Readonly<Record<string, string>>
  readonly schemas: readonly SchemaName[]
  readonly operations: readonly { readonly name: OperationInsi; readonly request: string; readonly response: string }[]
}

/** Header blocks that each request declares, by the name of their part. wsa:Action is sent by every client and declared by none. */
const HEADERS = {
  NO1_Security: 'wsse:Security',
  NO1_ContexteLPS: 'ctxlps:ContexteLPS',
  NO1_MessageID: 'wsa:MessageID',
  NO1_ContexteBAM: 'ctxbam:ContexteBAM',
} as const

/** The official interface: same names, operations, parts and actions. @see DESIR_ICIR_EXP_1.5.0.wsdl */
export const INTERFACE_INSI: Interface = {
  name: 'ServiceIdentiteCertifiee-v1',
  targetNamespace: INSI_WSDL,
  portType: 'ICIRService',
  binding: 'ICIRServiceBinding',
  service: 'ICIR-v1',
  documentation:
    'Téléservice INSi simulé par un bac à sable : identités fictives seulement. Cette définition est rédigée pour le bac à sable et décrit la ' +
    'même interface que la définition officielle. Les vérifications, dont la définition publique manque, sont décrites à part : ?wsdl=bac-a-sable.',
  prefixes: { recsans: INSI_TRAITS, recvit: INSI_VITALE, resultat: INSI_RESULTAT },
  schemas: ['traits', 'vitale', 'resultat'],
  operations: [
    { name: 'rechercherInsAvecCarteVitale', request: 'recvit:RECVITALE', response: 'resultat:RESULTAT' },
    { name: 'rechercherInsAvecTraitsIdentite', request: 'recsans:RECSANSVITALE', response: 'resultat:RESULTAT' },
  ],
}

/** Verification, unit and batch: our own. */
export const INTERFACE_VERIFICATION: Interface = {
  name: 'VerificationBacASable-v1',
  targetNamespace: 'urn:bac-a-sable:insi:wsdl',
  portType: 'VerificationBacASable',
  binding: 'VerificationBacASableBinding',
  service: 'VerificationBacASable-v1',
  documentation:
    'Forme propre au bac à sable. Seule l’existence de la vérification unitaire et de la vérification en masse est publique : noms, éléments et ' +
    'codes sont inventés ici, et ne préjugent en rien du service réel.',
  prefixes: { q: INSI_VERIFICATION, p: INSI_VERIFICATION_RESULTAT, lot: INSI_LOT },
  schemas: ['verification', 'verification-resultat', 'lot'],
  operations: [
    { name: 'verifierInsAvecTraitsIdentite', request: 'q:REQUNITAIRE', response: 'p:RESULTAT' },
    { name: 'deposerLotVerification', request: 'lot:DEPOT', response: 'lot:DEPOTRESULTAT' },
    { name: 'recupererLotVerification', request: 'lot:RECUPERATION', response: 'lot:RECUPERATIONRESULTAT' },
  ],
}

const COMMON_SCHEMAS: readonly SchemaName[] = ['security', 'addressing', 'lps', 'bam', 'siram']

/** The definition of an interface. `address`: where the service answers; `locate`: where a schema is. */
export function writeWsdl(described: Interface, address: string, locate: (name: SchemaName) => string): XmlElement {
  const { name, targetNamespace, operations } = described
  return declaring(
    {
      wsdl: WSDL,
      soap12: SOAP12_WSDL,
      xs: XS,
      wsaw: WSAW,
      tns: targetNamespace,
      wsse: WSSE,
      wsa: WSA,
      ctxlps: CTXLPS,
      ctxbam: CTXBAM,
      siram: SIRAM,
      ...described.prefixes,
    },
    wsdl(
      'definitions',
      { name, targetNamespace },
      wsdl('documentation', {}, described.documentation),
      wsdl(
        'types',
        {},
        xs(
          'schema',
          {},
          [...described.schemas, ...COMMON_SCHEMAS].map((one) => importOf(SCHEMAS[one][0], locate(one))),
        ),
      ),
      operations.map(({ name: operation, request, response }) => [
        wsdl(
          'message',
          { name: operation },
          wsdl('part', { name: operation, element: request }),
          Object.entries(HEADERS).map(([part, element]) => wsdl('part', { name: part, element })),
        ),
        wsdl('message', { name: `${operation}Response` }, wsdl('part', { name: `${operation}Response`, element: response })),
      ]),
      wsdl('message', { name: 'Erreur' }, wsdl('part', { name: 'Erreur', element: 'siram:Erreur' })),
      writePortType(described),
      writeBinding(described),
      wsdl(
        'service',
        { name: described.service },
        wsdl('documentation', {}, described.documentation),
        wsdl('port', { name: described.portType, binding: `tns:${described.binding}` }, soap12('address', { location: address })),
      ),
    ),
  )
}

function writePortType({ portType, operations }: Interface): XmlElement {
  const action = (name: OperationInsi, suffix: string) => ({ [`{${WSAW}}Action`]: ACTIONS_INSI[name] + suffix })
  return wsdl(
    'portType',
    { name: portType },
    operations.map(({ name }) =>
      wsdl(
        'operation',
        { name },
        wsdl('input', { name, message: `tns:${name}`, ...action(name, '') }),
        wsdl('output', { name: `${name}Response`, message: `tns:${name}Response`, ...action(name, 'Response') }),
        wsdl('fault', { name: 'Erreur', message: 'tns:Erreur' }),
      ),
    ),
  )
}

function writeBinding({ portType, binding, operations }: Interface): XmlElement {
  const use = 'literal'
  return wsdl(
    'binding',
    { name: binding, type: `tns:${portType}` },
    soap12('binding', { style: 'document', transport: 'http://schemas.xmlsoap.org/soap/http' }),
    operations.map(({ name }) =>
      wsdl(
        'operation',
        { name },
        soap12('operation', { soapAction: ACTIONS_INSI[name] }),
        wsdl(
          'input',
          { name },
          soap12('body', { parts: name, use }),
          Object.keys(HEADERS).map((part) => soap12('header', { message: `tns:${name}`, part, use })),
        ),
        wsdl('output', { name: `${name}Response` }, soap12('body', { parts: `${name}Response`, use })),
        wsdl('fault', { name: 'Erreur' }, soap12('fault', { name: 'Erreur', use })),
      ),
    ),
  )
}

import { SAML } from '#standards/ins/insi-names.ts'
import { WSA, WSSE } from '#standards/soap/envelope.ts'
import type { Schema } from './schema.ts'
import { complexType, element, importOf, optionalAttribute, reference, requiredAttribute, schema, textType, xs } from './xsd.ts'

/** The part of WS-Addressing that the interface names. */
export const addressing: Schema = () => schema(WSA, {}, [element('MessageID', 'xs:anyURI'), element('Action', 'xs:anyURI')])

export const security: Schema = (locate) =>
  schema(WSSE, { saml: SAML }, [
    importOf(SAML, locate('saml')),
    element('Security', 't:Security'),
    complexType('Security', [reference('saml:Assertion', '+')]),
  ])

/** The part of a SAML 2.0 assertion that INSi reads; the rest is let through. @see SAML 2.0 Core */
export const saml: Schema = () =>
  schema(SAML, {}, [
    element('Assertion', 't:Assertion'),
    complexType(
      'Assertion',
      [
        element('Issuer', 't:NameID'),
        xs('any', { namespace: '##other', processContents: 'lax', minOccurs: '0' }),
        element('Subject', 't:Subject', '?'),
        element('Conditions', 'xs:anyType', '?'),
        xs(
          'choice',
          { minOccurs: '0', maxOccurs: 'unbounded' },
          element('AuthnStatement', 'xs:anyType'),
          element('AttributeStatement', 't:AttributeStatement'),
        ),
      ],
      [requiredAttribute('ID', 'xs:string'), requiredAttribute('IssueInstant', 'xs:dateTime'), requiredAttribute('Version', 'xs:string')],
    ),
    textType('NameID', [
      optionalAttribute('Format', 'xs:anyURI'),
      optionalAttribute('NameQualifier', 'xs:string'),
      optionalAttribute('SPNameQualifier', 'xs:string'),
    ]),
    complexType('Subject', [element('NameID', 't:NameID'), element('SubjectConfirmation', 'xs:anyType', '*')]),
    complexType('AttributeStatement', [element('Attribute', 't:Attribute', '+')]),
    complexType(
      'Attribute',
      [element('AttributeValue', 'xs:anyType', '*')],
      [requiredAttribute('Name', 'xs:string'), optionalAttribute('NameFormat', 'xs:anyURI'), optionalAttribute('FriendlyName', 'xs:string')],
    ),
  ])

import type { XmlElement } from '#standards/xml/element.ts'
import { declaring, vocabulary } from '#standards/xml/write.ts'

export const XS = 'http://www.w3.org/2001/XMLSchema'

/** Builders for the small part of XML Schema that our definitions need. @see https://www.w3.org/TR/xmlschema-1/ */
export const xs = vocabulary('xs', XS)

/** `?` 0..1, `*` 0..n, `+` 1..n, `1` exactly one. */
type Occurs = '1' | '?' | '*' | '+'

const OCCURS: Readonly<Record<Occurs, Record<string, string>>> = {
  '1': {},
  '?': { minOccurs: '0' },
  '*': { minOccurs: '0', maxOccurs: 'unbounded' },
  '+': { maxOccurs: 'unbounded' },
}

/** `type` is a QName whose prefix the schema declares. */
export const element = (name: string, type: string, occurs: Occurs = '1') => xs('element', { name, type, ...OCCURS[occurs] })
export const reference = (ref: string, occurs: Occurs = '1') => xs('element', { ref, ...OCCURS[occurs] })
export const requiredAttribute = (name: string, type: string) => xs('attribute', { name, type, use: 'required' })
export const optionalAttribute = (name: string, type: string) => xs('attribute', { name, type })

export const complexType = (name: string, particles: XmlElement[], attributes: XmlElement[] = []) =>
  xs('complexType', { name }, xs('sequence', {}, particles), attributes)

/** Text with attributes. */
export const textType = (name: string, attributes: XmlElement[]) =>
  xs('complexType', { name }, xs('simpleContent', {}, xs('extension', { base: 'xs:string' }, attributes)))

export const patternType = (name: string, value: string) =>
  xs('simpleType', { name }, xs('restriction', { base: 'xs:string' }, xs('pattern', { value })))

export const importOf = (namespace: string, schemaLocation: string) => xs('import', { namespace, schemaLocation })

export const documentation = (text: string) => xs('annotation', {}, xs('documentation', { '{http://www.w3.org/XML/1998/namespace}lang': 'fr' }, text))

/** A schema of one namespace, whose own prefix is `t`. */
export const schema = (targetNamespace: string, prefixes: Readonly<Record<string, string>>, content: XmlElement[]) =>
  declaring(
    { xs: XS, t: targetNamespace, ...prefixes },
    xs('schema', { targetNamespace, elementFormDefault: 'qualified', attributeFormDefault: 'unqualified' }, content),
  )

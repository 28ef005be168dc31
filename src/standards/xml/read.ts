import { SaxesParser } from 'saxes'
import type { XmlElement, XmlNode } from './element.ts'

/** Bounds put on a document before anyone trusts it. */
export interface XmlLimits {
  /** Deepest nesting of elements accepted. */
  maxDepth: number
  /** Longest document accepted, in UTF-16 code units. */
  maxLength: number
  /** Most attributes on one element. */
  maxAttributes: number
  /** Most elements in the document. */
  maxElements: number
}

export const DEFAULT_XML_LIMITS: XmlLimits = { maxDepth: 128, maxLength: 33_554_432, maxAttributes: 256, maxElements: 200_000 }

export type XmlErrorKind = 'malformed' | 'doctype' | 'too-deep' | 'too-long'

/** The document cannot be read; `kind` says why, `message` says where. */
export class XmlError extends Error {
  readonly kind: XmlErrorKind
  constructor(kind: XmlErrorKind, message: string) {
    super(message)
    this.name = 'XmlError'
    this.kind = kind
  }
}

/**
 * Reads a namespace-well-formed XML 1.0 document into a tree. A document type declaration is refused, so there are no entities but the
 * five predefined ones and character references; nothing outside the text is ever fetched.
 * @throws {XmlError} malformed, DOCTYPE present, or a bound exceeded.
 */
export function readXml(text: string, limits: XmlLimits = DEFAULT_XML_LIMITS): XmlElement {
  if (text.length > limits.maxLength) throw new XmlError('too-long', `document of ${text.length} characters, ${limits.maxLength} accepted`)
  const parser = new SaxesParser({ xmlns: true, position: false })
  const stack: { children: XmlNode[] }[] = []
  let root: XmlElement | undefined
  let count = 0
  parser.on('error', (error) => {
    throw new XmlError('malformed', error.message)
  })
  parser.on('doctype', () => {
    throw new XmlError('doctype', 'a document type declaration is not accepted')
  })
  parser.on('opentag', (tag) => {
    if (stack.length >= limits.maxDepth) throw new XmlError('too-deep', `more than ${limits.maxDepth} nested elements`)
    if (++count > limits.maxElements) throw new XmlError('too-long', `more than ${limits.maxElements} elements`)
    const attributes: Record<string, string> = Object.create(null)
    let size = 0
    for (const key in tag.attributes) {
      const { uri, prefix, local, value } = tag.attributes[key]!
      if (++size > limits.maxAttributes) throw new XmlError('too-long', `more than ${limits.maxAttributes} attributes on one element`)
      if (prefix === 'xmlns' || (prefix === '' && local === 'xmlns')) continue
      attributes[uri ? `{${uri}}${local}` : local] = value
    }
    const element = { ns: tag.uri, name: tag.local, prefix: tag.prefix, attributes, children: [] as XmlNode[] }
    if (stack.length > 0) stack[stack.length - 1]!.children.push(element)
    else root = element
    stack.push(element)
  })
  parser.on('closetag', () => {
    stack.pop()
  })
  const onText = (data: string) => {
    const parent = stack[stack.length - 1]
    if (parent) parent.children.push(data)
  }
  parser.on('text', onText)
  parser.on('cdata', onText)
  parser.write(text).close()
  if (!root) throw new XmlError('malformed', 'no root element')
  return root
}

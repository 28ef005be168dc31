/**
 * An XML element as both sides read and write it: names are namespace + local name, prefixes never matter.
 * @see https://www.w3.org/TR/xml-names/
 */
export interface XmlElement {
  /** Namespace name, `''` when none. */
  readonly ns: string
  /** Local name. */
  readonly name: string
  /** Prefix met or preferred; only for writing back, never for deciding. */
  readonly prefix: string
  /** Keyed by local name, or `{namespace}local` for a qualified attribute. Namespace declarations are not kept. */
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlNode[]
  /** Only for writing: namespaces to declare here whether used or not, by prefix. Reading leaves it out. */
  readonly declarations?: Readonly<Record<string, string>>
}

export type XmlNode = XmlElement | string

export const isElement = (node: XmlNode): node is XmlElement => typeof node !== 'string'

/** First child with this name, or undefined. */
export function child(parent: XmlElement, ns: string, name: string): XmlElement | undefined {
  for (const node of parent.children) if (typeof node !== 'string' && node.name === name && node.ns === ns) return node
  return undefined
}

/** All children with this name, in document order. */
export function childrenOf(parent: XmlElement, ns: string, name: string): XmlElement[] {
  return parent.children.filter((node): node is XmlElement => isElement(node) && node.name === name && node.ns === ns)
}

/** All child elements, whatever their name. */
export function elements(parent: XmlElement): XmlElement[] {
  return parent.children.filter(isElement)
}

/** Follows a path of local names, all in `ns`. */
export function descend(from: XmlElement | undefined, ns: string, ...names: string[]): XmlElement | undefined {
  let at = from
  for (const name of names) {
    if (!at) return undefined
    at = child(at, ns, name)
  }
  return at
}

/** Every element below `from` (itself included), in document order. */
export function* everyElement(from: XmlElement): Generator<XmlElement> {
  yield from
  for (const node of from.children) if (typeof node !== 'string') yield* everyElement(node)
}

/** Own text of an element, children's text left out; `''` when there is none. */
export function textOf(element: XmlElement | undefined): string {
  if (!element) return ''
  const { children } = element
  if (children.length === 1 && typeof children[0] === 'string') return children[0]
  let text = ''
  for (const node of children) if (typeof node === 'string') text += node
  return text
}

/** Value of an attribute, or undefined. `ns` only for qualified attributes. */
export function attribute(element: XmlElement, name: string, ns = ''): string | undefined {
  return element.attributes[ns ? `{${ns}}${name}` : name]
}

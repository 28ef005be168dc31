import type { XmlElement, XmlNode } from './element.ts'

type Attributes = Record<string, string | number | boolean | undefined>
type Child = XmlNode | number | undefined | null | false | Child[]

/**
 * A builder for one namespace: `const rim = vocabulary('rim', RIM); rim('Slot', { name: 'hash' }, …)`.
 * Undefined attributes and empty children (`undefined`, `null`, `false`) are left out, arrays are flattened.
 */
export function vocabulary(prefix: string, ns: string) {
  return (name: string, attributes: Attributes = {}, ...children: Child[]): XmlElement => {
    const kept: Record<string, string> = {}
    for (const key in attributes) if (attributes[key] !== undefined) kept[key] = String(attributes[key])
    return { ns, name, prefix, attributes: kept, children: flatten(children, []) }
  }
}

/** The same element, which also declares these namespaces: some services do so, and clients that look at prefixes must meet it. */
export const declaring = (declarations: Readonly<Record<string, string>>, element: XmlElement): XmlElement => ({ ...element, declarations })

function flatten(children: Child[], into: XmlNode[]): XmlNode[] {
  for (const child of children) {
    if (Array.isArray(child)) flatten(child, into)
    else if (child !== undefined && child !== null && child !== false) into.push(typeof child === 'number' ? String(child) : child)
  }
  return into
}

export interface WriteOptions {
  /** Put `<?xml version="1.0" encoding="UTF-8"?>` first. */
  declaration?: boolean
  /** Namespaces to declare on the root whether used or not, by prefix. */
  declare?: Readonly<Record<string, string>>
}

const XML_NS = 'http://www.w3.org/XML/1998/namespace'

/** Serialises a tree; each namespace is declared where it is first needed. Text and attribute values are escaped. */
export function writeXml(root: XmlElement, options: WriteOptions = {}): string {
  const scope = new Map<string, string>([['xml', XML_NS]])
  const head = options.declaration ? '<?xml version="1.0" encoding="UTF-8"?>\n' : ''
  return head + writeElement(root, scope, options.declare)
}

function writeElement(element: XmlElement, outer: Map<string, string>, declare?: Readonly<Record<string, string>>): string {
  let scope = outer
  let declarations = ''
  const bind = (prefix: string, ns: string) => {
    if ((scope.get(prefix) ?? '') === ns) return
    if (scope === outer) scope = new Map(outer)
    scope.set(prefix, ns)
    declarations += prefix ? ` xmlns:${prefix}="${escapeAttribute(ns)}"` : ` xmlns="${escapeAttribute(ns)}"`
  }
  if (declare) for (const prefix in declare) bind(prefix, declare[prefix]!)
  if (element.declarations) for (const prefix in element.declarations) bind(prefix, element.declarations[prefix]!)
  const elementPrefix = element.ns === '' ? '' : element.prefix
  bind(elementPrefix, element.ns)
  let attributes = ''
  for (const key in element.attributes) {
    let name = key
    if (key.charCodeAt(0) === 123 /* { */) {
      const end = key.indexOf('}')
      const ns = key.slice(1, end)
      let prefix = prefixFor(scope, ns)
      if (!prefix) bind((prefix = freePrefix(scope)), ns)
      name = `${prefix}:${key.slice(end + 1)}`
    }
    attributes += ` ${name}="${escapeAttribute(element.attributes[key]!)}"`
  }
  const tag = elementPrefix ? `${elementPrefix}:${element.name}` : element.name
  if (element.children.length === 0) return `<${tag}${declarations}${attributes}/>`
  let content = ''
  for (const node of element.children) content += typeof node === 'string' ? escapeText(node) : writeElement(node, scope)
  return `<${tag}${declarations}${attributes}>${content}</${tag}>`
}

function prefixFor(scope: Map<string, string>, ns: string): string | undefined {
  for (const [prefix, bound] of scope) if (bound === ns && prefix) return prefix
  return undefined
}

function freePrefix(scope: Map<string, string>): string {
  for (let n = 1; ; n++) if (!scope.has(`n${n}`)) return `n${n}`
}

// Characters XML 1.0 cannot carry at all are dropped: a hostile title must not make our own message malformed.
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu

/** Escapes text content; a carriage return is written as a reference so that it survives reading. */
export function escapeText(text: string): string {
  if (!/[<>&\r\u0000-\u0008\u000B\u000C\u000E-\u001F\uD800-\uDFFF\uFFFE\uFFFF]/.test(text)) return text
  return text.replace(FORBIDDEN, '').replace(/[<>&\r]/g, (c) => (c === '<' ? '&lt;' : c === '>' ? '&gt;' : c === '&' ? '&amp;' : '&#13;'))
}

/** Escapes an attribute value for double quotes; white space other than a space is written as a reference. */
export function escapeAttribute(value: string): string {
  if (!/[<>&"\t\n\r\u0000-\u001F\uD800-\uDFFF\uFFFE\uFFFF]/.test(value)) return value
  return value
    .replace(FORBIDDEN, '')
    .replace(/[<>&"\t\n\r]/g, (c) => (c === '<' ? '&lt;' : c === '>' ? '&gt;' : c === '&' ? '&amp;' : c === '"' ? '&quot;' : `&#${c.charCodeAt(0)};`))
}

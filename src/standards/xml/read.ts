import type { XmlElement, XmlNode } from './element.ts'
import { areXmlCharacters, endOfName, isXmlCodePoint } from './characters.ts'
import { XmlError } from './xml-error.ts'

export { XmlError, type XmlErrorKind } from './xml-error.ts'

/** Bounds put on a document before anyone trusts it. */
export interface XmlLimits {
  /** Deepest nesting of elements accepted. */
  maxDepth: number
  /** Longest document accepted, in UTF-16 code units. */
  maxLength: number
  /** Most attributes on one element, namespace declarations included. */
  maxAttributes: number
  /** Most elements in the document. */
  maxElements: number
}

export const DEFAULT_XML_LIMITS: XmlLimits = { maxDepth: 128, maxLength: 33_554_432, maxAttributes: 256, maxElements: 200_000 }

/**
 * Reads a namespace-well-formed XML 1.0 document into a tree. A document type declaration is refused, so there are no entities but the
 * five predefined ones and character references; nothing outside the text is ever fetched. Comments and processing instructions are
 * checked and left out; adjacent text and CDATA make one string.
 * @throws {XmlError} malformed, DOCTYPE present, or a bound exceeded.
 * @see https://www.w3.org/TR/xml/ ; https://www.w3.org/TR/xml-names/
 */
export function readXml(text: string, limits: XmlLimits = DEFAULT_XML_LIMITS): XmlElement {
  if (text.length > limits.maxLength) throw new XmlError('too-long', `document of ${text.length} characters, ${limits.maxLength} accepted`)
  if (!areXmlCharacters(text)) throw new XmlError('malformed', 'a character that XML does not allow')
  // §2.11: line ends are made one before anything else.
  const normalised = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
  return new DocumentReader(normalised.charCodeAt(0) === 0xfeff ? normalised.slice(1) : normalised, limits).read()
}

const XML_NS = 'http://www.w3.org/XML/1998/namespace'
const XMLNS_NS = 'http://www.w3.org/2000/xmlns/'

const TAB = 0x09
const LINE_FEED = 0x0a
const SPACE = 0x20
const EXCLAMATION = 0x21
const SLASH = 0x2f
const COLON = 0x3a
const EQUALS = 0x3d
const GREATER = 0x3e
const QUESTION = 0x3f

const DECLARATION =
  /<\?xml[ \t\n]+version[ \t\n]*=[ \t\n]*(?:"1\.\d+"|'1\.\d+')(?:[ \t\n]+encoding[ \t\n]*=[ \t\n]*(?:"[A-Za-z][\w.-]*"|'[A-Za-z][\w.-]*'))?(?:[ \t\n]+standalone[ \t\n]*=[ \t\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\n]*\?>/y

const NO_ATTRIBUTES: Readonly<Record<string, string>> = Object.freeze(Object.create(null))

interface OpenElement extends XmlElement {
  readonly children: XmlNode[]
}

/** One pass over the text; `#at` is where it stands. */
class DocumentReader {
  readonly #text: string
  readonly #limits: XmlLimits
  #at = 0
  #elements = 0
  /** Namespaces in scope by prefix, and what to put back when an element ends: prefix, former namespace, prefix… */
  readonly #scope = new Map<string, string>([
    ['', ''],
    ['xml', XML_NS],
  ])
  readonly #undo: (string | undefined)[] = []
  /** Attributes of the tag being read, three by three: prefix, local name, value. */
  readonly #pending: string[] = []
  /** Open elements, the names in their tags, and how long the undo log was before each. */
  readonly #open: OpenElement[] = []
  readonly #tags: string[] = []
  readonly #marks: number[] = []
  #selfClosed = false

  constructor(text: string, limits: XmlLimits) {
    this.#text = text
    this.#limits = limits
  }

  read(): XmlElement {
    this.#readDeclaration()
    this.#readMisc()
    const root = this.#readStartTag()
    if (!this.#selfClosed) this.#readContent(root)
    this.#readMisc()
    if (this.#at < this.#text.length) throw this.#malformed('one root element only')
    return root
  }

  /** Everything until the end tag of the root. */
  #readContent(root: OpenElement): void {
    const text = this.#text
    let parent = root
    for (;;) {
      const next = text.indexOf('<', this.#at)
      if (next < 0) throw this.#malformed('an element is not closed')
      if (next > this.#at) this.#addText(parent, next)
      const code = text.charCodeAt(next + 1)
      if (code === SLASH) {
        this.#readEndTag()
        const { length } = this.#open
        if (length === 0) return
        parent = this.#open[length - 1]!
      } else if (code === EXCLAMATION) {
        if (text.startsWith('<![CDATA[', next)) this.#readCdata(parent)
        else this.#readComment()
      } else if (code === QUESTION) this.#readInstruction()
      else {
        const element = this.#readStartTag()
        parent.children.push(element)
        if (!this.#selfClosed) parent = element
      }
    }
  }

  /** Reads a start tag and opens the element, unless it is empty (`#selfClosed`). */
  #readStartTag(): OpenElement {
    const text = this.#text
    if (this.#open.length >= this.#limits.maxDepth) throw new XmlError('too-deep', `more than ${this.#limits.maxDepth} nested elements`)
    if (++this.#elements > this.#limits.maxElements) throw new XmlError('too-long', `more than ${this.#limits.maxElements} elements`)
    const start = ++this.#at
    let local = this.#readName()
    let prefix = ''
    if (text.charCodeAt(this.#at) === COLON) {
      prefix = local
      this.#at++
      local = this.#readName()
    }
    const end = this.#at
    const mark = this.#undo.length
    let attributes = NO_ATTRIBUTES
    if (text.charCodeAt(end) !== GREATER) {
      this.#readAttributes()
      if (this.#pending.length > 0) attributes = this.#resolveAttributes()
    }
    this.#selfClosed = text.charCodeAt(this.#at) === SLASH
    if (this.#selfClosed) this.#at++
    if (text.charCodeAt(this.#at) !== GREATER) throw this.#malformed('">" expected')
    this.#at++
    const ns = this.#scope.get(prefix)
    if (ns === undefined) throw this.#malformed(`prefix "${prefix}" is not bound`)
    const element: OpenElement = { ns, name: local, prefix, attributes, children: [] }
    if (this.#selfClosed) this.#leaveScope(mark)
    else {
      this.#open.push(element)
      this.#tags.push(text.slice(start, end))
      this.#marks.push(mark)
    }
    return element
  }

  #readEndTag(): void {
    const text = this.#text
    const tag = this.#tags.pop()!
    const start = this.#at + 2
    if (!text.startsWith(tag, start)) throw this.#malformed(`</${tag}> expected`)
    this.#at = start + tag.length
    this.#skipSpace()
    if (text.charCodeAt(this.#at) !== GREATER) throw this.#malformed(`</${tag}> expected`)
    this.#at++
    this.#open.pop()
    this.#leaveScope(this.#marks.pop()!)
  }

  /** Fills `#pending`, and puts the namespaces declared in scope at once. Stops on `/` or `>`. */
  #readAttributes(): void {
    const text = this.#text
    const mark = this.#undo.length
    this.#pending.length = 0
    for (let count = 0; ; count++) {
      const spaced = this.#skipSpace()
      const code = text.charCodeAt(this.#at)
      if (code === GREATER || code === SLASH) return
      if (!spaced) throw this.#malformed('white space expected')
      if (count >= this.#limits.maxAttributes) throw new XmlError('too-long', `more than ${this.#limits.maxAttributes} attributes on one element`)
      let local = this.#readName()
      let prefix = ''
      if (text.charCodeAt(this.#at) === COLON) {
        prefix = local
        this.#at++
        local = this.#readName()
      }
      const value = this.#readAttributeValue()
      if (prefix === 'xmlns') this.#declare(local, value.trim(), mark)
      else if (prefix === '' && local === 'xmlns') this.#declare('', value.trim(), mark)
      else this.#pending.push(prefix, local, value)
    }
  }

  #readAttributeValue(): string {
    const text = this.#text
    this.#skipSpace()
    if (text.charCodeAt(this.#at) !== EQUALS) throw this.#malformed('"=" expected')
    this.#at++
    this.#skipSpace()
    const quote = text[this.#at]
    if (quote !== '"' && quote !== "'") throw this.#malformed('a quote expected')
    const start = this.#at + 1
    const end = text.indexOf(quote, start)
    if (end < 0) throw this.#malformed('an attribute value is not closed')
    const raw = text.slice(start, end)
    if (raw.includes('<')) throw this.#malformed('"<" in an attribute value')
    this.#at = end + 1
    // §3.3.3: white space is made a space, but not the one that a reference gives.
    return this.#expand(/[\t\n]/.test(raw) ? raw.replace(/[\t\n]/g, ' ') : raw)
  }

  /** @see Namespaces in XML 1.0 §3, constraints on reserved prefixes and on undeclaring. */
  #declare(prefix: string, uri: string, mark: number): void {
    for (let n = mark; n < this.#undo.length; n += 2) if (this.#undo[n] === prefix) throw this.#malformed('an attribute appears twice')
    const reserved = prefix === 'xmlns' || uri === XMLNS_NS || (prefix === 'xml') !== (uri === XML_NS)
    if (reserved) throw this.#malformed('a reserved prefix or namespace is declared')
    if (uri === '' && prefix !== '') throw this.#malformed(`prefix "${prefix}" is undeclared`)
    this.#undo.push(prefix, this.#scope.get(prefix))
    this.#scope.set(prefix, uri)
  }

  #leaveScope(mark: number): void {
    const undo = this.#undo
    while (undo.length > mark) {
      const former = undo.pop()
      const prefix = undo.pop()!
      if (former === undefined) this.#scope.delete(prefix)
      else this.#scope.set(prefix, former)
    }
  }

  #resolveAttributes(): Record<string, string> {
    const attributes: Record<string, string> = Object.create(null)
    const pending = this.#pending
    for (let n = 0; n < pending.length; n += 3) {
      const prefix = pending[n]!
      // An attribute without prefix is in no namespace, whatever the default one.
      const uri = prefix === '' ? '' : this.#scope.get(prefix)
      if (uri === undefined) throw this.#malformed(`prefix "${prefix}" is not bound`)
      const key = uri === '' ? pending[n + 1]! : `{${uri}}${pending[n + 1]}`
      if (key in attributes) throw this.#malformed('an attribute appears twice')
      attributes[key] = pending[n + 2]!
    }
    pending.length = 0
    return attributes
  }

  #addText(parent: OpenElement, end: number): void {
    const raw = this.#text.slice(this.#at, end)
    if (raw.includes(']]>')) throw this.#malformed('"]]>" in text')
    append(parent, this.#expand(raw))
    this.#at = end
  }

  #readCdata(parent: OpenElement): void {
    const start = this.#at + 9
    const end = this.#text.indexOf(']]>', start)
    if (end < 0) throw this.#malformed('a CDATA section is not closed')
    if (end > start) append(parent, this.#text.slice(start, end))
    this.#at = end + 3
  }

  #readComment(): void {
    if (!this.#text.startsWith('<!--', this.#at)) throw this.#unexpectedDeclaration()
    const end = this.#text.indexOf('--', this.#at + 4)
    if (end < 0 || this.#text.charCodeAt(end + 2) !== GREATER) throw this.#malformed('"--" in a comment, or a comment that is not closed')
    this.#at = end + 3
  }

  #unexpectedDeclaration(): XmlError {
    if (this.#text.startsWith('<!DOCTYPE', this.#at)) return new XmlError('doctype', 'a document type declaration is not accepted')
    return this.#malformed('"<!" begins nothing known')
  }

  #readInstruction(): void {
    const text = this.#text
    this.#at += 2
    const target = this.#readName()
    if (target.toLowerCase() === 'xml') throw this.#malformed('the XML declaration comes first')
    if (!this.#skipSpace() && !text.startsWith('?>', this.#at)) throw this.#malformed('white space expected')
    const end = text.indexOf('?>', this.#at)
    if (end < 0) throw this.#malformed('a processing instruction is not closed')
    this.#at = end + 2
  }

  #readDeclaration(): void {
    if (!this.#text.startsWith('<?xml') || endOfName(this.#text, 2) !== 5) return
    DECLARATION.lastIndex = 0
    if (!DECLARATION.test(this.#text)) throw this.#malformed('the XML declaration is malformed')
    this.#at = DECLARATION.lastIndex
  }

  /** Comments, instructions and white space around the root; stops at a start tag or at the end. */
  #readMisc(): void {
    const text = this.#text
    for (;;) {
      this.#skipSpace()
      if (this.#at >= text.length) {
        if (this.#elements === 0) throw this.#malformed('no root element')
        return
      }
      if (text[this.#at] !== '<') throw this.#malformed('text outside the root element')
      const code = text.charCodeAt(this.#at + 1)
      if (code === EXCLAMATION) this.#readComment()
      else if (code === QUESTION) this.#readInstruction()
      else return
    }
  }

  #readName(): string {
    const end = endOfName(this.#text, this.#at)
    if (end === this.#at) throw this.#malformed('a name expected')
    const name = this.#text.slice(this.#at, end)
    this.#at = end
    return name
  }

  /** @returns whether there was any. */
  #skipSpace(): boolean {
    const start = this.#at
    let code = this.#text.charCodeAt(this.#at)
    while (code === SPACE || code === LINE_FEED || code === TAB) code = this.#text.charCodeAt(++this.#at)
    return this.#at > start
  }

  /** Replaces the references. */
  #expand(raw: string): string {
    let from = raw.indexOf('&')
    if (from < 0) return raw
    let expanded = raw.slice(0, from)
    for (;;) {
      const end = raw.indexOf(';', from)
      if (end < 0) throw this.#malformed('a reference is not closed')
      expanded += this.#referred(raw.slice(from + 1, end))
      from = raw.indexOf('&', end)
      if (from < 0) return expanded + raw.slice(end + 1)
      expanded += raw.slice(end + 1, from)
    }
  }

  #referred(name: string): string {
    const entity = PREDEFINED.get(name)
    if (entity !== undefined) return entity
    const [, hexadecimal, decimal] = /^#(?:x([\da-fA-F]{1,8})|(\d{1,8}))$/.exec(name.replace(/^(#x?)0+(?=[\da-fA-F])/, '$1')) ?? []
    const code = hexadecimal ? Number.parseInt(hexadecimal, 16) : decimal ? Number(decimal) : -1
    if (!isXmlCodePoint(code)) throw this.#malformed('an unknown entity or a reference to no character')
    return String.fromCodePoint(code)
  }

  #malformed(expected: string): XmlError {
    return new XmlError('malformed', `${expected}, at character ${this.#at}`)
  }
}

const PREDEFINED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
])

function append({ children }: OpenElement, text: string): void {
  const last = children.length - 1
  if (last >= 0 && typeof children[last] === 'string') children[last] += text
  else children.push(text)
}

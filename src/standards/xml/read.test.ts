import { type Arbitrary, array, assert, constantFrom, letrec, oneof, property, string, tuple } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type XmlElement, type XmlNode, attribute, child, isElement, textOf } from './element.ts'
import { DEFAULT_XML_LIMITS, XmlError, type XmlErrorKind, readXml } from './read.ts'
import { declaring, vocabulary, writeXml } from './write.ts'

const kindOf = (text: string, limits = DEFAULT_XML_LIMITS): XmlErrorKind | 'read' => {
  try {
    readXml(text, limits)
    return 'read'
  } catch (error) {
    if (error instanceof XmlError) return error.kind
    throw error
  }
}

describe('what is read', () => {
  test('names are a namespace and a local name, whatever the prefix', () => {
    for (const xml of ['<p:a xmlns:p="urn:x"><p:b/></p:a>', '<a xmlns="urn:x"><b/></a>', '<a xmlns="urn:x"><q:b xmlns:q="urn:x"></q:b ></a>']) {
      const root = readXml(xml)
      expect(root).toMatchObject({ ns: 'urn:x', name: 'a' })
      expect(child(root, 'urn:x', 'b')).toBeDefined()
    }
  })

  test('a declaration holds inside its element only, and is put back after', () => {
    const root = readXml('<a xmlns:p="urn:1"><p:b xmlns:p="urn:2" xmlns="urn:3"><c/></p:b><p:b/><c/></a>')
    expect(root.children.filter(isElement).map(({ ns, name }) => `${ns} ${name}`)).toEqual(['urn:2 b', 'urn:1 b', ' c'])
  })

  test('an attribute without prefix has no namespace, an other is keyed by its namespace', () => {
    const root = readXml('<a xmlns="urn:d" xmlns:p="urn:p" k="1" p:k="2" xml:lang="fr"/>')
    expect(attribute(root, 'k')).toBe('1')
    expect(attribute(root, 'k', 'urn:p')).toBe('2')
    expect(attribute(root, 'lang', 'http://www.w3.org/XML/1998/namespace')).toBe('fr')
    expect(attribute(root, 'toString')).toBeUndefined()
    expect(Object.keys(root.attributes)).toHaveLength(3)
  })

  test('text around comments, instructions, references and CDATA is one string', () => {
    expect(readXml('<a>x<!-- c -->&amp;<?pi?>y<![CDATA[<z>]]>&#x1F600;<![CDATA[]]></a>').children).toEqual(['x&y<z>😀'])
    expect(textOf(readXml('<a><![CDATA[]]></a>'))).toBe('')
  })

  test('line ends are made one, white space in attributes becomes spaces, references are kept as they are', () => {
    const root = readXml('<a k="1\r\n2\t3&#10;4&#13;5">x\r\ny\rz&#13;</a>')
    expect(root.attributes['k']).toBe('1 2 3\n4\r5')
    expect(textOf(root)).toBe('x\ny\nz\r')
  })

  test('a byte order mark and a declaration come first', () => {
    expect(readXml('\uFEFF<?xml version="1.0" encoding="utf-8"?>\n<!-- c --><a/>\n<?pi?>').name).toBe('a')
    expect(readXml('<?xml-stylesheet href="x"?><a/>').name).toBe('a')
    expect(readXml("<?xml version='1.1'?><a/>").name).toBe('a')
  })
})

describe('what is refused', () => {
  test.each([
    '',
    ' ',
    'texte',
    '<a>',
    '<a></b>',
    '<a/><b/>',
    '<a/>x',
    'x<a/>',
    '<a b/>',
    '<a b=c/>',
    '<a b="1"c="2"/>',
    '<a b="1" b="2"/>',
    '<a xmlns:p="urn:x" xmlns:q="urn:x" p:b="1" q:b="2"/>',
    '<a b="<"/>',
    '<a b="1/>',
    '<p:a/>',
    '<a p:b="1"/>',
    '<a xmlns:p=""/>',
    '<a xmlns:xmlns="urn:x"/>',
    '<a xmlns:xml="urn:x"/>',
    '<a xmlns="http://www.w3.org/2000/xmlns/"/>',
    '<a xmlns:p="urn:x" xmlns:p="urn:y"/>',
    '<xmlns:a/>',
    '<:a/>',
    '<a:/>',
    '<a:b:c xmlns:a="urn:x"/>',
    '<a:1 xmlns:a="urn:x"/>',
    '<1a/>',
    '< a/>',
    '<a / >',
    '<a>&inconnue;</a>',
    '<a>&amp</a>',
    '<a>&#0;</a>',
    '<a>&#xD800;</a>',
    '<a>&#x110000;</a>',
    '<a>&#X41;</a>',
    '<a>&;</a>',
    '<a>& </a>',
    '<a>]]></a>',
    '<a><![CDATA[x</a>',
    '<a><!-- x</a>',
    '<a><!-- -- --></a>',
    '<a><!-- ---></a>',
    '<a><!X></a>',
    '<a><?xml version="1.0"?></a>',
    ' <?xml version="1.0"?><a/>',
    '<?xml version="2.0"?><a/>',
    '<?xml?><a/>',
    '<a><?p?i ?></a>',
    '<a>\u0000</a>',
    '<a>\u000B</a>',
    '<a>\uFFFE</a>',
    '<a>\uD800</a>',
    '<a>\uDC00\uD800</a>',
    '</a>',
    '<![CDATA[x]]>',
    '<a/><![CDATA[x]]>',
  ])('%j is malformed', (xml) => {
    expect(kindOf(xml)).toBe('malformed')
  })

  test('a document type declaration, wherever it stands', () => {
    for (const xml of ['<!DOCTYPE a><a/>', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', '<a><!DOCTYPE a></a>']) expect(kindOf(xml)).toBe('doctype')
  })

  test('too deep, too long, too many elements or attributes', () => {
    const deep = (n: number) => `${'<a>'.repeat(n)}${'</a>'.repeat(n)}`
    expect(kindOf(deep(128))).toBe('read')
    expect(kindOf(deep(129))).toBe('too-deep')
    expect(kindOf('<a/>', { ...DEFAULT_XML_LIMITS, maxLength: 3 })).toBe('too-long')
    expect(kindOf(`<a>${'<b/>'.repeat(10)}</a>`, { ...DEFAULT_XML_LIMITS, maxElements: 10 })).toBe('too-long')
    const wide = (n: number) => `<a ${Array.from({ length: n }, (_, i) => `b${i}=""`).join(' ')}/>`
    expect(kindOf(wide(256))).toBe('read')
    expect(kindOf(wide(257))).toBe('too-long')
    expect(kindOf(`<a ${Array.from({ length: 257 }, (_, i) => `xmlns:b${i}="u"`).join(' ')}/>`)).toBe('too-long')
  })

  test('hostile documents of a few megabytes are answered quickly', () => {
    const mega = 4_000_000
    const started = performance.now()
    const prefixes = Array.from({ length: 250 }, (_, i) => `xmlns:p${i}="urn:${i}"`).join(' ')
    const hostile = [
      '<'.repeat(mega),
      '<a>'.repeat(mega / 4),
      `<a>${'&'.repeat(mega)}</a>`,
      `<a>${'&amp;'.repeat(mega / 5)}</a>`,
      `<a>${']]'.repeat(mega / 2)}</a>`,
      `<a b="${' '.repeat(mega)}`,
      `<a${' '.repeat(mega)}`,
      `<!--${'-'.repeat(mega)}`,
      `<a>${'<!---->'.repeat(mega / 7)}</a>`,
      `<${'é'.repeat(mega)}/>`,
      `<a>&#${'0'.repeat(mega)};</a>`,
      `<a ${prefixes}>${`<p0:b ${prefixes}/>`.repeat(600)}</a>`,
      '<?xml version="1.0"'.padEnd(mega),
    ]
    for (const xml of hostile) kindOf(xml)
    expect(performance.now() - started).toBeLessThan(10_000)
  })

  test('any text is read or refused with an XmlError', () => {
    assert(property(string({ unit: 'binary' }), (text) => ['read', 'malformed', 'doctype'].includes(kindOf(text))))
  })
})

const local = constantFrom('a', 'b', 'Élément', 'x-1')
const uri = constantFrom('', 'urn:a', 'urn:b', 'http://x/?a=1&b="2"')
const content = string({ unit: 'grapheme' })
const prefix = constantFrom('', 'p', 'q')
type Attributes = Record<string, string>
const attributes: Arbitrary<Attributes> = array(tuple(local, uri, content), { maxLength: 3 }).map((list) =>
  Object.fromEntries(list.map(([key, ns, value]) => [ns ? `{${ns}}${key}` : key, value])),
)
const { tree } = letrec<{ tree: XmlElement; node: XmlNode }>((tie) => ({
  tree: tuple(local, uri, prefix, attributes, array(tie('node'), { maxLength: 4 })).map(([name, ns, given, attrs, children]) => ({
    name,
    ns,
    prefix: given,
    attributes: attrs,
    children,
  })),
  node: oneof({ depthSize: 'small', withCrossShrink: true }, content, tie('tree')),
}))

/** What survives: names, attributes, text; prefixes, empty strings and the cut between two strings do not. */
function essence({ ns, name, attributes: attrs, children }: XmlElement): unknown {
  const nodes: unknown[] = []
  for (const node of children)
    if (isElement(node)) nodes.push(essence(node))
    else if (typeof nodes.at(-1) === 'string') nodes[nodes.length - 1] += node
    else if (node !== '') nodes.push(node)
  return { ns, name, attributes: { ...attrs }, nodes }
}

describe('writing, then reading', () => {
  test('gives back any tree, whatever its texts and prefixes', () => {
    assert(
      property(tree, (one) => {
        expect(essence(readXml(writeXml(one, { declaration: true })))).toEqual(essence(one))
      }),
    )
  })

  test('does not depend on the prefixes', () => {
    const reprefixed = (one: XmlElement, name: string): XmlElement => ({
      ...one,
      prefix: name,
      children: one.children.map((node) => (isElement(node) ? reprefixed(node, name) : node)),
    })
    assert(
      property(tree, constantFrom('soap', 'S', 'n1', ''), (one, name) => {
        expect(essence(readXml(writeXml(reprefixed(one, name))))).toEqual(essence(one))
      }),
    )
  })

  test('what XML cannot carry is left out, so that nobody makes our messages malformed', () => {
    const a = vocabulary('', '')
    expect(textOf(readXml(writeXml(a('a', {}, 'x\u0000y\uD800z\uFFFE]]>'))))).toBe('xyz]]>')
    expect(readXml(writeXml(a('a', { b: '\u0001"<>&\n\t' }))).attributes['b']).toBe('"<>&\n\t')
  })

  test('namespaces can be declared where asked, used or not', () => {
    const a = vocabulary('a', 'urn:a')
    expect(writeXml(a('x', {}, declaring({ b: 'urn:b', c: 'urn:a' }, a('y'))))).toBe(
      '<a:x xmlns:a="urn:a"><a:y xmlns:b="urn:b" xmlns:c="urn:a"/></a:x>',
    )
    expect(writeXml(a('x'), { declare: { z: 'urn:z' } })).toBe('<a:x xmlns:z="urn:z" xmlns:a="urn:a"/>')
  })
})

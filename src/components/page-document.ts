import { attribute, child, childrenOf, descend, elements, everyElement, isElement, textOf, type XmlElement } from '#standards/xml/element.ts'
import { readXml, XmlError } from '#standards/xml/read.ts'
import { escapeAttribute, escapeText } from '#standards/xml/write.ts'

const CDA = 'urn:hl7-org:v3'

/**
 * The page shown in the sandboxed frame for a document read from the DMP: its words, with our own tags around them and none of its own.
 * Whatever cannot be shown is said. @see functional.md §4.3 step 5
 */
export function pageDuDocument({ mimeType, bytes }: { readonly mimeType: string; readonly bytes: Uint8Array }): string {
  if (/xml/.test(mimeType)) return pageXml(new TextDecoder().decode(bytes))
  return page(contenu(mimeType, bytes))
}

/** A file that a document carries. */
export interface FichierDuDocument {
  readonly mimeType: string
  readonly bytes: Uint8Array
  /** Of its name, without the dot. */
  readonly extension: string
  /** Whether the browser may show it by itself in a tab: what its first bytes say, never what it calls itself. */
  readonly seul: 'application/pdf' | 'image/png' | 'image/jpeg' | undefined
}

const EXTENSIONS: ReadonlyMap<string, string> = new Map([
  ['application/pdf', 'pdf'],
  ['image/png', 'png'],
  ['image/jpeg', 'jpg'],
  ['image/tiff', 'tif'],
  ['text/rtf', 'rtf'],
  ['application/rtf', 'rtf'],
  ['text/plain', 'txt'],
])

const SIGNATURES = [
  ['application/pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
] as const

/** The file a document carries: the body of a level 1 CDA, otherwise the document itself. */
export function fichierDuDocument({ mimeType, bytes }: { readonly mimeType: string; readonly bytes: Uint8Array }): FichierDuDocument {
  const porte = /xml/.test(mimeType) ? corpsNonXml(bytes) : undefined
  const [type, octetsPortes] = porte ? [porte.mimeType, porte.bytes] : [mimeType, bytes]
  const seul = SIGNATURES.find(([nom, signature]) => type === nom && signature.every((octet, at) => octetsPortes[at] === octet))?.[0]
  return { mimeType: type, bytes: octetsPortes, extension: /xml/.test(type) ? 'xml' : (EXTENSIONS.get(type.split(';')[0]!) ?? 'bin'), seul }
}

function corpsNonXml(bytes: Uint8Array): { readonly mimeType: string; readonly bytes: Uint8Array } | undefined {
  try {
    const document = documentDe(readXml(new TextDecoder().decode(bytes)))
    const texte = document && descend(child(document, CDA, 'component'), CDA, 'nonXMLBody', 'text')
    return texte && { mimeType: attribute(texte, 'mediaType') ?? '', bytes: octets(textOf(texte), attribute(texte, 'representation')) }
  } catch (error) {
    if (!(error instanceof XmlError)) throw error
    return undefined
  }
}

/** A self-presenting document stands under a style sheet. */
const documentDe = (root: XmlElement): XmlElement | undefined =>
  root.name === 'ClinicalDocument' ? root : [...everyElement(root)].find(({ ns, name }) => ns === CDA && name === 'ClinicalDocument')

function pageXml(text: string): string {
  try {
    const document = documentDe(readXml(text))
    return page(document ? clinicalDocument(document) : brut(text))
  } catch (error) {
    if (!(error instanceof XmlError)) throw error
    return page(`<p>Ce document est illisible : ${escapeText(error.message)}.</p>`)
  }
}

function clinicalDocument(document: XmlElement): string {
  const titre = textOf(child(document, CDA, 'title'))
  const quand = attribute(child(document, CDA, 'effectiveTime') ?? document, 'value') ?? ''
  const auteurs = childrenOf(document, CDA, 'author').map((author) => nomDe(descend(author, CDA, 'assignedAuthor', 'assignedPerson', 'name')))
  const patient = nomDe(descend(document, CDA, 'recordTarget', 'patientRole', 'patient', 'name'))
  const lignes = [
    ['Patient', patient],
    ['Auteur', auteurs.filter(Boolean).join(', ')],
    ['Date', quand.replace(/^(\d{4})(\d{2})(\d{2}).*$/, '$3/$2/$1')],
  ].filter(([, valeur]) => valeur)
  const entete = lignes.map(([nom, valeur]) => `<dt>${nom}</dt><dd>${escapeText(valeur!)}</dd>`).join('')
  return `<h1>${escapeText(titre)}</h1><dl>${entete}</dl>${corps(document)}`
}

/** Birth name and given names; the first given name alone (`BR`) is left out when the whole list is there. */
function nomDe(name: XmlElement | undefined): string {
  const parts = name ? elements(name).filter(({ name }) => name !== 'suffix') : []
  const liste = parts.some((part) => part.name === 'given' && attribute(part, 'qualifier') === undefined)
  return parts
    .filter((part) => !(liste && part.name === 'given' && attribute(part, 'qualifier') === 'BR'))
    .map(textOf)
    .join(' ')
    .trim()
}

function corps(document: XmlElement): string {
  const component = child(document, CDA, 'component')
  const nonXml = descend(component, CDA, 'nonXMLBody', 'text')
  if (nonXml) return contenu(attribute(nonXml, 'mediaType') ?? '', octets(textOf(nonXml), attribute(nonXml, 'representation')))
  const structured = component && child(component, CDA, 'structuredBody')
  if (!structured) return '<p>Ce document n’a pas de corps.</p>'
  return childrenOf(structured, CDA, 'component')
    .map((part) => child(part, CDA, 'section'))
    .map((section) => (section ? `<h2>${escapeText(textOf(child(section, CDA, 'title')))}</h2>${recit(child(section, CDA, 'text'))}` : ''))
    .join('')
}

function octets(text: string, representation: string | undefined): Uint8Array {
  if (representation !== 'B64') return new TextEncoder().encode(text)
  try {
    return Uint8Array.from(atob(text.replace(/\s+/g, '')), (character) => character.charCodeAt(0))
  } catch {
    return new TextEncoder().encode('Contenu illisible : base64 incorrect.')
  }
}

const IMAGES = new Set(['image/jpeg', 'image/png'])

function contenu(mediaType: string, bytes: Uint8Array): string {
  if (mediaType.startsWith('text/plain')) return `<pre>${escapeText(texte(bytes))}</pre>`
  if (IMAGES.has(mediaType)) return `<img alt="Contenu du document" src="data:${mediaType};base64,${base64(bytes)}">`
  return `<p>Ce fichier (${escapeText(mediaType || 'de type inconnu')}) ne s’affiche pas dans ce cadre protégé : ouvrez-le ou téléchargez-le.</p>`
}

/** UTF-8, or what Windows wrote before. */
function texte(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

function base64(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += 32_768) binary += String.fromCharCode(...bytes.subarray(at, at + 32_768))
  return btoa(binary)
}

/** Tags of the CDA narrative block and ours. @see CDA R2 §4.3.5 */
const RECIT: Readonly<Record<string, string>> = {
  paragraph: 'p',
  list: 'ul',
  item: 'li',
  table: 'table',
  thead: 'thead',
  tbody: 'tbody',
  tr: 'tr',
  th: 'th',
  td: 'td',
  caption: 'caption',
  content: 'span',
  sub: 'sub',
  sup: 'sup',
}

function recit(element: XmlElement | undefined): string {
  if (!element) return ''
  return element.children
    .map((node) => {
      if (!isElement(node)) return escapeText(node)
      if (node.name === 'br') return '<br>'
      const tag = RECIT[node.name]
      return tag ? `<${tag}>${recit(node)}</${tag}>` : recit(node)
    })
    .join('')
}

const brut = (text: string): string => `<pre>${escapeText(text)}</pre>`

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;color:#25221c;background:#fff;margin:1.25rem;overflow-wrap:break-word}h1{font-size:1.25rem}h2{font-size:1.05rem}' +
  'pre{white-space:pre-wrap;font:inherit}dl{display:grid;grid-template-columns:auto 1fr;gap:.15rem 1rem}dt{color:#5b5346}dd{margin:0}' +
  'table{border-collapse:collapse}td,th{border:1px solid #dcd3c2;padding:.25rem .5rem;text-align:left}img{max-width:100%}'

const page = (corps: string): string =>
  `<!doctype html><html lang="fr"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${escapeAttribute("default-src 'none'; style-src 'unsafe-inline'; img-src data:")}"><title>Document</title><style>${STYLE}</style></head><body>${corps}</body></html>`

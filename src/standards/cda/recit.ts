import { child, everyElement, textOf, type XmlElement } from '../xml/element.ts'
import { CDA } from './cda.ts'

/** Elements of the narrative block that begin a line, and those that only keep a distance. @see CDA R2 §4.3.5 */
const LINES: ReadonlySet<string> = new Set(['paragraph', 'item', 'tr', 'caption', 'list', 'table', 'br'])
const CELLS: ReadonlySet<string> = new Set(['td', 'th'])

/** Plain text of a structured body: for each section, its title then its narrative, in the order of the document. */
export function recitDe(body: XmlElement): string {
  const lines: string[] = []
  for (const element of everyElement(body))
    if (element.ns === CDA && element.name === 'section') {
      lines.push(textOf(child(element, CDA, 'title')))
      const text = child(element, CDA, 'text')
      if (text) {
        const written: string[] = []
        write(text, written)
        lines.push(...written.join('').split('\n'))
      }
    }
  return lines
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter(Boolean)
    .join('\n')
}

function write(element: XmlElement, into: string[]): void {
  const around = LINES.has(element.name) ? '\n' : CELLS.has(element.name) ? ' ' : ''
  into.push(around)
  // A line break of the source is white space: only elements begin a line.
  for (const node of element.children)
    if (typeof node === 'string') into.push(node.replaceAll('\n', ' '))
    else write(node, into)
  into.push(around)
}

import { widthOf, winAnsi } from './winansi.ts'

/** A part of a document: one paragraph, wrapped. */
export interface Bloc {
  readonly genre: 'titre' | 'partie' | 'texte' | 'discret'
  /** A line break begins a new line. */
  readonly texte: string
}

export interface DocumentPdf {
  readonly titre: string
  readonly auteur: string
  /** Milliseconds since the Unix epoch. */
  readonly creeLe: number
  readonly blocs: readonly Bloc[]
  /** At the foot of each page, before its number. */
  readonly pied: string
}

/** A4, in points. */
const [WIDTH, HEIGHT, MARGIN, FOOT] = [595, 842, 56, 70]

interface Style {
  readonly size: number
  readonly bold: boolean
  readonly before: number
  readonly gray: number
}

const STYLES: Readonly<Record<Bloc['genre'], Style>> = {
  titre: { size: 20, bold: true, before: 0, gray: 0 },
  partie: { size: 13, bold: true, before: 16, gray: 0 },
  texte: { size: 10.5, bold: false, before: 4, gray: 0 },
  discret: { size: 9, bold: false, before: 3, gray: 0.35 },
}

interface Line {
  readonly text: string
  readonly style: Style
  readonly y: number
}

/**
 * Writes a PDF of text alone: A4, Helvetica, which every reader has, in WinAnsiEncoding (French fits; anything else becomes `?`).
 * No compression, no image, no font inside: the same bytes for the same document.
 * @see ISO 32000-1, PDF 1.4
 */
export function writePdf({ titre, auteur, creeLe, blocs, pied }: DocumentPdf): Uint8Array {
  const pages = layOut(blocs)
  // 1 catalog, 2 tree of pages, 3 and 4 fonts, 5 information, then for each page itself and its content.
  const kids = pages.map((_, at) => `${6 + 2 * at} 0 R`).join(' ')
  const objects: string[] = [
    '<< /Type /Catalog /Pages 2 0 R /Lang (fr-FR) /ViewerPreferences << /DisplayDocTitle true >> >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    font('Helvetica'),
    font('Helvetica-Bold'),
    `<< /Title ${unicode(titre)} /Author ${unicode(auteur)} /CreationDate (D:${stamp(creeLe)}Z) >>`,
  ]
  pages.forEach((lines, at) => {
    const foot: Line = { text: `${pied} · ${at + 1} / ${pages.length}`, style: STYLES.discret, y: MARGIN - 16 }
    const content = [...lines, foot].map(written).join('\n')
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${WIDTH} ${HEIGHT}] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents ${7 + 2 * at} 0 R >>`,
      `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    )
  })
  return assemble(objects)
}

const font = (name: string): string => `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`

/** Lines of each page, from the top. */
function layOut(blocs: readonly Bloc[]): Line[][] {
  const pages: Line[][] = [[]]
  let y = HEIGHT - MARGIN
  for (const [at, { genre, texte }] of blocs.entries()) {
    const style = STYLES[genre]
    y -= style.before
    // A heading does not stay alone at the foot of a page.
    const needed = style.size * 1.35 + (style.bold && at < blocs.length - 1 ? 40 : 0)
    for (const [rank, text] of texte
      .split('\n')
      .flatMap((line) => wrap(line, style))
      .entries()) {
      if (y - (rank === 0 ? needed : style.size * 1.35) < FOOT) {
        pages.push([])
        y = HEIGHT - MARGIN
      }
      y -= style.size * 1.35
      pages.at(-1)!.push({ text, style, y })
    }
  }
  return pages
}

/** Cuts a line between words, and a word that is wider than the page anywhere. */
function wrap(line: string, { size, bold }: Style): string[] {
  const room = WIDTH - 2 * MARGIN
  const lines: string[] = []
  let current = ''
  for (const word of line.split(/[ \t]+/).flatMap((one) => (widthOf(one, size, bold) > room ? pieces(one, Math.floor(room / size)) : [one]))) {
    const longer = current === '' ? word : `${current} ${word}`
    if (widthOf(longer, size, bold) <= room) current = longer
    else {
      lines.push(current)
      current = word
    }
  }
  return [...lines, current]
}

const pieces = (word: string, length: number): string[] => word.match(new RegExp(`.{1,${length}}`, 'gu')) ?? []

const written = ({ text, style: { size, bold, gray }, y }: Line): string =>
  `BT /F${bold ? 2 : 1} ${size} Tf ${gray} g ${MARGIN} ${y.toFixed(2)} Td ${literal(winAnsi(text))} Tj ET`

/** A string object: parentheses and backslash escaped, everything above ASCII in octal, so that the file stays ASCII. */
function literal(codes: readonly number[]): string {
  const written = codes.map((code) => {
    const character = String.fromCharCode(code)
    if ('()\\'.includes(character)) return `\\${character}`
    return code < 0x7f ? character : `\\${code.toString(8).padStart(3, '0')}`
  })
  return `(${written.join('')})`
}

/** A text string in UTF-16BE, in hexadecimal. */
function unicode(text: string): string {
  let hex = 'FEFF'
  for (let at = 0; at < text.length; at++) hex += text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0')
  return `<${hex}>`
}

const stamp = (time: number): string => new Date(time).toISOString().replace(/\D/g, '').slice(0, 14)

/** Header, objects numbered from 1, table of their offsets, trailer. Everything is ASCII: one character, one byte. */
function assemble(objects: readonly string[]): Uint8Array {
  let file = '%PDF-1.4\n'
  const offsets = objects.map((object, at) => {
    const offset = file.length
    file += `${at + 1} 0 obj\n${object}\nendobj\n`
    return offset
  })
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const size = objects.length + 1
  file += `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${size} /Root 1 0 R /Info 5 0 R >>\nstartxref\n${file.length}\n%%EOF\n`
  return new TextEncoder().encode(file)
}

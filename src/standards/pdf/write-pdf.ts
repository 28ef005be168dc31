/** A line of a PDF page. */
export interface LignePdf {
  readonly texte: string
  /** Points: 11 when absent. */
  readonly taille?: number
  readonly gras?: boolean
}

const PAGE = { largeur: 595, hauteur: 842, marge: 56 } as const
/** Helvetica is about half as wide as it is high, on average. */
const LARGEUR_MOYENNE = 0.5

/**
 * A plain text PDF 1.4: A4 pages, Helvetica, WinAnsi (Latin) text; a character outside it becomes `?`. Long lines are cut between words.
 * The same lines give the same bytes.
 */
export function writePdf(lignes: readonly LignePdf[]): Uint8Array {
  const pages = paginer(lignes)
  // 1: catalog, 2: page tree, 3 and 4: fonts, then for each page its own object and its content.
  const objets = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${pages.map((_, n) => `${5 + 2 * n} 0 R`).join(' ')}] /Count ${pages.length} >>`,
    police('Helvetica'),
    police('Helvetica-Bold'),
    ...pages.flatMap((contenu, n) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${PAGE.largeur} ${PAGE.hauteur}] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents ${6 + 2 * n} 0 R >>`,
      `<< /Length ${contenu.length} >>\nstream\n${contenu}\nendstream`,
    ]),
  ]
  let fichier = '%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n'
  const debuts = objets.map((objet, n) => {
    const debut = fichier.length
    fichier += `${n + 1} 0 obj\n${objet}\nendobj\n`
    return debut
  })
  const table = fichier.length
  const entrees = debuts.map((debut) => `${String(debut).padStart(10, '0')} 00000 n \n`).join('')
  fichier += `xref\n0 ${objets.length + 1}\n0000000000 65535 f \n${entrees}trailer\n<< /Size ${objets.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`
  // One character of the string is one byte of the file.
  return Uint8Array.from(fichier, (caractere) => caractere.charCodeAt(0))
}

const police = (nom: string): string => `<< /Type /Font /Subtype /Type1 /BaseFont /${nom} /Encoding /WinAnsiEncoding >>`

function paginer(lignes: readonly LignePdf[]): string[] {
  const pages: string[] = []
  let contenu = ''
  let y = PAGE.hauteur - PAGE.marge
  for (const { texte, taille = 11, gras = false } of lignes)
    for (const morceau of couper(texte, taille)) {
      y -= taille * 1.4
      if (y < PAGE.marge) {
        pages.push(contenu)
        contenu = ''
        y = PAGE.hauteur - PAGE.marge - taille * 1.4
      }
      contenu += `BT /${gras ? 'F2' : 'F1'} ${taille} Tf ${PAGE.marge} ${y.toFixed(1)} Td (${echapper(morceau)}) Tj ET\n`
    }
  return [...pages, contenu]
}

function couper(texte: string, taille: number): string[] {
  const largeur = Math.floor((PAGE.largeur - 2 * PAGE.marge) / (taille * LARGEUR_MOYENNE))
  const lignes: string[] = []
  for (const mot of texte.split(/\s+/).flatMap((un) => un.match(new RegExp(`.{1,${largeur}}`, 'gu')) ?? [''])) {
    const derniere = lignes.at(-1)
    if (derniere !== undefined && derniere.length + mot.length < largeur) lignes[lignes.length - 1] = `${derniere} ${mot}`
    else lignes.push(mot)
  }
  return lignes
}

/** The few characters of French that WinAnsi keeps between 128 and 159. */
const WIN_ANSI: Readonly<Record<string, number>> = {
  '€': 128,
  '…': 133,
  '‘': 145,
  '’': 146,
  '“': 147,
  '”': 148,
  '–': 150,
  '—': 151,
  œ: 156,
  Œ: 140,
  '•': 149,
}

function echapper(texte: string): string {
  let octets = ''
  for (const caractere of texte.normalize('NFC')) {
    const code = WIN_ANSI[caractere] ?? caractere.codePointAt(0)!
    if (code < 32 || (code > 126 && code < 160 && WIN_ANSI[caractere] === undefined) || code > 255) octets += '?'
    else octets += '()\\'.includes(caractere) ? `\\${caractere}` : String.fromCharCode(code)
  }
  return octets
}

/** A raw message cut in pieces for the eye: the text is shown as text, never as markup. */
export interface Morceau {
  readonly genre: 'balise' | 'attribut' | 'valeur' | 'commentaire' | 'texte' | 'ponctuation'
  readonly texte: string
}

/** Beyond this many characters a message is shown plain: cutting it would freeze the page. */
const COLOURED = 120_000

const XML = /(<!--[\s\S]*?(?:-->|$))|(<[?/]?)([\w:.-]+)|([\w:.-]+)(=)("[^"]*"|'[^']*')|([?/]?>)|([^<>"'=\s]+|\s+|[<>"'=])/g
const JSON_TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|([{}[\],:])|(-?\d[\d.eE+-]*|true|false|null)|(\s+|[^\s"{}[\],:]+)/g

/** Cuts XML or JSON in coloured pieces; anything else is one piece. */
export function colorer(texte: string): Morceau[] {
  if (texte.length > COLOURED) return [{ genre: 'texte', texte }]
  const debut = texte.trimStart()[0]
  if (debut === '<') return colorerXml(texte)
  if (debut === '{' || debut === '[') return colorerJson(texte)
  return [{ genre: 'texte', texte }]
}

function colorerXml(texte: string): Morceau[] {
  const morceaux: Morceau[] = []
  let dansBalise = false
  for (const [tout, commentaire, ouvre, nom, attribut, egal, valeur, ferme] of texte.matchAll(XML)) {
    if (commentaire) morceaux.push({ genre: 'commentaire', texte: tout })
    else if (ouvre) {
      dansBalise = true
      morceaux.push({ genre: 'ponctuation', texte: ouvre }, { genre: 'balise', texte: nom! })
    } else if (attribut && dansBalise) {
      morceaux.push({ genre: 'attribut', texte: attribut }, { genre: 'ponctuation', texte: egal! }, { genre: 'valeur', texte: valeur! })
    } else if (ferme && dansBalise) {
      dansBalise = false
      morceaux.push({ genre: 'ponctuation', texte: ferme })
    } else ajouter(morceaux, tout)
  }
  return morceaux
}

function colorerJson(texte: string): Morceau[] {
  const morceaux: Morceau[] = []
  for (const [tout, chaine, deuxPoints, ponctuation, nombre] of texte.matchAll(JSON_TOKEN)) {
    if (chaine && deuxPoints) morceaux.push({ genre: 'attribut', texte: chaine }, { genre: 'ponctuation', texte: deuxPoints })
    else if (chaine) morceaux.push({ genre: 'valeur', texte: chaine })
    else if (ponctuation) morceaux.push({ genre: 'ponctuation', texte: ponctuation })
    else if (nombre) morceaux.push({ genre: 'balise', texte: nombre })
    else ajouter(morceaux, tout)
  }
  return morceaux
}

function ajouter(morceaux: Morceau[], texte: string): void {
  const dernier = morceaux.at(-1)
  if (dernier?.genre === 'texte') morceaux[morceaux.length - 1] = { genre: 'texte', texte: dernier.texte + texte }
  else morceaux.push({ genre: 'texte', texte })
}

/** Indents XML or JSON without changing what it says; gives the text back when it is neither, or too long. */
export function indenter(texte: string): string {
  if (texte.length > COLOURED) return texte
  const debut = texte.trimStart()[0]
  if (debut === '{' || debut === '[') {
    try {
      return JSON.stringify(JSON.parse(texte), null, 2)
    } catch {
      return texte
    }
  }
  return debut === '<' ? indenterXml(texte) : texte
}

/** Only white space between two tags is changed: an element that holds text stays on its line. */
function indenterXml(texte: string): string {
  const pieces = texte.trim().match(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<[^>]*>|[^<]+/g) ?? []
  const lignes: string[] = []
  let niveau = 0
  let apresTexte = false
  for (const [n, piece] of pieces.entries()) {
    if (!piece.startsWith('<') || piece.startsWith('<![CDATA[')) {
      const seul = piece.trim() === ''
      if (!seul) {
        lignes[lignes.length - 1] += piece
        apresTexte = true
      }
      continue
    }
    const ferme = piece.startsWith('</')
    if (ferme) niveau = Math.max(0, niveau - 1)
    const vide = ferme && pieces[n - 1] !== undefined && ouvrante(pieces[n - 1]!)
    if (apresTexte || vide) lignes[lignes.length - 1] += piece
    else lignes.push('  '.repeat(niveau) + piece)
    apresTexte = false
    if (ouvrante(piece)) niveau += 1
  }
  return lignes.join('\n')
}

const ouvrante = (piece: string): boolean => piece.startsWith('<') && !/^<[/?!]/.test(piece) && !piece.endsWith('/>')

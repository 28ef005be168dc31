/**
 * Lexical rules of names at INSi: only `A-Z`, space, straight apostrophe and hyphen, in requests and in answers.
 * @see SEL-MP-043 §2 and §3.4.1 ; EF_INS01_03, EF_INS10_01, EF_INS10_02 (insi.md §1.4)
 */

/** Longest name accepted, as the field of the national guide. @see insi.md §6.3 */
const LONGUEUR_NOM = 100

/** What is wrong with a birth name, in French; undefined when INSi accepts it. A double hyphen is allowed, an apostrophe may come first. */
export function defautNomNaissance(nom: string): string | undefined {
  return defautCommun(nom) ?? (/---/.test(nom) ? 'plus de deux tirets de suite' : undefined)
}

/** What is wrong with a given name or with a list of given names separated by single spaces; undefined when INSi accepts it. */
export function defautPrenom(prenom: string): string | undefined {
  const commun = defautCommun(prenom)
  if (commun) return commun
  if (/--/.test(prenom)) return 'deux tirets de suite'
  if (/['-]$/.test(prenom)) return 'un prénom ne finit ni par un tiret ni par une apostrophe'
  return undefined
}

function defautCommun(text: string): string | undefined {
  if (text.length > LONGUEUR_NOM) return `plus de ${LONGUEUR_NOM} caractères`
  if (!/^[A-Z' -]*$/.test(text))
    return 'seuls sont admis les lettres A à Z, l’espace, l’apostrophe droite et le tiret, sans minuscule ni accent ni ligature'
  if (/^[ -]/.test(text)) return 'le premier caractère est une espace ou un tiret'
  if (text.endsWith(' ')) return 'le dernier caractère est une espace'
  if (/[ '][ ']/.test(text)) return 'espaces ou apostrophes doublées ou combinées'
  return undefined
}

/**
 * What a keyboard gives, as INSi wants it: upper case, no accent, no ligature, straight apostrophe, single spaces. A character without an
 * equivalent (digit, `_`, `/`) is kept, so that it is refused rather than silently dropped.
 */
export function normaliserTrait(saisi: string): string {
  return saisi
    .toUpperCase()
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replaceAll('Œ', 'OE')
    .replaceAll('Æ', 'AE')
    .replaceAll('ẞ', 'SS')
    .replace(/[’‘ʼ´`]/g, "'")
    .replace(/[‐‑‒–]/g, '-')
    .replace(/\s+/g, ' ')
    .trim()
}

/** Code INSEE (COG): 5 characters, `2A020` and `2B020` in Corsica, `99xxx` abroad; not a postal code. */
export const estCodeLieu = (code: string): boolean => /^(?:\d{5}|2[AB]\d{3})$/.test(code)

/** `AAAA-MM-JJ`, without any look at the calendar: the register holds dates like `1960-00-00`. @see insi.md §1.4, type DateLunaire */
export const estDateLunaire = (date: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(date)

/** A day that exists. */
export function estDateCalendaire(date: string): boolean {
  if (!estDateLunaire(date)) return false
  const [annee, mois, jour] = date.split('-').map(Number) as [number, number, number]
  const jours = [31, annee % 4 === 0 && (annee % 100 !== 0 || annee % 400 === 0) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  return jour >= 1 && jour <= (jours[mois - 1] ?? 0)
}

/**
 * A partial birth date made whole, as the identity rules ask locally: day unknown, the 1st; month unknown, January; both unknown, 31 December.
 * `interpretee` is the marker to keep beside the date.
 * @param date `AAAA-MM-JJ` where `00` stands for what is unknown.
 * @see RNIV, EXI ID 11 and EXI ID 12
 */
export function completerDate(date: string): { date: string; interpretee: boolean } {
  const [annee = '', mois = '', jour = ''] = date.split('-')
  if (mois === '00' && jour === '00') return { date: `${annee}-12-31`, interpretee: true }
  if (mois === '00') return { date: `${annee}-01-${jour}`, interpretee: true }
  if (jour === '00') return { date: `${annee}-${mois}-01`, interpretee: true }
  return { date, interpretee: false }
}

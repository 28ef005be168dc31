import { addressParser, decodeWords } from 'postal-mime'

/** One field of a header, unfolded; its value is as written (encoded words are not decoded). */
export interface ChampEntete {
  readonly nom: string
  readonly valeur: string
}

/** The header of a message, and where its body begins. */
export interface Entete {
  /** In the order of the message. */
  readonly champs: readonly ChampEntete[]
  /** Offset of the first byte of the body. */
  readonly corps: number
}

/** Bytes and fields beyond which a header is no honest one. */
export const MAX_ENTETE = 262_144
const MAX_CHAMPS = 2_000

const CR = 13
const LF = 10

/**
 * Reads the header of a message, never beyond `MAX_ENTETE`. Lenient, as mail is: a line that is no field is skipped, bytes are read as UTF-8
 * with replacement, lines may end with LF alone. @see RFC 5322 §2.2
 */
export function readEntete(octets: Uint8Array, depuis = 0): Entete {
  const champs: { nom: string; valeur: string }[] = []
  let at = depuis
  const limite = Math.min(octets.length, depuis + MAX_ENTETE)
  while (at < limite) {
    const fin = octets.indexOf(LF, at)
    const bout = fin < 0 ? octets.length : fin
    const ligne = octets.subarray(at, octets[bout - 1] === CR && bout > at ? bout - 1 : bout)
    at = fin < 0 ? octets.length : fin + 1
    if (ligne.length === 0) return { champs, corps: at }
    const texte = TEXTE.decode(ligne)
    const dernier = champs.at(-1)
    if (/^[ \t]/.test(texte)) {
      if (dernier) dernier.valeur += ` ${texte.trim()}`
      continue
    }
    const deux = texte.indexOf(':')
    if (deux > 0 && champs.length < MAX_CHAMPS) champs.push({ nom: texte.slice(0, deux).trim(), valeur: texte.slice(deux + 1).trim() })
  }
  return { champs, corps: at }
}

const TEXTE = new TextDecoder('utf-8')

/** Every value of a field, whatever the case of its name. */
export function valeursDe({ champs }: Pick<Entete, 'champs'>, nom: string): string[] {
  const cherche = nom.toLowerCase()
  return champs.filter((champ) => champ.nom.toLowerCase() === cherche).map(({ valeur }) => valeur)
}

/** The first value of a field, `''` when it is absent. */
export const valeurDe = (entete: Pick<Entete, 'champs'>, nom: string): string => valeursDe(entete, nom)[0] ?? ''

/** Encoded words in clear. @see RFC 2047 */
export const enClair = (valeur: string): string => decodeWords(valeur)

export interface BoiteNommee {
  /** Decoded display name, `''` when there is none. */
  readonly nom: string
  readonly adresse: string
}

/** Mailboxes of an address field, groups flattened; at most 500. */
export function boitesDe(valeur: string): BoiteNommee[] {
  if (valeur === '') return []
  return addressParser(valeur.slice(0, 65_536), { flatten: true })
    .slice(0, 500)
    .map(({ name, address }) => ({ nom: decodeWords(name ?? ''), adresse: (address ?? '').toLowerCase() }))
}

/** Ids between angle brackets: Message-ID, In-Reply-To, References; at most 100, the last ones. */
export const identifiantsDe = (valeur: string): string[] => (valeur.match(/<[^<>\s]{1,990}>/g) ?? []).slice(-100)

import { child, childrenOf, textOf, type XmlElement } from '../xml/element.ts'
import { readXml, XmlError, type XmlErrorKind } from '../xml/read.ts'
import { escapeText } from '../xml/write.ts'

/** List of the domains of the trust space, as operators read it. @see mssante.md §1.3 */
const NS_LISTE_BLANCHE = 'https://listeblanche.mssante.fr/schema'

/** One domain as one operator's certificate serves it: a domain comes back for each of its certificates. */
interface DomaineDeLaListe {
  readonly nom: string
  readonly description: string
  /** Distinguished name; its OU is the national id of the operator's structure. */
  readonly dnCertificat: string
  /** « 0100000000, contact@… » */
  readonly responsable: string
  readonly support: string
  /** ISO 8601, UTC, to the second. */
  readonly maj: string
}

export interface ListeBlanche {
  /** ISO 8601, UTC, to the second. */
  readonly generation: string
  readonly domaines: readonly DomaineDeLaListe[]
}

/** The root, without an XML declaration: written as its own canonical form, so that it can be signed as it is. */
export function ecrireListeBlanche({ generation, domaines }: ListeBlanche, signature = ''): string {
  // On one line: a carriage return has another escape in the canonical form than in ours.
  const champ = (nom: string, texte: string) => `      <${nom}>${escapeText(texte.replace(/\s+/g, ' ').trim())}</${nom}>\n`
  const domaine = ({ nom, description, dnCertificat, responsable, support, maj }: DomaineDeLaListe) =>
    `    <Domaine>\n${champ('Nom', nom)}${champ('Description', description)}${champ('DNCertificatOperateur', dnCertificat)}${champ('ResponsableContact', responsable)}${champ('SupportContact', support)}${champ('DateMAJ', maj)}    </Domaine>\n`
  return `<ListeBlancheMSSante xmlns="${NS_LISTE_BLANCHE}">\n  <DateDeGeneration>${generation}</DateDeGeneration>\n  <ListeDomaines>\n${domaines.map(domaine).join('')}  </ListeDomaines>\n${signature}</ListeBlancheMSSante>`
}

const REFUS: Readonly<Record<XmlErrorKind, string>> = {
  malformed: 'La liste blanche n’est pas un XML complet : elle est tronquée ou abîmée.',
  doctype: 'La liste blanche a une déclaration DOCTYPE, qu’une liste n’a pas.',
  'too-deep': 'La liste blanche est trop profonde pour être lue.',
  'too-long': 'La liste blanche est trop grande pour être lue.',
}
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/
const BORNES = { maxDepth: 16, maxLength: 8_000_000, maxAttributes: 16, maxElements: 400_000 }

/**
 * Reads a list; the signature is the caller's to check, over the bytes as they came.
 * @returns a French sentence when it is no list, or not a whole one: the former one is then kept.
 */
export function lireListeBlanche(texte: string): ListeBlanche | string {
  let racine: XmlElement
  try {
    racine = readXml(texte, BORNES)
  } catch (error) {
    if (error instanceof XmlError) return REFUS[error.kind]
    throw error
  }
  if (racine.ns !== NS_LISTE_BLANCHE || racine.name !== 'ListeBlancheMSSante') return 'Ce document n’est pas une liste blanche.'
  const dit = (element: XmlElement, nom: string) => textOf(child(element, NS_LISTE_BLANCHE, nom)).trim()
  const generation = dit(racine, 'DateDeGeneration')
  if (!INSTANT.test(generation) || Number.isNaN(Date.parse(generation))) return 'La liste blanche n’a pas de date de génération.'
  const liste = child(racine, NS_LISTE_BLANCHE, 'ListeDomaines')
  const domaines = (liste ? childrenOf(liste, NS_LISTE_BLANCHE, 'Domaine') : []).map((un) => ({
    nom: dit(un, 'Nom').toLowerCase(),
    description: dit(un, 'Description'),
    dnCertificat: dit(un, 'DNCertificatOperateur'),
    responsable: dit(un, 'ResponsableContact'),
    support: dit(un, 'SupportContact'),
    maj: dit(un, 'DateMAJ'),
  }))
  if (domaines.length === 0 || domaines.some(({ nom }) => nom === '')) return 'La liste blanche ne nomme pas ses domaines.'
  return { generation, domaines }
}

import type { XmlElement } from '#standards/xml/element.ts'

/** Names that `?xsd=` takes. */
export type SchemaName =
  | 'traits'
  | 'vitale'
  | 'resultat'
  | 'bam'
  | 'lps'
  | 'siram'
  | 'addressing'
  | 'security'
  | 'saml'
  | 'verification'
  | 'verification-resultat'
  | 'lot'

/** `locate` gives the address of another schema by its name. */
export type Schema = (locate: (name: SchemaName) => string) => XmlElement

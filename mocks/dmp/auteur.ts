import { readXcn, readXon } from '#standards/xds/identifiers.ts'
import type { DocumentEntry } from '#standards/xds/metadata.ts'

/** Names of the first author and of the institution, as shown to the patient. */
export function auteurAffiche({ authors }: Pick<DocumentEntry, 'authors'>): { acteur: string; structure: string } {
  const [auteur] = authors
  const personne = auteur && readXcn(auteur.person)
  const institution = auteur?.institutions[0] && readXon(auteur.institutions[0])
  return { acteur: personne ? `${personne.given} ${personne.family}`.trim() : '', structure: institution ? institution.name : '' }
}

import { enMinuscules } from '../../../clients/carte.ts'
import type { DocumentPatient } from '../../../clients/mes/mes-types.ts'

export const JOUR = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', day: 'numeric', month: 'long', year: 'numeric' })

export const ORIGINES: readonly { readonly valeur: DocumentPatient['origine']; readonly libelle: string }[] = [
  { valeur: 'professionnel', libelle: 'De mes professionnels' },
  { valeur: 'patient', libelle: 'Ajoutés par moi' },
  { valeur: 'assurance maladie', libelle: 'De l’Assurance maladie' },
  { valeur: 'mon espace santé', libelle: 'De Mon espace santé' },
]

/** Who put it there, for whoever holds the phone. @param titulaire name of the holder */
export function auteurLisible({ origine, auteur, structure }: Pick<DocumentPatient, 'origine' | 'auteur' | 'structure'>, titulaire: string): string {
  if (origine === 'patient') return auteur === titulaire ? 'Ajouté par vous' : `Ajouté par ${auteur}`
  if (origine === 'assurance maladie') return 'Assurance maladie'
  if (origine === 'mon espace santé') return 'Mon espace santé'
  return [enMinuscules(auteur), structure].filter(Boolean).join(', ')
}

/** Why it is not for the patient to change. */
export const QUI_LE_CHANGE: Readonly<Record<Exclude<DocumentPatient['origine'], 'patient'>, string>> = {
  professionnel: 'Ce document vient d’un professionnel : lui seul peut le corriger ou le retirer. Demandez-le-lui.',
  'assurance maladie': 'L’Assurance maladie remplit ce document : elle seule le change.',
  'mon espace santé': 'Mon espace santé a écrit ce document : il ne se change ni ne se supprime.',
}

export interface Filtre {
  readonly texte: string
  /** `''`: all; `origine:patient`, `masque:oui`, `dossier:Radios`. */
  readonly montrer: string
}

const nu = (texte: string): string => texte.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** What the filter keeps, the pinned ones first. */
export function filtrer(documents: readonly DocumentPatient[], { texte, montrer }: Filtre): DocumentPatient[] {
  const mots = nu(texte).split(/\s+/).filter(Boolean)
  const [quoi, valeur] = [montrer.slice(0, montrer.indexOf(':')), montrer.slice(montrer.indexOf(':') + 1)]
  const garde = (un: DocumentPatient): boolean =>
    (quoi !== 'origine' || un.origine === valeur) && (quoi !== 'masque' || un.masque) && (quoi !== 'dossier' || un.dossier === valeur)
  return documents
    .filter(garde)
    .filter((un) => {
      const cherche = nu(`${un.titre} ${un.auteur} ${un.structure} ${un.typeLibelle} ${un.dossier}`)
      return mots.every((mot) => cherche.includes(mot))
    })
    .toSorted((a, b) => Number(b.epingle) - Number(a.epingle))
}

/** Names of the folders, in the order of the alphabet. */
export const dossiersDe = (documents: readonly DocumentPatient[]): string[] =>
  [...new Set(documents.map(({ dossier }) => dossier))].filter(Boolean).sort((a, b) => a.localeCompare(b, 'fr'))

/** One thing to fill in. */
interface ChampDeSection {
  readonly nom: string
  readonly libelle: string
  readonly genre: 'texte' | 'date' | 'choix'
  readonly obligatoire?: true
  /** Characters: 200 when absent. */
  readonly max?: number
  readonly choix?: readonly string[]
}

/** A part of the profil médical. Fields are ours; the sections are those of the patient's app. @see mes-functional-codes.json, profil_medical_sections */
export interface Section {
  readonly id: string
  readonly libelle: string
  readonly champs: readonly ChampDeSection[]
  /** Most entries. */
  readonly max: number
  /** Not for a minor. */
  readonly adultes?: true
}

const texte = (nom: string, libelle: string, obligatoire?: true): ChampDeSection => ({
  nom,
  libelle,
  genre: 'texte',
  ...(obligatoire ? { obligatoire } : {}),
})
const date = (nom: string, libelle: string): ChampDeSection => ({ nom, libelle, genre: 'date' })
const note: ChampDeSection = { nom: 'note', libelle: 'Précisions', genre: 'texte', max: 1_000 }

export const SECTIONS: readonly Section[] = [
  {
    id: 'maladies',
    libelle: 'Maladies et sujets de santé',
    max: 50,
    champs: [texte('nom', 'Maladie ou sujet', true), date('depuis', 'Depuis le'), note],
  },
  {
    id: 'traitements',
    libelle: 'Traitements',
    max: 50,
    champs: [texte('nom', 'Médicament ou soin', true), texte('posologie', 'Comment je le prends'), date('depuis', 'Depuis le'), note],
  },
  {
    id: 'hospitalisations',
    libelle: 'Hospitalisations et actes',
    max: 50,
    champs: [texte('nom', 'Acte ou motif', true), date('le', 'Le'), texte('lieu', 'Où'), note],
  },
  {
    id: 'allergies',
    libelle: 'Allergies',
    max: 50,
    champs: [texte('nom', 'À quoi', true), { nom: 'gravite', libelle: 'Gravité', genre: 'choix', choix: ['légère', 'modérée', 'grave'] }, note],
  },
  {
    id: 'vaccinations',
    libelle: 'Vaccinations',
    max: 100,
    champs: [texte('nom', 'Vaccin', true), date('le', 'Fait le'), texte('lot', 'Numéro de lot')],
  },
  { id: 'antecedents-familiaux', libelle: 'Antécédents familiaux', max: 50, champs: [texte('nom', 'Maladie', true), texte('qui', 'Chez qui'), note] },
  { id: 'habitudes', libelle: 'Habitudes de vie', max: 20, champs: [texte('nom', 'Habitude', true), note] },
  { id: 'handicaps', libelle: 'Handicaps', max: 20, champs: [texte('nom', 'Situation', true), note] },
  {
    id: 'groupe-sanguin',
    libelle: 'Groupe sanguin',
    max: 1,
    champs: [{ nom: 'nom', libelle: 'Groupe', genre: 'choix', obligatoire: true, choix: ['A+', 'A-', 'B+', 'B-', 'AB+', 'AB-', 'O+', 'O-'] }],
  },
  {
    id: 'entourage',
    libelle: 'Entourage et volontés',
    max: 20,
    champs: [
      texte('nom', 'Nom', true),
      { nom: 'lien', libelle: 'Rôle', genre: 'choix', obligatoire: true, choix: ['contact d’urgence', 'personne de confiance', 'don d’organes'] },
      texte('telephone', 'Téléphone'),
      note,
    ],
  },
  {
    id: 'directives-anticipees',
    libelle: 'Directives anticipées',
    max: 1,
    adultes: true,
    champs: [{ nom: 'nom', libelle: 'Mes directives', genre: 'texte', obligatoire: true, max: 4_000 }],
  },
  {
    id: 'professionnels',
    libelle: 'Professionnels de santé',
    max: 50,
    champs: [texte('nom', 'Nom', true), texte('profession', 'Profession'), texte('telephone', 'Téléphone')],
  },
  { id: 'pieces', libelle: 'Pièces administratives', max: 20, champs: [texte('nom', 'Pièce', true), date('jusque', 'Valable jusqu’au'), note] },
]

export const sectionDe = (id: string): Section | undefined => SECTIONS.find((une) => une.id === id)

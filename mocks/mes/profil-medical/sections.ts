/** One field of an entry. Everything typed is text; what is empty is not kept. */
export interface ChampSection {
  readonly nom: string
  readonly libelle: string
  /** `date`: `AAAA`, `AAAA-MM` or `AAAA-MM-JJ`. */
  readonly genre: 'texte' | 'long' | 'date' | 'choix'
  /** Characters. */
  readonly max: number
  readonly requis?: true
  readonly options?: readonly string[]
  /** Only asked when another field has one of these answers. */
  readonly si?: { readonly champ: string; readonly parmi: readonly string[] }
}

export interface Section {
  readonly id: string
  readonly libelle: string
  readonly aide: string
  /** The first one that is filled names the entry. */
  readonly champs: readonly ChampSection[]
  /** Entries at most. */
  readonly maximum: number
  readonly adultes?: true
  /** Filled by the Assurance maladie. */
  readonly lectureSeule?: true
  /** Filled, or read, on a page of its own. */
  readonly renvoi?: 'mesures' | 'histoire-de-sante'
}

const texte = (nom: string, libelle: string, plus: Partial<ChampSection> = {}): ChampSection => ({ nom, libelle, genre: 'texte', max: 100, ...plus })
const long = (nom: string, libelle: string, plus: Partial<ChampSection> = {}): ChampSection => ({ nom, libelle, genre: 'long', max: 1_000, ...plus })
const date = (nom: string, libelle: string, plus: Partial<ChampSection> = {}): ChampSection => ({ nom, libelle, genre: 'date', max: 10, ...plus })
const choix = (nom: string, libelle: string, options: readonly string[], plus: Partial<ChampSection> = {}): ChampSection => ({
  nom,
  libelle,
  genre: 'choix',
  max: 100,
  options,
  ...plus,
})

/** The last section. */
export const HISTOIRE = 'histoire-de-sante'
/** Kinds of care that the Assurance maladie writes down; no list is published. */
const NATURES = ['Soin courant', 'Médicament délivré', 'Vaccination', 'Biologie', 'Imagerie', 'Hospitalisation', 'Affection de longue durée', 'Autre']

const REQUIS = { requis: true } as const
const NOTE = long('note', 'Note')
const PERSONNES = ['Contact d’urgence', 'Personne de confiance', 'Aidant', 'Personne que j’aide']
const DON = 'Don d’organes'
const PERSONNE = { si: { champ: 'role', parmi: PERSONNES } } as const
const CENT = 100

/**
 * The 15 sections of the profile, in their order. Their fields and limits are the sandbox's own: they are not published.
 * @see functional.md §3.2 ; data/mes-functional-codes.json, profil_medical_sections
 */
export const SECTIONS = [
  {
    id: 'maladies',
    libelle: 'Maladies et sujets de santé',
    aide: 'Ce que vous avez, ou avez eu.',
    maximum: CENT,
    champs: [texte('nom', 'Maladie ou sujet de santé', REQUIS), date('depuis', 'Depuis'), date('fin', 'Jusqu’à'), NOTE],
  },
  {
    id: 'traitements',
    libelle: 'Traitements',
    aide: 'Médicaments et autres soins suivis.',
    maximum: CENT,
    champs: [
      texte('nom', 'Médicament ou soin', REQUIS),
      texte('posologie', 'Combien, et quand'),
      date('depuis', 'Depuis'),
      date('fin', 'Jusqu’à'),
      NOTE,
    ],
  },
  {
    id: 'hospitalisations',
    libelle: 'Hospitalisations et actes',
    aide: 'Séjours à l’hôpital, opérations.',
    maximum: CENT,
    champs: [texte('motif', 'Motif ou opération', REQUIS), date('date', 'Date'), texte('lieu', 'Établissement'), NOTE],
  },
  {
    id: 'allergies',
    libelle: 'Allergies',
    aide: 'Aliments, médicaments, pollens, insectes…',
    maximum: CENT,
    champs: [
      texte('nom', 'Allergie à', REQUIS),
      choix('gravite', 'Gravité', ['Légère', 'Modérée', 'Grave', 'Je ne sais pas']),
      texte('reaction', 'Ce qui arrive'),
      NOTE,
    ],
  },
  {
    id: 'vaccinations',
    libelle: 'Vaccinations',
    aide: 'Celles que vous notez vous-même.',
    maximum: CENT,
    champs: [texte('nom', 'Vaccin', REQUIS), date('date', 'Date', REQUIS), texte('rang', 'Dose ou rappel', { max: 30 }), texte('par', 'Fait par')],
  },
  { id: 'mesures', libelle: 'Mesures', aide: 'Poids, tension, glycémie…', maximum: 0, champs: [], renvoi: 'mesures' },
  {
    id: 'antecedents-familiaux',
    libelle: 'Antécédents familiaux',
    aide: 'Maladies de vos parents, frères, sœurs, enfants.',
    maximum: CENT,
    champs: [
      texte('nom', 'Maladie', REQUIS),
      choix('parent', 'Qui', ['Mère', 'Père', 'Sœur', 'Frère', 'Enfant', 'Grand-parent', 'Autre'], REQUIS),
      texte('age', 'À quel âge', { max: 20 }),
      NOTE,
    ],
  },
  {
    id: 'habitudes-de-vie',
    libelle: 'Habitudes de vie',
    aide: 'Tabac, alcool, activité, sommeil, alimentation.',
    maximum: 20,
    champs: [
      choix('sujet', 'Sujet', ['Tabac', 'Alcool', 'Activité physique', 'Alimentation', 'Sommeil', 'Écrans', 'Autre'], REQUIS),
      long('description', 'En quelques mots', REQUIS),
    ],
  },
  {
    id: 'handicaps',
    libelle: 'Handicaps',
    aide: 'Et ce qui vous aide au quotidien.',
    maximum: 20,
    champs: [texte('nom', 'Handicap', REQUIS), texte('aides', 'Aides techniques ou humaines'), NOTE],
  },
  {
    id: 'groupe-sanguin',
    libelle: 'Groupe sanguin',
    aide: 'Pour information : une carte de groupe sanguin fait foi.',
    maximum: 1,
    champs: [choix('groupe', 'Groupe', ['A+', 'A−', 'B+', 'B−', 'AB+', 'AB−', 'O+', 'O−'], REQUIS)],
  },
  {
    id: 'entourage-et-volontes',
    libelle: 'Entourage et volontés',
    aide: 'Contact d’urgence, personne de confiance, aidants, don d’organes.',
    maximum: 20,
    champs: [
      choix('role', 'De quoi s’agit-il ?', [...PERSONNES, DON], REQUIS),
      texte('nom', 'Nom et prénom', { ...REQUIS, ...PERSONNE }),
      texte('lien', 'Lien avec vous', { max: 50, ...PERSONNE }),
      texte('telephone', 'Téléphone', { max: 20, ...PERSONNE }),
      choix('position', 'Votre position', ['Pour', 'Contre', 'Je n’ai pas décidé'], { ...REQUIS, si: { champ: 'role', parmi: [DON] } }),
      NOTE,
    ],
  },
  {
    id: 'directives-anticipees',
    libelle: 'Directives anticipées',
    aide: 'Ce que vous voulez pour votre fin de vie, si vous ne pouvez plus le dire.',
    maximum: 1,
    adultes: true,
    champs: [long('texte', 'Vos directives', { max: 5_000, ...REQUIS }), date('redigees', 'Écrites le', REQUIS), texte('lieu', 'Où est l’original')],
  },
  {
    id: 'professionnels',
    libelle: 'Professionnels de santé',
    aide: 'Ceux qui vous suivent. Les noter ne leur donne aucun accès.',
    maximum: CENT,
    champs: [
      texte('nom', 'Nom', REQUIS),
      texte('profession', 'Métier ou spécialité'),
      texte('telephone', 'Téléphone', { max: 20 }),
      texte('lieu', 'Lieu'),
    ],
  },
  {
    id: 'pieces-administratives',
    libelle: 'Pièces administratives',
    aide: 'Carte de mutuelle, de groupe sanguin, d’invalidité…',
    maximum: 50,
    champs: [texte('nom', 'Pièce', REQUIS), texte('numero', 'Numéro', { max: 50 }), date('expiration', 'Valable jusqu’au'), NOTE],
  },
  {
    id: HISTOIRE,
    libelle: 'Mon histoire de santé',
    aide: 'Remplie par l’Assurance maladie d’après les remboursements.',
    maximum: 0,
    lectureSeule: true,
    renvoi: 'histoire-de-sante',
    champs: [
      texte('soin', 'Soin', REQUIS),
      choix('nature', 'Nature', NATURES, REQUIS),
      date('date', 'Date', REQUIS),
      texte('par', 'Professionnel ou établissement'),
    ],
  },
] as const satisfies readonly Section[]

/** Entries of this section that name a person. */
export const nommeUnePersonne = (valeurs: Readonly<Record<string, string>>): boolean => PERSONNES.includes(valeurs['role'] ?? '')

export const sectionDe = (id: string | undefined): Section | undefined => SECTIONS.find((une) => une.id === id)

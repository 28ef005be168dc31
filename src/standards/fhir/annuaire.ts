import { objet, objets, texte } from './json.ts'
import type { Objet } from './types.ts'

/** Names that the Annuaire Santé v2 and whoever reads it share. @see IG ans.fhir.fr.annuaire 1.2.0-snapshot */
const nos = (nom: string): string => `https://mos.esante.gouv.fr/NOS/${nom}/FHIR/${nom.replaceAll('_', '-')}`

export const SYSTEMES = {
  IDNPS: 'urn:oid:1.2.250.1.71.4.2.1',
  RPPS: 'https://rpps.esante.gouv.fr',
  IDNST: 'urn:oid:1.2.250.1.71.4.2.2',
  FINESS: 'https://finess.esante.gouv.fr',
  RPPSRG: 'https://rppsrang.esante.gouv.fr',
  TYPE_IDENTIFIANT: 'https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0203',
  TYPE_ENTITE: 'https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-3307',
  PROFESSION: nos('TRE_G15-ProfessionSante'),
  CATEGORIE: nos('TRE_R09-CategorieProfessionnelle'),
  SAVOIR_FAIRE: nos('TRE_R38-SpecialiteOrdinale'),
  GENRE_ACTIVITE: nos('TRE_R22-GenreActivite'),
  MODE_EXERCICE: nos('TRE_R23-ModeExercice'),
  FONCTION: nos('TRE_R21-Fonction'),
  SECTION_CNOP: nos('TRE_R06-SectionTableauCNOP'),
  SECTEUR: nos('TRE_R02-SecteurActivite'),
  CATEGORIE_ETABLISSEMENT: nos('TRE_R66-CategorieEtablissement'),
  EQUIPEMENT: nos('TRE_R272-EquipementMaterielLourd'),
  FORME_ACTIVITE: nos('TRE_R276-FormeActivite'),
  TYPE_ACTIVITE: nos('TRE_R209-TypeActivite'),
  TYPE_MESSAGERIE: nos('TRE_R256-TypeMessagerie'),
  TYPE_BAL: nos('TRE_R257-TypeBAL'),
  SUBSETTED: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue',
} as const

export const PROFILS = 'https://interop.esante.gouv.fr/ig/fhir/annuaire/StructureDefinition/'
export const FR_CORE = 'https://hl7.fr/ig/fhir/core/StructureDefinition/'
const TYPE_DE_COURRIEL = `${FR_CORE}fr-core-contact-point-email-type`
export const METADONNEES_BAL = `${PROFILS}as-ext-mailbox-mss-metadata`

const TYPES_BAL = ['PER', 'ORG', 'APP', 'CAB'] as const
export type TypeBal = (typeof TYPES_BAL)[number]

/** A mailbox as `telecom` carries it. */
export interface BalPubliee {
  /** Lower case. */
  readonly adresse: string
  /** A real mailbox may have none. */
  readonly type?: TypeBal
  readonly rang?: number
  readonly description?: string
  readonly service?: string
  readonly responsable?: string
  readonly listeRouge?: boolean
}

/** @see mssante.md §7.4 ; `responsible` is not in free access and never written here. */
export function ecrireBal({ adresse, type, rang, description, service, listeRouge }: BalPubliee): Objet {
  const metadonnees = [
    ...(type ? [{ url: 'type', valueCodeableConcept: { coding: [{ system: SYSTEMES.TYPE_BAL, code: type }] } }] : []),
    ...(description ? [{ url: 'description', valueString: description }] : []),
    ...(service ? [{ url: 'service', valueString: service }] : []),
    ...(listeRouge === undefined ? [] : [{ url: 'listeRouge', valueBoolean: listeRouge }]),
  ]
  return {
    extension: [
      { url: TYPE_DE_COURRIEL, valueCoding: { system: SYSTEMES.TYPE_MESSAGERIE, code: 'MSSANTE' } },
      ...(metadonnees.length > 0 ? [{ url: METADONNEES_BAL, extension: metadonnees }] : []),
    ],
    system: 'email',
    value: adresse,
    ...(rang !== undefined && { rank: rang }),
  }
}

/** The mailbox of a `telecom`; undefined for a telephone or an ordinary e-mail. `type` is read as a code or as a CodeableConcept. */
export function lireBal(telecom: Objet): BalPubliee | undefined {
  const extensions = objets(telecom['extension'])
  const metadonnees = extensions.find(({ url }) => url === METADONNEES_BAL)
  const mss = extensions.some(({ url, valueCoding }) => url === TYPE_DE_COURRIEL && objet(valueCoding)['code'] === 'MSSANTE')
  const adresse = texte(telecom['value'], 320)?.toLowerCase()
  if (telecom['system'] !== 'email' || !adresse || (!metadonnees && !mss)) return undefined
  const parts = objets(metadonnees?.['extension'])
  const part = (nom: string): Objet => parts.find(({ url }) => url === nom) ?? {}
  const dit = texte(part('type')['valueCode']) ?? texte(objets(objet(part('type')['valueCodeableConcept'])['coding'])[0]?.['code'])
  const type = TYPES_BAL.find((un) => un === dit)
  const [rang, listeRouge] = [telecom['rank'], part('listeRouge')['valueBoolean']]
  const textes = { description: part('description'), service: part('service'), responsable: part('responsible') }
  return {
    adresse,
    ...(type && { type }),
    ...(typeof rang === 'number' && { rang }),
    ...Object.fromEntries(Object.entries(textes).flatMap(([nom, { valueString }]) => (texte(valueString) ? [[nom, valueString]] : []))),
    ...(typeof listeRouge === 'boolean' && { listeRouge }),
  }
}

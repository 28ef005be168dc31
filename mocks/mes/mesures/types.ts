import { MESURES_FHIR, NCIT, type TypeMesure } from '#standards/fhir/mesures.ts'

/** What one kind of measure is, on screen and on the wire. */
interface DefinitionMesure {
  /** Everyday word. */
  readonly libelle: string
  /** Shown; values are kept in it. */
  readonly unite: string
  /** UCUM. */
  readonly ucum: string
  readonly min: number
  readonly max: number
  readonly decimales: 0 | 1 | 2
  readonly code: string
  readonly systeme: 'LOINC' | 'NCIt'
  /** French: a doubt on the code, or how to read the unit. */
  readonly note?: string
  /** Two values, for the upper and the lower pressure. */
  readonly double?: true
}

/** Codes, units of the wire and bounds are those of `MESURES_FHIR`; here, how a person reads them. */
const definir = (
  type: TypeMesure,
  affichage: Pick<DefinitionMesure, 'decimales' | 'note' | 'double'> & { readonly unite?: string },
): DefinitionMesure => {
  const { libelle, code, systeme, unite, de, a } = MESURES_FHIR[type]
  return { libelle, code, systeme: systeme === NCIT ? 'NCIt' : 'LOINC', unite, ucum: unite, min: de, max: a, ...affichage }
}

const UN_GRAMME = '1 g/L vaut 100 mg/dL.'
const CODE_ABSENT = 'Le code de cette mesure n’est pas dans les données publiées : c’est celui de LOINC.'

/** The 14 kinds. @see functional.md §3.3 and conflict C9 ; data/mes-functional-codes.json, measures */
export const MESURES: Readonly<Record<TypeMesure, DefinitionMesure>> = {
  WEIGHT: definir('WEIGHT', { decimales: 1, note: 'Une page du guide imprime 9463-7 ; le poids est 29463-7 dans LOINC.' }),
  HEIGHT: definir('HEIGHT', { decimales: 1 }),
  HEART_RATE: definir('HEART_RATE', { decimales: 0 }),
  BLOOD_PRESSURE: definir('BLOOD_PRESSURE', { unite: 'mmHg', decimales: 0, double: true, note: 'Une tension de « 12/8 » s’écrit 120 et 80 mmHg.' }),
  BODY_TEMPERATURE: definir('BODY_TEMPERATURE', { unite: '°C', decimales: 1 }),
  BODY_MASS_INDEX: definir('BODY_MASS_INDEX', { unite: 'kg/m²', decimales: 1, note: 'Se calcule du dernier poids et de la dernière taille.' }),
  WAIST_CIRCUMFERENCE: definir('WAIST_CIRCUMFERENCE', { decimales: 1 }),
  GLUCOSE: definir('GLUCOSE', { decimales: 0, note: UN_GRAMME }),
  INTERSTITIAL_GLUCOSE: definir('INTERSTITIAL_GLUCOSE', { decimales: 0, note: UN_GRAMME }),
  STEPS_BY_DAY: definir('STEPS_BY_DAY', { unite: 'pas', decimales: 0 }),
  PAIN_SEVERITY: definir('PAIN_SEVERITY', { unite: 'sur 10', decimales: 0 }),
  HEAD_CIRCUMFERENCE: definir('HEAD_CIRCUMFERENCE', { decimales: 1 }),
  GLYCATED_HEMOGLOBIN: definir('GLYCATED_HEMOGLOBIN', { decimales: 1, note: CODE_ABSENT }),
  HEMOGLOBIN_GLYCATION_INDEX: definir('HEMOGLOBIN_GLYCATION_INDEX', { decimales: 1, note: CODE_ABSENT }),
}

export const estTypeMesure = (value: unknown): value is TypeMesure => typeof value === 'string' && Object.hasOwn(MESURES, value)

import type { TypeMesure } from './store.ts'

/** What one kind of measure is, on screen and on the wire. */
export interface DefinitionMesure {
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

const LOINC = { systeme: 'LOINC' } as const

/**
 * The 14 kinds. Codes of the published interface guide; the bounds are the sandbox's own, wide enough for anyone alive.
 * @see functional.md §3.3 and conflict C9 ; data/mes-functional-codes.json, measures
 */
export const MESURES: Readonly<Record<TypeMesure, DefinitionMesure>> = {
  WEIGHT: {
    ...LOINC,
    libelle: 'Poids',
    unite: 'kg',
    ucum: 'kg',
    min: 0.2,
    max: 700,
    decimales: 1,
    code: '29463-7',
    note: 'Une page du guide imprime 9463-7 ; le poids est 29463-7 dans LOINC.',
  },
  HEIGHT: { ...LOINC, libelle: 'Taille', unite: 'cm', ucum: 'cm', min: 15, max: 280, decimales: 1, code: '8302-2' },
  HEART_RATE: { ...LOINC, libelle: 'Fréquence cardiaque', unite: '/min', ucum: '/min', min: 10, max: 350, decimales: 0, code: '8867-4' },
  BLOOD_PRESSURE: {
    ...LOINC,
    libelle: 'Tension artérielle',
    unite: 'mmHg',
    ucum: 'mm[Hg]',
    min: 10,
    max: 350,
    decimales: 0,
    code: '85354-9',
    double: true,
    note: 'Une tension de « 12/8 » s’écrit 120 et 80 mmHg.',
  },
  BODY_TEMPERATURE: { ...LOINC, libelle: 'Température', unite: '°C', ucum: 'Cel', min: 20, max: 46, decimales: 1, code: '8310-5' },
  BODY_MASS_INDEX: {
    ...LOINC,
    libelle: 'Indice de masse corporelle (IMC)',
    unite: 'kg/m²',
    ucum: 'kg/m2',
    min: 5,
    max: 200,
    decimales: 1,
    code: '39156-5',
    note: 'Se calcule du dernier poids et de la dernière taille.',
  },
  WAIST_CIRCUMFERENCE: { ...LOINC, libelle: 'Tour de taille', unite: 'cm', ucum: 'cm', min: 15, max: 400, decimales: 1, code: '8280-0' },
  GLUCOSE: {
    ...LOINC,
    libelle: 'Glycémie',
    unite: 'mg/dL',
    ucum: 'mg/dL',
    min: 5,
    max: 2000,
    decimales: 0,
    code: '2339-0',
    note: '1 g/L vaut 100 mg/dL.',
  },
  INTERSTITIAL_GLUCOSE: {
    systeme: 'NCIt',
    libelle: 'Glucose interstitiel',
    unite: 'mg/dL',
    ucum: 'mg/dL',
    min: 5,
    max: 2000,
    decimales: 0,
    code: 'C159776',
    note: '1 g/L vaut 100 mg/dL.',
  },
  STEPS_BY_DAY: { ...LOINC, libelle: 'Pas dans la journée', unite: 'pas', ucum: '1/(24.h)', min: 0, max: 200_000, decimales: 0, code: '41950-7' },
  PAIN_SEVERITY: { ...LOINC, libelle: 'Douleur', unite: 'sur 10', ucum: '1', min: 0, max: 10, decimales: 0, code: '72514-3' },
  HEAD_CIRCUMFERENCE: { ...LOINC, libelle: 'Périmètre crânien', unite: 'cm', ucum: 'cm', min: 15, max: 80, decimales: 1, code: '8287-5' },
  GLYCATED_HEMOGLOBIN: {
    ...LOINC,
    libelle: 'Hémoglobine glyquée (HbA1c)',
    unite: '%',
    ucum: '%',
    min: 2,
    max: 25,
    decimales: 1,
    code: '4548-4',
    note: 'Le code de cette mesure n’est pas dans les données publiées : c’est celui de LOINC.',
  },
  HEMOGLOBIN_GLYCATION_INDEX: {
    ...LOINC,
    libelle: 'Index de gestion de la glycémie',
    unite: '%',
    ucum: '%',
    min: 2,
    max: 25,
    decimales: 1,
    code: '97506-0',
    note: 'Le code de cette mesure n’est pas dans les données publiées : c’est celui de LOINC.',
  },
}

export const estTypeMesure = (value: unknown): value is TypeMesure => typeof value === 'string' && Object.hasOwn(MESURES, value)

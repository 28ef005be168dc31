/** Kinds of measure of Mon espace santé. */
export type TypeMesure =
  | 'WEIGHT'
  | 'HEIGHT'
  | 'HEART_RATE'
  | 'BLOOD_PRESSURE'
  | 'BODY_TEMPERATURE'
  | 'BODY_MASS_INDEX'
  | 'WAIST_CIRCUMFERENCE'
  | 'GLUCOSE'
  | 'INTERSTITIAL_GLUCOSE'
  | 'STEPS_BY_DAY'
  | 'PAIN_SEVERITY'
  | 'HEAD_CIRCUMFERENCE'
  | 'GLYCATED_HEMOGLOBIN'
  | 'HEMOGLOBIN_GLYCATION_INDEX'

export const LOINC = 'http://loinc.org'
export const NCIT = 'http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl'
export const UCUM = 'http://unitsofmeasure.org'
const GUIDE = 'https://interop.esante.gouv.fr/ig/fhir/mesures/StructureDefinition/'

export interface MesureFhir {
  readonly libelle: string
  readonly code: string
  readonly systeme: string
  /** Canonical address of the profile. */
  readonly profil: string
  /** UCUM code of the unit values are kept in. */
  readonly unite: string
  /** UCUM codes taken too, and by what their values are multiplied. */
  readonly autresUnites: Readonly<Record<string, number>>
  /** Values out of these are mistakes of unit or of reading; in `unite`. */
  readonly de: number
  readonly a: number
}

const mesure = (
  libelle: string,
  code: string,
  profil: string,
  unite: string,
  [de, a]: readonly [number, number],
  { autresUnites = {}, systeme = LOINC }: { autresUnites?: Readonly<Record<string, number>>; systeme?: string } = {},
): MesureFhir => ({ libelle, code, systeme, profil: GUIDE + profil, unite, autresUnites, de, a })

/** Glucose: 1 mmol/L is 18.016 mg/dL. */
const GLYCEMIE = { autresUnites: { 'g/L': 100, 'mmol/L': 18.016 } }

/**
 * Code, profile and unit of each kind. Bounds are the sandbox's own.
 * @see IG-fhir-mesures-de-sante 3.1.1 ; HbA1c is 4548-4 there ; the glycation index has no code in the guide: LOINC 97506-0, deduced
 */
export const MESURES_FHIR: Readonly<Record<TypeMesure, MesureFhir>> = {
  WEIGHT: mesure('Poids', '29463-7', 'mesures-fr-observation-body-weight', 'kg', [0.2, 700], { autresUnites: { g: 0.001 } }),
  HEIGHT: mesure('Taille', '8302-2', 'mesures-fr-observation-bodyheight', 'cm', [15, 280], { autresUnites: { m: 100 } }),
  HEART_RATE: mesure('Fréquence cardiaque', '8867-4', 'mesures-fr-observation-heartrate', '/min', [10, 350]),
  BLOOD_PRESSURE: mesure('Tension artérielle', '85354-9', 'mesures-fr-observation-bp', 'mm[Hg]', [10, 350]),
  BODY_TEMPERATURE: mesure('Température', '8310-5', 'mesures-fr-observation-body-temperature', 'Cel', [20, 46]),
  BODY_MASS_INDEX: mesure('Indice de masse corporelle (IMC)', '39156-5', 'mesures-fr-observation-bmi', 'kg/m2', [5, 200]),
  WAIST_CIRCUMFERENCE: mesure('Tour de taille', '8280-0', 'mesures-observation-waist-circumference', 'cm', [15, 400]),
  GLUCOSE: mesure('Glycémie', '2339-0', 'mesures-observation-glucose', 'mg/dL', [5, 2000], GLYCEMIE),
  INTERSTITIAL_GLUCOSE: mesure('Glucose interstitiel', 'C159776', 'mesures-observation-glucose', 'mg/dL', [5, 2000], { ...GLYCEMIE, systeme: NCIT }),
  STEPS_BY_DAY: mesure('Pas dans la journée', '41950-7', 'mesures-observation-steps-by-day', '1/(24.h)', [0, 200_000]),
  PAIN_SEVERITY: mesure('Douleur', '72514-3', 'mesures-observation-pain-severity', '1', [0, 10]),
  HEAD_CIRCUMFERENCE: mesure('Périmètre crânien', '8287-5', 'mesures-observation-head-circumference', 'cm', [15, 80], {
    autresUnites: { mm: 0.1 },
  }),
  GLYCATED_HEMOGLOBIN: mesure('Hémoglobine glyquée (HbA1c)', '4548-4', 'mesures-observation-hb1ac', '%', [2, 25]),
  HEMOGLOBIN_GLYCATION_INDEX: mesure('Index de gestion de la glycémie (IGG)', '97506-0', 'mesures-observation-glucose', '%', [2, 25]),
}

/** Printed for the weight on a page of the guide; its profile and its examples have 29463-7. */
export const POIDS_IMPRIME = '9463-7'

export const SYSTOLIQUE = '8480-6'
export const DIASTOLIQUE = '8462-4'

/** The kind a code names, in whatever system when `systeme` is undefined. */
export function typeDuCode(code: string, systeme?: string): TypeMesure | undefined {
  const cherche = code === POIDS_IMPRIME ? MESURES_FHIR.WEIGHT.code : code
  const trouve = Object.entries(MESURES_FHIR).find(([, une]) => une.code === cherche && (systeme === undefined || une.systeme === systeme))
  return trouve?.[0] as TypeMesure | undefined
}

import { lireDate } from './dates.ts'
import { estObjet, garder, objet, objets, texte } from './json.ts'
import { DIASTOLIQUE, LOINC, MESURES_FHIR, POIDS_IMPRIME, SYSTOLIQUE, typeDuCode, type TypeMesure, UCUM } from './mesures.ts'
import type { Anomalie, Identifier, Motif, Objet } from './types.ts'

/** A measure as a service sent it, in the unit of its kind. */
export interface ObservationLue {
  readonly type: TypeMesure
  readonly valeur: number
  /** Diastolic pressure. */
  readonly valeur2?: number
  /** Milliseconds. */
  readonly le: number
  readonly sujet: Identifier
  readonly source?: string
  /** `Observation.device.reference` */
  readonly appareil?: string
  /** What is kept as sent and given back. */
  readonly complement: Objet
  /** What was taken all the same. */
  readonly avertissements: readonly Anomalie[]
}

const GARDES = ['effectiveDateTime', 'method', 'bodySite', 'device', 'extension', 'note']

/** @returns the measure, or everything that is wrong with it */
export function lireObservation(observation: Objet): ObservationLue | readonly Anomalie[] {
  const fautes: Anomalie[] = []
  const faute = (code: Anomalie['code'], diagnostics: string, expression: string, motif?: Motif) => {
    fautes.push({ code, diagnostics, expression: `Observation.${expression}`, ...(motif && { motif }) })
    return undefined
  }
  const meta = objet(observation['meta'])
  const profils = Array.isArray(meta['profile']) ? meta['profile'].filter((un) => typeof un === 'string') : []
  if (profils.length === 0) faute('invalid', '« meta.profile » nomme le profil de la mesure : il est obligatoire.', 'meta.profile', 'profil')
  const statut = observation['status']
  if (statut !== 'final' && statut !== 'amended' && statut !== 'corrected')
    faute('value', '« status » vaut « final » (ou « amended », « corrected »).', 'status')
  const codages = objets(objet(observation['code'])['coding'])
  const codage = codages.find((un) => typeof un['code'] === 'string' && typeDuCode(un['code']) && estSysteme(un['system']))
  const type = codage && typeDuCode(String(codage['code']))
  if (!type) faute('value', '« code.coding » ne porte aucun code de mesure connu (LOINC, ou NCIt C159776).', 'code.coding')
  else if (type === 'BODY_MASS_INDEX') faute('not-supported', 'L’IMC est calculé par Mon espace santé : il ne se crée pas.', 'code', 'imc')
  else if (profils.length > 0 && !profils.some((un) => memeProfil(un, MESURES_FHIR[type].profil)))
    faute('value', `Le profil de cette mesure est ${MESURES_FHIR[type].profil}.`, 'meta.profile', 'profil')
  const sujet = objet(objet(observation['subject'])['identifier'])
  const [systeme, identifiant] = [texte(sujet['system'], 200), texte(sujet['value'], 100)]
  if (!systeme || !identifiant)
    faute(
      'invalid',
      '« subject.identifier » porte l’OID de la solution et l’identifiant du patient chez l’éditeur (idPe).',
      'subject.identifier',
      'sujet',
    )
  const date = texte(observation['effectiveDateTime'], 40)
  const intervalle = date === undefined ? undefined : lireDate(date)
  if (!intervalle) faute('required', '« effectiveDateTime » est la date de la mesure (dateTime FHIR).', 'effectiveDateTime')
  const valeurs = type && lireValeurs(observation, type, faute)
  if (type) verifierGlycemie(observation, type, faute)
  if (fautes.length > 0 || !type || !valeurs || !intervalle || !systeme || !identifiant) return fautes
  const source = texte(meta['source'], 200)
  const appareil = texte(objet(observation['device'])['reference'], 200)
  return {
    type,
    ...valeurs,
    le: intervalle.debut,
    sujet: { system: systeme, value: identifiant },
    ...(source !== undefined && { source }),
    ...(appareil !== undefined && { appareil }),
    complement: garder(observation, GARDES),
    avertissements: codage['code'] === POIDS_IMPRIME ? [POIDS] : [],
  }
}

const POIDS: Anomalie = {
  code: 'informational',
  diagnostics: `Le code ${POIDS_IMPRIME}, imprimé dans une page du guide, est pris pour ${MESURES_FHIR.WEIGHT.code} : c’est celui du profil.`,
  expression: 'Observation.code.coding',
  motif: 'poids',
}

/** LOINC and NCIt by their own addresses, or as the national server of terminologies names them. */
const estSysteme = (systeme: unknown): boolean =>
  typeof systeme === 'string' && (systeme === LOINC || /TRE[_-]A04-Loinc|TRE[_-]R307-NCIT|ncicb\.nci\.nih\.gov|ncit/i.test(systeme))

/** Older addresses of the same profile end alike but for the case and the prefix: only the present one and the same last part are taken. */
const memeProfil = (donne: string, attendu: string): boolean =>
  donne.split('|')[0]!.split('/').at(-1) === attendu.split('/').at(-1) || ANCIEN.test(donne)

/** @see input/pagecontent/Le-flux-d-alimentation-des-mesures.md, examples */
const ANCIEN = /^http:\/\/esante\.gouv\.fr\/ci-sis\/fhir\/StructureDefinition\/(Mes|ENS_)(Fr)?Observation[A-Za-z0-9]{1,40}$/

type Faute = (code: Anomalie['code'], diagnostics: string, expression: string, motif?: Motif) => undefined

function lireValeurs(observation: Objet, type: TypeMesure, faute: Faute): { valeur: number; valeur2?: number } | undefined {
  if (type !== 'BLOOD_PRESSURE') {
    const valeur = lireQuantite(observation['valueQuantity'], type, 'valueQuantity', faute)
    return valeur === undefined ? undefined : { valeur }
  }
  const composant = (code: string, nom: string) => {
    const trouve = objets(observation['component']).find((un) => objets(objet(un['code'])['coding']).some((codage) => codage['code'] === code))
    return lireQuantite(trouve?.['valueQuantity'], type, `component(${nom} ${code}).valueQuantity`, faute)
  }
  const [valeur, valeur2] = [composant(SYSTOLIQUE, 'systolique'), composant(DIASTOLIQUE, 'diastolique')]
  if (valeur === undefined || valeur2 === undefined) return undefined
  return valeur2 < valeur ? { valeur, valeur2 } : faute('value', 'La pression diastolique est inférieure à la systolique.', 'component', 'valeur')
}

function lireQuantite(quantite: unknown, type: TypeMesure, ou: string, faute: Faute): number | undefined {
  const { unite, autresUnites, de, a } = MESURES_FHIR[type]
  if (!estObjet(quantite) || typeof quantite['value'] !== 'number' || !Number.isFinite(quantite['value']))
    return faute('value', 'Une observation sans valeur est refusée : un nombre est attendu.', ou, 'valeur')
  const code = quantite['code']
  const facteur = code === unite ? 1 : typeof code === 'string' && Object.hasOwn(autresUnites, code) ? autresUnites[code] : undefined
  if (quantite['system'] !== UCUM || facteur === undefined)
    return faute('value', `L’unité est codée en UCUM (${UCUM}) : ${[unite, ...Object.keys(autresUnites)].join(', ')}.`, `${ou}.code`, 'unité')
  const valeur = Math.round(quantite['value'] * facteur * 1_000) / 1_000
  return valeur >= de && valeur <= a
    ? valeur
    : faute('value', `Entre ${de} et ${a} ${unite} : c’est une erreur d’unité ou de saisie.`, `${ou}.value`, 'valeur')
}

/** The moment goes with blood glucose, the number of days with the interstitial one and the index. @see guide, « Cas particulier de la glycémie » */
function verifierGlycemie(observation: Objet, type: TypeMesure, faute: Faute): void {
  const a = (nom: RegExp) => objets(observation['extension']).some(({ url }) => typeof url === 'string' && nom.test(url))
  const [moment, jours] = [a(/moment-?of-?measurement$/i), a(/number-?of-?days$/i)]
  if (type === 'GLUCOSE') {
    if (!moment) faute('incomplete', 'L’extension du moment de la mesure est obligatoire pour la glycémie.', 'extension', 'glycémie')
    if (jours) faute('invalid', 'L’extension du nombre de jours ne va pas avec la glycémie.', 'extension', 'glycémie')
  } else if (type === 'INTERSTITIAL_GLUCOSE' || type === 'HEMOGLOBIN_GLYCATION_INDEX') {
    if (!jours) faute('incomplete', 'L’extension du nombre de jours est obligatoire pour cette mesure.', 'extension', 'glycémie')
    if (moment) faute('invalid', 'L’extension du moment ne va pas avec cette mesure.', 'extension', 'glycémie')
  }
}

/** A measure to be shown as an Observation. */
export interface ObservationAEcrire {
  readonly id: string
  readonly version: string
  /** Milliseconds. */
  readonly modifieLe: number
  readonly type: TypeMesure
  readonly valeur: number
  readonly valeur2?: number
  readonly le: number
  readonly sujet: Required<Identifier>
  readonly source?: string
  /** Name shown. */
  readonly auteur: string
  readonly complement: Objet
}

export function ecrireObservation(mesure: ObservationAEcrire): Objet {
  const { id, version, modifieLe, type, valeur, valeur2, le, sujet, source, auteur, complement } = mesure
  const { libelle, code, systeme, profil } = MESURES_FHIR[type]
  return {
    resourceType: 'Observation',
    id,
    meta: { versionId: version, lastUpdated: new Date(modifieLe).toISOString(), ...(source && { source }), profile: [profil] },
    status: 'final',
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs', display: 'vital-signs' }] }],
    code: { coding: [{ system: systeme, code }], text: libelle },
    subject: { reference: `Patient/${sujet.value}`, identifier: sujet },
    effectiveDateTime: new Date(le).toISOString(),
    performer: [{ display: auteur }],
    ...(valeur2 === undefined
      ? { valueQuantity: quantite(type, valeur) }
      : { component: [composant(SYSTOLIQUE, 'Systolique', valeur), composant(DIASTOLIQUE, 'Diastolique', valeur2)] }),
    ...garder(complement, GARDES),
  }
}

const quantite = (type: TypeMesure, value: number) => {
  const { unite } = MESURES_FHIR[type]
  return { value, unit: type === 'PAIN_SEVERITY' ? 'Level' : unite, system: UCUM, code: unite }
}

const composant = (code: string, texteDuCode: string, value: number) => ({
  code: { coding: [{ system: LOINC, code }], text: texteDuCode },
  valueQuantity: quantite('BLOOD_PRESSURE', value),
})

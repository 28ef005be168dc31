import { CADRES_EXERCICE, CONFIDENTIALITES, FORMATS, LIEUX_EXERCICE, type Liste } from '#standards/dmp/listes.ts'
import { CLASS_SYSTEM, CLASSES_DOCUMENT, TYPES_DOCUMENT } from '#standards/dmp/types-document.ts'
import type { DocumentEntry } from '#standards/xds/metadata.ts'
import type { Refus } from '../rules.ts'
import { CLASSE_SIGNATURE, porte } from './lecture.ts'
import { horsListe, refus } from './refuser.ts'

export interface ReglageCodes {
  readonly classeStricte: boolean
  readonly cumulMasqueInvisible: boolean
}

/** Coded attributes of an ordinary document, against the lists of the DMP. */
export const controlerCodes = (entry: DocumentEntry, reglage: ReglageCodes): Refus[] => [
  ...controlerType(entry, reglage),
  ...controlerVisibilite(entry, reglage),
  ...controlerListes(entry),
]

/** Built by the patient, the health insurance or the DMP itself. @see EX_2.1-1010 */
const reserve = (code: string): boolean => /^(DOCPAT|EXPPAT)/.test(code) || code === '74465-6' || code === 'REMB' || code === '11369-6'

function controlerType({ id, typeCode, classCode }: DocumentEntry, { classeStricte }: ReglageCodes): Refus[] {
  if (!typeCode) return []
  if (reserve(typeCode.code) || classCode?.code === '90' || classCode?.code === '60')
    return [refus('XDSRegistryMetadataError', 'DMP-TYPE-RESERVE', `le type ${typeCode.code} n’est pas déposé par un logiciel de professionnel`, id)]
  const type = TYPES_DOCUMENT.get(typeCode.code)
  const ecart = horsListe(typeCode, type && [type.codingScheme])
  if (!type || ecart) return [refus('XDSRegistryMetadataError', 'DMP-TYPE-ADMIS', ecart ?? '', id)]
  if (type.classCode === CLASSE_SIGNATURE)
    return [refus('XDSRegistryMetadataError', 'DMP-SIGNATURE-FICHE', `le type ${type.code} est celui d’une signature, la classe ne l’est pas`, id)]
  if (classeStricte && classCode && classCode.code !== type.classCode)
    return [
      refus(
        'XDSRegistryMetadataError',
        'DMP-CLASSE-DEDUITE',
        `classCode ${classCode.code} : le type ${typeCode.code} est de classe ${type.classCode}`,
        id,
      ),
    ]
  return []
}

/** The only attribute that an update changes is looked at alone. */
export const controlerVisibilite = (entry: DocumentEntry, reglage: ReglageCodes): Refus[] => [
  ...controlerConfidentialite(entry, reglage),
  ...controlerVaccination(entry),
]

function controlerConfidentialite(entry: DocumentEntry, { cumulMasqueInvisible }: ReglageCodes): Refus[] {
  const { id, confidentialityCodes: codes } = entry
  if (codes.length === 0) return []
  const [ecart] = codes.map((code) => horsListe(code, CONFIDENTIALITES.get(code.code))).filter((un) => un !== undefined)
  if (ecart) return [refus('XDSRegistryMetadataError', 'DMP-CONFIDENTIALITE', ecart, id)]
  const niveaux = codes.filter(({ code }) => code === 'N' || code === 'R' || code === 'V')
  if (niveaux.length !== 1)
    return [
      refus(
        'XDSRegistryMetadataError',
        'DMP-CONFIDENTIALITE',
        `${niveaux.length} niveaux de confidentialité : un seul parmi N, R, V est attendu`,
        id,
      ),
    ]
  if (!cumulMasqueInvisible && porte(entry, 'MASQUE_PS') && porte(entry, 'INVISIBLE_PATIENT'))
    return [refus('XDSRegistryMetadataError', 'DMP-MASQUE-ET-INVISIBLE', 'MASQUE_PS et INVISIBLE_PATIENT ensemble', id)]
  return []
}

/** Note de vaccination. @see JDV_J66 */
const NOTE_VACCINATION = '87273-9'

function controlerVaccination({ id, typeCode, confidentialityCodes }: DocumentEntry): Refus[] {
  const autre = typeCode?.code === NOTE_VACCINATION && confidentialityCodes.find(({ code }) => code !== 'N')
  return autre
    ? [refus('XDSRegistryMetadataError', 'DMP-VACCINATION-VISIBLE', `note de vaccination avec ${autre.code.slice(0, 40)} : N seulement`, id)]
    : []
}

/** JDV_J57, without the class of signatures: an entry that has it is not looked at here. */
const CLASSES: Liste = new Map([...CLASSES_DOCUMENT.keys()].filter((code) => code !== CLASSE_SIGNATURE).map((code) => [code, [CLASS_SYSTEM]]))

function controlerListes({ id, classCode, formatCode, healthcareFacilityTypeCode, practiceSettingCode }: DocumentEntry): Refus[] {
  const controles = [
    [classCode, CLASSES],
    [formatCode, FORMATS],
    [healthcareFacilityTypeCode, LIEUX_EXERCICE],
    [practiceSettingCode, CADRES_EXERCICE],
  ] as const
  return controles.flatMap(([code, liste]) => {
    const ecart = code && horsListe(code, liste.get(code.code))
    return ecart ? [refus('XDSRegistryMetadataError', 'DMP-CODES-ADMIS', ecart, id)] : []
  })
}

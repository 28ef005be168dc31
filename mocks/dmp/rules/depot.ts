import { CADRES_EXERCICE, FORMATS, LIEUX_EXERCICE } from '#standards/dmp/listes.ts'
import { TYPES_DOCUMENT } from '#standards/dmp/types-document.ts'
import { isOid, readDtm } from '#standards/xds/identifiers.ts'
import type { DocumentEntry, Metadata, SubmissionSet } from '#standards/xds/metadata.ts'
import type { Refus } from '../rules.ts'
import { type Dossier, memePatient } from './identite.ts'
import { estAuteur, estSignature, porte } from './lecture.ts'
import { controlerLot } from './lot.ts'
import { horsDomaine, manquent, refus } from './refuser.ts'
import type { Appelant } from './vihf.ts'

export interface ReglageDepot {
  readonly classeStricte: boolean
  readonly cumulMasqueInvisible: boolean
}

/** What was received for one entry. */
export interface Recu {
  /** SHA-1, 40 hexadecimal characters. */
  readonly hash: string
  readonly taille: number
}

export interface Depot extends Metadata {
  /** Documents received, by the id of their entry. */
  readonly recus: ReadonlyMap<string, Recu>
}

/** All that is wrong with a submission by itself, without looking at the registry; empty when nothing is. */
export function controlerDepot(depot: Depot, dossier: Dossier, appelant: Appelant, reglage: ReglageDepot): Refus[] {
  const { submissionSet, entries } = depot
  if (!submissionSet) return [refus('XDSRegistryMetadataError', 'DMP-LOT', 'aucun lot de soumission (RegistryPackage classé SubmissionSet)')]
  if (entries.length === 0) return [refus('XDSRegistryMetadataError', 'DMP-LOT', 'le lot ne contient aucune fiche', submissionSet.id)]
  return [
    ...controlerLot(submissionSet, depot),
    ...controlerPatients(submissionSet, entries, dossier),
    ...controlerDocuments(depot),
    ...entries.flatMap((entry) => (estSignature(entry) ? controlerSignature(entry) : controlerFiche(entry, appelant, reglage))),
  ]
}

function controlerPatients(lot: SubmissionSet, entries: readonly DocumentEntry[], dossier: Dossier): Refus[] {
  return [lot, ...entries]
    .filter(({ patientId }) => patientId !== '' && !memePatient(patientId, dossier))
    .map(({ id }) => refus('XDSPatientIdDoesNotMatch', 'DMP-PATIENT-DU-LOT', `le patientId de ${id} n’est pas le patient du VIHF`, id))
}

function controlerDocuments({ entries, recus }: Depot): Refus[] {
  const refuses: Refus[] = []
  for (const { id, hash, size } of entries) {
    const recu = recus.get(id)
    if (!recu || recu.taille === 0) refuses.push(refus('XDSMissingDocument', 'DMP-FICHE-ET-DOCUMENT', `la fiche ${id} n’a pas de document`, id))
    else {
      if (hash !== '' && hash !== recu.hash)
        refuses.push(refus('XDSNonIdenticalHash', 'DMP-EMPREINTE', `empreinte annoncée ${hash}, reçue ${recu.hash}`, id))
      if (size !== '' && size !== String(recu.taille))
        refuses.push(refus('XDSNonIdenticalSize', 'DMP-EMPREINTE', `taille annoncée ${size}, reçue ${recu.taille}`, id))
    }
  }
  const connues = new Set(entries.map(({ id }) => id))
  for (const id of recus.keys())
    if (!connues.has(id)) refuses.push(refus('XDSMissingDocumentMetadata', 'DMP-FICHE-ET-DOCUMENT', `le document ${id} n’a pas de fiche`, id))
  return refuses
}

/** The entry of a signature has metadata of its own. @see dmp.md §3.6 */
const controlerSignature = (entry: DocumentEntry): Refus[] => [
  ...manquent(entry.id, { mimeType: entry.mimeType, patientId: entry.patientId, uniqueId: entry.uniqueId }),
  ...controlerUniqueId(entry),
]

const controlerUniqueId = ({ id, uniqueId }: DocumentEntry): Refus[] =>
  uniqueId === '' || isOid(uniqueId)
    ? []
    : [
        refus(
          'XDSRegistryMetadataError',
          'DMP-UNIQUEID-OID',
          `uniqueId « ${uniqueId.slice(0, 140)} » : un OID de 128 caractères au plus est attendu`,
          id,
        ),
      ]

function controlerFiche(entry: DocumentEntry, appelant: Appelant, reglage: ReglageDepot): Refus[] {
  const { id } = entry
  const refuses: (Refus | false)[] = manquent(id, {
    author: entry.authors.length > 0,
    legalAuthenticator: entry.legalAuthenticator,
    classCode: entry.classCode?.code,
    typeCode: entry.typeCode?.code,
    formatCode: entry.formatCode?.code,
    confidentialityCode: entry.confidentialityCodes.length > 0,
    healthcareFacilityTypeCode: entry.healthcareFacilityTypeCode?.code,
    practiceSettingCode: entry.practiceSettingCode?.code,
    creationTime: entry.creationTime,
    serviceStartTime: entry.serviceStartTime,
    languageCode: entry.languageCode,
    mimeType: entry.mimeType,
    patientId: entry.patientId,
    sourcePatientId: entry.sourcePatientId,
    title: entry.title,
    uniqueId: entry.uniqueId,
  })
  for (const [nom, valeur] of [
    ['creationTime', entry.creationTime],
    ['serviceStartTime', entry.serviceStartTime],
    ['serviceStopTime', entry.serviceStopTime],
  ] as const)
    refuses.push(
      valeur !== '' &&
        readDtm(valeur) === undefined &&
        refus('XDSRegistryMetadataError', 'DMP-METADONNEES', `${nom} « ${valeur.slice(0, 40)} » n’est pas une date AAAAMMJJHHMMSS`, id),
    )
  refuses.push(
    ...controlerUniqueId(entry),
    ...controlerType(entry, reglage),
    ...controlerConfidentialite(entry, reglage),
    ...controlerVaccination(entry),
    ...controlerListes(entry),
  )
  if (entry.authors.length > 0 && !estAuteur(entry, appelant)) refuses.push(refus('XDSRegistryMetadataError', 'DMP-AUTEUR', pasAuteur(appelant), id))
  return refuses.filter((un) => un !== false)
}

const pasAuteur = ({ genre }: Appelant): string =>
  genre === 'CPS'
    ? 'aucun auteur ni responsable du document ne correspond à l’utilisateur du VIHF'
    : 'Aucun AuthorInstitution ne correspond à l’utilisateur du VIHF'

/** Built by the patient, the health insurance or the DMP itself. @see EX_2.1-1010 */
const reserve = (code: string): boolean => /^(DOCPAT|EXPPAT)/.test(code) || code === '74465-6' || code === 'REMB' || code === '11369-6'

function controlerType({ id, typeCode, classCode }: DocumentEntry, { classeStricte }: ReglageDepot): Refus[] {
  if (!typeCode) return []
  if (reserve(typeCode.code) || classCode?.code === '90' || classCode?.code === '60')
    return [refus('XDSRegistryMetadataError', 'DMP-TYPE-RESERVE', `le type ${typeCode.code} n’est pas déposé par un logiciel de professionnel`, id)]
  const type = TYPES_DOCUMENT.get(typeCode.code)
  if (!type || type.codingScheme !== typeCode.codingScheme)
    return [refus('XDSRegistryMetadataError', 'DMP-TYPE-ADMIS', horsDomaine(typeCode.code), id)]
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

function controlerConfidentialite(entry: DocumentEntry, { cumulMasqueInvisible }: ReglageDepot): Refus[] {
  const { id, confidentialityCodes: codes } = entry
  if (codes.length === 0) return []
  const niveaux = codes.filter(({ code }) => code === 'N' || code === 'R' || code === 'V')
  const inconnu = codes.find(({ code }) => !/^(?:N|R|V|MASQUE_PS|INVISIBLE_PATIENT|INVISIBLE_REPRESENTANTS_LEGAUX)$/.test(code))
  if (inconnu) return [refus('XDSRegistryMetadataError', 'DMP-CONFIDENTIALITE', horsDomaine(inconnu.code), id)]
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

function controlerListes({ id, formatCode, healthcareFacilityTypeCode, practiceSettingCode }: DocumentEntry): Refus[] {
  const controles = [
    [formatCode, FORMATS],
    [healthcareFacilityTypeCode, LIEUX_EXERCICE],
    [practiceSettingCode, CADRES_EXERCICE],
  ] as const
  return controles.flatMap(([code, liste]) =>
    code && !liste.has(code.code) ? [refus('XDSRegistryMetadataError', 'DMP-CODES-ADMIS', horsDomaine(code.code), id)] : [],
  )
}

import { isOid, readDtm } from '#standards/xds/identifiers.ts'
import type { DocumentEntry, Metadata, SubmissionSet } from '#standards/xds/metadata.ts'
import type { Refus } from '../rules.ts'
import { controlerCodes, type ReglageCodes } from './codes.ts'
import { type Dossier, memePatient } from './identite.ts'
import { estAuteur, estSignature } from './lecture.ts'
import { controlerLot } from './lot.ts'
import { manquent, refus } from './refuser.ts'
import { controlerSignature } from './signature.ts'
import type { Appelant } from './vihf.ts'

export type ReglageDepot = ReglageCodes

/** Longest title, characters. @see dmp.md §3.3 */
const TITRE = 128

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
    ...entries.flatMap(controlerUniqueId),
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
  if (entry.title.length > TITRE)
    refuses.push(refus('XDSRegistryMetadataError', 'DMP-METADONNEES', `titre de ${entry.title.length} caractères : ${TITRE} au plus`, id))
  refuses.push(...controlerCodes(entry, reglage))
  if (entry.authors.length > 0 && !estAuteur(entry, appelant)) refuses.push(refus('XDSRegistryMetadataError', 'DMP-AUTEUR', pasAuteur(appelant), id))
  return refuses.filter((un) => un !== false)
}

const pasAuteur = ({ genre }: Appelant): string =>
  genre === 'CPS'
    ? 'aucun auteur ni responsable du document ne correspond à l’utilisateur du VIHF'
    : 'Aucun AuthorInstitution ne correspond à l’utilisateur du VIHF'

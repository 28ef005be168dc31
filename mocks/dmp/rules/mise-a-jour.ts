import { ASSOCIATION, type Association, type Code, type DocumentEntry, type Metadata, STATUS } from '#standards/xds/metadata.ts'
import { UPDATE_SLOT } from '#standards/xds/iti-57.ts'
import type { EtatDocument, EvenementDocument, EvenementVisibilite } from '../lifecycle.ts'
import { type Refus, reglesDmp } from '../rules.ts'
import { type Dossier, memePatient } from './identite.ts'
import { porte } from './lecture.ts'
import { controlerAttributs, controlerIds } from './lot.ts'
import { refus } from './refuser.ts'

/** Most documents changed by one message; the sandbox's own bound. */
const DEMANDES = 50

/** What a message asks of one document. */
export type Demande =
  | { readonly genre: 'statut'; readonly association: Association }
  | { readonly genre: 'fiche'; readonly fiche: DocumentEntry; readonly versionPrecedente: string }

/** What a professional does to a document, as its two machines know it. */
export type Acte = Exclude<EvenementDocument['type'], 'auteur.remplace'> | Extract<EvenementVisibilite['type'], `professionnel.${string}`>

/** The requests of one message, or all that is wrong with it by itself, without looking at the registry. */
export function lireDemandes(metadata: Metadata, dossier: Dossier): { readonly demandes: readonly Demande[] } | { readonly refus: Refus[] } {
  const { submissionSet: lot, entries, associations } = metadata
  const non = (about: string, location?: string) => refus('XDSMetadataUpdateError', 'DMP-MISE-A-JOUR', about, location)
  if (!lot) return { refus: [refus('XDSRegistryMetadataError', 'DMP-LOT', 'aucun lot de soumission (RegistryPackage classé SubmissionSet)')] }
  const refuses = [
    ...controlerAttributs(lot),
    ...controlerIds(lot, metadata),
    ...[lot, ...entries]
      .filter(({ patientId }) => patientId !== '' && !memePatient(patientId, dossier))
      .map(({ id }) => refus('XDSPatientIdDoesNotMatch', 'DMP-PATIENT-DU-LOT', `le patientId de ${id} n’est pas le patient du VIHF`, id)),
  ]
  const demandes: Demande[] = []
  const fiches = new Map(entries.map((fiche) => [fiche.id, fiche]))
  for (const association of associations) {
    const { id, type, source, target, slots } = association
    if (source !== lot.id)
      refuses.push(refus('UnresolvedReferenceException', 'DMP-MISE-A-JOUR', `l’association ${id.slice(0, 80)} ne part pas du lot`, id))
    else if (type === ASSOCIATION.UpdateAvailabilityStatus) demandes.push({ genre: 'statut', association })
    else if (type !== ASSOCIATION.HasMember)
      refuses.push(non(`association « ${type.slice(0, 120)} » : HasMember ou UpdateAvailabilityStatus attendu`, id))
    else {
      const fiche = fiches.get(target)
      if (!fiche) refuses.push(refus('UnresolvedReferenceException', 'DMP-MISE-A-JOUR', `« ${target.slice(0, 80)} » n’est pas une fiche du lot`, id))
      else demandes.push({ genre: 'fiche', fiche, versionPrecedente: slots[UPDATE_SLOT.PreviousVersion]?.[0] ?? '' })
      fiches.delete(target)
    }
  }
  for (const id of fiches.keys()) refuses.push(non(`la fiche ${id.slice(0, 80)} n’est liée au lot par aucune association HasMember`, id))
  if (demandes.length === 0 && refuses.length === 0) refuses.push(non('le lot ne demande aucune modification', lot.id))
  if (demandes.length > DEMANDES) refuses.push(non(`${demandes.length} modifications : ${DEMANDES} au plus par message`, lot.id))
  return refuses.length > 0 ? { refus: refuses } : { demandes }
}

const PAR_STATUT: Readonly<Record<string, Extract<Acte, EvenementDocument['type']>>> = {
  [`${STATUS.Approved} ${STATUS.Archived}`]: 'professionnel.archive',
  [`${STATUS.Archived} ${STATUS.Approved}`]: 'professionnel.desarchive',
  [`${STATUS.Approved} ${STATUS.Deleted}`]: 'auteur.supprime',
  [`${STATUS.Archived} ${STATUS.Deleted}`]: 'auteur.supprime',
}

/** What a change of status is. @param connu the entry as the registry has it, with its status */
export function acteDeStatut({ id, slots }: Association, connu: DocumentEntry): Acte | Refus {
  const de = slots[UPDATE_SLOT.OriginalStatus]?.[0] ?? ''
  const vers = slots[UPDATE_SLOT.NewStatus]?.[0] ?? ''
  const dit = (status: string) => status.slice(status.lastIndexOf(':') + 1).slice(0, 40) || 'aucun'
  const acte = PAR_STATUT[`${de} ${vers}`]
  if (!acte) return refus('XDSMetadataUpdateError', 'DMP-STATUT', `passage de ${dit(de)} à ${dit(vers)} inconnu`, id)
  return de === connu.availabilityStatus
    ? acte
    : refus('XDSMetadataUpdateError', 'DMP-STATUT', `le document est ${dit(connu.availabilityStatus)}, non ${dit(de)}`, id)
}

const code = (un: Code | undefined): string => (un ? `${un.code}|${un.codingScheme}` : '')

/** What an update leaves as it was; `''` in the message is not compared where the registry fills it. */
const INVARIABLES: Readonly<Record<string, (fiche: DocumentEntry) => string>> = {
  author: ({ authors }) => authors.map(({ person, institutions }) => [person, ...institutions].join('|')).join(),
  legalAuthenticator: ({ legalAuthenticator }) => legalAuthenticator,
  title: ({ title }) => title,
  comments: ({ comments }) => comments,
  mimeType: ({ mimeType }) => mimeType,
  languageCode: ({ languageCode }) => languageCode,
  creationTime: ({ creationTime }) => creationTime,
  serviceStartTime: ({ serviceStartTime }) => serviceStartTime,
  serviceStopTime: ({ serviceStopTime }) => serviceStopTime,
  classCode: ({ classCode }) => code(classCode),
  typeCode: ({ typeCode }) => code(typeCode),
  formatCode: ({ formatCode }) => code(formatCode),
  healthcareFacilityTypeCode: ({ healthcareFacilityTypeCode }) => code(healthcareFacilityTypeCode),
  practiceSettingCode: ({ practiceSettingCode }) => code(practiceSettingCode),
  eventCodeList: ({ eventCodes }) => eventCodes.map(code).toSorted().join(),
  referenceIdList: ({ referenceIds }) => referenceIds.toSorted().join(),
  sourcePatientId: ({ sourcePatientId }) => sourcePatientId,
  'niveau de confidentialité': ({ confidentialityCodes }) =>
    confidentialityCodes
      .filter(({ code: niveau }) => 'NRV'.includes(niveau))
      .map(code)
      .join(),
}

const CALCULES = ['hash', 'size', 'repositoryUniqueId'] as const

/**
 * What an entry sent again changes. @param connue the current version
 * @returns one act or more
 */
export function actesDeFiche(fiche: DocumentEntry, versionPrecedente: string, connue: DocumentEntry): readonly Acte[] | Refus {
  const { id } = fiche
  if (fiche.logicalId !== connue.logicalId)
    return refus('XDSMetadataIdentifierError', 'DMP-VERSION-COURANTE', `lid « ${fiche.logicalId.slice(0, 60)} » : celui du document est attendu`, id)
  if (versionPrecedente !== String(connue.version))
    return refus(
      'XDSMetadataVersionError',
      'DMP-VERSION-COURANTE',
      `PreviousVersion « ${versionPrecedente.slice(0, 20)} » : la version courante est ${connue.version}`,
      id,
    )
  const change =
    Object.entries(INVARIABLES).find(([, lire]) => lire(fiche) !== lire(connue))?.[0] ??
    CALCULES.find((nom) => fiche[nom] !== '' && fiche[nom] !== connue[nom])
  if (change) return refus('XDSMetadataUpdateError', 'DMP-MODIFIER-CONFIDENTIALITE', `${change} ne se modifie pas`, id)
  const actes: Acte[] = []
  const passe = (nom: string) => [porte(connue, nom), porte(fiche, nom)] as const
  const [masquee, aMasquer] = passe('MASQUE_PS')
  if (masquee !== aMasquer) actes.push(aMasquer ? 'professionnel.masque' : 'professionnel.demasque')
  for (const [nom, acte] of [
    ['INVISIBLE_PATIENT', 'professionnel.annonce'],
    ['INVISIBLE_REPRESENTANTS_LEGAUX', 'professionnel.montreAuxRepresentants'],
  ] as const) {
    const [cachee, aCacher] = passe(nom)
    if (aCacher && !cachee)
      return refus('XDSMetadataUpdateError', 'DMP-RENDRE-VISIBLE-SANS-RETOUR', `le document est déjà visible : ${nom} ne s’ajoute plus`, id)
    if (cachee && !aCacher) actes.push(acte)
  }
  return actes.length > 0 ? actes : refus('XDSMetadataUpdateError', 'DMP-MODIFIER-CONFIDENTIALITE', 'la fiche reçue ne change rien', id)
}

/** Undefined when this document still takes changes. */
export const controlerModifiable = (etat: EtatDocument, location: string): Refus | undefined =>
  etat === 'approved' || etat === 'archived'
    ? undefined
    : {
        refused: etat === 'deleted' ? 'UnresolvedReferenceException' : 'XDSRegistryDeprecatedDocumentError',
        rule: reglesDmp[etat === 'deleted' ? 'DMP-STATUT' : 'DMP-VERSION-COURANTE'],
        about: etat === 'deleted' ? 'le document est supprimé' : 'le document visé est obsolète',
        location,
      }

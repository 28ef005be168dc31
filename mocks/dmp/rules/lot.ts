import { TYPES_LOT } from '#standards/dmp/listes.ts'
import { isOid, readDtm } from '#standards/xds/identifiers.ts'
import { ASSOCIATION, type Metadata, type SubmissionSet } from '#standards/xds/metadata.ts'
import type { Refus } from '../rules.ts'
import { horsListe, manquent, refus } from './refuser.ts'

/** What is wrong with the submission set itself and with what ties its objects together. */
export function controlerLot(lot: SubmissionSet, metadata: Metadata): Refus[] {
  return [...controlerAttributs(lot), ...controlerIds(lot, metadata), ...controlerAssociations(lot, metadata)]
}

/** What is wrong with the attributes of a submission set. */
export function controlerAttributs(lot: SubmissionSet): Refus[] {
  const { id, authors, contentTypeCode, patientId, sourceId, submissionTime, uniqueId } = lot
  const refuses: (Refus | false)[] = manquent(id, {
    author: authors.length > 0 && authors[0]!.person,
    contentTypeCode: contentTypeCode?.code,
    patientId,
    sourceId,
    submissionTime,
    uniqueId,
  })
  const faux = (nom: string, valeur: string, attendu: string) =>
    refus(
      'XDSRegistryMetadataError',
      nom === 'submissionTime' ? 'DMP-METADONNEES' : 'DMP-UNIQUEID-OID',
      `${nom} « ${valeur.slice(0, 140)} » : ${attendu}`,
      id,
    )
  const ecart = contentTypeCode && horsListe(contentTypeCode, TYPES_LOT.get(contentTypeCode.code))
  refuses.push(
    uniqueId !== '' && !isOid(uniqueId) && faux('uniqueId', uniqueId, 'un OID de 128 caractères au plus est attendu'),
    sourceId !== '' && !isOid(sourceId) && faux('sourceId', sourceId, 'un OID de 128 caractères au plus est attendu'),
    submissionTime !== '' && readDtm(submissionTime) === undefined && faux('submissionTime', submissionTime, 'une date AAAAMMJJHHMMSS est attendue'),
    ecart !== undefined && refus('XDSRegistryMetadataError', 'DMP-CODES-ADMIS', ecart, id),
  )
  return refuses.filter((un) => un !== false)
}

/** Objects are told apart by their id: two under the same one would share a document. */
export function controlerIds(lot: SubmissionSet, { entries }: Pick<Metadata, 'entries'>): Refus[] {
  const vus = new Set([lot.id])
  return entries.flatMap(({ id }) => {
    const deja = vus.has(id)
    vus.add(id)
    return deja ? [refus('XDSRegistryMetadataError', 'DMP-LOT', `deux objets du lot portent l’id « ${id.slice(0, 80)} »`, id)] : []
  })
}

const SERVIES: readonly string[] = [ASSOCIATION.HasMember, ASSOCIATION.RPLC, ASSOCIATION.signs]

function controlerAssociations(lot: SubmissionSet, { entries, associations }: Metadata): Refus[] {
  const fiches = new Set(entries.map(({ id }) => id))
  const membres = new Set<string>()
  const remplacees = new Set<string>()
  const refuses: Refus[] = []
  const inconnu = (id: string, ou: string) =>
    refuses.push(refus('UnresolvedReferenceException', 'DMP-ASSOCIATIONS', `« ${id.slice(0, 80)} » n’est pas ${ou}`, id))
  for (const { id, type, source, target } of associations) {
    if (!SERVIES.includes(type))
      refuses.push(
        refus('XDSRegistryMetadataError', 'DMP-ASSOCIATIONS', `association « ${type.slice(0, 120)} » : HasMember, RPLC ou signs attendu`, id),
      )
    else if (type === ASSOCIATION.HasMember) {
      if (source !== lot.id) inconnu(source, 'le lot')
      else if (!fiches.has(target)) inconnu(target, 'une fiche du lot')
      membres.add(target)
    } else if (!fiches.has(source)) inconnu(source, 'une fiche du lot')
    else if (type === ASSOCIATION.RPLC) {
      if (remplacees.has(source) || remplacees.has(target))
        refuses.push(refus('XDSReplaceFailed', 'DMP-REMPLACEMENT', 'un document se remplace une fois, par un seul autre', source))
      remplacees.add(source).add(target)
    }
  }
  const seules = entries.filter(({ id }) => !membres.has(id))
  return [
    ...refuses,
    ...seules.map(({ id }) => refus('XDSRegistryMetadataError', 'DMP-LOT', `la fiche ${id} n’est liée au lot par aucune association HasMember`, id)),
  ]
}

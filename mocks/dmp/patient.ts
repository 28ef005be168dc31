import { TYPES_DOCUMENT } from '#standards/dmp/types-document.ts'
import { readDtm } from '#standards/xds/identifiers.ts'
import type { DocumentPourPatient, World } from '../world.ts'
import { auteurAffiche } from './auteur.ts'
import { porte, visibleDuPatient } from './rules/lecture.ts'
import { type DocumentEnregistre, documentsDe, parUniqueId } from './store.ts'

const STATUTS = { approved: 'actuel', deprecated: 'remplacé', archived: 'archivé' } as const

const visible = (document: DocumentEnregistre): boolean => document.etat !== 'deleted' && visibleDuPatient(document.entry)

/** What Mon espace santé shows of the record, newest first. */
export async function documentsDuPatient(world: World, matriculeIns: string): Promise<DocumentPourPatient[]> {
  return (await documentsDe(world, matriculeIns)).filter(visible).slice(0, 500).map(pourPatient)
}

function pourPatient({ uniqueId, entry, deposeLe, etat }: DocumentEnregistre): DocumentPourPatient {
  const { acteur, structure } = auteurAffiche(entry)
  const typeCode = entry.typeCode?.code ?? ''
  return {
    id: uniqueId,
    titre: entry.title,
    typeCode,
    typeLibelle: TYPES_DOCUMENT.get(typeCode)?.display ?? entry.typeCode?.display ?? typeCode,
    classCode: entry.classCode?.code ?? '',
    auteur: acteur,
    structure,
    deposeLe,
    dateActe: readDtm(entry.serviceStartTime) ?? deposeLe,
    mimeType: entry.mimeType,
    taille: Number(entry.size) || 0,
    masque: porte(entry, 'MASQUE_PS'),
    statut: etat === 'deleted' ? 'archivé' : STATUTS[etat],
  }
}

export async function contenuPourPatient(
  world: World,
  matriculeIns: string,
  documentId: string,
): Promise<{ mimeType: string; bytes: Uint8Array } | undefined> {
  const document = (await parUniqueId(world, documentId)).at(-1)
  if (!document || document.patient !== matriculeIns || !visible(document)) return undefined
  const bytes = await world.store.getBytes(document.contenu)
  return bytes && { mimeType: document.entry.mimeType, bytes }
}

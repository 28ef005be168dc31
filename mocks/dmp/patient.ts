import { CLASS_SYSTEM, TYPES_DOCUMENT } from '#standards/dmp/types-document.ts'
import { REPOSITORY_UNIQUE_ID } from '#standards/dmp/identifiants.ts'
import { writeCx } from '#standards/ins/matricule-ins.ts'
import { readDtm, writeDtm, writeXcn } from '#standards/xds/identifiers.ts'
import type { DocumentEntry } from '#standards/xds/metadata.ts'
import type { DepotDuPatient, DocumentPourPatient, World } from '../world.ts'
import { auteurAffiche } from './auteur.ts'
import { estDuPatient, masquable, porte, visibleDuPatient } from './rules/lecture.ts'
import { type DocumentEnregistre, documents, documentsDe, parUniqueId } from './store.ts'
import { apres, enregistrerVersion } from './visibilite.ts'

const STATUTS = { approved: 'actuel', deprecated: 'remplacé', archived: 'archivé' } as const

/** @param representant a legal representative looks: some documents of a minor are kept from them */
const visible = ({ etat, entry }: DocumentEnregistre, representant = false): boolean =>
  etat !== 'deleted' && visibleDuPatient(entry) && !(representant && porte(entry, 'INVISIBLE_REPRESENTANTS_LEGAUX'))

/** What Mon espace santé shows of the record, newest first. */
export async function documentsDuPatient(world: World, matriculeIns: string, representant = false): Promise<DocumentPourPatient[]> {
  return (await documentsDe(world, matriculeIns))
    .filter((un) => visible(un, representant))
    .slice(0, 500)
    .map(pourPatient)
}

function pourPatient({ uniqueId, entry, deposeLe, etat, duSysteme }: DocumentEnregistre): DocumentPourPatient {
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
    duPatient: estDuPatient(entry),
    duSysteme: duSysteme === true,
    masquable: masquable(entry),
    masque: porte(entry, 'MASQUE_PS'),
    statut: etat === 'deleted' ? 'archivé' : STATUTS[etat],
  }
}

export async function contenuPourPatient(
  world: World,
  matriculeIns: string,
  documentId: string,
  representant = false,
): Promise<{ mimeType: string; bytes: Uint8Array } | undefined> {
  const document = await leSien(world, matriculeIns, documentId, representant)
  if (!document) return undefined
  const bytes = await world.store.getBytes(document.contenu)
  return bytes && { mimeType: document.entry.mimeType, bytes }
}

async function leSien(world: World, matriculeIns: string, documentId: string, representant: boolean): Promise<DocumentEnregistre | undefined> {
  const [document] = await parUniqueId(world, documentId)
  return document?.patient === matriculeIns && visible(document, representant) ? document : undefined
}

/** JDV_J62: neither a facility nor a setting of care. */
const EXP_PATIENT = { code: 'EXP_PATIENT', codingScheme: '1.2.250.1.213.1.1.4.9', display: 'Expression du patient' }
const STRUCTURE_EXP_PATIENT = { code: 'EXP_PATIENT', codingScheme: '1.2.250.1.213.1.1.4.6', display: 'Expression du patient' }
const RACINE_UNIQUEID = '1.2.250.1.999.1.1.7.9'

/** The patient's own document enters the registry: coded as theirs, without institution nor signature. @see dmp.md §4 */
export async function deposerPourPatient(
  world: World,
  matriculeIns: string,
  { titre, typeCode, mimeType, bytes, dateActe, auteur, masque = false, duSysteme }: DepotDuPatient,
): Promise<{ documentId: string } | undefined> {
  const type = TYPES_DOCUMENT.get(typeCode)
  const personne = await world.ask.personneParMatricule(matriculeIns.slice(0, 13))
  if (!type || !personne) return undefined
  const entryUuid = `urn:uuid:${world.newId()}`
  const uniqueId = `${RACINE_UNIQUEID}.${BigInt(`0x${world.newId().replaceAll('-', '').slice(0, 24)}`)}`
  const contenu = world.newId()
  const le = writeDtm(world.now())
  const patientId = writeCx(personne.ins)
  const [prenom = '', ...reste] = auteur.split(' ')
  const person = writeXcn({
    id: matriculeIns,
    family: reste.join(' ') || prenom,
    given: reste.length > 0 ? prenom : '',
    oid: personne.ins.oid,
    type: 'NH',
  })
  const entry: DocumentEntry = {
    id: entryUuid,
    availabilityStatus: '',
    logicalId: entryUuid,
    version: 1,
    mimeType,
    patientId,
    uniqueId,
    title: titre,
    comments: '',
    authors: [{ person, institutions: [], roles: [], specialties: [] }],
    legalAuthenticator: '',
    sourcePatientId: patientId,
    sourcePatientInfo: [],
    classCode: { code: type.classCode, codingScheme: CLASS_SYSTEM, display: '' },
    typeCode: { code: typeCode, codingScheme: type.codingScheme, display: type.display },
    formatCode: { code: 'urn:asipSante:modelesHorsProfils:2011', codingScheme: '1.2.250.1.213.1.1.4.2.282', display: 'Document hors profil' },
    confidentialityCodes: [{ code: 'N', codingScheme: '2.16.840.1.113883.5.25', display: 'Normal' }],
    healthcareFacilityTypeCode: STRUCTURE_EXP_PATIENT,
    practiceSettingCode: EXP_PATIENT,
    eventCodes: [],
    creationTime: le,
    serviceStartTime: writeDtm(dateActe ?? world.now()),
    serviceStopTime: '',
    languageCode: 'fr-FR',
    hash: '',
    size: String(bytes.length),
    repositoryUniqueId: REPOSITORY_UNIQUE_ID,
    referenceIds: [],
  }
  await world.store.putBytes(contenu, bytes)
  const depose: DocumentEnregistre = {
    entryUuid,
    uniqueId,
    patient: matriculeIns,
    etat: 'approved',
    contenu,
    deposeLe: world.now(),
    lot: '',
    entry,
    ...(duSysteme && { duSysteme }),
  }
  await world.store.put(documents, masque ? apres(depose, ['patient.masque']) : depose)
  return { documentId: uniqueId }
}

/** Only the patient's own: anything else is the author's. Inside a transaction. */
export async function supprimerPourPatient(world: World, matriculeIns: string, documentId: string): Promise<boolean> {
  const document = await leSien(world, matriculeIns, documentId, false)
  if (!document || document.duSysteme || !estDuPatient(document.entry)) return false
  await world.store.put(documents, { ...document, etat: 'deleted' })
  await world.store.deleteBytes(document.contenu)
  return true
}

/** Masks or unmasks for professionals. False: unknown, or a document that is never masked. Inside a transaction. */
export async function masquerPourPatient(world: World, matriculeIns: string, documentId: string, masque: boolean): Promise<boolean> {
  const document = await leSien(world, matriculeIns, documentId, false)
  if (!document || (masque && !masquable(document.entry))) return false
  const suivant = apres(document, [masque ? 'patient.masque' : 'patient.demasque'])
  if (suivant !== document) await enregistrerVersion(world, document, suivant, document.lot)
  return true
}

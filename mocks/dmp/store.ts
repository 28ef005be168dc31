import type { Association, DocumentEntry, SubmissionSet } from '#standards/xds/metadata.ts'
import { STATUS } from '#standards/xds/metadata.ts'
import { defineCollection } from '../database/store.ts'
import type { ReglagesUrgence, SituationDossier, StatutAutorisation, World } from '../world.ts'
import type { EtatAutorisation, EtatDocument } from './lifecycle.ts'
import type { Dossier } from './rules/identite.ts'
import { DOCUMENTS_PARCOURUS, type Lecteur } from './rules/lecture.ts'
import type { Appelant } from './rules/vihf.ts'

/** One entry of the registry; its bytes are kept under `contenu`. */
export interface DocumentEnregistre {
  /** `urn:uuid:…` */
  readonly entryUuid: string
  readonly uniqueId: string
  /** 15 characters. */
  readonly patient: string
  /** As submitted, with what the registry adds: ids, version, hash, size. Its status is `etat`. */
  readonly entry: DocumentEntry
  readonly etat: EtatDocument
  readonly contenu: string
  /** Simulated milliseconds. */
  readonly deposeLe: number
  /** uniqueId of the submission set. */
  readonly lot: string
  /** When the patient was told that the record changed, while the document stays invisible. Simulated milliseconds. */
  readonly signaleLe?: number
  /** Written by Mon espace santé itself: nobody deletes it. */
  readonly duSysteme?: true
}

export interface LotEnregistre {
  readonly uniqueId: string
  readonly patient: string
  /** As submitted, under the `urn:uuid:` of the registry. */
  readonly submissionSet: SubmissionSet
  /** Objects are named by their `urn:uuid:` in the registry. */
  readonly associations: readonly Pick<Association, 'type' | 'source' | 'target'>[]
  readonly deposeLe: number
  readonly deposePar: Pick<Appelant, 'genre' | 'nameId' | 'structureId' | 'nom'>
}

export interface Autorisation {
  /** `<matriculeIns>|<identifiant>` */
  readonly id: string
  readonly patient: string
  /** PS_IdNat of a professional, Struct_IdNat of a structure. */
  readonly identifiant: string
  readonly nom: string
  readonly etat: EtatAutorisation
  /** Simulated milliseconds. */
  readonly depuis: number
  readonly medecinTraitant: boolean
  /** Was valid at least once: the patient is told of the first access only. */
  readonly dejaValide: boolean
}

export const documents = defineCollection<DocumentEnregistre>('dmp-documents', 'entryUuid', {
  parUniqueId: ['uniqueId'],
  parPatient: ['patient', 'deposeLe'],
})
/**
 * Former versions of an entry's metadata, deprecated: each TD3.3a or b leaves one, under its own entryUUID and the same uniqueId.
 * They stand apart so that `documents` holds one row for each document.
 */
export const versions = defineCollection<DocumentEnregistre>('dmp-versions', 'entryUuid', { parPatient: ['patient', 'deposeLe'] })
export const lots = defineCollection<LotEnregistre>('dmp-lots', 'uniqueId', { parPatient: ['patient'] })
export const autorisations = defineCollection<Autorisation>('dmp-autorisations', 'id', { parPatient: ['patient'] })

const STATUTS: Readonly<Record<EtatDocument, string>> = {
  approved: STATUS.Approved,
  deprecated: STATUS.Deprecated,
  archived: STATUS.Archived,
  deleted: STATUS.Deleted,
}

/** The entry as the registry gives it now. */
export const entryDe = ({ entry, etat, entryUuid }: DocumentEnregistre): DocumentEntry => ({
  ...entry,
  id: entryUuid,
  availabilityStatus: STATUTS[etat],
})

/** Newest first; one more than a search goes through, so that it knows there are more. */
export const documentsDe = ({ store }: Pick<World, 'store'>, patient: string): Promise<DocumentEnregistre[]> =>
  store.range(documents, { index: 'parPatient', equals: [patient], reverse: true, limit: DOCUMENTS_PARCOURUS + 1 })

/** Former versions of the metadata, newest document first. */
export const versionsDe = ({ store }: Pick<World, 'store'>, patient: string): Promise<DocumentEnregistre[]> =>
  store.range(versions, { index: 'parPatient', equals: [patient], reverse: true, limit: DOCUMENTS_PARCOURUS + 1 })

/** What is registered under this uniqueId now: one row, 20 at most. */
export const parUniqueId = ({ store }: Pick<World, 'store'>, uniqueId: string): Promise<DocumentEnregistre[]> =>
  store.range(documents, { index: 'parUniqueId', equals: [uniqueId], limit: 20 })

/** Under which identifier an authorisation is written: a professional's own, or the structure's for a CPE. @see PDT-INF-526 note 1 */
export const identifiantAutorise = ({ genre, nameId, structureId }: Pick<Appelant, 'genre' | 'nameId' | 'structureId'>): string =>
  genre === 'CPS' || genre === 'AIR' ? nameId : structureId

export const cleAutorisation = (patient: string, identifiant: string): string => `${patient}|${identifiant}`

/** What is known of the record called; nobody has one under a provisional number. */
export async function situationDe(world: World, { matriculeIns, nia }: Dossier): Promise<SituationDossier & { readonly nia?: true }> {
  return nia ? { etat: 'inexistant', rattacheEns: false, nia } : await world.ask.situationDossier(matriculeIns)
}

/** Own authorisation of the caller; a professional also has the one given to the structure. */
export async function autorisationDe(
  world: World,
  patient: string,
  appelant: Pick<Appelant, 'genre' | 'nameId' | 'structureId'>,
): Promise<{ statut: StatutAutorisation; medecinTraitant: boolean }> {
  const bloque = (await world.ask.estBloque(patient, appelant.nameId)) || (await world.ask.estBloque(patient, appelant.structureId))
  const own = await world.store.get(autorisations, cleAutorisation(patient, identifiantAutorise(appelant)))
  const structure = own?.etat === 'VALIDE' ? undefined : await world.store.get(autorisations, cleAutorisation(patient, appelant.structureId))
  const statut = bloque ? 'INTERDIT' : structure?.etat === 'VALIDE' ? 'VALIDE' : (own?.etat ?? 'NON_EXISTE')
  return { statut, medecinTraitant: own?.medecinTraitant ?? false }
}

/** All that decides what the caller reads: own authorisation, role named by the patient, choices of the patient for emergencies. */
export async function droitsDeLecture(
  world: World,
  patient: string,
  appelant: Pick<Appelant, 'genre' | 'nameId' | 'structureId'>,
): Promise<Lecteur & { readonly statut: StatutAutorisation; readonly urgence: ReglagesUrgence }> {
  return {
    ...(await autorisationDe(world, patient, appelant)),
    administrateur: await world.ask.estAdministrateur(patient, appelant.nameId),
    urgence: await world.ask.reglagesUrgence(patient),
  }
}

import { Base64Error } from '#standards/mime/base64.ts'
import { MimeError, type MimePart } from '#standards/mime/multipart.ts'
import { REPOSITORY_UNIQUE_ID } from '#standards/dmp/identifiants.ts'
import { includedPart, readBinary } from '#standards/soap/mtom.ts'
import { ITI41_RESPONSE_ACTION, type ProvideAndRegister, readProvideAndRegisterDocumentSet } from '#standards/xds/iti-41.ts'
import { ASSOCIATION, type DocumentEntry } from '#standards/xds/metadata.ts'
import { writeRegistryResponse } from '#standards/xds/registry-response.ts'
import type { Exchange } from '../kit/exchange.ts'
import type { Answer } from '../kit/message.ts'
import type { World, WorldEvent } from '../world.ts'
import { annulerAnnonce, programmerAnnonce } from './annonce.ts'
import { adresseDe, type AppelDmp, autreOperation, illisible } from './appel.ts'
import { auteurAffiche } from './auteur.ts'
import { answerPayload } from './reponse.ts'
import { controlerUniqueIds, erreurDe, type Refus, reglesDmp } from './rules.ts'
import { controlerDepot, type Recu } from './rules/depot.ts'
import { controlerDossierOuvert } from './rules/dossier.ts'
import { controlerDroit } from './rules/droits.ts'
import { estSignature, masquable, porte, secretPour, visibleDuPatient } from './rules/lecture.ts'
import { controlerRemplacement } from './rules/remplacement.ts'
import { nextDocument } from './lifecycle.ts'
import { reglageDepot } from './settings.ts'
import { sha1 } from '#standards/xds/sha1.ts'
import { type DocumentEnregistre, documents, entryDe, lots, parUniqueId, situationDe, versions } from './store.ts'
import { apres } from './visibilite.ts'

/** TD2.1 (CPS, certificate) and TD2.2 (CPE): feeds the record, replaces a document. All or nothing. */
export async function iti41(appel: AppelDmp, world: World, exchange: Exchange): Promise<Answer> {
  const depot = readProvideAndRegisterDocumentSet(appel.payload)
  if ('missing' in depot) return autreOperation(depot.missing, appel, exchange)
  exchange.name(appel.appelant.genre === 'CPE' ? 'DMP · TD2.2 alimentation' : 'DMP · TD2.1 alimentation')
  const contenus = new Map<string, Uint8Array>()
  const incluses = new Set<MimePart>()
  try {
    for (const [id, element] of depot.documents) {
      const part = includedPart(element, appel.parts)
      // One part under a thousand documents would store a thousand times what was sent.
      if (part && incluses.has(part)) return illisible('une même partie est incluse dans deux documents', exchange, appel.messageId)
      if (part) incluses.add(part)
      contenus.set(id, readBinary(element, appel.parts))
    }
  } catch (error) {
    if (error instanceof MimeError || error instanceof Base64Error) return illisible(error.message, exchange, appel.messageId)
    throw error
  }
  const recus = new Map<string, Recu>()
  for (const [id, bytes] of contenus) recus.set(id, { hash: await sha1(bytes), taille: bytes.length })
  const droit = controlerDroit(appel.appelant, 'TD2')
  const refus = droit ? [droit] : controlerDepot({ ...depot, recus }, appel.dossier, appel.appelant, reglageDepot(world))
  const refuses = refus.length > 0 ? refus : await world.atomically((inside) => enregistrer(inside, appel, depot, contenus, recus))
  if (refuses.length > 0) return refuser(refuses, appel, world, exchange)
  for (const code of ['DMP-DROITS', 'DMP-METADONNEES', 'DMP-AUTEUR', 'DMP-UNIQUEID-UNIQUE', 'DMP-ALIMENTER-SANS-AUTORISATION'] as const)
    exchange.respected(reglesDmp[code])
  const titres = depot.entries.filter((entry) => !estSignature(entry)).map(({ title }) => `« ${title} »`)
  exchange.ended('accepté')
  exchange.summarise(`Document déposé : ${titres.join(', ')}`)
  return answerPayload(adresseDe(ITI41_RESPONSE_ACTION, appel, world), writeRegistryResponse([]))
}

function refuser(refus: readonly Refus[], appel: AppelDmp, world: World, exchange: Exchange): Answer {
  for (const { rule, about } of refus) exchange.refused(rule, about)
  exchange.summarise(`Dépôt refusé : ${refus[0]!.refused}`)
  return answerPayload(adresseDe(ITI41_RESPONSE_ACTION, appel, world), writeRegistryResponse(refus.slice(0, 50).map(erreurDe)))
}

/** Checks against the registry, then writes; the refusals leave the world as it was. */
async function enregistrer(
  world: World,
  { appelant, dossier }: AppelDmp,
  { submissionSet, entries, associations }: ProvideAndRegister,
  contenus: ReadonlyMap<string, Uint8Array>,
  recus: ReadonlyMap<string, Recu>,
): Promise<Refus[]> {
  const ouvert = controlerDossierOuvert(await situationDe(world, dossier))
  if (ouvert) return [ouvert]
  const connus = new Set<string>()
  for (const { uniqueId } of entries) if ((await parUniqueId(world, uniqueId)).length > 0) connus.add(uniqueId)
  const lot = submissionSet!
  if (await world.store.get(lots, lot.uniqueId)) connus.add(lot.uniqueId)
  const doubles = controlerUniqueIds([...entries, lot], connus)
  if (doubles.length > 0) return doubles
  const remplacements = new Map<string, DocumentEnregistre>()
  for (const { type, source, target } of associations) {
    if (type !== ASSOCIATION.RPLC) continue
    const nouvelle = entries.find(({ id }) => id === source)
    const cible = (await world.store.get(documents, target)) ?? (await world.store.get(versions, target))
    const refus = nouvelle && controlerRemplacement(nouvelle, cible?.patient === dossier.matriculeIns ? entryDe(cible) : undefined, appelant)
    if (refus) return [refus]
    if (nouvelle && cible) remplacements.set(nouvelle.id, cible)
  }
  const { genre, nameId, structureId, nom } = appelant
  const deposeLe = world.now()
  const masque = await world.ask.masqueParDefaut(dossier.matriculeIns)
  const uuids = new Map([lot, ...entries].map(({ id }) => [id, `urn:uuid:${world.newId()}`]))
  const uuid = (id: string): string => uuids.get(id) ?? id
  await world.store.put(lots, {
    uniqueId: lot.uniqueId,
    patient: dossier.matriculeIns,
    submissionSet: { ...lot, id: uuid(lot.id) },
    associations: associations.map(({ type, source, target }) => ({ type, source: uuid(source), target: uuid(target) })),
    deposeLe,
    deposePar: { genre, nameId, structureId, nom },
  })
  for (const entry of entries) {
    const contenu = world.newId()
    const remplace = remplacements.get(entry.id)
    await world.store.putBytes(contenu, contenus.get(entry.id)!)
    const recu = inscrire(uuid(entry.id), entry, recus.get(entry.id)!, { patient: dossier.matriculeIns, contenu, deposeLe, lot: lot.uniqueId })
    // What the patient wants masked from the start.
    const voulu = masque || (remplace !== undefined && porte(remplace.entry, 'MASQUE_PS'))
    const inscrit = voulu && !estSignature(entry) && masquable(entry) ? apres(recu, ['patient.masque']) : recu
    await world.store.put(documents, inscrit)
    await programmerAnnonce(world, inscrit)
    if (remplace) {
      await world.store.put(documents, { ...remplace, etat: nextDocument(remplace.etat, { type: 'auteur.remplace' }) ?? remplace.etat })
      await annulerAnnonce(world, remplace)
    }
    if (!estSignature(entry)) await world.tell(annonce(entry, dossier.matriculeIns, remplace))
  }
  return []
}

/** What the registry adds to an entry: ids, first version, hash and size of what was received. */
function inscrire(
  entryUuid: string,
  entry: DocumentEntry,
  { hash, taille }: Recu,
  avec: Pick<DocumentEnregistre, 'patient' | 'contenu' | 'deposeLe' | 'lot'>,
): DocumentEnregistre {
  return {
    entryUuid,
    uniqueId: entry.uniqueId,
    etat: 'approved',
    ...avec,
    entry: {
      ...entry,
      id: entryUuid,
      logicalId: entryUuid,
      version: 1,
      availabilityStatus: '',
      hash,
      size: String(taille),
      repositoryUniqueId: REPOSITORY_UNIQUE_ID,
    },
  }
}

function annonce(entry: DocumentEntry, matriculeIns: string, remplace: DocumentEnregistre | undefined): WorldEvent {
  const dit = {
    matriculeIns,
    documentId: entry.uniqueId,
    titre: entry.title,
    ...auteurAffiche(entry),
    ...secretPour(entry),
    visiblePatient: visibleDuPatient(entry),
  }
  // What takes the place of a document that the patient never saw is new to them.
  return remplace && visibleDuPatient(remplace.entry)
    ? { type: 'document.remplace', ...dit, remplace: remplace.uniqueId }
    : { type: 'document.ajoute', ...dit }
}

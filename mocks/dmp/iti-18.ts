import { type AdhocQuery, ITI18_RESPONSE_ACTION, readAdhocQuery, STORED_QUERY, writeAdhocQueryResponse } from '#standards/xds/iti-18.ts'
import { type DocumentEntry, STATUS } from '#standards/xds/metadata.ts'
import type { Exchange } from '../kit/exchange.ts'
import type { Answer } from '../kit/message.ts'
import type { World } from '../world.ts'
import { adresseDe, type AppelDmp, autreOperation } from './appel.ts'
import { answerPayload } from './reponse.ts'
import { erreurDe, type Refus, reglesDmp } from './rules.ts'
import { controlerConsultation, controlerDossierOuvert } from './rules/dossier.ts'
import { controlerDroit } from './rules/droits.ts'
import { memePatient } from './rules/identite.ts'
import { type Cache, cacheAuProfessionnel, controlerParcours, estAuteur, estSignature } from './rules/lecture.ts'
import { controlerRequete, patientDe, repond } from './rules/requete.ts'
import { reglageLecture } from './settings.ts'
import { type DocumentEnregistre, documents, documentsDe, droitsDeLecture, entryDe, parUniqueId, situationDe, versions, versionsDe } from './store.ts'
import { direUrgence, quiLit } from './urgence.ts'

/** TD3.1a (list) and TD3.1b (technical identifier, to replace or delete one's own document). */
export async function iti18(appel: AppelDmp, world: World, exchange: Exchange): Promise<Answer> {
  const query = readAdhocQuery(appel.payload)
  if ('missing' in query) return autreOperation(query.missing, appel, exchange)
  exchange.name('DMP · TD3.1 recherche')
  const repondre = (entries: readonly DocumentEntry[], refus?: Refus): Answer =>
    answerPayload(adresseDe(ITI18_RESPONSE_ACTION, appel, world), writeAdhocQueryResponse(entries, query.returnType, refus ? [erreurDe(refus)] : []))
  const refuser = (refus: Refus): Answer => {
    exchange.refused(refus.rule, refus.about)
    exchange.summarise(`Recherche refusée : ${refus.refused}`)
    return repondre([], refus)
  }
  const { appelant, dossier } = appel
  // A reference to one's own document is no consultation: it needs no authorisation. @see EX_3.3-1060
  const reference = query.id === STORED_QUERY.GetDocuments && query.returnType === 'ObjectRef'
  const droit = controlerDroit(appelant, reference ? 'TD3.1 référence' : 'TD3.1')
  if (droit) return refuser(droit)
  const requete = controlerRequete(query)
  if (requete) return refuser(requete)
  exchange.respected(reglesDmp['DMP-REQUETE'])
  const patient = patientDe(query)
  if (patient !== '' && !memePatient(patient, dossier))
    return refuser({
      refused: 'XDSPatientIdDoesNotMatch',
      rule: reglesDmp['DMP-VIHF-PATIENT'],
      about: 'le patient de la requête n’est pas celui du VIHF',
    })
  const ouvert = controlerDossierOuvert(await situationDe(world, dossier))
  if (ouvert) return refuser(ouvert)
  const lecteur = await droitsDeLecture(world, dossier.matriculeIns, appelant)
  if (!reference) {
    const consultation = controlerConsultation(appelant, lecteur)
    if (consultation) return refuser(consultation)
    exchange.respected(reglesDmp['DMP-CONSULTER-AUTORISE'])
  }
  const liste = query.id === STORED_QUERY.FindDocuments
  const courants = await (liste ? documentsDe(world, dossier.matriculeIns) : parIdentifiants(world, query.parameters, dossier.matriculeIns))
  const anciens = await anciennesVersions(world, query, dossier.matriculeIns)
  const candidats = [...courants, ...anciens]
  const trop = controlerParcours(candidats.length)
  if (trop) return refuser(trop)
  const entries: DocumentEntry[] = []
  const caches = new Set<Cache | 'DMP-REFERENCE-SEULE'>()
  for (const candidat of candidats) {
    const entry = entryDe(candidat)
    if (liste && !repond(entry, query)) continue
    const cache = reference
      ? estAuteur(entry, appelant) && !estSignature(entry)
        ? undefined
        : 'DMP-REFERENCE-SEULE'
      : cacheAuProfessionnel(await ficheQuiDecide(world, candidat), appelant, lecteur, reglageLecture(world))
    if (cache) caches.add(cache)
    else entries.push(entry)
  }
  if (reference) caches.add('DMP-REFERENCE-SEULE')
  for (const code of caches) exchange.respected(reglesDmp[code])
  if (!reference) await world.atomically((inside) => tracer(inside, appel))
  exchange.ended('accepté')
  exchange.summarise(entries.length === 0 ? 'Aucun document' : entries.length === 1 ? '1 document' : `${entries.length} documents`)
  return repondre(entries)
}

async function parIdentifiants(
  world: World,
  parameters: Readonly<Record<string, readonly string[]>>,
  patient: string,
): Promise<DocumentEnregistre[]> {
  const trouves = new Map<string, DocumentEnregistre>()
  for (const uniqueId of parameters['$XDSDocumentEntryUniqueId'] ?? [])
    for (const un of await parUniqueId(world, uniqueId)) trouves.set(un.entryUuid, un)
  for (const uuid of parameters['$XDSDocumentEntryEntryUUID'] ?? []) {
    const un = await world.store.get(documents, uuid)
    if (un) trouves.set(un.entryUuid, un)
  }
  return [...trouves.values()].filter((un) => un.patient === patient)
}

/** Former versions of the metadata: listed with what is deprecated, found by their own entryUUID, never by the uniqueId that they share. */
async function anciennesVersions(world: World, { id, parameters }: AdhocQuery, patient: string): Promise<DocumentEnregistre[]> {
  if (id === STORED_QUERY.FindDocuments)
    return parameters['$XDSDocumentEntryStatus']?.includes(STATUS.Deprecated) ? await versionsDe(world, patient) : []
  const trouvees = await Promise.all([...new Set(parameters['$XDSDocumentEntryEntryUUID'] ?? [])].map((uuid) => world.store.get(versions, uuid)))
  return trouvees.filter((une) => une?.patient === patient).map((une) => une!)
}

/** What was masked since is masked in its former versions too. */
async function ficheQuiDecide(world: World, { uniqueId, entry, etat }: DocumentEnregistre): Promise<DocumentEntry> {
  return etat === 'deprecated' ? ((await parUniqueId(world, uniqueId)).at(-1)?.entry ?? entry) : entry
}

/** The patient is told of searches, and of emergency accesses with their reason. */
async function tracer(world: World, appel: AppelDmp): Promise<void> {
  await direUrgence(world, appel)
  await world.tell({ type: 'dossier.recherche', ...quiLit(appel) })
}

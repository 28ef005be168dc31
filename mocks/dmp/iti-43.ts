import { REPOSITORY_UNIQUE_ID } from '#standards/dmp/identifiants.ts'
import { include } from '#standards/soap/mtom.ts'
import type { RegistryError } from '#standards/xds/errors.ts'
import { type DocumentRequest, ITI43_RESPONSE_ACTION, readRetrieveDocumentSet, writeRetrieveDocumentSetResponse } from '#standards/xds/iti-43.ts'
import type { XmlElement } from '#standards/xml/element.ts'
import type { Exchange } from '../kit/exchange.ts'
import type { Answer } from '../kit/message.ts'
import type { World } from '../world.ts'
import { adresseDe, type AppelDmp, autreOperation } from './appel.ts'
import { answerMtom } from './reponse.ts'
import { erreurDe, estRefus, type Refus, reglesDmp } from './rules.ts'
import { controlerConsultation, controlerDossierOuvert } from './rules/dossier.ts'
import { controlerDroit } from './rules/droits.ts'
import { cacheAuProfessionnel, controlerLecture, type Lecteur, secretPour, visibleDuPatient } from './rules/lecture.ts'
import { reglageLecture } from './settings.ts'
import { type DocumentEnregistre, droitsDeLecture, entryDe, parUniqueId, situationDe } from './store.ts'
import { direUrgence, quiLit } from './urgence.ts'

interface Trouve extends DocumentRequest {
  readonly document: DocumentEnregistre
}

interface Lu extends Trouve {
  readonly bytes: Uint8Array
}

/** TD3.2: reads documents. The answer is MTOM, even a refusal. */
export async function iti43(appel: AppelDmp, world: World, exchange: Exchange): Promise<Answer> {
  const demandes = readRetrieveDocumentSet(appel.payload)
  if ('missing' in demandes) return autreOperation(demandes.missing, appel, exchange)
  exchange.name('DMP · TD3.2 lecture')
  const repondre = (lus: readonly Lu[], errors: readonly RegistryError[]): Answer => {
    const parts = lus.map(({ document, bytes }, n) => ({
      id: `${n + 1}-${document.contenu}@urn:ihe:iti:xds-b:2007`,
      mimeType: document.entry.mimeType,
      body: bytes,
    }))
    const documents = lus.map((lu, n): DocumentRequest & { mimeType: string; content: XmlElement } => ({
      repositoryUniqueId: lu.repositoryUniqueId,
      documentUniqueId: lu.documentUniqueId,
      mimeType: lu.document.entry.mimeType,
      content: include(parts[n]!.id),
    }))
    return answerMtom(adresseDe(ITI43_RESPONSE_ACTION, appel, world), writeRetrieveDocumentSetResponse(documents, errors), parts)
  }
  const refuser = (un: Refus): Answer => {
    exchange.refused(un.rule, un.about)
    exchange.summarise(`Lecture refusée : ${un.refused}`)
    return repondre([], [erreurDe(un)])
  }
  const { appelant, dossier } = appel
  const lecteur = await droitsDeLecture(world, dossier.matriculeIns, appelant)
  const refus =
    controlerDroit(appelant, 'TD3.2') ?? controlerDossierOuvert(await situationDe(world, dossier)) ?? controlerConsultation(appelant, lecteur)
  if (refus) return refuser(refus)
  exchange.respected(reglesDmp['DMP-CONSULTER-AUTORISE'])
  const trop = controlerLecture({ documents: demandes.length, taille: 0 })
  if (trop) return refuser(trop)
  const trouves: Trouve[] = []
  const refuses: Refus[] = []
  for (const demande of demandes) {
    const trouve = await chercher(world, demande, appel, lecteur)
    if (estRefus(trouve)) refuses.push(trouve)
    else trouves.push(trouve)
  }
  const lourd = controlerLecture({
    documents: trouves.length,
    taille: trouves.reduce((somme, { document }) => somme + Number(document.entry.size), 0),
  })
  if (lourd) return refuser(lourd)
  const lus: Lu[] = []
  for (const trouve of trouves) {
    const bytes = await world.store.getBytes(trouve.document.contenu)
    if (bytes) lus.push({ ...trouve, bytes })
    else refuses.push(inconnu(trouve))
  }
  for (const { rule, about } of refuses) exchange.refused(rule, about)
  if (lus.length > 0) await world.atomically((inside) => tracer(inside, appel, lus))
  if (refuses.length === 0) exchange.ended('accepté')
  exchange.summarise(
    lus.length === 0 ? `Lecture refusée : ${refuses[0]!.refused}` : lus.map(({ document }) => `« ${document.entry.title} »`).join(', '),
  )
  return repondre(lus, refuses.map(erreurDe))
}

async function chercher(world: World, demande: DocumentRequest, { appelant, dossier }: AppelDmp, lecteur: Lecteur): Promise<Trouve | Refus> {
  if (demande.repositoryUniqueId !== REPOSITORY_UNIQUE_ID)
    return {
      refused: 'XDSUnknownRepositoryId',
      rule: reglesDmp['DMP-DOCUMENT-CONNU'],
      about: `entrepôt ${demande.repositoryUniqueId.slice(0, 80)} inconnu`,
    }
  const document = (await parUniqueId(world, demande.documentUniqueId)).at(-1)
  if (!document || document.patient !== dossier.matriculeIns || document.etat === 'deleted') return inconnu(demande)
  // A document one may not see answers like one that does not exist.
  const cache = cacheAuProfessionnel(entryDe(document), appelant, lecteur, reglageLecture(world))
  return cache ? { ...inconnu(demande), rule: reglesDmp[cache] } : { ...demande, document }
}

const inconnu = ({ documentUniqueId }: DocumentRequest): Refus => ({
  refused: 'XDSDocumentUniqueIdError',
  rule: reglesDmp['DMP-DOCUMENT-CONNU'],
  about: `uniqueId=${documentUniqueId.slice(0, 140)}`,
})

async function tracer(world: World, appel: AppelDmp, lus: readonly Lu[]): Promise<void> {
  await direUrgence(world, appel)
  for (const { document } of lus)
    await world.tell({
      type: 'document.consulte',
      ...quiLit(appel),
      documentId: document.uniqueId,
      titre: document.entry.title,
      ...secretPour(document.entry),
      visiblePatient: visibleDuPatient(document.entry),
    })
}

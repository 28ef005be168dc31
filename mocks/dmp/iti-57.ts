import { ITI57_RESPONSE_ACTION, readUpdateDocumentSet } from '#standards/xds/iti-57.ts'
import type { Metadata } from '#standards/xds/metadata.ts'
import { writeRegistryResponse } from '#standards/xds/registry-response.ts'
import type { Exchange } from '../kit/exchange.ts'
import type { Answer } from '../kit/message.ts'
import type { World } from '../world.ts'
import { annulerAnnonce } from './annonce.ts'
import { adresseDe, type AppelDmp, autreOperation } from './appel.ts'
import { type EtatDocument, type EvenementDocument, type EvenementVisibilite, nextDocument } from './lifecycle.ts'
import { answerPayload } from './reponse.ts'
import { controlerUniqueIds, erreurDe, estRefus, type Refus, reglesDmp } from './rules.ts'
import { controlerVisibilite } from './rules/codes.ts'
import { controlerDossierOuvert } from './rules/dossier.ts'
import { estSignature, secretPour, visibleDuPatient } from './rules/lecture.ts'
import { type Acte, acteDeStatut, actesDeFiche, controlerModifiable, type Demande, lireDemandes } from './rules/mise-a-jour.ts'
import { controlerActe, inconnu, TRANSACTION } from './rules/modification.ts'
import { reglageDepot, reglageModification } from './settings.ts'
import { droitsDeLecture, type DocumentEnregistre, documents, entryDe, lots, parUniqueId, situationDe, versions } from './store.ts'
import { devenu, enregistrerVersion } from './visibilite.ts'

/** What is going to be done to one document, once every rule has agreed. */
interface Modification {
  readonly document: DocumentEnregistre
  readonly actes: readonly Acte[]
}

/** TD3.3a–d: masks, makes visible, deletes, archives. All or nothing. */
export async function iti57(appel: AppelDmp, world: World, exchange: Exchange): Promise<Answer> {
  const metadata = readUpdateDocumentSet(appel.payload)
  if ('missing' in metadata) return autreOperation(metadata.missing, appel, exchange)
  exchange.name('DMP · TD3.3 modification')
  const repondre = (refus: readonly Refus[]): Answer =>
    answerPayload(adresseDe(ITI57_RESPONSE_ACTION, appel, world), writeRegistryResponse(refus.slice(0, 50).map(erreurDe)))
  const lues = lireDemandes(metadata, appel.dossier)
  const fait = 'refus' in lues ? lues.refus : await world.atomically((inside) => modifier(inside, appel, metadata, lues.demandes))
  if (!estFait(fait)) {
    for (const { rule, about } of fait) exchange.refused(rule, about)
    exchange.summarise(`Modification refusée : ${fait[0]!.refused}`)
    return repondre(fait)
  }
  exchange.respected(reglesDmp['DMP-MISE-A-JOUR'])
  const actes = new Set(fait.flatMap(({ actes }) => actes))
  for (const acte of actes) exchange.respected(reglesDmp[REGLE[acte]])
  exchange.name(`DMP · ${[...new Set([...actes].map((acte) => TRANSACTION[acte]))].join(', ')} ${[...actes].map((acte) => DIT[acte]).join(', ')}`)
  exchange.ended('accepté')
  exchange.summarise(
    fait.map(({ document, actes }) => `« ${document.entry.title} » : ${actes.map((acte) => PARTICIPE[acte]).join(', ')}`).join(' ; '),
  )
  return repondre([])
}

const estFait = (fait: readonly Refus[] | readonly Modification[]): fait is readonly Modification[] => fait.length > 0 && 'document' in fait[0]!

const DIT: Readonly<Record<Acte, string>> = {
  'professionnel.masque': 'masquer',
  'professionnel.demasque': 'démasquer',
  'professionnel.annonce': 'rendre visible au patient',
  'professionnel.montreAuxRepresentants': 'rendre visible aux représentants',
  'auteur.supprime': 'supprimer',
  'professionnel.archive': 'archiver',
  'professionnel.desarchive': 'désarchiver',
}

const PARTICIPE: Readonly<Record<Acte, string>> = {
  'professionnel.masque': 'masqué aux professionnels',
  'professionnel.demasque': 'démasqué',
  'professionnel.annonce': 'rendu visible au patient',
  'professionnel.montreAuxRepresentants': 'rendu visible aux représentants',
  'auteur.supprime': 'supprimé',
  'professionnel.archive': 'archivé',
  'professionnel.desarchive': 'désarchivé',
}

/** The rule that each act obeys, once accepted. */
const REGLE = {
  'professionnel.masque': 'DMP-MODIFIER-AUTORISE',
  'professionnel.demasque': 'DMP-DEMASQUER',
  'professionnel.annonce': 'DMP-ANNONCE-FAITE',
  'professionnel.montreAuxRepresentants': 'DMP-RENDRE-VISIBLE-SANS-RETOUR',
  'auteur.supprime': 'DMP-SUPPRIMER-SANS-AUTORISATION',
  'professionnel.archive': 'DMP-ARCHIVER',
  'professionnel.desarchive': 'DMP-ARCHIVER',
} as const satisfies Readonly<Record<Acte, keyof typeof reglesDmp>>

/** Checks against the registry, then writes; the refusals leave the world as it was. */
async function modifier(world: World, appel: AppelDmp, metadata: Metadata, demandes: readonly Demande[]): Promise<Refus[] | Modification[]> {
  const ouvert = controlerDossierOuvert(await situationDe(world, appel.dossier))
  if (ouvert) return [ouvert]
  const lot = metadata.submissionSet!
  const doubles = controlerUniqueIds([lot], new Set((await world.store.get(lots, lot.uniqueId)) ? [lot.uniqueId] : []))
  if (doubles.length > 0) return doubles
  const autorisation = await droitsDeLecture(world, appel.dossier.matriculeIns, appel.appelant)
  const situation = { appelant: appel.appelant, autorisation, reglage: reglageModification(world) }
  const faites = new Map<string, Modification>()
  const refuses: Refus[] = []
  for (const demande of demandes) {
    const lue = await lireDemande(world, appel, demande)
    if (estRefus(lue)) refuses.push(lue)
    else {
      const location = demande.genre === 'statut' ? demande.association.target : demande.fiche.id
      const { uniqueId } = lue.document
      if (faites.has(uniqueId))
        refuses.push({ refused: 'XDSMetadataUpdateError', rule: reglesDmp['DMP-MISE-A-JOUR'], about: `${uniqueId} est désigné deux fois`, location })
      faites.set(uniqueId, lue)
      for (const acte of lue.actes) {
        const refus = controlerActe(acte, entryDe(lue.document), situation, location)
        if (refus) refuses.push(refus)
      }
      if (demande.genre === 'fiche') refuses.push(...controlerVisibilite(demande.fiche, reglageDepot(world)))
    }
  }
  if (refuses.length > 0) return refuses
  const { genre, nameId, structureId, nom } = appel.appelant
  const uuidDuLot = `urn:uuid:${world.newId()}`
  await world.store.put(lots, {
    uniqueId: lot.uniqueId,
    patient: appel.dossier.matriculeIns,
    submissionSet: { ...lot, id: uuidDuLot },
    associations: metadata.associations.map(({ type, target }) => ({ type, source: uuidDuLot, target })),
    deposeLe: world.now(),
    deposePar: { genre, nameId, structureId, nom },
  })
  for (const modification of faites.values()) await appliquer(world, appel, modification, lot.uniqueId)
  return [...faites.values()]
}

/** Which document, and what is asked of it. */
async function lireDemande(world: World, { dossier }: AppelDmp, demande: Demande): Promise<Modification | Refus> {
  const designe =
    demande.genre === 'statut'
      ? ((await world.store.get(documents, demande.association.target)) ?? (await world.store.get(versions, demande.association.target)))
      : (await parUniqueId(world, demande.fiche.uniqueId)).at(-1)
  const location = demande.genre === 'statut' ? demande.association.target : demande.fiche.id
  if (!designe || designe.patient !== dossier.matriculeIns || estSignature(designe.entry)) return inconnu(location)
  const fige = controlerModifiable(designe.etat, location)
  if (fige) return fige
  const connue = entryDe(designe)
  const actes =
    demande.genre === 'statut' ? acteDeStatut(demande.association, connue) : actesDeFiche(demande.fiche, demande.versionPrecedente, connue)
  if (typeof actes === 'string') return { document: designe, actes: [actes] }
  return estRefus(actes) ? actes : { document: designe, actes }
}

const VISIBILITE: readonly EvenementVisibilite['type'][] = [
  'professionnel.masque',
  'professionnel.demasque',
  'professionnel.annonce',
  'professionnel.montreAuxRepresentants',
]
const deVisibilite = (acte: Acte): acte is Extract<Acte, EvenementVisibilite['type']> => VISIBILITE.some((un) => un === acte)

async function appliquer(world: World, appel: AppelDmp, { document, actes }: Modification, lot: string): Promise<void> {
  const modifie = await devenu(world, document, actes.filter(deVisibilite))
  if (modifie !== document) await enregistrerVersion(world, document, modifie, lot)
  for (const acte of actes) {
    if (!deVisibilite(acte)) await changerStatut(world, document, { type: acte })
    if (acte === 'professionnel.annonce' || acte === 'auteur.supprime') await annulerAnnonce(world, document)
    await annoncer(world, appel, document, acte)
  }
}

async function changerStatut(world: World, document: DocumentEnregistre, event: EvenementDocument): Promise<void> {
  const etat: EtatDocument = nextDocument(document.etat, event) ?? document.etat
  await world.store.put(documents, { ...document, etat })
  // The row stays in the registry, as it does in the real one; nothing reads its content any more.
  if (etat === 'deleted') await world.store.deleteBytes(document.contenu)
}

/** What the patient's side learns. What is invisible to the patient stays so: nothing tells that it was masked or deleted. */
async function annoncer(world: World, { appelant }: AppelDmp, { patient, uniqueId, entry }: DocumentEnregistre, acte: Acte): Promise<void> {
  const dit = {
    matriculeIns: patient,
    documentId: uniqueId,
    titre: entry.title,
    acteur: appelant.nom,
    structure: appelant.structureId,
    ...secretPour(entry),
  }
  const visiblePatient = visibleDuPatient(entry)
  if (acte === 'professionnel.annonce') await world.tell({ type: 'document.renduVisible', ...dit, visiblePatient: true })
  else if (acte === 'auteur.supprime') await world.tell({ type: 'document.supprime', ...dit, visiblePatient })
  else await world.tell({ type: 'document.modifie', ...dit, visiblePatient, modification: PARTICIPE[acte] })
}

import { matriculeIns } from '#standards/ins/traits.ts'
import type { CarteProfessionnelle } from '../clients/carte.ts'
import type { Depot, Dmp } from '../clients/dmp-port.ts'
import type { Panne, Refus } from '../clients/http.ts'
import { auDmp } from './actes-dmp.ts'
import type { Clock } from './clock.ts'
import { motifDmp, motifLocal } from './controles.ts'
import type { CabinetDatabase, Envoi } from './database.ts'
import type { DocumentLocal } from './document.ts'
import { type EvenementEnvoi, type EtatEnvoi, nextEnvoi } from './envoi.ts'
import { type IdentiteQualifiee, identiteQualifiee } from './patient.ts'

/** Runs alone: no other tab of the practice sends at the same time. The page uses Web Locks. */
export type Exclusif = (travail: () => Promise<void>) => Promise<void>

/** Builds the bytes of a document for a qualified identity. */
export type EcrireCda = (document: DocumentLocal, identite: IdentiteQualifiee) => Uint8Array

/** An order and its document, as the screen lists them. */
export interface Expedition {
  readonly envoi: Envoi
  readonly document: DocumentLocal
}

export interface OptionsBoiteEnvoi {
  readonly db: CabinetDatabase
  readonly clock: Clock
  readonly dmp: Pick<Dmp, 'situation' | 'deposer'>
  readonly ecrireCda: EcrireCda
  /** The card in the reader now, null when there is none. */
  readonly carte: () => CarteProfessionnelle | null
  readonly exclusif?: Exclusif
}

const A_FAIRE: readonly EtatEnvoi[] = ['enAttente', 'aReprendre']

/**
 * The outbox: looks for what may leave, checks, sends, tries again after an outage, says why something stays. Nobody waits for it, and
 * it forgets nothing when the page is closed: everything it knows is in the orders.
 * @see functional.md §4.2
 */
export class BoiteEnvoi {
  readonly #options: OptionsBoiteEnvoi
  readonly #exclusif: Exclusif
  #tour: Promise<void> | undefined
  #encore = false
  #arretee = false
  #oublierReveil: () => void = () => {}

  constructor(options: OptionsBoiteEnvoi) {
    this.#options = options
    this.#exclusif = options.exclusif ?? enFile()
  }

  /** Sends all that may leave now, one after the other. Asked again meanwhile, it makes one more round. */
  passer(): Promise<void> {
    if (this.#arretee) return Promise.resolve()
    if (this.#tour) {
      this.#encore = true
      return this.#tour
    }
    this.#tour = this.#tours().finally(() => (this.#tour = undefined))
    return this.#tour
  }

  /** Something about this patient, or about the card, changed: what was held back locally is looked at again. */
  async revoir(patientId?: string): Promise<void> {
    const bloques = await this.#options.db.envois.where('etat').equals('bloque').toArray()
    for (const envoi of bloques) {
      const local = envoi.contexte.motif !== 'dmp-inexistant' && envoi.contexte.motif !== 'dmp-ferme'
      if (local && (patientId === undefined || envoi.patientId === patientId)) await this.#bouger(envoi.id, { type: 'cabinet.debloque' })
    }
    await this.passer()
  }

  /** Orders of one patient, newest first. */
  async expeditions(patientId: string): Promise<Expedition[]> {
    const { db } = this.#options
    const envois = await db.envois.where('patientId').equals(patientId).toArray()
    const documents = await db.documents.bulkGet(envois.map(({ documentId }) => documentId))
    return envois
      .flatMap((envoi, rang) => (documents[rang] ? [{ envoi, document: documents[rang] }] : []))
      .toSorted((a, b) => b.envoi.creeLe - a.envoi.creeLe)
  }

  /** In one click. False when it is too late: the document left, or may have. */
  async retenir(id: string): Promise<boolean> {
    return (await this.#bouger(id, { type: 'medecin.retient' })) !== null
  }

  async liberer(id: string): Promise<boolean> {
    const bouge = await this.#bouger(id, { type: 'medecin.libere' })
    if (bouge) await this.passer()
    return bouge !== null
  }

  async reessayer(id: string): Promise<boolean> {
    const bouge = await this.#bouger(id, { type: 'medecin.reessaie', maintenant: this.#options.clock.now() })
    if (bouge) await this.passer()
    return bouge !== null
  }

  arreter(): void {
    this.#arretee = true
    this.#oublierReveil()
  }

  async #tours(): Promise<void> {
    do {
      this.#encore = false
      await this.#exclusif(() => this.#unTour())
    } while (this.#encore && !this.#arretee)
    await this.#prevoirReveil()
  }

  async #unTour(): Promise<void> {
    const { db, clock } = this.#options
    // Sending only happens inside this lock: an order found in the middle of it lost its answer with a former page.
    for (const orphelin of await db.envois.where('etat').equals('enEnvoi').toArray())
      await this.#bouger(orphelin.id, { type: 'cabinet.redemarre', maintenant: clock.now() })
    const dus = (
      await db.envois
        .where('etat')
        .anyOf([...A_FAIRE])
        .toArray()
    ).filter(({ prochainEssai }) => prochainEssai <= clock.now())
    for (const envoi of dus.toSorted((a, b) => a.creeLe - b.creeLe)) {
      if (this.#arretee) return
      await this.#traiter(envoi)
    }
  }

  async #traiter(envoi: Envoi): Promise<void> {
    const { db, clock, dmp, ecrireCda } = this.#options
    const carte = this.#options.carte()
    const [patient, document] = await Promise.all([db.patients.get(envoi.patientId), db.documents.get(envoi.documentId)])
    const identite = patient && identiteQualifiee(patient)
    const motif = !carte ? 'carte-absente' : patient ? motifLocal(patient) : 'identite-non-qualifiee'
    if (motif || !carte || !identite || !document) {
      await this.#bouger(envoi.id, { type: 'cabinet.bloque', motif: motif ?? 'identite-non-qualifiee' })
      return
    }
    const situation = await dmp.situation(identite.ins, carte)
    if (situation.issue !== 'situation') {
      // The document itself did not leave: no doubt arises.
      await this.#bouger(envoi.id, issueDe(situation.issue === 'panne' ? { ...situation, parti: false } : situation, clock.now()))
      return
    }
    const absence = motifDmp(situation)
    if (absence) {
      await this.#bouger(envoi.id, { type: 'cabinet.bloque', motif: absence })
      return
    }
    const cdaPour = matriculeIns(identite.ins)
    const cda = envoi.cda && envoi.cdaPour === cdaPour ? envoi.cda : ecrireCda(document, identite)
    if (!(await this.#bouger(envoi.id, { type: 'cabinet.envoie' }, { cda, cdaPour }))) return
    const depot: Depot = {
      ...identite,
      lotUniqueId: envoi.lotUniqueId,
      lotTitre: document.titre,
      document: {
        uniqueId: document.uniqueId,
        typeCode: document.typeCode,
        titre: document.titre,
        ...document.visibilite,
        redigeLe: document.valideLe,
        cda,
      },
      auteur: document.auteur,
      ...(document.remplace && { remplace: document.remplace.uniqueId }),
    }
    const reponse = await dmp.deposer(depot, carte)
    const suivi = await this.#bouger(envoi.id, reponse.issue === 'accepte' ? { type: 'dmp.accepte' } : issueDe(reponse, clock.now()))
    if (document.remplace && suivi?.etat === 'envoye') await this.#perimer(document.remplace.documentId)
  }

  /** The version that another one replaced is obsolete in the DMP. */
  async #perimer(documentId: string): Promise<void> {
    const { db } = this.#options
    const [envoi] = await db.envois.filter((un) => un.documentId === documentId).toArray()
    const document = await db.documents.get(documentId)
    const avant = envoi && document && auDmp(envoi, document)
    if (avant) await db.envois.update(envoi.id, { devenu: { ...avant, statut: 'remplacé' } })
  }

  /** Moves one order, or does nothing when its state does not allow the event any more. */
  #bouger(id: string, event: EvenementEnvoi, avec: Partial<Pick<Envoi, 'cda' | 'cdaPour'>> = {}): Promise<Envoi | null> {
    const { db, clock } = this.#options
    return db.transaction('rw', db.envois, async () => {
      const envoi = await db.envois.get(id)
      const suite = envoi && nextEnvoi(envoi, event)
      if (!suite) return null
      const suivant: Envoi = { ...envoi, ...avec, ...suite, prochainEssai: suite.contexte.prochainEssai, modifieLe: clock.now() }
      await db.envois.put(suivant)
      return suivant
    })
  }

  async #prevoirReveil(): Promise<void> {
    this.#oublierReveil()
    if (this.#arretee) return
    const prochain = await this.#options.db.envois.where('etat').equals('aReprendre').toArray()
    if (prochain.length === 0) return
    const quand = Math.min(...prochain.map(({ prochainEssai }) => prochainEssai))
    this.#oublierReveil = this.#options.clock.at(quand, () => void this.passer())
  }
}

function issueDe(reponse: Refus | Panne, maintenant: number): EvenementEnvoi {
  return reponse.issue === 'refus'
    ? { type: 'dmp.refuse', code: reponse.code, texte: reponse.texte, maintenant }
    : { type: 'reseau.echoue', parti: reponse.parti, texte: reponse.texte, maintenant }
}

/** One after the other within this page only. */
function enFile(): Exclusif {
  let dernier: Promise<unknown> = Promise.resolve()
  return (travail) => {
    const suivant = dernier.then(travail)
    dernier = suivant.catch(() => {})
    return suivant
  }
}

/** One after the other among all the tabs of the practice, where the browser knows how. */
export function exclusifEntreOnglets(world: string): Exclusif | undefined {
  const locks = globalThis.navigator?.locks
  if (!locks) return undefined
  return (travail) => locks.request(`cabinet-${world}-envois`, travail)
}

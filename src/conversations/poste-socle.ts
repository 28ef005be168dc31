import { createActor, fromTransition } from 'xstate'
import type { CarteProfessionnelle } from '../clients/carte.ts'
import type { CarteVitale } from '../clients/carte-vitale.ts'
import { BoiteEnvoi } from '../dossier/boite-envoi.ts'
import { type Acte, Dossiers, type Refuse } from '../dossier/dossiers.ts'
import { type Geste, interdit } from '../dossier/droits.ts'
import { identitePeut } from '../dossier/identite.ts'
import type { PatientLocal } from '../dossier/patient.ts'
import { BROUILLON_VIDE } from '../dossier/redaction.ts'
import { ETAT_INITIAL, type EtatPoste, etatSuivant, type EvenementPoste, SAISIE_VIDE } from './poste-etat.ts'
import { ouvrirDmp, ouvrirInsi, type Services } from './poste-services.ts'

export const SANS_CARTE: Refuse = { texte: 'Aucune carte n’est dans le lecteur : choisissez qui est au poste.' }

/**
 * What every act at the desk leans on: who sits there, which file is open, what follows when a record changes, and how the person is told.
 */
export class PosteSocle {
  readonly ecran = createActor(fromTransition(etatSuivant, ETAT_INITIAL)).start()
  readonly dossiers: Dossiers
  readonly boite: BoiteEnvoi
  protected readonly services: Services
  #enCours = false

  constructor(services: Services) {
    this.services = services
    this.dossiers = new Dossiers(services.db, services.clock, services.newId)
    this.boite = new BoiteEnvoi({ ...services, carte: () => this.etat.carte })
  }

  /** The practice's records. */
  get base(): Services['db'] {
    return this.services.db
  }

  get etat(): EtatPoste {
    return this.ecran.getSnapshot().context
  }

  /** The team's cards and the fictive cartes Vitale; the first card is put in the reader. Sends what was waiting. */
  async installer(cartes: readonly CarteProfessionnelle[], cartesVitales: readonly CarteVitale[]): Promise<void> {
    this.change({ cartes, cartesVitales })
    const carte = this.etat.carte ?? cartes[0]
    if (carte) await this.insererCarte(carte.id)
  }

  /** Forgets the open file and what is typed, as after a reset of the world. The card stays. */
  async vider(): Promise<void> {
    this.fermer()
    const { cartes, carte, cartesVitales } = this.etat
    this.change({ ...ETAT_INITIAL, cartes, carte, cartesVitales })
    await this.services.db.transaction('rw', this.services.db.tables, () => Promise.all(this.services.db.tables.map((table) => table.clear())))
  }

  /** One click of the person at the desk. */
  compterGeste(): void {
    this.send({ type: 'agent.clique' })
  }

  /** Another person sits down: the card in the reader changes, what the other one was reading is closed. */
  async insererCarte(id: string): Promise<void> {
    const carte = this.etat.cartes.find((une) => une.id === id) ?? null
    this.change({ carte, avis: null })
    const patient = await this.patientOuvert()
    if (patient) this.#ouvrirDmp(patient)
    await this.boite.revoir()
  }

  /** Null when this act is allowed to whoever sits there. */
  interdit(geste: Geste): Refuse | null {
    const { carte } = this.etat
    if (!carte) return SANS_CARTE
    const regle = interdit(carte, geste)
    return regle && { texte: regle.sentence, regle }
  }

  async ouvrir(patientId: string): Promise<void> {
    this.fermer()
    const { db, clock } = this.services
    const patient = await db.patients.get(patientId)
    if (!patient) return void this.refuser({ texte: 'Cette fiche n’existe plus.' })
    const visite = `visite:${patientId}`
    const derniereVisite = Number((await db.reglages.get(visite))?.valeur ?? 0)
    await db.reglages.put({ nom: visite, valeur: String(clock.now()) })
    const insi = ouvrirInsi(this.services, this.dossiers, patientId, () => this.etat.carte!)
    // Acceptance writes the record: what depends on the identity follows.
    insi.subscribe((snapshot) => {
      if (snapshot.matches('acceptee')) void this.dossiers.lire(patientId).then((accepte) => accepte && this.#suivre(accepte))
    })
    this.change({
      patientId,
      onglet: this.etat.carte?.genre === 'CPS' ? 'documents' : 'identite',
      derniereVisite,
      insi,
      saisie: patient.traits,
      complementaires: patient.complementaires,
      problemes: [],
      avis: null,
      brouillon: this.etat.brouillons[patientId] ?? BROUILLON_VIDE,
    })
    this.send({ type: 'parcours.commence', parcours: 'nouvelles' })
    this.#ouvrirDmp(patient)
    this.#jaugerQualification(patient)
  }

  fermer(): void {
    this.etat.insi?.stop()
    this.etat.dmp?.stop()
    this.change({
      patientId: null,
      insi: null,
      dmp: null,
      resultats: null,
      problemes: [],
      avis: null,
      saisie: SAISIE_VIDE,
      complementaires: {},
      vitale: null,
    })
    for (const parcours of ['nouvelles', 'qualifier', 'retenir'] as const) this.send({ type: 'parcours.abandonne', parcours })
  }

  arreter(): void {
    this.fermer()
    this.boite.arreter()
  }

  // What the acts lean on.

  /** A second click while the first act is being written does nothing: one file, one document. */
  protected async uneSeuleFois(agir: () => Promise<boolean>): Promise<boolean> {
    if (this.#enCours) return false
    this.#enCours = true
    try {
      return await agir()
    } finally {
      this.#enCours = false
    }
  }

  protected async patientOuvert(): Promise<PatientLocal | undefined> {
    const { patientId } = this.etat
    return patientId === null ? undefined : this.dossiers.lire(patientId)
  }

  protected async acte(
    agir: (patientId: string, carte: CarteProfessionnelle) => Promise<Acte>,
    texte: string | ((patient: PatientLocal) => string),
  ): Promise<boolean> {
    const { patientId, carte } = this.etat
    if (!patientId) return false
    if (!carte) return this.refuser(SANS_CARTE)
    const acte = await agir(patientId, carte)
    if ('refuse' in acte) return this.refuser(acte.refuse)
    this.dire(typeof texte === 'string' ? texte : texte(acte.fait))
    this.#suivre(acte.fait)
    return true
  }

  /** What depends on the record is looked at again: traits on screen, DMP, orders held back. */
  #suivre(patient: PatientLocal): void {
    if (this.etat.patientId === patient.id) {
      this.change({ saisie: patient.traits, complementaires: patient.complementaires, problemes: [] })
      if ((this.etat.dmp === null) !== (patient.identite.statut !== 'qualifiee')) this.#ouvrirDmp(patient)
      this.#jaugerQualification(patient)
    }
    void this.boite.revoir(patient.id)
  }

  #ouvrirDmp(patient: PatientLocal): void {
    this.etat.dmp?.stop()
    const { carte } = this.etat
    const dmp = carte && ouvrirDmp(this.services, patient, carte)
    this.change({ dmp })
    dmp?.subscribe((snapshot) => {
      if (!snapshot.matches('interrogation')) this.send({ type: 'parcours.termine', parcours: 'nouvelles' })
    })
  }

  /** Counts the clicks of a qualification from the moment INS and document are both there. */
  #jaugerQualification({ identite }: PatientLocal): void {
    const prete = identite.statut === 'recuperee' && identitePeut(identite, { type: 'agent.confirmeConcordance' })
    const event = prete ? 'parcours.commence' : identite.statut === 'qualifiee' ? 'parcours.termine' : 'parcours.abandonne'
    this.send({ type: event, parcours: 'qualifier' })
  }

  protected dire(texte: string): true {
    this.change({ avis: { ton: 'fait', texte } })
    return true
  }

  protected refuser({ texte, regle, problemes = [] }: Refuse): false {
    this.change({ avis: { ton: 'refus', texte, ...(regle && { regle }) }, problemes })
    return false
  }

  protected change(avec: Partial<EtatPoste>): void {
    this.send({ type: 'poste.change', avec })
  }

  protected send(event: EvenementPoste): void {
    this.ecran.send(event)
  }
}

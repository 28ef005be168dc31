import { createActor, fromTransition } from 'xstate'
import type { CarteProfessionnelle } from '../clients/carte.ts'
import type { CarteVitale } from '../clients/carte-vitale.ts'
import type { FicheDmp } from '../clients/dmp-port.ts'
import type { BeneficiaireVitale } from '../clients/insi-port.ts'
import { BoiteEnvoi } from '../dossier/boite-envoi.ts'
import { refusDeValider } from '../dossier/controles.ts'
import { type Acte, Dossiers, type Refuse } from '../dossier/dossiers.ts'
import { type Geste, interdit } from '../dossier/droits.ts'
import { type AttributIdentite, identitePeut } from '../dossier/identite.ts'
import type { PatientLocal, TraitsComplementaires } from '../dossier/patient.ts'
import { chercherPatients } from '../dossier/recherche-locale.ts'
import { type Brouillon, BROUILLON_VIDE, validerDocument } from '../dossier/redaction.ts'
import { normaliserTraits, type TraitsSaisis } from '../dossier/traits-saisis.ts'
import type { DemandeInsi } from './insi-conversation.ts'
import { ETAT_INITIAL, type EtatPoste, etatSuivant, type EvenementPoste, type OngletFiche, SAISIE_VIDE } from './poste-etat.ts'
import { ouvrirDmp, ouvrirInsi, type Services } from './poste-services.ts'

const SANS_CARTE: Refuse = { texte: 'Aucune carte n’est dans le lecteur : choisissez qui est au poste.' }

/**
 * The desk: who sits there, which file is open, what is being typed, and every act that can be done. The panes call it, the
 * demonstration calls it too: there is no other way to act. What it shows is `ecran`; what lasts is in the records.
 */
export class Poste {
  readonly ecran = createActor(fromTransition(etatSuivant, ETAT_INITIAL)).start()
  readonly dossiers: Dossiers
  readonly boite: BoiteEnvoi
  readonly #services: Services
  #enCours = false

  constructor(services: Services) {
    this.#services = services
    this.dossiers = new Dossiers(services.db, services.clock, services.newId)
    this.boite = new BoiteEnvoi({ ...services, carte: () => this.etat.carte })
  }

  get etat(): EtatPoste {
    return this.ecran.getSnapshot().context
  }

  /** The team's cards and the fictive cartes Vitale; the first card is put in the reader. Sends what was waiting. */
  async installer(cartes: readonly CarteProfessionnelle[], cartesVitales: readonly CarteVitale[]): Promise<void> {
    this.#change({ cartes, cartesVitales })
    const carte = this.etat.carte ?? cartes[0]
    if (carte) await this.insererCarte(carte.id)
  }

  /** Forgets the open file and what is typed, as after a reset of the world. The card stays. */
  async vider(): Promise<void> {
    this.fermer()
    const { cartes, carte, cartesVitales } = this.etat
    this.#change({ ...ETAT_INITIAL, cartes, carte, cartesVitales })
    await this.#services.db.transaction('rw', this.#services.db.tables, () => Promise.all(this.#services.db.tables.map((table) => table.clear())))
  }

  /** One click of the person at the desk. */
  compterGeste(): void {
    this.#send({ type: 'agent.clique' })
  }

  /** Another person sits down: the card in the reader changes, what the other one was reading is closed. */
  async insererCarte(id: string): Promise<void> {
    const carte = this.etat.cartes.find((une) => une.id === id) ?? null
    this.#change({ carte, avis: null })
    const patient = await this.#patientOuvert()
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

  // --- Accueil -------------------------------------------------------------------------------------------------------------------------

  saisirCritere(critere: Partial<EtatPoste['critere']>): void {
    this.#change({ critere: { ...this.etat.critere, ...critere } })
  }

  async chercher(): Promise<void> {
    const { dateNaissance, lettres } = this.etat.critere
    if (!dateNaissance)
      return void this.#refuser({ texte: 'Cherchez d’abord par la date de naissance, puis par trois lettres au plus du nom ou du prénom.' })
    this.#change({
      resultats: await chercherPatients(this.#services.db, { dateNaissance, lettres }),
      avis: null,
      saisie: { ...this.etat.saisie, dateNaissance },
    })
  }

  saisirTraits(traits: Partial<TraitsSaisis>, complementaires: Partial<TraitsComplementaires> = {}): void {
    const { saisie, problemes } = this.etat
    this.#change({
      saisie: { ...saisie, ...traits },
      complementaires: { ...this.etat.complementaires, ...complementaires },
      problemes: problemes.filter(({ trait }) => !(trait in traits)),
    })
  }

  /** Creates the file typed, provisoire, and opens it. */
  creerFiche(): Promise<boolean> {
    return this.#uneSeuleFois(async () => {
      const { carte, saisie, complementaires } = this.etat
      if (!carte) return this.#refuser(SANS_CARTE)
      const acte = await this.dossiers.creer(saisie, complementaires, carte)
      if ('refuse' in acte) return this.#refuser(acte.refuse)
      await this.ouvrir(acte.fait.id)
      return true
    })
  }

  // --- Carte Vitale --------------------------------------------------------------------------------------------------------------------

  insererVitale(id: string): void {
    this.#change({ vitale: this.etat.cartesVitales.find((carte) => carte.id === id) ?? null })
  }

  /** Finds the file of one beneficiary, or fills a new one with what the card says; the sex is to be asked, a card does not tell it. */
  async lireBeneficiaire({ nom, prenom, dateNaissance }: BeneficiaireVitale): Promise<void> {
    this.#change({
      critere: { dateNaissance, lettres: nom.slice(0, 3) },
      saisie: normaliserTraits({ ...SAISIE_VIDE, nomNaissance: nom, premierPrenom: prenom, dateNaissance }),
    })
    await this.chercher()
  }

  // --- Fiche ---------------------------------------------------------------------------------------------------------------------------

  async ouvrir(patientId: string): Promise<void> {
    this.fermer()
    const { db, clock } = this.#services
    const patient = await db.patients.get(patientId)
    if (!patient) return void this.#refuser({ texte: 'Cette fiche n’existe plus.' })
    const visite = `visite:${patientId}`
    const derniereVisite = Number((await db.reglages.get(visite))?.valeur ?? 0)
    await db.reglages.put({ nom: visite, valeur: String(clock.now()) })
    const insi = ouvrirInsi(this.#services, this.dossiers, patientId, () => this.etat.carte!)
    // Acceptance writes the record: what depends on the identity follows.
    insi.subscribe((snapshot) => {
      if (snapshot.matches('acceptee')) void this.dossiers.lire(patientId).then((accepte) => accepte && this.#suivre(accepte))
    })
    this.#change({
      patientId,
      onglet: this.etat.carte?.genre === 'CPS' ? 'documents' : 'identite',
      derniereVisite,
      insi,
      saisie: patient.traits,
      complementaires: patient.complementaires,
      problemes: [],
      avis: null,
      brouillon: BROUILLON_VIDE,
    })
    this.#send({ type: 'parcours.commence', parcours: 'nouvelles' })
    this.#ouvrirDmp(patient)
    this.#jaugerQualification(patient)
  }

  fermer(): void {
    this.etat.insi?.stop()
    this.etat.dmp?.stop()
    this.#change({
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
    for (const parcours of ['nouvelles', 'qualifier', 'retenir'] as const) this.#send({ type: 'parcours.abandonne', parcours })
  }

  afficher(onglet: OngletFiche): void {
    if (this.etat.onglet !== onglet) this.#change({ onglet })
  }

  /** `perdreIns`: the person was told that changing a strict trait takes the INS away. */
  enregistrerTraits(perdreIns = false): Promise<boolean> {
    const { saisie } = this.etat
    return this.#acte((id, carte) => this.dossiers.modifierTraits(id, saisie, carte, perdreIns), 'Les traits sont enregistrés.')
  }

  async interrogerInsiParTraits(): Promise<void> {
    const patient = await this.#patientOuvert()
    if (patient) this.#interroger({ mode: 'traits', traits: patient.traits })
  }

  async interrogerInsiParCarte(beneficiaire: BeneficiaireVitale): Promise<void> {
    const patient = await this.#patientOuvert()
    if (patient) this.#interroger({ mode: 'carte Vitale', beneficiaire, traits: patient.traits })
  }

  accepterIdentite(): void {
    this.etat.insi?.send({ type: 'agent.accepte' })
  }

  ecarterIdentite(): void {
    this.etat.insi?.send({ type: 'agent.ecarte' })
  }

  enregistrerPiece(code: string): Promise<boolean> {
    return this.#acte((id, carte) => this.dossiers.enregistrerPiece(id, code, carte), 'La pièce est enregistrée.')
  }

  /** The one click that qualifies (or validates, when INSi is still to be asked). */
  async qualifier(): Promise<boolean> {
    return this.#acte(
      (id, carte) => this.dossiers.confirmerConcordance(id, carte),
      ({ identite }) => (identite.statut === 'qualifiee' ? 'L’identité est qualifiée.' : 'L’identité est validée ; INSi reste à interroger.'),
    )
  }

  attester(): Promise<boolean> {
    return this.#acte((id, carte) => this.dossiers.attester(id, carte), 'L’identité est qualifiée sur votre attestation.')
  }

  marquer(attribut: AttributIdentite): Promise<boolean> {
    return this.#acte((id, carte) => this.dossiers.marquer(id, attribut, carte), `L’identité est signalée ${attribut}.`)
  }

  lever(attribut: AttributIdentite): Promise<boolean> {
    return this.#acte((id, carte) => this.dossiers.lever(id, attribut, carte), `L’attribut ${attribut} est levé.`)
  }

  // --- Volontés ------------------------------------------------------------------------------------------------------------------------

  informer(): Promise<boolean> {
    return this.#acte((id, carte) => this.dossiers.informer(id, carte), 'L’information du patient est notée.')
  }

  opposer(motif: string): Promise<boolean> {
    return this.#acte((id, carte) => this.dossiers.opposer(id, motif, carte), 'L’opposition est notée : plus rien ne part.')
  }

  leverOpposition(): Promise<boolean> {
    return this.#acte((id, carte) => this.dossiers.leverOpposition(id, carte), 'L’opposition est levée.')
  }

  async recueillirConsentement(accord: boolean): Promise<boolean> {
    const fait = await this.#acte(
      (id, carte) => this.dossiers.recueillirConsentement(id, accord, carte),
      accord ? 'Le consentement est noté. Rien n’a été demandé au DMP.' : 'Le refus est noté.',
    )
    if (fait) this.etat.dmp?.send({ type: 'patient.sePrononce', accord })
    return fait
  }

  // --- Documents -----------------------------------------------------------------------------------------------------------------------

  rediger(brouillon: Partial<Brouillon>): void {
    const suivant = { ...this.etat.brouillon, ...brouillon }
    this.#change({ brouillon: suivant })
    this.#send({ type: refusDeValider(suivant) ? 'parcours.abandonne' : 'parcours.commence', parcours: 'retenir' })
  }

  /** Validates what is written: it leaves by itself, unless this one is retained. */
  validerDocument(retenu = false): Promise<boolean> {
    return this.#uneSeuleFois(() => this.#validerDocument(retenu))
  }

  async #validerDocument(retenu: boolean): Promise<boolean> {
    const { patientId, carte, brouillon } = this.etat
    if (!patientId) return false
    if (!carte) return this.#refuser(SANS_CARTE)
    const acte = await validerDocument(this.#services, patientId, brouillon, carte, retenu)
    if ('refuse' in acte) return this.#refuser(acte.refuse)
    this.#send({ type: retenu ? 'parcours.termine' : 'parcours.abandonne', parcours: 'retenir' })
    const texte = retenu
      ? `« ${acte.fait.document.titre} » est validé et retenu : il reste au cabinet.`
      : `« ${acte.fait.document.titre} » est validé : il part de lui-même.`
    this.#change({ brouillon: BROUILLON_VIDE, avis: { ton: 'fait', texte } })
    // Nobody waits for the outbox: the screen never freezes.
    void this.boite.passer()
    return true
  }

  async retenirEnvoi(id: string): Promise<boolean> {
    if (await this.boite.retenir(id)) return this.#dire('L’envoi est retenu.')
    return this.#refuser({ texte: 'Trop tard pour retenir : le document est parti, ou a pu partir.' })
  }

  async libererEnvoi(id: string): Promise<boolean> {
    return (await this.boite.liberer(id)) && this.#dire('L’envoi repart.')
  }

  async reessayerEnvoi(id: string): Promise<boolean> {
    return (await this.boite.reessayer(id)) && this.#dire('L’envoi est retenté.')
  }

  // --- DMP -----------------------------------------------------------------------------------------------------------------------------

  demanderConsultation(): boolean {
    const refuse = this.interdit('consulter le DMP')
    if (refuse) return this.#refuser(refuse)
    this.etat.dmp?.send({ type: 'medecin.demandeConsultation' })
    return true
  }

  ouvrirDocument(fiche: FicheDmp): boolean {
    const refuse = this.interdit('consulter le DMP')
    if (refuse) return this.#refuser(refuse)
    this.etat.dmp?.send({ type: 'medecin.ouvreDocument', fiche })
    return true
  }

  fermerDocument(): void {
    this.etat.dmp?.send({ type: 'medecin.fermeDocument' })
  }

  actualiserDmp(): void {
    this.etat.dmp?.send({ type: 'agent.actualise' })
  }

  arreter(): void {
    this.fermer()
    this.boite.arreter()
  }

  // -------------------------------------------------------------------------------------------------------------------------------------

  #interroger(demande: DemandeInsi): void {
    const refuse = this.interdit('interroger INSi')
    if (refuse) return void this.#refuser(refuse)
    this.#change({ avis: null })
    this.etat.insi?.send({ type: 'agent.lanceRecherche', demande })
  }

  /** A second click while the first act is being written does nothing: one file, one document. */
  async #uneSeuleFois(agir: () => Promise<boolean>): Promise<boolean> {
    if (this.#enCours) return false
    this.#enCours = true
    try {
      return await agir()
    } finally {
      this.#enCours = false
    }
  }

  async #patientOuvert(): Promise<PatientLocal | undefined> {
    const { patientId } = this.etat
    return patientId === null ? undefined : this.dossiers.lire(patientId)
  }

  async #acte(
    agir: (patientId: string, carte: CarteProfessionnelle) => Promise<Acte>,
    texte: string | ((patient: PatientLocal) => string),
  ): Promise<boolean> {
    const { patientId, carte } = this.etat
    if (!patientId) return false
    if (!carte) return this.#refuser(SANS_CARTE)
    const acte = await agir(patientId, carte)
    if ('refuse' in acte) return this.#refuser(acte.refuse)
    this.#dire(typeof texte === 'string' ? texte : texte(acte.fait))
    this.#suivre(acte.fait)
    return true
  }

  /** What depends on the record is looked at again: traits on screen, DMP, orders held back. */
  #suivre(patient: PatientLocal): void {
    if (this.etat.patientId === patient.id) {
      this.#change({ saisie: patient.traits, complementaires: patient.complementaires, problemes: [] })
      if ((this.etat.dmp === null) !== (patient.identite.statut !== 'qualifiee')) this.#ouvrirDmp(patient)
      this.#jaugerQualification(patient)
    }
    void this.boite.revoir(patient.id)
  }

  #ouvrirDmp(patient: PatientLocal): void {
    this.etat.dmp?.stop()
    const { carte } = this.etat
    const dmp = carte && ouvrirDmp(this.#services, patient, carte)
    this.#change({ dmp })
    dmp?.subscribe((snapshot) => {
      if (!snapshot.matches('interrogation')) this.#send({ type: 'parcours.termine', parcours: 'nouvelles' })
    })
  }

  /** Counts the clicks of a qualification from the moment INS and document are both there. */
  #jaugerQualification({ identite }: PatientLocal): void {
    const prete = identite.statut === 'recuperee' && identitePeut(identite, { type: 'agent.confirmeConcordance' })
    const event = prete ? 'parcours.commence' : identite.statut === 'qualifiee' ? 'parcours.termine' : 'parcours.abandonne'
    this.#send({ type: event, parcours: 'qualifier' })
  }

  #dire(texte: string): true {
    this.#change({ avis: { ton: 'fait', texte } })
    return true
  }

  #refuser({ texte, regle, problemes = [] }: Refuse): false {
    this.#change({ avis: { ton: 'refus', texte, ...(regle && { regle }) }, problemes })
    return false
  }

  #change(avec: Partial<EtatPoste>): void {
    this.#send({ type: 'poste.change', avec })
  }

  #send(event: EvenementPoste): void {
    this.ecran.send(event)
  }
}

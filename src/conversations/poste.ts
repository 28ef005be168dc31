import { waitFor } from 'xstate'
import type { ActeDmp, FicheDmp } from '../clients/dmp-port.ts'
import type { BeneficiaireVitale } from '../clients/insi-port.ts'
import { ACTES_DMP, agirSurEnvoi, noterActe } from '../dossier/actes-dmp.ts'
import { refusDeValider } from '../dossier/controles.ts'
import type { AttributIdentite } from '../dossier/identite.ts'
import type { TraitsComplementaires } from '../dossier/patient.ts'
import type { DocumentLocal } from '../dossier/document.ts'
import { chercherPatients } from '../dossier/recherche-locale.ts'
import { type Brouillon, BROUILLON_VIDE, validerDocument } from '../dossier/redaction.ts'
import { normaliserTraits, type TraitsSaisis } from '../dossier/traits-saisis.ts'
import { obstacleUrgence } from './consultation.ts'
import type { DemandeInsi } from './insi-conversation.ts'
import { type EtatPoste, type OngletFiche, SAISIE_VIDE } from './poste-etat.ts'

import { PosteSocle, SANS_CARTE } from './poste-socle.ts'

/**
 * The desk and every act that can be done there. The panes call it, the demonstration calls it too: there is no other way to act. What it
 * shows is `ecran`; what lasts is in the records.
 */
export class Poste extends PosteSocle {
  // --- Accueil -------------------------------------------------------------------------------------------------------------------------

  saisirCritere(critere: Partial<EtatPoste['critere']>): void {
    this.change({ critere: { ...this.etat.critere, ...critere } })
  }

  async chercher(): Promise<void> {
    const { dateNaissance, lettres } = this.etat.critere
    if (!dateNaissance)
      return void this.refuser({ texte: 'Cherchez d’abord par la date de naissance, puis par trois lettres au plus du nom ou du prénom.' })
    this.change({
      resultats: await chercherPatients(this.services.db, { dateNaissance, lettres }),
      avis: null,
      saisie: { ...this.etat.saisie, dateNaissance },
    })
  }

  saisirTraits(traits: Partial<TraitsSaisis>, complementaires: Partial<TraitsComplementaires> = {}): void {
    const { saisie, problemes } = this.etat
    this.change({
      saisie: { ...saisie, ...traits },
      complementaires: { ...this.etat.complementaires, ...complementaires },
      problemes: problemes.filter(({ trait }) => !(trait in traits)),
    })
  }

  /** Creates the file typed, provisoire, and opens it. */
  creerFiche(): Promise<boolean> {
    return this.uneSeuleFois(async () => {
      const { carte, saisie, complementaires } = this.etat
      if (!carte) return this.refuser(SANS_CARTE)
      const acte = await this.dossiers.creer(saisie, complementaires, carte)
      if ('refuse' in acte) return this.refuser(acte.refuse)
      await this.ouvrir(acte.fait.id)
      return true
    })
  }

  // --- Carte Vitale --------------------------------------------------------------------------------------------------------------------

  insererVitale(id: string): void {
    this.change({ vitale: this.etat.cartesVitales.find((carte) => carte.id === id) ?? null })
  }

  /** Finds the file of one beneficiary, or fills a new one with what the card says; the sex is to be asked, a card does not tell it. */
  async lireBeneficiaire({ nom, prenom, dateNaissance }: BeneficiaireVitale): Promise<void> {
    this.change({
      critere: { dateNaissance, lettres: nom.slice(0, 3) },
      saisie: normaliserTraits({ ...SAISIE_VIDE, nomNaissance: nom, premierPrenom: prenom, dateNaissance }),
    })
    await this.chercher()
  }

  // --- Fiche ---------------------------------------------------------------------------------------------------------------------------

  afficher(onglet: OngletFiche): void {
    if (this.etat.onglet !== onglet) this.change({ onglet })
  }

  /** `perdreIns`: the person was told that changing a strict trait takes the INS away. */
  enregistrerTraits(perdreIns = false): Promise<boolean> {
    const { saisie } = this.etat
    return this.acte((id, carte) => this.dossiers.modifierTraits(id, saisie, carte, perdreIns), 'Les traits sont enregistrés.')
  }

  async interrogerInsiParTraits(): Promise<void> {
    const patient = await this.patientOuvert()
    if (patient) this.#interroger({ mode: 'traits', traits: patient.traits })
  }

  async interrogerInsiParCarte(beneficiaire: BeneficiaireVitale): Promise<void> {
    const patient = await this.patientOuvert()
    if (patient) this.#interroger({ mode: 'carte Vitale', beneficiaire, traits: patient.traits })
  }

  accepterIdentite(): void {
    this.etat.insi?.send({ type: 'agent.accepte' })
  }

  ecarterIdentite(): void {
    this.etat.insi?.send({ type: 'agent.ecarte' })
  }

  enregistrerPiece(code: string): Promise<boolean> {
    return this.acte((id, carte) => this.dossiers.enregistrerPiece(id, code, carte), 'La pièce est enregistrée.')
  }

  /** The one click that qualifies (or validates, when INSi is still to be asked). */
  async qualifier(): Promise<boolean> {
    return this.acte(
      (id, carte) => this.dossiers.confirmerConcordance(id, carte),
      ({ identite }) => (identite.statut === 'qualifiee' ? 'L’identité est qualifiée.' : 'L’identité est validée ; INSi reste à interroger.'),
    )
  }

  attester(): Promise<boolean> {
    return this.acte((id, carte) => this.dossiers.attester(id, carte), 'L’identité est qualifiée sur votre attestation.')
  }

  marquer(attribut: AttributIdentite): Promise<boolean> {
    return this.acte((id, carte) => this.dossiers.marquer(id, attribut, carte), `L’identité est signalée ${attribut}.`)
  }

  lever(attribut: AttributIdentite): Promise<boolean> {
    return this.acte((id, carte) => this.dossiers.lever(id, attribut, carte), `L’attribut ${attribut} est levé.`)
  }

  // --- Volontés ------------------------------------------------------------------------------------------------------------------------

  informer(): Promise<boolean> {
    return this.acte((id, carte) => this.dossiers.informer(id, carte), 'L’information du patient est notée.')
  }

  opposer(motif: string): Promise<boolean> {
    return this.acte((id, carte) => this.dossiers.opposer(id, motif, carte), 'L’opposition est notée : plus rien ne part.')
  }

  leverOpposition(): Promise<boolean> {
    return this.acte((id, carte) => this.dossiers.leverOpposition(id, carte), 'L’opposition est levée.')
  }

  async recueillirConsentement(accord: boolean): Promise<boolean> {
    const fait = await this.acte(
      (id, carte) => this.dossiers.recueillirConsentement(id, accord, carte),
      accord ? 'Le consentement est noté. Rien n’a été demandé au DMP.' : 'Le refus est noté.',
    )
    if (fait) this.etat.dmp?.send({ type: 'patient.sePrononce', accord })
    return fait
  }

  // --- Documents -----------------------------------------------------------------------------------------------------------------------

  rediger(brouillon: Partial<Brouillon>): void {
    const suivant = { ...this.etat.brouillon, ...brouillon }
    const { patientId, brouillons } = this.etat
    this.change({ brouillon: suivant, ...(patientId && { brouillons: { ...brouillons, [patientId]: suivant } }) })
    this.send({ type: refusDeValider(suivant) ? 'parcours.abandonne' : 'parcours.commence', parcours: 'retenir' })
  }

  /** Validates what is written: it leaves by itself, unless this one is retained. */
  validerDocument(retenu = false): Promise<boolean> {
    return this.uneSeuleFois(() => this.#validerDocument(retenu))
  }

  async #validerDocument(retenu: boolean): Promise<boolean> {
    const { patientId, carte, brouillon } = this.etat
    if (!patientId) return false
    if (!carte) return this.refuser(SANS_CARTE)
    const acte = await validerDocument(this.services, patientId, brouillon, carte, retenu)
    if ('refuse' in acte) return this.refuser(acte.refuse)
    this.send({ type: retenu ? 'parcours.termine' : 'parcours.abandonne', parcours: 'retenir' })
    const texte = retenu
      ? `« ${acte.fait.document.titre} » est validé et retenu : il reste au cabinet.`
      : `« ${acte.fait.document.titre} » est validé : il part de lui-même.`
    const { [patientId]: _, ...brouillons } = this.etat.brouillons
    this.change({ brouillon: BROUILLON_VIDE, brouillons, avis: { ton: 'fait', texte } })
    // Nobody waits for the outbox: the screen never freezes.
    void this.boite.passer()
    return true
  }

  /** What is written next takes the place of this document: its words are there to be corrected. */
  preparerRemplacement({ id, typeCode, titre, texte, visibilite }: DocumentLocal): void {
    this.rediger({ typeCode, titre, texte, visibilite, remplace: id })
  }

  /** What is being written becomes a document of its own again. */
  renoncerAuRemplacement(): void {
    this.change({ brouillon: BROUILLON_VIDE })
    this.rediger(BROUILLON_VIDE)
  }

  async retenirEnvoi(id: string): Promise<boolean> {
    if (await this.boite.retenir(id)) return this.dire('L’envoi est retenu.')
    return this.refuser({ texte: 'Trop tard pour retenir : le document est parti, ou a pu partir.' })
  }

  async libererEnvoi(id: string): Promise<boolean> {
    return (await this.boite.liberer(id)) && this.dire('L’envoi repart.')
  }

  async reessayerEnvoi(id: string): Promise<boolean> {
    return (await this.boite.reessayer(id)) && this.dire('L’envoi est retenté.')
  }

  // --- DMP -----------------------------------------------------------------------------------------------------------------------------

  demanderConsultation(): boolean {
    const refuse = this.interdit('consulter le DMP')
    if (refuse) return this.refuser(refuse)
    this.etat.dmp?.send({ type: 'medecin.demandeConsultation' })
    return true
  }

  /** Bris de glace: reads without authorisation, for as long as the file stays open. */
  entrerEnUrgence(motif: string): boolean {
    const { dmp } = this.etat
    const obstacle = dmp && obstacleUrgence(dmp.getSnapshot().context, motif)
    if (obstacle) return this.refuser(obstacle)
    this.change({ avis: null })
    dmp?.send({ type: 'medecin.entreEnUrgence', motif })
    return dmp !== null
  }

  ouvrirDocument(fiche: FicheDmp): boolean {
    const refuse = this.interdit('consulter le DMP')
    if (refuse) return this.refuser(refuse)
    this.etat.dmp?.send({ type: 'medecin.ouvreDocument', fiche })
    return true
  }

  fermerDocument(): void {
    this.etat.dmp?.send({ type: 'medecin.fermeDocument' })
  }

  /** On a document of the list. What has no way back was confirmed on screen. */
  async modifierAuDmp(fiche: FicheDmp, acte: ActeDmp): Promise<boolean> {
    const refuse = this.interdit('consulter le DMP')
    if (refuse) return this.refuser(refuse)
    const { dmp } = this.etat
    if (!dmp?.getSnapshot().can({ type: 'medecin.modifie', fiche, acte })) return false
    dmp.send({ type: 'medecin.modifie', fiche, acte })
    const fini = await waitFor(dmp, (snapshot) => !snapshot.matches('modification')).catch(() => null)
    if (!fini || fini.context.defaut) return false
    const { patientId, carte } = this.etat
    if (patientId && carte) await noterActe(this.services, { patientId, titre: fiche.titre, uniqueId: fiche.uniqueId }, acte, carte)
    return this.dire(`« ${fiche.titre} » ${ACTES_DMP[acte].fait}`)
  }

  /** On a document fed from here: known without any search. */
  modifierEnvoi(id: string, acte: ActeDmp): Promise<boolean> {
    return this.uneSeuleFois(async () => {
      const { carte } = this.etat
      if (!carte) return this.refuser(SANS_CARTE)
      const fait = await agirSurEnvoi(this.services, id, acte, carte)
      return 'refuse' in fait ? this.refuser(fait.refuse) : this.dire(`« ${fait.fait.titre} » ${ACTES_DMP[acte].fait}`)
    })
  }

  actualiserDmp(): void {
    this.etat.dmp?.send({ type: 'agent.actualise' })
  }

  #interroger(demande: DemandeInsi): void {
    const refuse = this.interdit('interroger INSi')
    if (refuse) return void this.refuser(refuse)
    this.change({ avis: null })
    this.etat.insi?.send({ type: 'agent.lanceRecherche', demande })
  }
}

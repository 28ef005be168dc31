import { ecrireCourriel, objetDeReponse, type PieceAEcrire } from '#standards/mssante/courriel/ecrire-courriel.ts'
import { ecrireRapport } from '#standards/mssante/courriel/ecrire-rapport.ts'
import { type CourrielLu, lireCourriel, patientDe } from '#standards/mssante/courriel/lire-courriel.ts'
import { AnnuaireClient, type BalTrouvee } from '../../clients/annuaire-client.ts'
import type { CarteProfessionnelle } from '../../clients/carte.ts'
import type { Acces } from '../../clients/http.ts'
import type { CodeIntegration } from '#standards/mssante/xdm/xdm.ts'
import { ApiRefusal } from '../../clients/json.ts'
import { type BoiteOuverte, type DossierListe, type MessageListe, MssanteClient } from '../../clients/mssante-client.ts'
import { PscClient, type SessionPro } from '../../clients/psc-client.ts'
import type { Poste } from '../../conversations/poste.ts'
import { type Destinataire, fichesParMatricule, NIL_DU_CABINET, TEXTE_DE_FIN } from '../../dossier/courrier.ts'
import type { PatientLocal } from '../../dossier/patient.ts'
import type { DocumentLocal } from '../../dossier/document.ts'
import { preparerDocuments } from '../../dossier/envoi-mss.ts'
import type { Reception } from '../../dossier/reception.ts'
import type { Refuse } from '../../dossier/dossiers.ts'
import { Receptions } from '../../dossier/receptions.ts'
import { DocumentsRecus } from './documents-recus.ts'

/** French, for the person at the desk. */
const phraseDe = (error: unknown): string => (error instanceof ApiRefusal ? error.message : 'La messagerie ne répond pas. Réessayez dans un instant.')

/** One message of an open conversation. */
export interface MessageOuvert extends MessageListe {
  readonly lu: CourrielLu
  readonly envoye: boolean
}

export interface AEnvoyer {
  readonly a: readonly Destinataire[]
  readonly cc?: readonly Destinataire[]
  readonly objet: string
  readonly texte: string
  readonly fin?: boolean
  readonly accuseLecture?: boolean
  readonly references?: readonly string[]
  readonly pieces?: readonly PieceAEcrire[]
  /** Documents of a file: the subject is then completed, and they go with the other attachments. */
  readonly documents?: { readonly patient: PatientLocal; readonly choisis: readonly DocumentLocal[] }
  readonly repondreA?: string
}

export const DOSSIERS = [
  { id: 'INBOX', libelle: 'Réception' },
  { id: 'Sent', libelle: 'Envoyés' },
  { id: 'Trash', libelle: 'Corbeille' },
] as const

/** Keyword of a message whose receipt was sent. @see RFC 3503 */
export const ACCUSE = '$MDNSent'

/** Messages asked for at once. */
const PAGE = 50

/** The mailboxes of whoever sits at the desk. It opens the session by itself, reads again when told that something changed, decides nothing. */
export class Courrier {
  readonly #psc: PscClient
  readonly #annuaire: AnnuaireClient
  readonly #poste: Poste
  readonly #newId: () => string
  #session: Promise<SessionPro> | undefined
  #identifiant = ''
  #carte: CarteProfessionnelle | null = null
  #client: MssanteClient
  #tour = 0
  readonly #documents: DocumentsRecus
  boites = $state.raw<readonly BoiteOuverte[]>([])
  /** Address of the mailbox shown, `''` when none may be opened. */
  boite = $state('')
  dossier = $state<string>('INBOX')
  cherche = $state('')
  liste = $state.raw<readonly MessageListe[]>([])
  compte = $state.raw<DossierListe | null>(null)
  /** Files of the patients who wrote, by their matricule. */
  fiches = $state.raw<ReadonlyMap<string, PatientLocal>>(new Map())
  /** The open conversation, oldest first; null on the list. */
  fil = $state.raw<readonly MessageOuvert[] | null>(null)
  /** French. */
  refus = $state('')
  fait = $state('')
  chargement = $state(false)

  constructor({ acces, poste, newId }: { acces: Acces; poste: Poste; newId: () => string }) {
    this.#poste = poste
    this.#newId = newId
    this.#psc = new PscClient(acces)
    this.#annuaire = new AnnuaireClient(acces)
    this.#client = new MssanteClient(acces, (refuse) => this.#jeton(refuse))
    const { db, clock } = poste.dossiers
    this.#documents = new DocumentsRecus({
      receptions: new Receptions(db, clock),
      newId,
      now: () => clock.now(),
      source: (boite, message) => this.#client.source(boite, message),
      envoyer: (boite, octets) => this.#client.envoyer(boite, octets),
      libelle: (boite) => this.boites.find(({ adresse }) => adresse === boite)?.libelle ?? '',
    })
  }

  get nonLus(): number {
    return this.boites.reduce((total, { nonLus }) => total + nonLus, 0)
  }

  get boiteOuverte(): BoiteOuverte | undefined {
    return this.boites.find(({ adresse }) => adresse === this.boite)
  }

  /** Another card in the reader is another session: nothing of the former person stays on screen. */
  async asseoir(carte: CarteProfessionnelle | null): Promise<void> {
    const identifiant = carte?.identifiant ?? ''
    if (identifiant === this.#identifiant) return
    const avant = this.#session
    this.#identifiant = identifiant
    this.#carte = carte
    this.#session = undefined
    this.#vider()
    void avant?.then((session) => session.finir()).catch(() => undefined)
    await this.lire()
  }

  #vider(): void {
    this.boites = []
    this.boite = ''
    this.liste = []
    this.compte = null
    this.fil = null
    this.fait = ''
    this.refus = ''
  }

  /** A session that was lost is opened again without anybody doing anything. */
  async #jeton(refuse?: string): Promise<string> {
    const premier = await (await this.#connecter()).jeton(refuse)
    if (typeof premier === 'string') return premier
    this.#session = undefined
    const second = await (await this.#connecter()).jeton()
    if (typeof second === 'string') return second
    throw new ApiRefusal(401, second.texte)
  }

  #connecter(): Promise<SessionPro> {
    this.#session ??= this.#psc.connecter(this.#identifiant).then((session) => {
      if ('jeton' in session) return session
      this.#session = undefined
      throw new ApiRefusal(401, session.texte)
    })
    return this.#session
  }

  /** The mailboxes, the list and the open conversation. */
  async lire(): Promise<void> {
    if (this.#identifiant === '') return this.#vider()
    const celui = ++this.#tour
    const perime = () => celui !== this.#tour
    try {
      const boites = await this.#client.boites()
      if (perime()) return
      this.boites = boites
      if (!boites.some(({ adresse }) => adresse === this.boite)) this.boite = boites[0]?.adresse ?? ''
      this.refus = ''
      if (this.boite === '') return
      const { dossier, messages } = await this.#client.messages(this.boite, { dossier: this.dossier, cherche: this.cherche, limite: PAGE })
      if (perime()) return
      await this.#reconnaitre(messages)
      this.compte = dossier
      this.liste = messages
      if (this.dossier === 'INBOX' && this.#carte) await this.#documents.absorber(this.boite, messages, this.#carte)
      if (perime()) return
      const ouvert = this.fil?.[0]?.fil
      if (ouvert !== undefined) await this.#lireFil(ouvert, perime)
    } catch (error) {
      if (!perime()) this.refus = phraseDe(error)
    } finally {
      if (!perime()) this.chargement = false
    }
  }

  async #reconnaitre(messages: readonly MessageListe[]): Promise<void> {
    const matricules = new Set(messages.flatMap(({ de, a }) => [...de, ...a].map(({ adresse }) => patientDe(adresse) ?? '')).filter(Boolean))
    this.fiches = matricules.size === 0 ? new Map() : await fichesParMatricule(this.#poste.base, [...matricules])
  }

  choisir(adresse: string): Promise<void> {
    this.boite = adresse
    return this.montrer('INBOX')
  }

  montrer(dossier: string): Promise<void> {
    this.dossier = dossier
    this.liste = []
    this.fil = null
    this.fait = ''
    this.chargement = true
    return this.lire()
  }

  /** The page that follows. */
  async suite(): Promise<void> {
    const dernier = this.liste.at(-1)
    if (!dernier) return
    await this.#faire(async () => {
      const { messages } = await this.#client.messages(this.boite, { dossier: this.dossier, cherche: this.cherche, limite: PAGE, avant: dernier.uid })
      await this.#reconnaitre([...this.liste, ...messages])
      this.liste = [...this.liste, ...messages]
    })
  }

  async ouvrir(message: MessageListe): Promise<void> {
    this.fait = ''
    await this.#faire(async () => {
      await this.#lireFil(message.fil, () => false)
      for (const un of this.fil ?? [])
        if (!un.envoye && !un.marques.includes('\\Seen')) await this.#client.marquer(this.boite, un.id, { ajouter: ['\\Seen'] })
    })
    await this.lire()
  }

  async #lireFil(fil: string, perime: () => boolean): Promise<void> {
    const messages = (await this.#client.fil(this.boite, fil)).filter(({ dossier }) => dossier !== 'Trash' || this.dossier === 'Trash')
    const connus = new Map((this.fil ?? []).map(({ id, lu }) => [id, lu]))
    const lus = await Promise.all(
      messages.map(async (message): Promise<MessageOuvert> => ({
        ...message,
        lu: connus.get(message.id) ?? (await lireCourriel(await this.#client.source(this.boite, message.id))),
        envoye: message.de[0]?.adresse === this.boite,
      })),
    )
    if (!perime()) this.fil = lus.length > 0 ? lus : null
  }

  get receptions(): Receptions {
    return this.#documents.receptions
  }

  /** Files a document received. @param compare somebody has compared the traits */
  async classer(reception: Reception, patientId: string, compare = false): Promise<boolean> {
    const carte = this.#carte
    return (
      carte !== null && (await this.#traiter(() => this.#documents.classer(reception, patientId, carte, compare), 'Le document est dans la fiche.'))
    )
  }

  async refuserDocument(reception: Reception, code: CodeIntegration): Promise<boolean> {
    const carte = this.#carte
    return (
      carte !== null &&
      (await this.#traiter(() => this.#documents.refuser(reception, code, carte), 'Le document est refusé, son expéditeur le sait.'))
    )
  }

  /** Takes a document out of the file it was put in by mistake. */
  async remettre(reception: Reception): Promise<void> {
    if (this.#carte) await this.receptions.remettre(reception.id, this.#carte)
    this.fait = 'Le document est revenu dans les documents reçus.'
  }

  async #traiter(travail: () => Promise<Refuse | undefined>, dit: string): Promise<boolean> {
    let fait = false
    this.fait = ''
    await this.#faire(async () => {
      const refus = await travail()
      fait = refus === undefined
      if (refus) this.refus = refus.texte
      else this.fait = dit
    })
    return fait
  }

  /** Mailboxes of the Annuaire Santé; a French sentence when it does not answer. */
  async chercherBal(texte: string): Promise<readonly BalTrouvee[] | string> {
    const trouve = await this.#annuaire.chercherBal(texte)
    return 'issue' in trouve ? trouve.texte : trouve
  }

  fermer(): void {
    this.fil = null
    this.fait = ''
  }

  async jeter(messages: readonly MessageListe[]): Promise<void> {
    await this.#faire(async () => {
      for (const { id } of messages) await this.#client.supprimer(this.boite, id)
    })
    this.fil = null
    await this.lire()
    if (!this.refus) this.fait = 'La conversation est dans la corbeille.'
  }

  async marquerNonLu({ id }: MessageListe): Promise<void> {
    await this.#faire(() => this.#client.marquer(this.boite, id, { retirer: ['\\Seen'] }))
    this.fil = null
    await this.lire()
  }

  /** @returns whether it left; what came back at once is said */
  async envoyer(message: AEnvoyer): Promise<boolean> {
    const boite = this.boiteOuverte
    if (!boite) return false
    const id = this.#newId()
    const { a, cc, documents, ...reste } = message
    const date = this.#poste.dossiers.clock.now()
    const joints = documents?.choisis.length
      ? await preparerDocuments(documents.choisis, documents.patient, { libelle: message.objet, newId: this.#newId, maintenant: date })
      : undefined
    const octets = ecrireCourriel({
      de: { nom: boite.libelle, adresse: boite.adresse },
      a,
      ...(cc && { cc }),
      ...reste,
      ...(joints && { objet: joints.objet, xdm: joints.xdm, pieces: [...joints.pieces, ...(message.pieces ?? [])] }),
      messageId: `<${id}@${boite.adresse.slice(boite.adresse.indexOf('@') + 1)}>`,
      date,
      nil: NIL_DU_CABINET,
      frontiere: `cabinet-${id}`,
    })
    let parti = false
    await this.#faire(async () => {
      const { nonRemis } = await this.#client.envoyer(boite.adresse, octets)
      parti = true
      this.fait = nonRemis.length === 0 ? 'Le message est parti.' : ''
      if (nonRemis[0]) this.refus = `Le message n’a pas été remis : ${nonRemis[0].detail}. Un avis de non-remise est dans votre boîte.`
    })
    const refus = this.refus
    await this.lire()
    this.refus ||= refus
    return parti
  }

  /** Tells whoever asked that the message was read; once. @see ECO.3.1.6 */
  async accuserLecture(message: MessageOuvert): Promise<void> {
    const boite = this.boiteOuverte
    const pour = message.lu.accuseDemande
    if (!boite || pour === undefined) return
    await this.#faire(async () => {
      const id = this.#newId()
      await this.#client.envoyer(
        boite.adresse,
        ecrireRapport({
          de: { nom: boite.libelle, adresse: boite.adresse },
          pour,
          objet: `Lu : ${message.lu.objet}`,
          genre: 'disposition-notification',
          texte: 'Votre message a été lu.',
          etat: [
            'Reporting-UA: cabinet; Bac a sante',
            `Final-Recipient: rfc822; ${boite.adresse}`,
            ...(message.messageId === undefined ? [] : [`Original-Message-ID: ${message.messageId}`]),
            'Disposition: manual-action/MDN-sent-manually; displayed',
          ].join('\r\n'),
          original: await this.#client.source(boite.adresse, message.id),
          ...(message.messageId === undefined ? {} : { enReponseA: message.messageId }),
          date: this.#poste.dossiers.clock.now(),
          messageId: `<${id}@${boite.adresse.slice(boite.adresse.indexOf('@') + 1)}>`,
          frontiere: `lu-${id}`,
        }),
      )
      await this.#client.marquer(boite.adresse, message.id, { ajouter: [ACCUSE] })
    })
    await this.lire()
  }

  /** The one click that ends the exchanges with the patient of this conversation. */
  async mettreFin(fil: readonly MessageOuvert[]): Promise<void> {
    const patient = fil.flatMap(({ lu }) => [lu.de, ...lu.a]).find(({ adresse }) => patientDe(adresse) !== undefined)
    const dernier = fil.at(-1)
    if (!patient || !dernier) return
    const envoye = await this.envoyer({
      a: [patient],
      objet: objetDeReponse(dernier.lu.objetComplet),
      texte: TEXTE_DE_FIN,
      fin: true,
      references: dernier.lu.references,
    })
    if (envoye && !this.refus) this.fait = `Échanges terminés avec ${patient.nom || 'ce patient'}. Vous les rouvrez en lui écrivant de nouveau.`
  }

  async #faire(travail: () => Promise<unknown>): Promise<void> {
    this.refus = ''
    try {
      await travail()
    } catch (error) {
      this.refus = phraseDe(error)
    }
  }
}

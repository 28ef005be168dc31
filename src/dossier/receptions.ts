import type { CourrielLu } from '#standards/mssante/courriel/lire-courriel.ts'
import { type DocumentXdm, estRefusXdm, lireXdm } from '#standards/mssante/xdm/lire-xdm.ts'
import { type CodeIntegration, ERREURS_INTEGRATION } from '#standards/mssante/xdm/xdm.ts'
import { type CarteProfessionnelle, nomDeLaCarte } from '../clients/carte.ts'
import type { Clock } from './clock.ts'
import type { Destinataire } from './courrier.ts'
import type { CabinetDatabase } from './database.ts'
import type { Refuse } from './dossiers.ts'
import type { PatientLocal } from './patient.ts'
import { comparer, insDifferente, type Proposition, type Reception } from './reception.ts'
import { reglesReception } from './rules.ts'

/** What a message says that the reception needs. */
export interface MessageRecu {
  readonly boite: string
  readonly id: string
  readonly fil: string
  readonly lu: CourrielLu
}

type Fait = { readonly fait: Reception } | { readonly refuse: Refuse }

const AUTOMATIQUE = 'classement-automatique'

const SANS_REFUS = { refus: null, traiteLe: 0, traitePar: '' } as const
const non = (regle: keyof typeof reglesReception, texte = ''): { refuse: Refuse } => ({
  refuse: { texte: texte || reglesReception[regle].sentence, regle: reglesReception[regle] },
})

/** Documents received by MSSanté: recognised, proposed, filed, replaced, withdrawn, refused. What leaves (receipts) is the mail desk's. */
export class Receptions {
  readonly #db: CabinetDatabase
  readonly #clock: Clock

  constructor(db: CabinetDatabase, clock: Clock) {
    this.#db = db
    this.#clock = clock
  }

  /** Newest first. */
  async aTraiter(): Promise<Reception[]> {
    return (await this.#db.receptions.where('etat').equals('aTraiter').toArray()).toSorted(parDate)
  }

  /** Filed by themselves and not read yet. @see SC.MSS/UX.40 */
  async nonLus(): Promise<Reception[]> {
    return (await this.#db.receptions.where('etat').equals('classe').toArray()).filter(({ automatique, lu }) => automatique && !lu).toSorted(parDate)
  }

  async duPatient(patientId: string): Promise<Reception[]> {
    return (await this.#db.receptions.where('patientId').equals(patientId).toArray()).filter(({ etat }) => etat === 'classe').toSorted(parDate)
  }

  /** How many were filed by themselves, by hand, refused, by type of document. @see SC.MSS/UX.16 */
  async statistiques(): Promise<{ type: string; automatiques: number; manuels: number; refuses: number }[]> {
    const lignes = new Map<string, { type: string; automatiques: number; manuels: number; refuses: number }>()
    for (const { document, etat, automatique } of await this.#db.receptions.toArray()) {
      if (etat === 'aTraiter') continue
      const type = document?.type.libelle || document?.type.code || 'Archive illisible'
      const ligne = lignes.get(type) ?? { type, automatiques: 0, manuels: 0, refuses: 0 }
      lignes.set(type, ligne)
      if (etat === 'refuse') ligne.refuses += 1
      else if (automatique) ligne.automatiques += 1
      else ligne.manuels += 1
    }
    return [...lignes.values()].toSorted((un, autre) => un.type.localeCompare(autre.type, 'fr'))
  }

  async automatique(): Promise<boolean> {
    return (await this.#db.reglages.get(AUTOMATIQUE))?.valeur === 'oui'
  }

  async reglerAutomatique(oui: boolean): Promise<void> {
    await this.#db.reglages.put({ nom: AUTOMATIQUE, valeur: oui ? 'oui' : 'non' })
  }

  duMessage(boite: string, message: string): Promise<Reception[]> {
    return this.#db.receptions.where({ boite, message }).toArray()
  }

  async connu(boite: string, message: string): Promise<boolean> {
    return (await this.#db.receptions.where({ boite, message }).count()) > 0
  }

  /** Puts the documents of a message in the list, once. What is strictly the same is filed by itself when the practice wants it. */
  async recevoir({ boite, id: message, fil, lu }: MessageRecu, carte: CarteProfessionnelle): Promise<Reception[]> {
    const archive = lu.piecesJointes.find(({ xdm }) => xdm)
    if (!archive || (await this.connu(boite, message))) return []
    const lot = await lireXdm(archive.octets)
    const commun = {
      boite,
      message,
      fil,
      messageId: lu.messageId ?? '',
      expediteur: { nom: lu.de.nom, adresse: lu.de.adresse },
      objet: lu.objetComplet,
      accuse: lu.accuseDemande ?? '',
      recuLe: lu.date ?? this.#clock.now(),
      etat: 'aTraiter',
      patientId: '',
      automatique: false,
      lu: false,
    } as const
    const recues: Reception[] = estRefusXdm(lot)
      ? [{ ...commun, id: `${boite}|${message}|0`, document: null, patientDit: null, uniqueId: '', ...SANS_REFUS, refus: lot }]
      : lot.documents.map((document, rang) => ({
          ...commun,
          id: `${boite}|${message}|${rang}`,
          document,
          patientDit: lot.patient,
          uniqueId: document.uniqueId,
          ...SANS_REFUS,
        }))
    // Another window of the desk may be reading the same message.
    const premier = await this.#db.transaction('rw', this.#db.receptions, async () => {
      if (await this.connu(boite, message)) return false
      await this.#db.receptions.bulkAdd(recues)
      return true
    })
    if (!premier) return []
    if (!(await this.automatique())) return recues
    return await Promise.all(recues.map((recue) => this.#classerSeul(recue, carte)))
  }

  /** Nothing that needs a decision is decided here: a withdrawal, a doubt. */
  async #classerSeul(recue: Reception, carte: CarteProfessionnelle): Promise<Reception> {
    if (!recue.document || recue.document.supprime) return recue
    const proposition = await this.proposer(recue)
    if (proposition?.genre !== 'certaine') return recue
    const fait = await this.#classer(recue, proposition.fiche, carte, true)
    return 'fait' in fait ? fait.fait : recue
  }

  /** The file this document is most probably for. */
  async proposer({ patientDit }: Pick<Reception, 'patientDit'>): Promise<Proposition | undefined> {
    if (!patientDit) return undefined
    const { matriculeIns: matricule, dateNaissance } = patientDit
    const candidates = [
      ...(matricule ? await this.#db.patients.where('matricule').equals(matricule).toArray() : []),
      ...(dateNaissance ? await this.#db.patients.where('dateNaissance').equals(dateNaissance).toArray() : []),
    ]
    const propositions = candidates.map((fiche) => comparer(fiche, patientDit)).filter((une) => une !== undefined)
    return RANGS.map((rang) => propositions.find(({ genre }) => genre === rang)).find((une) => une !== undefined)
  }

  /**
   * Files the document. @param compare somebody has compared the traits shown: needed whenever the identity is not certain
   */
  async classer(id: string, patientId: string, carte: CarteProfessionnelle, compare = false): Promise<Fait> {
    const [recue, fiche] = await Promise.all([this.#db.receptions.get(id), this.#db.patients.get(patientId)])
    if (!recue?.document || !recue.patientDit || recue.etat !== 'aTraiter' || !fiche)
      return { refuse: { texte: 'Ce document n’est plus à classer.' } }
    const proposition = comparer(fiche, recue.patientDit)
    if (insDifferente(fiche, recue.patientDit)) return non('CABINET-XDM-INS-DIFFERENTE')
    if (proposition?.genre !== 'certaine' && !compare) return non('CABINET-XDM-PAS-MATRICULE-SEUL')
    return await this.#classer(recue, fiche, carte, false)
  }

  async #classer(recue: Reception, fiche: PatientLocal, carte: CarteProfessionnelle, automatique: boolean): Promise<Fait> {
    const document = recue.document!
    const now = this.#clock.now()
    return await this.#db.transaction('rw', this.#db.receptions, this.#db.traces, async () => {
      const dedans = (await this.#db.receptions.where('patientId').equals(fiche.id).toArray()).filter(({ etat }) => etat === 'classe')
      const meme = dedans.find(({ uniqueId }) => uniqueId === document.uniqueId)
      if (document.supprime && !meme)
        return non('CABINET-XDM-SUPPRIME', 'Le document retiré par son auteur n’est pas dans cette fiche : rien n’est à supprimer.')
      if (!document.supprime && meme) return non('CABINET-XDM-DEJA', 'Ce document est déjà dans la fiche : rien n’est ajouté.')
      const ancien = document.supprime ? meme : dedans.find(({ uniqueId }) => uniqueId === document.remplace)
      const obstacle = ancien?.document && obstacleAuRemplacement(ancien.document, document)
      if (obstacle) return { refuse: obstacle }
      if (ancien) await this.#db.receptions.update(ancien.id, { etat: 'retire', traiteLe: now, traitePar: nomDeLaCarte(carte) })
      const classee: Reception = {
        ...recue,
        etat: document.supprime ? 'retire' : 'classe',
        patientId: fiche.id,
        automatique,
        traiteLe: now,
        traitePar: nomDeLaCarte(carte),
        refus: null,
      }
      await this.#db.receptions.put(classee)
      await this.#db.traces.add({
        patientId: fiche.id,
        le: now,
        par: nomDeLaCarte(carte),
        acte: acteDe(document, ancien, automatique, recue.expediteur),
      })
      return { fait: classee }
    })
  }

  /** Says no to the sender's document, with a code of the volet. */
  async refuser(id: string, code: CodeIntegration, carte: CarteProfessionnelle): Promise<Fait> {
    const recue = await this.#db.receptions.get(id)
    if (recue?.etat !== 'aTraiter') return { refuse: { texte: 'Ce document n’est plus à traiter.' } }
    const refusee: Reception = {
      ...recue,
      etat: 'refuse',
      refus: { code, texte: recue.refus?.texte || ERREURS_INTEGRATION[code] },
      traiteLe: this.#clock.now(),
      traitePar: nomDeLaCarte(carte),
    }
    await this.#db.receptions.put(refusee)
    return { fait: refusee }
  }

  /** Back in the list: it was filed by mistake. */
  async remettre(id: string, carte: CarteProfessionnelle): Promise<void> {
    const recue = await this.#db.receptions.get(id)
    if (recue?.etat !== 'classe') return
    await this.#db.transaction('rw', this.#db.receptions, this.#db.traces, async () => {
      await this.#db.receptions.put({ ...recue, etat: 'aTraiter', patientId: '', automatique: false, traiteLe: 0, traitePar: '' })
      await this.#db.traces.add({
        patientId: recue.patientId,
        le: this.#clock.now(),
        par: nomDeLaCarte(carte),
        acte: `a retiré de la fiche « ${recue.document?.titre ?? ''} », reçu par erreur`,
      })
    })
  }

  async marquerLu(id: string): Promise<void> {
    await this.#db.receptions.update(id, { lu: true })
  }
}

const RANGS = ['certaine', 'autreIns', 'traits', 'matricule'] as const

const parDate = (un: Reception, autre: Reception): number => autre.recuLe - un.recuLe

/** 900 and 901: what takes the place of a document comes from the same structure, and later. */
function obstacleAuRemplacement(ancien: DocumentXdm, nouveau: DocumentXdm): Refuse | undefined {
  const regle = reglesReception['CABINET-XDM-REMPLACE']
  if (ancien.structure.id !== nouveau.structure.id)
    return {
      texte: `Le document classé vient de ${ancien.structure.nom} : ${nouveau.structure.nom} ne peut ni le remplacer ni le retirer (901).`,
      regle,
    }
  if (!nouveau.supprime && nouveau.version <= ancien.version)
    return { texte: `La version ${nouveau.version} ne remplace pas la version ${ancien.version}, qui est classée (900).`, regle }
  return undefined
}

function acteDe({ titre, supprime }: DocumentXdm, ancien: Reception | undefined, automatique: boolean, { nom, adresse }: Destinataire): string {
  const de = `reçu de ${nom || adresse} par MSSanté`
  if (supprime) return `a retiré « ${titre} », que son auteur supprime, ${de}`
  if (ancien) return `a classé « ${titre} » à la place de la version précédente, ${de}`
  return automatique ? `reçoit d’office « ${titre} », ${de}` : `a classé « ${titre} », ${de}`
}

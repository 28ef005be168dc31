import { ecrireCourriel } from '#standards/mssante/courriel/ecrire-courriel.ts'
import { dispositionDe, ecrireRapport, type Integration, objetDeRefus } from '#standards/mssante/courriel/ecrire-rapport.ts'
import { lireCourriel, sansPrefixe } from '#standards/mssante/courriel/lire-courriel.ts'
import { type CodeIntegration, ERREURS_INTEGRATION } from '#standards/mssante/xdm/xdm.ts'
import type { CarteProfessionnelle } from '../../clients/carte.ts'
import type { MessageListe } from '../../clients/mssante-client.ts'
import { NIL_DU_CABINET } from '../../dossier/courrier.ts'
import type { Refuse } from '../../dossier/dossiers.ts'
import type { Reception } from '../../dossier/reception.ts'
import type { Receptions } from '../../dossier/receptions.ts'

/** What the mail desk lends. */
interface Bureau {
  readonly receptions: Receptions
  readonly newId: () => string
  /** Milliseconds. */
  readonly now: () => number
  /** Bytes of a message. */
  readonly source: (boite: string, message: string) => Promise<Uint8Array>
  /** Hands a message in. */
  readonly envoyer: (boite: string, octets: Uint8Array) => Promise<unknown>
  /** Label of one's mailbox. */
  readonly libelle: (boite: string) => string
}

/** Documents that come by mail: taken out of the messages, then their senders told what became of them. */
export class DocumentsRecus {
  readonly receptions: Receptions
  readonly #bureau: Bureau

  constructor(bureau: Bureau) {
    this.#bureau = bureau
    this.receptions = bureau.receptions
  }

  /** Looks into the messages that announce a document and were not seen yet; tells what was filed by itself. */
  async absorber(boite: string, messages: readonly MessageListe[], carte: CarteProfessionnelle): Promise<void> {
    for (const message of messages) {
      if (message.mss.CODECDA === undefined || message.rapport || (await this.receptions.connu(boite, message.id))) continue
      const lu = await lireCourriel(await this.#bureau.source(boite, message.id))
      const recues = await this.receptions.recevoir({ boite, id: message.id, fil: message.fil, lu }, carte)
      if (recues.some(({ automatique }) => automatique)) await this.#accuser(recues[0]!)
    }
  }

  /** @returns why not, when it is not filed */
  async classer({ id }: Reception, patientId: string, carte: CarteProfessionnelle, compare = false): Promise<Refuse | undefined> {
    const acte = await this.receptions.classer(id, patientId, carte, compare)
    if ('refuse' in acte) return acte.refuse
    await this.#accuser(acte.fait)
    return undefined
  }

  async refuser({ id }: Reception, code: CodeIntegration, carte: CarteProfessionnelle): Promise<Refuse | undefined> {
    const acte = await this.receptions.refuser(id, code, carte)
    if ('refuse' in acte) return acte.refuse
    await this.#accuser(acte.fait)
    return undefined
  }

  /** One answer for each message, once its last document is treated. @see CABINET-XDM-ACCUSE */
  async #accuser({ boite, message }: Reception): Promise<void> {
    const toutes = await this.receptions.duMessage(boite, message)
    const [premiere] = toutes
    if (!premiere || toutes.some(({ etat }) => etat === 'aTraiter')) return
    const refusee = toutes.find(({ etat }) => etat === 'refuse')
    const integration: Integration = refusee
      ? { issue: 'refuse', code: refusee.refus?.code ?? 906 }
      : { issue: 'integre', automatique: toutes.every(({ automatique }) => automatique) }
    const octets = await this.#reponse(premiere, integration)
    if (octets) await this.#bureau.envoyer(boite, octets)
  }

  async #reponse({ boite, message, messageId, accuse, expediteur, objet }: Reception, integration: Integration): Promise<Uint8Array | undefined> {
    const { newId, now, libelle, source } = this.#bureau
    const id = newId()
    const de = { nom: libelle(boite), adresse: boite }
    const commun = { date: now(), messageId: `<${id}@${boite.slice(boite.indexOf('@') + 1)}>`, frontiere: `accuse-${id}` }
    const refus = integration.issue === 'refuse'
    const sujet = refus ? objetDeRefus(integration.code, objet) : `Intégré : ${sansPrefixe(objet)}`
    const texte = refus
      ? `Le document n’a pas été intégré : ${ERREURS_INTEGRATION[integration.code]} (${integration.code}).`
      : 'Le document est intégré dans le dossier du patient.'
    if (accuse !== '')
      return ecrireRapport({
        ...commun,
        de,
        pour: accuse,
        objet: sujet,
        genre: 'disposition-notification',
        texte,
        etat: [
          'Reporting-UA: cabinet; Bac a sante',
          `Final-Recipient: rfc822; ${boite}`,
          ...(messageId === '' ? [] : [`Original-Message-ID: ${messageId}`]),
          `Disposition: ${dispositionDe(integration)}`,
        ].join('\r\n'),
        original: await source(boite, message),
        ...(messageId === '' ? {} : { enReponseA: messageId }),
      })
    if (!refus) return undefined
    return ecrireCourriel({
      ...commun,
      de,
      a: [expediteur],
      objet: sujet,
      texte,
      nil: NIL_DU_CABINET,
      ...(messageId === '' ? {} : { references: [messageId] }),
    })
  }
}

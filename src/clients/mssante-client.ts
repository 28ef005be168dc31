import type { Acces } from './http.ts'
import { ApiRefusal } from './json.ts'

export interface BoiteOuverte {
  readonly adresse: string
  readonly type: 'PER' | 'ORG' | 'APP' | 'CAB'
  /** By what right it opens. */
  readonly acces?: 'titulaire' | 'cotitulaire' | 'délégation' | 'certificat'
  /** What its messages are signed with. */
  readonly libelle: string
  /** Bytes. */
  readonly quota: number
  readonly octets: number
  readonly nonLus: number
}

interface BoiteNommee {
  readonly nom: string
  readonly adresse: string
}

/** A message in a list: what its header says. */
export interface MessageListe {
  readonly id: string
  readonly dossier: string
  readonly uid: number
  readonly marques: readonly string[]
  /** ISO 8601, simulated time. */
  readonly le: string
  /** Bytes. */
  readonly taille: number
  /** The conversation, in this mailbox. */
  readonly fil: string
  readonly messageId?: string
  readonly de: readonly BoiteNommee[]
  readonly a: readonly BoiteNommee[]
  readonly cc: readonly BoiteNommee[]
  readonly objet: string
  readonly mss: { readonly INS?: string; readonly CODECDA?: string; readonly MES?: string }
  readonly type: string
  readonly rapport?: string
  readonly accuseLecture?: string
}

export interface DossierListe {
  readonly nom: string
  readonly messages: number
  readonly nonLus: number
  readonly modseq: number
}

export interface Demande {
  readonly dossier?: string
  readonly limite?: number
  /** UID: the page that follows. */
  readonly avant?: number
  readonly cherche?: string
}

export interface Envoye {
  readonly remis: readonly string[]
  /** What could not be delivered and came back. */
  readonly nonRemis: readonly { readonly adresse: string; readonly smtp: string; readonly detail: string; readonly rule: string }[]
}

const dans = encodeURIComponent

/**
 * The operator of the practice's mailboxes, over HTTP (a page has no socket for SMTP and IMAP).
 * Every method throws `ApiRefusal` with a French sentence when the operator says no, `TypeError` when the network fails.
 */
export class MssanteClient {
  readonly #acces: Acces
  readonly #jeton: (refuse?: string) => Promise<string>

  /** @param jeton gives a Pro Santé Connect access token of whoever sits at the desk; another one than the one just refused */
  constructor(acces: Acces, jeton: (refuse?: string) => Promise<string>) {
    this.#acces = acces
    this.#jeton = jeton
  }

  async boites(): Promise<readonly BoiteOuverte[]> {
    return (await this.#json<{ boites: BoiteOuverte[] }>('GET', '/boites')).boites
  }

  messages(
    adresse: string,
    { dossier = 'INBOX', limite = 50, avant, cherche = '' }: Demande = {},
  ): Promise<{ dossier: DossierListe; messages: readonly MessageListe[] }> {
    const query = new URLSearchParams({ dossier, limite: String(limite), cherche, ...(avant === undefined ? {} : { avant: String(avant) }) })
    return this.#json('GET', `/boites/${dans(adresse)}/messages?${query}`)
  }

  /** Every message of a conversation, sent ones included, oldest first. */
  async fil(adresse: string, fil: string): Promise<readonly MessageListe[]> {
    return (await this.#json<{ messages: MessageListe[] }>('GET', `/boites/${dans(adresse)}/messages?fil=${dans(fil)}`)).messages
  }

  /** The bytes as they came. */
  async source(adresse: string, id: string): Promise<Uint8Array> {
    const response = await this.#appeler('GET', `/boites/${dans(adresse)}/messages/${dans(id)}`)
    return new Uint8Array(await response.arrayBuffer())
  }

  marquer(
    adresse: string,
    id: string,
    changement: { ajouter?: readonly string[]; retirer?: readonly string[]; dossier?: string },
  ): Promise<MessageListe> {
    return this.#json('PATCH', `/boites/${dans(adresse)}/messages/${dans(id)}`, JSON.stringify(changement))
  }

  /** To the bin; for good when it is there already. */
  async supprimer(adresse: string, id: string): Promise<void> {
    await this.#appeler('DELETE', `/boites/${dans(adresse)}/messages/${dans(id)}`)
  }

  /** Sends the bytes of a message; a copy stays in Sent. */
  envoyer(adresse: string, octets: Uint8Array): Promise<Envoye> {
    return this.#json('POST', `/boites/${dans(adresse)}/messages`, octets as BodyInit, 'message/rfc822')
  }

  async #json<T>(method: string, path: string, body?: BodyInit, type?: string): Promise<T> {
    return (await (await this.#appeler(method, path, body, type)).json()) as T
  }

  async #appeler(method: string, path: string, body?: BodyInit, type = 'application/json'): Promise<Response> {
    const jeton = await this.#jeton()
    const premiere = await this.#envoyer(jeton, method, path, body, type)
    // The clock of the world may have jumped over the end of the token: once more with another one.
    const response = premiere.status === 401 ? await this.#envoyer(await this.#jeton(jeton), method, path, body, type) : premiere
    if (response.ok) return response
    const { detail, title, rule } = (await response.json().catch(() => ({}))) as { detail?: string; title?: string; rule?: string }
    throw new ApiRefusal(response.status, detail ?? title ?? `HTTP ${response.status}`, rule)
  }

  #envoyer(jeton: string, method: string, path: string, body: BodyInit | undefined, type: string): Promise<Response> {
    return this.#acces.fetch(`${this.#acces.base}/mssante/api${path}`, {
      method,
      headers: { Authorization: `Bearer ${jeton}`, ...(body === undefined ? {} : { 'Content-Type': type }) },
      ...(body === undefined ? {} : { body }),
    })
  }
}

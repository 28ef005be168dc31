import type { Acces } from './http.ts'
import { callJson } from './json.ts'
import type { ActeProfil, ActivitePatient, DocumentPatient, NotificationPatient, ProfilPatient } from './mes-types.ts'

/** The patient's side, one person at a time. Every method throws `ApiRefusal` with a French sentence when Mon espace santé says no. */
export class MesClient {
  readonly acces: Acces

  constructor(acces: Acces) {
    this.acces = acces
  }

  profil(matriculeIns: string): Promise<ProfilPatient> {
    return this.#call('GET', matriculeIns, '')
  }

  /** `activer`, `fermer`, `rouvrir`… as `profil().actes` lists them. */
  agir(matriculeIns: string, acte: ActeProfil): Promise<ProfilPatient> {
    return this.#call('POST', matriculeIns, `/actes/${encodeURIComponent(acte)}`, {})
  }

  async documents(matriculeIns: string): Promise<readonly DocumentPatient[]> {
    return (await this.#call<{ documents: DocumentPatient[] }>('GET', matriculeIns, '/documents')).documents
  }

  /** Bytes and type of a document the patient may see. */
  async contenu(matriculeIns: string, documentId: string): Promise<{ mimeType: string; bytes: Uint8Array }> {
    const path = `/mes/api/profils/${matriculeIns}/documents/${encodeURIComponent(documentId)}/contenu`
    const response = await this.acces.fetch(this.acces.base + path)
    if (!response.ok) throw new Error('Ce document ne peut pas être ouvert.')
    return { mimeType: response.headers.get('content-type') ?? 'application/octet-stream', bytes: new Uint8Array(await response.arrayBuffer()) }
  }

  async notifications(matriculeIns: string): Promise<readonly NotificationPatient[]> {
    return (await this.#call<{ notifications: NotificationPatient[] }>('GET', matriculeIns, '/notifications')).notifications
  }

  marquerLue(matriculeIns: string, id: string): Promise<unknown> {
    return this.#call('POST', matriculeIns, `/notifications/${encodeURIComponent(id)}/lue`, {})
  }

  async activites(matriculeIns: string): Promise<readonly ActivitePatient[]> {
    return (await this.#call<{ activites: ActivitePatient[] }>('GET', matriculeIns, '/activites')).activites
  }

  #call<T>(method: string, matriculeIns: string, path: string, body?: unknown): Promise<T> {
    return callJson(this.acces, method, `/mes/api/profils/${matriculeIns}${path}`, body)
  }
}

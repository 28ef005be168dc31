import type { Acces } from '../http.ts'
import { callJson } from '../json.ts'
import type { DocumentsDuPatient } from './documents.ts'
import type { ActeProfil, NotificationPatient, ProfilPatient } from './mes-types.ts'

/**
 * The patient's side, one person at a time. Every method throws `ApiRefusal` with a French sentence when Mon espace santé says no.
 * Each page of the phone has functions of its own beside this file, built on `appeler`.
 */
export class MesClient {
  readonly acces: Acces

  /** @param auteur who holds the phone, 15 characters, when it is not the holder of the profile: a parent, a guardian, an aidant */
  constructor(acces: Acces, auteur?: string) {
    this.acces = auteur === undefined ? acces : { ...acces, fetch: (request, init) => acces.fetch(request, signer(init, auteur)) }
  }

  /** The same, for a profile that is not the one of whoever holds the phone. @param auteur 15 characters */
  auNomDe(auteur: string): MesClient {
    return new MesClient(this.acces, auteur)
  }

  profil(matriculeIns: string): Promise<ProfilPatient> {
    return this.appeler('GET', matriculeIns, '')
  }

  /** `activer`, `fermer`, `rouvrir`… as `profil().actes` lists them. */
  agir(matriculeIns: string, acte: ActeProfil, donnees: object = {}): Promise<ProfilPatient> {
    return this.appeler('POST', matriculeIns, `/actes/${encodeURIComponent(acte)}`, donnees)
  }

  documents(matriculeIns: string): Promise<DocumentsDuPatient> {
    return this.appeler('GET', matriculeIns, '/documents')
  }

  /** Bytes and type of a document the patient may see. */
  async contenu(matriculeIns: string, documentId: string): Promise<{ mimeType: string; bytes: Uint8Array }> {
    const path = `/mes/api/profils/${matriculeIns}/documents/${encodeURIComponent(documentId)}/contenu`
    const response = await this.acces.fetch(this.acces.base + path)
    if (!response.ok) throw new Error('Ce document ne peut pas être ouvert.')
    return { mimeType: response.headers.get('content-type') ?? 'application/octet-stream', bytes: new Uint8Array(await response.arrayBuffer()) }
  }

  async notifications(matriculeIns: string): Promise<readonly NotificationPatient[]> {
    return (await this.appeler<{ notifications: NotificationPatient[] }>('GET', matriculeIns, '/notifications')).notifications
  }

  marquerLue(matriculeIns: string, id: string): Promise<unknown> {
    return this.appeler('POST', matriculeIns, `/notifications/${encodeURIComponent(id)}/lue`, {})
  }

  effacerNotification(matriculeIns: string, id: string): Promise<unknown> {
    return this.appeler('DELETE', matriculeIns, `/notifications/${encodeURIComponent(id)}`)
  }

  /** @param path after the profile: `/mesures` */
  appeler<T>(method: string, matriculeIns: string, path: string, body?: unknown): Promise<T> {
    return callJson(this.acces, method, `/mes/api/profils/${matriculeIns}${path}`, body)
  }
}

function signer(init: RequestInit | undefined, auteur: string): RequestInit {
  const headers = new Headers(init?.headers)
  headers.set('X-Mes-Auteur', auteur)
  return { ...init, headers }
}

import { ApiRefusal } from '../json.ts'
import type { MesClient } from './mes-client.ts'
import type { DocumentPatient } from './mes-types.ts'

/** What the phone shows of the documents. */
export interface DocumentsDuPatient {
  readonly documents: readonly DocumentPatient[]
  /** Where the patient may put what they add. */
  readonly categories: readonly { readonly code: string; readonly libelle: string }[]
  /** New documents are masked to professionals. */
  readonly masquerNouveaux: boolean
}

export interface Telechargement {
  readonly id: string
  /** Simulated milliseconds. */
  readonly demandeLe: number
  /** Null while it is being prepared. */
  readonly pretLe: number | null
}

/** What is said of a file when it is added. */
export interface AjoutDeDocument {
  readonly fichier: File
  readonly titre: string
  readonly categorie: string
  readonly dossier: string
}

/** Sends a file of the patient. @throws {ApiRefusal} with a French sentence */
export async function ajouterDocument(
  { acces }: MesClient,
  matriculeIns: string,
  { fichier, titre, categorie, dossier }: AjoutDeDocument,
): Promise<void> {
  const query = new URLSearchParams({ nom: fichier.name, titre, categorie, dossier })
  const response = await acces.fetch(`${acces.base}/mes/api/profils/${matriculeIns}/documents?${query}`, {
    method: 'POST',
    headers: { 'Content-Type': fichier.type || 'application/octet-stream', Accept: 'application/json' },
    body: await fichier.arrayBuffer(),
  })
  if (response.ok) return
  const { detail, rule } = (await response.json().catch(() => ({}))) as { detail?: string; rule?: string }
  throw new ApiRefusal(response.status, detail ?? 'Ce fichier n’a pas pu être ajouté.', rule)
}

/** Bytes of the archive of everything. @throws {ApiRefusal} */
export async function archive({ acces }: MesClient, matriculeIns: string, id: string): Promise<Blob> {
  const response = await acces.fetch(`${acces.base}/mes/api/profils/${matriculeIns}/telechargements/${encodeURIComponent(id)}/archive`)
  if (response.ok) return await response.blob()
  const { detail } = (await response.json().catch(() => ({}))) as { detail?: string }
  throw new ApiRefusal(response.status, detail ?? 'L’archive n’a pas pu être lue.')
}

import { type Cursor, ImapSyntaxError } from '#standards/imap/cursor.ts'
import { readDateTime } from '#standards/imap/write.ts'
import { ajouter } from '../dossier.ts'
import { boites, dossiers } from '../store.ts'
import { lireMarques } from './marques.ts'
import { dossierNomme, lireNom } from './noms.ts'
import { type Fin, non, ok } from './fin.ts'
import type { SessionImap } from './session.ts'

/** @see RFC 3501 §6.3.11 ; RFC 4315 (APPENDUID) */
export async function append(session: SessionImap, lu: Cursor): Promise<Fin> {
  lu.space()
  const nom = lireNom(lu)
  lu.space()
  let marques: string[] = []
  if (lu.peek === '(') {
    marques = lireMarques(lu)
    lu.space()
  }
  let le: number | undefined
  if (lu.peek === '"') {
    le = readDateTime(lu.string())
    if (le === undefined) throw new ImapSyntaxError('date-time expected')
    lu.space()
  }
  const octets = lu.literal()
  if (!octets) throw new ImapSyntaxError('literal expected')
  lu.end()
  const dossier = await dossierNomme(session, nom)
  if (!dossier) return non('Ce dossier n’existe pas', 'TRYCREATE')
  if (octets.length === 0) return non('Un message vide ne se garde pas')
  // A view on what was received would keep all of it.
  const copie = octets.slice()
  const fait = await session.world.atomically(async (inside) => {
    const ici = await inside.store.get(dossiers, dossier.id)
    const boite = await inside.store.get(boites, session.ouverture.adresse)
    if (!ici || !boite) return 'TRYCREATE'
    if (boite.octets + copie.length > boite.quota) return 'OVERQUOTA'
    return await ajouter(inside, ici, { octets: copie, marques, ...(le !== undefined && { le }) })
  })
  if (typeof fait === 'string') return non(fait === 'OVERQUOTA' ? 'La boite est pleine' : 'Ce dossier n’existe pas', fait)
  return ok('Message garde', `APPENDUID ${dossier.uidValidity} ${fait.uid}`)
}

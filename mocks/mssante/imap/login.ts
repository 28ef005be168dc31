import { textOf } from '#standards/imap/bytes.ts'
import type { Cursor } from '#standards/imap/cursor.ts'
import { EN_CLAIR, ouvrirParMotDePasse } from './authenticate.ts'
import type { Fin } from './fin.ts'
import type { SessionImap } from './session.ts'

/** @see MSS-IMAP-STARTTLS (LOGINDISABLED), MSS-IMAP-JETON-MOT-DE-PASSE */
export async function login(session: SessionImap, lu: Cursor): Promise<Fin> {
  lu.space()
  const adresse = textOf(lu.astring())
  lu.space()
  const motDePasse = lu.astring()
  lu.end()
  return session.link.secure ? await ouvrirParMotDePasse(session, adresse, motDePasse) : EN_CLAIR
}

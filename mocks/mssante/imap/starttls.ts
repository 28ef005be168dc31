import type { Cursor } from '#standards/imap/cursor.ts'
import type { Commande } from './commande.ts'
import { type Fin, mal, ok } from './fin.ts'
import type { SessionImap } from './session.ts'

/** @see RFC 3501 §6.2.1 ; MSS-IMAP-STARTTLS */
export const startTls: Pick<Commande, 'faire' | 'apres'> = {
  async faire({ link }: SessionImap, lu: Cursor): Promise<Fin> {
    lu.end()
    return link.startTls ? ok('Commencez TLS') : mal(link.secure ? 'Deja chiffre' : 'Ce port n’a pas de certificat')
  },
  async apres(session: SessionImap): Promise<void> {
    if (!session.link.startTls) return
    await session.vider()
    session.oublierRecu()
    try {
      await session.link.startTls()
    } catch {
      // The client did not want our certificate, or speaks no TLS: there is nobody left to talk to.
      session.end()
      session.link.close()
    }
  },
}

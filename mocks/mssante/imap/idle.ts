import type { Cursor } from '#standards/imap/cursor.ts'
import { type Fin, mal, ok } from './fin.ts'
import type { SessionImap } from './session.ts'

/** What others change is told as it happens, until DONE. @see RFC 2177 */
export async function idle(session: SessionImap, lu: Cursor): Promise<undefined> {
  lu.end()
  await session.demander('En attente', async (line): Promise<Fin> => (line.trim().toUpperCase() === 'DONE' ? ok('Fait') : mal('DONE attendu')))
  await session.attendre()
}

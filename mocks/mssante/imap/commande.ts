import type { Cursor } from '#standards/imap/cursor.ts'
import type { Fin } from './fin.ts'
import type { SessionImap } from './session.ts'

export interface Commande {
  /** When it may be said: always, before a mailbox is open, once it is, once a folder is selected. */
  readonly etat: 'toujours' | 'avant' | 'ouverte' | 'choisie'
  /** It names messages by their sequence numbers: none may change meanwhile. @see RFC 3501 §7.4.1 */
  readonly numeros?: boolean
  /** Undefined: the answer comes later, after what the client still has to say. */
  faire(session: SessionImap, lu: Cursor): Promise<Fin | undefined>
  /** Once answered. */
  apres?(session: SessionImap): Promise<void>
}

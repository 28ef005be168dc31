import { toBinary, textOf } from '#standards/imap/bytes.ts'
import { type Cursor } from '#standards/imap/cursor.ts'
import { readBase64, writeBase64 } from '#standards/mime/base64.ts'
import { JETON_REFUSE, ouvrirParCertificat, ouvrirParJeton, refuser } from './ouvrir.ts'
import { type Fin, mal, non } from './fin.ts'
import type { SessionImap } from './session.ts'

/** `AUTHENTICATE XOAUTH2` and `PLAIN`, with their answer at once or asked for. @see RFC 4959 ; mssante.md §5.1 */
export async function authenticate(session: SessionImap, lu: Cursor): Promise<Fin | undefined> {
  lu.space()
  const mecanisme = lu.atom().toUpperCase()
  let reponse: string | undefined
  if (!lu.ended) {
    lu.space()
    reponse = lu.match(/[A-Za-z0-9+/=]+/y)?.[0]
  }
  lu.end()
  if (!session.link.secure) return EN_CLAIR
  if (mecanisme !== 'XOAUTH2' && mecanisme !== 'PLAIN') return non('Ce mecanisme n’est pas admis : XOAUTH2 ou PLAIN', 'CANNOT')
  const lire = mecanisme === 'XOAUTH2' ? xoauth2 : plain
  const recue = async (line: string): Promise<Fin | undefined> => {
    if (line === '*') return mal('Abandon')
    const message = decoder(line)
    return message === undefined ? mal('Base64 attendu') : await lire(session, message)
  }
  return reponse === undefined ? await session.demander('', recue) : await recue(reponse === '=' ? '' : reponse)
}

/** @see MSS-IMAP-STARTTLS */
export const EN_CLAIR: Fin = { statut: 'NO', code: 'PRIVACYREQUIRED', texte: 'STARTTLS d’abord' }

function decoder(base64: string): string | undefined {
  try {
    return toBinary(readBase64(base64))
  } catch {
    return undefined
  }
}

/** What Pro Santé Connect would say of such a token. @see mssante.md §5.1 */
const REFUS_DU_JETON = writeBase64(new TextEncoder().encode('{"status":"401","schemes":"bearer","scope":"openid scope_all"}'))

/** `user=<address>^Aauth=Bearer <token>^A^A` */
async function xoauth2(session: SessionImap, message: string): Promise<Fin | undefined> {
  const [, adresse = '', jeton = ''] = /^user=([^\x01]*)\x01auth=Bearer +([^\x01\s]*)\x01\x01$/i.exec(message) ?? []
  const fin = await ouvrirParJeton(session, jeton, textOf(adresse))
  if (fin) return fin
  // The reason is told first; whatever the client then says, it is no.
  return await session.demander(REFUS_DU_JETON, async () => refuser(session, JETON_REFUSE))
}

/** `[world]^@<address>^@<password>`: with the certificate of an organisation the password is not looked at. */
async function plain(session: SessionImap, message: string): Promise<Fin> {
  const [pour = '', adresse, motDePasse] = message.split('\0')
  if (adresse === undefined || motDePasse === undefined) return mal('PLAIN : autorisation, adresse et mot de passe attendus')
  return await ouvrirParMotDePasse(session, textOf(adresse), motDePasse, /^[a-z0-9-]{1,40}$/.test(pour) ? pour : 'default')
}

/** @see MSS-IMAP-APP-PLAIN, MSS-IMAP-JETON-MOT-DE-PASSE */
export async function ouvrirParMotDePasse(session: SessionImap, adresse: string, motDePasse: string, monde = 'default'): Promise<Fin> {
  const { structure } = session.link
  if (structure !== undefined) return await ouvrirParCertificat(session, structure, adresse, monde)
  const parDefaut = await session.link.world('default')
  if (parDefaut?.world.setting('MSS-IMAP-JETON-MOT-DE-PASSE') === false)
    return refuser(session, non('Sans certificat d’organisation, seul XOAUTH2 ouvre une boite', 'AUTHENTICATIONFAILED'))
  return (await ouvrirParJeton(session, motDePasse, adresse)) ?? refuser(session, JETON_REFUSE)
}

import { type Cursor, ImapSyntaxError } from '#standards/imap/cursor.ts'
import { encodeMailbox } from '#standards/imap/utf7.ts'
import { astring } from '#standards/imap/write.ts'
import type { DossierEnregistre } from '../store.ts'
import { dossierNomme, lireNom } from './noms.ts'
import { type Fin, non, ok } from './fin.ts'
import type { SessionImap } from './session.ts'

const DONNEES: Readonly<Record<string, (dossier: DossierEnregistre) => number>> = {
  MESSAGES: ({ messages }) => messages,
  RECENT: () => 0,
  UIDNEXT: ({ uidNext }) => uidNext,
  UIDVALIDITY: ({ uidValidity }) => uidValidity,
  UNSEEN: ({ nonLus }) => nonLus,
  HIGHESTMODSEQ: ({ modseq }) => modseq,
}

export const lireDonnees = (lu: Cursor): string[] =>
  lu.list(() => {
    const donnee = lu.atom().toUpperCase()
    if (!Object.hasOwn(DONNEES, donnee)) throw new ImapSyntaxError('unknown status item')
    return donnee
  })

/** @see RFC 3501 §6.3.10 */
export async function status(session: SessionImap, lu: Cursor): Promise<Fin> {
  lu.space()
  const nom = lireNom(lu)
  lu.space()
  const donnees = lireDonnees(lu)
  lu.end()
  const dossier = await dossierNomme(session, nom)
  if (!dossier) return non('Ce dossier n’existe pas', 'NONEXISTENT')
  direStatut(session, dossier, donnees)
  return ok('Fait')
}

export function direStatut(session: SessionImap, dossier: DossierEnregistre, donnees: readonly string[]): void {
  if (donnees.includes('HIGHESTMODSEQ')) session.condstore = true
  session.dire('* STATUS ', ...astring(encodeMailbox(dossier.nom)), ` (${donnees.map((une) => `${une} ${DONNEES[une]!(dossier)}`).join(' ')})`)
}

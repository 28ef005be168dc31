import { textOf } from '#standards/imap/bytes.ts'
import { decodeMailbox } from '#standards/imap/utf7.ts'
import type { Cursor } from '#standards/imap/cursor.ts'
import { cleDossier, type DossierEnregistre, dossiers } from '../store.ts'
import type { SessionImap } from './session.ts'

/** Names of folders: `/` between levels, INBOX whatever its case. */

export const canonique = (nom: string): string => (/^inbox(?=\/|$)/i.test(nom) ? `INBOX${nom.slice(5)}` : nom)

/** A name on the wire. */
export const lireNom = (lu: Cursor): string => canonique(decodeMailbox(textOf(lu.astring())))

/** What a new folder may be called. */
export const estNom = (nom: string): boolean =>
  /^[^\p{Cc}*%"\\|]{1,100}$/u.test(nom) && nom.split('/').every((niveau) => niveau.trim() !== '') && nom.split('/').length <= 10

export const dossierNomme = ({ world, ouverture }: SessionImap, nom: string): Promise<DossierEnregistre | undefined> =>
  nom.length > 300 || nom === '' ? Promise.resolve(undefined) : world.store.get(dossiers, cleDossier(ouverture.adresse, nom))

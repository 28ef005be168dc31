import type { Cursor } from '#standards/imap/cursor.ts'
import { creerDossier, deplacer, renommerDossier, supprimerDossier } from '../dossier.ts'
import { cleDossier, dossiers, dossiersDe, messages } from '../store.ts'
import { dossierNomme, estNom, lireNom } from './noms.ts'
import { type Fin, non, ok } from './fin.ts'
import type { SessionImap } from './session.ts'

const MAX_DOSSIERS = 200

const existe = (noms: readonly { readonly nom: string }[], nom: string): boolean => noms.some((un) => un.nom.toLowerCase() === nom.toLowerCase())

/** A `/` at the end says that folders will be made below. @see RFC 3501 §6.3.3 */
export async function create(session: SessionImap, lu: Cursor): Promise<Fin> {
  lu.space()
  const nom = lireNom(lu).replace(/\/$/, '')
  lu.end()
  if (!estNom(nom)) return non('Ce nom ne convient pas', 'CANNOT')
  return await session.world.atomically(async (inside) => {
    const tous = await dossiersDe(inside, session.ouverture.adresse)
    if (existe(tous, nom)) return non('Ce dossier existe deja', 'ALREADYEXISTS')
    if (tous.length >= MAX_DOSSIERS) return non('Trop de dossiers', 'LIMIT')
    await creerDossier(inside, session.ouverture.adresse, nom)
    return ok('Dossier cree')
  })
}

/** @see RFC 3501 §6.3.4 */
export async function remove(session: SessionImap, lu: Cursor): Promise<Fin> {
  lu.space()
  const nom = lireNom(lu)
  lu.end()
  const dossier = await dossierNomme(session, nom)
  if (!dossier) return non('Ce dossier n’existe pas', 'NONEXISTENT')
  if (nom === 'INBOX' || dossier.usage !== undefined) return non('Ce dossier est de toutes les boites : il ne se supprime pas', 'CANNOT')
  if (session.vue?.id === dossier.id) session.vue = undefined
  await session.world.atomically((inside) => supprimerDossier(inside, dossier))
  return ok('Dossier supprime')
}

/** Rows read at a time. */
const PAGE = 1_000

/** With what is below it; INBOX stays, empty, and its messages go. @see RFC 3501 §6.3.5 */
export async function rename(session: SessionImap, lu: Cursor): Promise<Fin> {
  lu.space()
  const ancien = lireNom(lu)
  lu.space()
  const nom = lireNom(lu).replace(/\/$/, '')
  lu.end()
  const { adresse } = session.ouverture
  if (!estNom(nom) || nom.startsWith(`${ancien}/`)) return non('Ce nom ne convient pas', 'CANNOT')
  const { vue } = session
  return await session.world.atomically(async (inside) => {
    const tous = await dossiersDe(inside, adresse)
    const dossier = tous.find((un) => un.nom === ancien)
    if (existe(tous, nom)) return non('Ce dossier existe deja', 'ALREADYEXISTS')
    if (ancien === 'INBOX' && dossier) {
      const vers = await creerDossier(inside, adresse, nom)
      for (;;) {
        const lot = await inside.store.range(messages, { index: 'parUid', equals: [cleDossier(adresse, 'INBOX')], limit: PAGE })
        for (const message of lot) await deplacer(inside, message, vers)
        if (lot.length < PAGE) return ok('Messages deplaces')
      }
    }
    const dessous = tous.filter((un) => un.nom.startsWith(`${ancien}/`))
    if (!dossier && dessous.length === 0) return non('Ce dossier n’existe pas', 'NONEXISTENT')
    if (dossier?.usage !== undefined) return non('Ce dossier est de toutes les boites : il ne se renomme pas', 'CANNOT')
    if (dessous.map((un) => nom + un.nom.slice(ancien.length)).some((un) => !estNom(un) || existe(tous, un)))
      return non('Un dossier en dessous ne peut pas prendre son nouveau nom', 'CANNOT')
    for (const un of [...(dossier ? [dossier] : []), ...dessous]) {
      if (vue?.id === un.id) session.vue = undefined
      const actuel = await inside.store.get(dossiers, un.id)
      if (actuel) await renommerDossier(inside, actuel, nom + un.nom.slice(ancien.length))
    }
    return ok('Dossier renomme')
  })
}

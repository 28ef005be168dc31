import type { Cursor } from '#standards/imap/cursor.ts'
import { messages } from '../store.ts'
import { expurger } from './expunge.ts'
import { MOTS_CLES, SYSTEME } from './marques.ts'
import { dossierNomme, lireNom } from './noms.ts'
import { type Fin, non, ok } from './fin.ts'
import type { SessionImap } from './session.ts'
import { Vue } from './vue.ts'

export const select = (session: SessionImap, lu: Cursor): Promise<Fin> => ouvrir(session, lu, false)
export const examine = (session: SessionImap, lu: Cursor): Promise<Fin> => ouvrir(session, lu, true)

async function ouvrir(session: SessionImap, lu: Cursor, lectureSeule: boolean): Promise<Fin> {
  lu.space()
  const nom = lireNom(lu)
  if (!lu.ended) {
    lu.space()
    if (lu.list(() => lu.atom().toUpperCase()).includes('CONDSTORE')) session.condstore = true
  }
  lu.end()
  // Whatever comes of it, the former folder is no longer selected.
  session.vue = undefined
  const dossier = await dossierNomme(session, nom)
  const vue = dossier && (await Vue.ouvrir(session.world, dossier.id, lectureSeule, MOTS_CLES))
  if (!vue) return non('Ce dossier n’existe pas', 'NONEXISTENT')
  const { uidValidity, uidNext, modseq, nonLus } = vue.dossier
  const marques = [...SYSTEME, ...MOTS_CLES].join(' ')
  session.dire(`* FLAGS (${marques})`)
  session.dire(`* OK [PERMANENTFLAGS (${lectureSeule ? '' : `${marques} \\*`})] Marques`)
  session.dire(`* ${vue.uids.length} EXISTS`)
  session.dire('* 0 RECENT')
  const premier = nonLus === 0 ? 0 : await premierNonLu(session, vue)
  if (premier > 0) session.dire(`* OK [UNSEEN ${premier}] Premier message non lu`)
  session.dire(`* OK [UIDVALIDITY ${uidValidity}] Valeur des UID`)
  session.dire(`* OK [UIDNEXT ${uidNext}] Prochain UID`)
  session.dire(`* OK [HIGHESTMODSEQ ${modseq}] Dernier changement`)
  session.vue = vue
  return ok('Dossier ouvert', lectureSeule ? 'READ-ONLY' : 'READ-WRITE')
}

/** Messages looked at from the oldest; beyond, the answer does without it, as RFC 3501 §6.3.1 lets it. */
const REGARDES = 200

async function premierNonLu(session: SessionImap, vue: Vue): Promise<number> {
  if (vue.dossier.nonLus === vue.uids.length) return 1
  const lignes = await session.world.store.range(messages, { index: 'parUid', equals: [vue.id], limit: REGARDES })
  const premiere = lignes.find(({ marques }) => !marques.includes('\\Seen'))
  return premiere ? vue.numeroDe(premiere.uid) : 0
}

/** Leaves the folder; what is marked `\Deleted` goes, without a word. @see RFC 3501 §6.4.2 */
export async function close(session: SessionImap, lu: Cursor): Promise<Fin> {
  lu.end()
  const { vue } = session
  session.vue = undefined
  if (vue && !vue.lectureSeule) await expurger(session, vue, vue.uids)
  return ok('Dossier ferme')
}

/** @see RFC 3691 */
export async function unselect(session: SessionImap, lu: Cursor): Promise<Fin> {
  lu.end()
  session.vue = undefined
  return ok('Dossier ferme')
}

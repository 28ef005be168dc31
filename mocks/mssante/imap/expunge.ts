import type { Cursor } from '#standards/imap/cursor.ts'
import { retirer } from '../dossier.ts'
import { lireChoix } from './choix.ts'
import { lignesDe } from './lignes.ts'
import { type Fin, non, ok } from './fin.ts'
import type { SessionImap } from './session.ts'
import type { Vue } from './vue.ts'

const LECTURE_SEULE = non('Dossier ouvert en lecture seule', 'READ-ONLY')

export async function expunge(session: SessionImap, lu: Cursor): Promise<Fin> {
  lu.end()
  const vue = session.vue!
  if (vue.lectureSeule) return LECTURE_SEULE
  await expurger(session, vue, vue.uids)
  return ok('Fait')
}

/** Of these only. @see RFC 4315 §2.1 */
export async function uidExpunge(session: SessionImap, lu: Cursor): Promise<Fin> {
  const vue = session.vue!
  const uids = lireChoix(lu, vue, true)
  lu.end()
  if (vue.lectureSeule) return LECTURE_SEULE
  await expurger(session, vue, uids)
  return ok('Fait')
}

/** Messages that leave in one transaction. */
const LOT = 500

/** What is marked `\Deleted` leaves; the client is told by what changed in the folder. */
export async function expurger({ world }: SessionImap, vue: Vue, uids: readonly number[]): Promise<void> {
  const marques: number[] = []
  for await (const lot of lignesDe(world, vue.id, uids))
    for (const { uid, marques: siennes } of lot) if (siennes.includes('\\Deleted')) marques.push(uid)
  for (let at = 0; at < marques.length; at += LOT)
    await world.atomically(async (inside) => {
      for await (const lot of lignesDe(inside, vue.id, marques.slice(at, at + LOT)))
        for (const message of lot) if (message.marques.includes('\\Deleted')) await retirer(inside, message)
    })
}

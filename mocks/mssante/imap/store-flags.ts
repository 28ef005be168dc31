import { type Cursor, ImapSyntaxError } from '#standards/imap/cursor.ts'
import { writeSequence } from '#standards/imap/sequence-set.ts'
import { marquer } from '../dossier.ts'
import type { MessageEnregistre } from '../store.ts'
import { lireChoix } from './choix.ts'
import { lignesDe } from './lignes.ts'
import { changees, lireMarques, marquesDe, porte, SYSTEME } from './marques.ts'
import { type Fin, non, ok } from './fin.ts'
import type { SessionImap } from './session.ts'
import type { Vue } from './vue.ts'

/** Messages marked in one transaction: others have their turn in between. */
const LOT = 500

/** @see RFC 3501 §6.4.6 ; RFC 7162 §3.1.3 (UNCHANGEDSINCE) */
export async function store(session: SessionImap, lu: Cursor, parUid: boolean): Promise<Fin> {
  const vue = session.vue!
  const uids = lireChoix(lu, vue, parUid)
  lu.space()
  let inchange = Number.POSITIVE_INFINITY
  if (lu.peek === '(') {
    lu.list(() => {
      if (lu.atom().toUpperCase() !== 'UNCHANGEDSINCE') throw new ImapSyntaxError('UNCHANGEDSINCE expected')
      lu.space()
      inchange = lu.number()
    })
    session.condstore = true
    lu.space()
  }
  const [, comment, muet] = lu.match(/([+-]?)FLAGS(\.SILENT)?(?= )/iy) ?? []
  if (comment === undefined) throw new ImapSyntaxError('FLAGS expected')
  lu.space()
  const donnees = lireMarques(lu)
  lu.end()
  if (vue.lectureSeule) return non('Dossier ouvert en lecture seule', 'READ-ONLY')
  annoncerMotsCles(session, vue, donnees)
  const refusees: number[] = []
  for (let at = 0; at < uids.length; at += LOT) {
    const faites: MessageEnregistre[] = []
    await session.world.atomically(async (inside) => {
      for await (const lot of lignesDe(inside, vue.id, uids.slice(at, at + LOT)))
        for (const message of lot)
          if (message.modseq > inchange) refusees.push(parUid ? message.uid : vue.numeroDe(message.uid))
          else faites.push(await marquer(inside, message, changees(message.marques, comment === '' ? '=' : (comment as '+' | '-'), donnees)))
    })
    for (const message of faites) {
      vue.siens.set(message.uid, message.modseq)
      dire(session, vue, message, parUid, muet !== undefined)
    }
    await session.respirer()
  }
  return refusees.length > 0 ? ok('Certains messages avaient change', `MODIFIED ${writeSequence(refusees)}`) : ok('Fait')
}

function dire(session: SessionImap, vue: Vue, message: MessageEnregistre, parUid: boolean, muet: boolean): void {
  const donnees = [
    ...(parUid ? [`UID ${message.uid}`] : []),
    ...(muet ? [] : [`FLAGS ${marquesDe(vue, message)}`]),
    ...(session.condstore ? [`MODSEQ (${message.modseq})`] : []),
  ]
  if (!muet || session.condstore) session.dire(`* ${vue.numeroDe(message.uid)} FETCH (${donnees.join(' ')})`)
}

/** A keyword the client was not told of is first shown among the flags. @see RFC 3501 §7.2.6 */
function annoncerMotsCles(session: SessionImap, vue: Vue, donnees: readonly string[]): void {
  const neufs = donnees.filter((une) => !une.startsWith('\\') && !porte([...vue.motsCles], une) && vue.motsCles.size < 1_000)
  if (neufs.length === 0) return
  for (const une of neufs) vue.motsCles.add(une)
  session.dire(`* FLAGS (${[...SYSTEME, ...vue.motsCles].join(' ')})`)
}

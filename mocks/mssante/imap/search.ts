import type { Cursor } from '#standards/imap/cursor.ts'
import { readSearchKeys, type SearchKey } from '#standards/imap/search-keys.ts'
import { writeSequence } from '#standards/imap/sequence-set.ts'
import { uidsDe } from './choix.ts'
import { Chercheur } from './chercher.ts'
import { type Fin, non, ok } from './fin.ts'
import type { SessionImap } from './session.ts'
import type { Vue } from './vue.ts'

const OPTIONS = ['MIN', 'MAX', 'COUNT', 'ALL']

/** @see RFC 3501 §6.4.4 ; RFC 4731 (RETURN) ; RFC 7162 §3.1.5 (MODSEQ) */
export async function search(session: SessionImap, lu: Cursor, parUid: boolean): Promise<Fin> {
  const vue = session.vue!
  lu.space()
  let retour: string[] | undefined
  if (lu.match(/RETURN(?= \()/iy)) {
    lu.space()
    retour = lu.list(() => lu.atom().toUpperCase()).filter((une) => OPTIONS.includes(une))
    if (retour.length === 0) retour = ['ALL']
    lu.space()
  }
  if (lu.match(/CHARSET(?= )/iy)) {
    lu.space()
    const charset = lu.astring().toUpperCase()
    if (charset !== 'UTF-8' && charset !== 'US-ASCII') return non('Jeu de caracteres inconnu', 'BADCHARSET (US-ASCII UTF-8)')
    lu.space()
  }
  const cle = readSearchKeys(lu)
  lu.end()
  const trouves = await chercher(session, vue, cle)
  const nombres = parUid ? trouves.uids : trouves.uids.map((uid) => vue.numeroDe(uid))
  const modseq = trouves.modseq === undefined || nombres.length === 0 ? '' : ` MODSEQ ${trouves.modseq}`
  if (retour) session.dire(`* ESEARCH (TAG ${JSON.stringify(session.tag)})${parUid ? ' UID' : ''}${etendue(retour, nombres)}${modseq}`)
  else session.dire(`* SEARCH${nombres.length > 0 ? ` ${nombres.join(' ')}` : ''}${modseq === '' ? '' : ` (${modseq.trim()})`}`)
  return ok('Fait')
}

function etendue(retour: readonly string[], nombres: readonly number[]): string {
  const dits = retour.includes('COUNT') ? [`COUNT ${nombres.length}`] : []
  if (nombres.length > 0) {
    if (retour.includes('MIN')) dits.push(`MIN ${nombres[0]}`)
    if (retour.includes('MAX')) dits.push(`MAX ${nombres.at(-1)}`)
    if (retour.includes('ALL')) dits.push(`ALL ${writeSequence(nombres)}`)
  }
  return dits.map((un) => ` ${un}`).join('')
}

/** Sets that are asked for together with the rest narrow what is looked at. */
async function chercher(session: SessionImap, vue: Vue, cle: SearchKey): Promise<{ uids: number[]; modseq: number | undefined }> {
  const ensemble = cle.type === 'and' ? cle.keys : [cle]
  let uids: readonly number[] = vue.uids
  for (const une of ensemble)
    if (une.type === 'uid' || une.type === 'sequence') {
      const nommes = new Set(uidsDe(une.set, vue, une.type === 'uid'))
      uids = uids.filter((uid) => nommes.has(uid))
    }
  const reste = ensemble.filter(({ type }) => type !== 'uid' && type !== 'sequence' && type !== 'all')
  if (reste.length === 0) return { uids: [...uids], modseq: undefined }
  return await new Chercheur(session, vue, { type: 'and', keys: reste }).parmi(uids)
}

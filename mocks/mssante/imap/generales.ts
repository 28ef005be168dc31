import type { Cursor } from '#standards/imap/cursor.ts'
import { type Fin, ok } from './fin.ts'
import type { SessionImap } from './session.ts'

export async function capability(session: SessionImap, lu: Cursor): Promise<Fin> {
  lu.end()
  session.dire(`* CAPABILITY ${session.capacites()}`)
  return ok('Fait')
}

/** What others changed is told with every answer. */
export async function noop(_: SessionImap, lu: Cursor): Promise<Fin> {
  lu.end()
  return ok('Fait')
}

export async function logout(session: SessionImap, lu: Cursor): Promise<Fin> {
  lu.end()
  session.vue = undefined
  session.dire('* BYE Au revoir')
  return ok('Fait')
}

/** What the client says of itself is not kept. @see RFC 2971 */
export async function id(session: SessionImap, lu: Cursor): Promise<Fin> {
  lu.space()
  if (lu.peek === '(') lu.list(() => (lu.peek === 'N' ? lu.atom() : lu.string()))
  else lu.atom()
  lu.end()
  session.dire('* ID ("name" "Bac a sante" "vendor" "Bac a sante" "environment" "fictif")')
  return ok('Fait')
}

/** @see RFC 5161 */
export async function enable(session: SessionImap, lu: Cursor): Promise<Fin> {
  const demandees: string[] = []
  do {
    lu.space()
    demandees.push(lu.atom().toUpperCase())
  } while (!lu.ended)
  if (demandees.includes('CONDSTORE')) session.condstore = true
  session.dire(`* ENABLED${demandees.includes('CONDSTORE') ? ' CONDSTORE' : ''}`)
  return ok('Fait')
}

/** @see RFC 2342 */
export async function namespace(session: SessionImap, lu: Cursor): Promise<Fin> {
  lu.end()
  session.dire('* NAMESPACE (("" "/")) NIL NIL')
  return ok('Fait')
}

import { type Cursor, ImapSyntaxError } from '#standards/imap/cursor.ts'
import { append } from './append.ts'
import { authenticate } from './authenticate.ts'
import { copy, move } from './copy.ts'
import { create, remove, rename } from './create.ts'
import { expunge, uidExpunge } from './expunge.ts'
import { fetch } from './fetch.ts'
import { capability, enable, id, logout, namespace, noop } from './generales.ts'
import { idle } from './idle.ts'
import { list, lsub, subscribe } from './list.ts'
import { login } from './login.ts'
import { search } from './search.ts'
import { close, examine, select, unselect } from './select.ts'
import type { Commande } from './commande.ts'
import type { Fin } from './fin.ts'
import type { SessionImap } from './session.ts'
import { startTls } from './starttls.ts'
import { status } from './status.ts'
import { store } from './store-flags.ts'

type Par = (session: SessionImap, lu: Cursor, parUid: boolean) => Promise<Fin | undefined>

const parNumeros = (faire: Par, numeros: boolean): Commande => ({ etat: 'choisie', numeros, faire: (session, lu) => faire(session, lu, false) })

const PAR_UID: Readonly<Record<string, Par>> = { FETCH: fetch, STORE: store, SEARCH: search, COPY: copy, MOVE: move, EXPUNGE: uidExpunge }

async function uid(session: SessionImap, lu: Cursor): Promise<Fin | undefined> {
  lu.space()
  const faire = PAR_UID[lu.atom().toUpperCase()]
  if (!faire) throw new ImapSyntaxError('unknown command')
  return await faire(session, lu, true)
}

/** @see mssante.md §10.3 : what the clients of the field say */
export const commandes: ReadonlyMap<string, Commande> = new Map(
  Object.entries({
    CAPABILITY: { etat: 'toujours', faire: capability },
    NOOP: { etat: 'toujours', faire: noop },
    LOGOUT: { etat: 'toujours', faire: logout, apres: (session) => session.partir() },
    ID: { etat: 'toujours', faire: id },
    STARTTLS: { etat: 'avant', ...startTls },
    AUTHENTICATE: { etat: 'avant', faire: authenticate },
    LOGIN: { etat: 'avant', faire: login },
    ENABLE: { etat: 'ouverte', faire: enable },
    NAMESPACE: { etat: 'ouverte', faire: namespace },
    LIST: { etat: 'ouverte', faire: list },
    LSUB: { etat: 'ouverte', faire: lsub },
    SUBSCRIBE: { etat: 'ouverte', faire: (session, lu) => subscribe(session, lu, true) },
    UNSUBSCRIBE: { etat: 'ouverte', faire: (session, lu) => subscribe(session, lu, false) },
    STATUS: { etat: 'ouverte', faire: status },
    SELECT: { etat: 'ouverte', faire: select },
    EXAMINE: { etat: 'ouverte', faire: examine },
    CREATE: { etat: 'ouverte', faire: create },
    DELETE: { etat: 'ouverte', faire: remove },
    RENAME: { etat: 'ouverte', faire: rename },
    APPEND: { etat: 'ouverte', faire: append },
    IDLE: { etat: 'ouverte', faire: idle },
    CHECK: { etat: 'choisie', faire: noop },
    CLOSE: { etat: 'choisie', faire: close },
    UNSELECT: { etat: 'choisie', faire: unselect },
    EXPUNGE: { etat: 'choisie', faire: expunge },
    SEARCH: parNumeros(search, true),
    FETCH: parNumeros(fetch, true),
    STORE: parNumeros(store, true),
    COPY: parNumeros(copy, false),
    MOVE: parNumeros(move, false),
    UID: { etat: 'choisie', faire: uid },
  } satisfies Record<string, Commande>),
)

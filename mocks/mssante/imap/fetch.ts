import { type Cursor, ImapSyntaxError } from '#standards/imap/cursor.ts'
import { type FetchItem, readFetchItems } from '#standards/imap/fetch-items.ts'
import { type MimePart, readMessage } from '#standards/imap/mime-part.ts'
import { bytesOfSection, partial } from '#standards/imap/section.ts'
import { writeEnvelope, writeStructure } from '#standards/imap/structure.ts'
import { literal, type Written, writeDateTime } from '#standards/imap/write.ts'
import { readEntete } from '#standards/mime/entetes.ts'
import { lu as estLu, marquer } from '../dossier.ts'
import { messages, type MessageEnregistre } from '../store.ts'
import { lireChoix } from './choix.ts'
import { lignesDe } from './lignes.ts'
import { marquesDe } from './marques.ts'
import { type Fin, ok } from './fin.ts'
import type { EnMain } from './en-main.ts'
import type { SessionImap } from './session.ts'
import type { Vue } from './vue.ts'

/** @see RFC 3501 §6.4.5 ; RFC 7162 §3.1.4 (CHANGEDSINCE) */
export async function fetch(session: SessionImap, lu: Cursor, parUid: boolean): Promise<Fin> {
  const vue = session.vue!
  const uids = lireChoix(lu, vue, parUid)
  lu.space()
  const donnees = readFetchItems(lu)
  let depuis = -1
  if (!lu.ended) {
    lu.space()
    lu.list(() => {
      if (lu.atom().toUpperCase() !== 'CHANGEDSINCE') throw new ImapSyntaxError('CHANGEDSINCE expected')
      lu.space()
      depuis = lu.number()
    })
  }
  lu.end()
  const avec = completes(donnees, parUid, depuis >= 0)
  if (avec.some(({ type }) => type === 'MODSEQ')) session.condstore = true
  if (avec.every(({ type }) => type === 'UID') && depuis < 0) {
    for (const uid of uids) {
      session.dire(`* ${vue.numeroDe(uid)} FETCH (UID ${uid})`)
      await session.respirer()
    }
    return ok('Fait')
  }
  const marque = !vue.lectureSeule && avec.some((donnee) => donnee.type === 'section' && !donnee.peek)
  let vus = 0
  const lots = depuis >= 0 ? changesDepuis(session, vue, new Set(uids), depuis) : lignesDe(session.world, vue.id, uids)
  for await (const lot of lots)
    for (const message of lot) {
      vus += 1
      await dire(session, vue, marque && !estLu(message) ? await lire(session, vue, message) : message, avec, marque && !estLu(message))
      await session.respirer()
      if (session.finie) return ok('Fait')
    }
  return depuis < 0 && vus < uids.length ? ok('Certains messages ont ete supprimes entre-temps', 'EXPUNGEISSUED') : ok('Fait')
}

function completes(donnees: readonly FetchItem[], parUid: boolean, depuis: boolean): readonly FetchItem[] {
  const avec = [...donnees]
  if (parUid && !avec.some(({ type }) => type === 'UID')) avec.unshift({ type: 'UID' })
  if (depuis && !avec.some(({ type }) => type === 'MODSEQ')) avec.push({ type: 'MODSEQ' })
  return avec
}

/** Rows read at a time. */
const PAGE = 500

/** By what changed, not by what the folder holds. */
async function* changesDepuis({ world }: SessionImap, vue: Vue, voulus: ReadonlySet<number>, depuis: number): AsyncGenerator<MessageEnregistre[]> {
  for (let from = depuis + 1; ;) {
    const page = await world.store.range(messages, { index: 'parModseq', equals: [vue.id], from, limit: PAGE })
    yield page.filter(({ uid }) => voulus.has(uid))
    if (page.length < PAGE) return
    from = page.at(-1)!.modseq + 1
  }
}

/** Its body was asked for: it is read from now on. */
async function lire({ world }: SessionImap, vue: Vue, { id }: MessageEnregistre): Promise<MessageEnregistre> {
  const lue = await world.atomically(async (inside) => {
    const message = await inside.store.get(messages, id)
    return message && (await marquer(inside, message, estLu(message) ? message.marques : [...message.marques, '\\Seen']))
  })
  if (!lue) return GONE
  vue.siens.set(lue.uid, lue.modseq)
  return lue
}

const GONE = {} as MessageEnregistre

async function dire(session: SessionImap, vue: Vue, message: MessageEnregistre, donnees: readonly FetchItem[], marquee: boolean): Promise<void> {
  if (message === GONE) return
  const lourdes = donnees.some(({ type }) => type === 'section' || type === 'ENVELOPE' || type === 'BODY' || type === 'BODYSTRUCTURE')
  let enMain = session.enMain?.corps === message.corps ? session.enMain : undefined
  if (lourdes && !enMain) {
    const octets = await session.world.store.getBytes(message.corps)
    if (!octets) return
    enMain = { corps: message.corps, octets }
    session.enMain = enMain
  }
  const ligne: Written[] = [`* ${vue.numeroDe(message.uid)} FETCH (`]
  donnees.forEach((donnee, at) => ligne.push(...(at === 0 ? [] : [' ']), ...uneDonnee(vue, message, donnee, enMain)))
  // The client learns of what its reading changed.
  if (marquee && !donnees.some(({ type }) => type === 'FLAGS')) ligne.push(` FLAGS ${marquesDe(vue, message)}`)
  session.dire(...ligne, ')')
}

const partieDe = (enMain: EnMain): MimePart => (enMain.partie ??= readMessage(enMain.octets))

function uneDonnee(vue: Vue, message: MessageEnregistre, donnee: FetchItem, enMain: EnMain | undefined): Written[] {
  switch (donnee.type) {
    case 'UID':
      return [`UID ${message.uid}`]
    case 'FLAGS':
      return [`FLAGS ${marquesDe(vue, message)}`]
    case 'INTERNALDATE':
      return [`INTERNALDATE ${writeDateTime(message.le)}`]
    case 'RFC822.SIZE':
      return [`RFC822.SIZE ${message.taille}`]
    case 'MODSEQ':
      return [`MODSEQ (${message.modseq})`]
    case 'ENVELOPE':
      return ['ENVELOPE ', ...writeEnvelope(readEntete(enMain!.octets))]
    case 'BODY':
    case 'BODYSTRUCTURE':
      return [`${donnee.type} `, ...writeStructure(enMain!.octets, partieDe(enMain!), donnee.type === 'BODYSTRUCTURE')]
    case 'section':
      return uneSection(donnee, enMain!)
  }
}

function uneSection({ name, section, partial: portion }: Extract<FetchItem, { type: 'section' }>, enMain: EnMain): Written[] {
  const { path, part } = section
  const whole = path.length === 0 && part === ''
  const octets = whole ? enMain.octets : bytesOfSection(enMain.octets, path.length === 0 ? enTete(enMain) : partieDe(enMain), section)
  const nom = portion ? `${name}<${portion[0]}>` : name
  return octets === undefined ? [`${nom} NIL`] : [`${nom} `, ...literal(portion ? partial(octets, ...portion) : octets)]
}

/** The header is all that HEADER and TEXT need of a message: its parts are not read. */
function enTete({ octets, partie }: EnMain): MimePart {
  if (partie) return partie
  const { champs, corps } = readEntete(octets)
  return { start: 0, body: corps, end: octets.length, champs, type: '', subtype: '', parameters: [], parts: [] }
}

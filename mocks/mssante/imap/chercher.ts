import { readMessage } from '#standards/imap/mime-part.ts'
import { foldCase, type SearchKey } from '#standards/imap/search-keys.ts'
import { readablePart } from '#standards/imap/readable-part.ts'
import { enClair, readEntete, valeurDe, valeursDe } from '#standards/mime/entetes.ts'
import { messages, type MessageEnregistre } from '../store.ts'
import { uidsDe } from './choix.ts'
import { lignesDe } from './lignes.ts'
import { porte } from './marques.ts'
import type { SessionImap } from './session.ts'
import type { Vue } from './vue.ts'

const JOUR = 86_400_000

/** Fields that a row holds: `Subject` and who wrote to whom are found without reading the message. */
const RETENUS: Readonly<Record<string, (message: MessageEnregistre) => string>> = {
  subject: ({ entete }) => entete.objet,
  from: ({ entete }) => noms(entete.de),
  'message-id': ({ messageId }) => messageId ?? '',
  'x-mss-nil': ({ entete }) => entete.mss.NIL ?? '',
  'x-mss-ins': ({ entete }) => entete.mss.INS ?? '',
  'x-mss-codecda': ({ entete }) => entete.mss.CODECDA ?? '',
  'x-mss-mes': ({ entete }) => entete.mss.MES ?? '',
}

const noms = (boites: readonly { nom: string; adresse: string }[]): string => boites.map(({ nom, adresse }) => `${nom} <${adresse}>`).join(', ')

/** What a row answers by itself: the rest waits for the bytes of the message. */
type Verdict = boolean | 'lire'

/** Looks for the messages a key wants. Bytes are read only where a row cannot tell. */
export class Chercheur {
  readonly #session: SessionImap
  readonly #vue: Vue
  readonly #cle: SearchKey
  readonly #ensembles = new Map<SearchKey, ReadonlySet<number>>()
  readonly #modseq: boolean

  constructor(session: SessionImap, vue: Vue, cle: SearchKey) {
    this.#session = session
    this.#vue = vue
    this.#cle = cle
    this.#modseq = this.#preparer(cle)
  }

  /** Reads the sets once; tells whether a modseq is asked for. */
  #preparer(cle: SearchKey): boolean {
    switch (cle.type) {
      case 'uid':
      case 'sequence':
        this.#ensembles.set(cle, new Set(uidsDe(cle.set, this.#vue, cle.type === 'uid')))
        return false
      case 'modseq':
        this.#session.condstore = true
        return true
      case 'not':
        return this.#preparer(cle.key)
      case 'or':
        return [this.#preparer(cle.one), this.#preparer(cle.other)].includes(true)
      case 'and':
        return cle.keys.map((une) => this.#preparer(une)).includes(true)
      default:
        return false
    }
  }

  async parmi(uids: readonly number[]): Promise<{ uids: number[]; modseq: number | undefined }> {
    const trouves: number[] = []
    let modseq = 0
    for await (const lot of await this.#lots(uids)) {
      for (const message of lot) {
        const verdict = this.#juger(message, this.#cle, undefined)
        if (verdict === false || (verdict === 'lire' && !(await this.#lire(message)))) continue
        trouves.push(message.uid)
        modseq = Math.max(modseq, message.modseq)
      }
      if (this.#session.finie) break
    }
    return { uids: trouves, modseq: this.#modseq ? modseq : undefined }
  }

  async #lots(uids: readonly number[]): Promise<AsyncIterable<readonly MessageEnregistre[]> | Iterable<readonly MessageEnregistre[]>> {
    const { world } = this.#session
    const cles = this.#cle.type === 'and' ? this.#cle.keys : [this.#cle]
    // How a client finds again what it has just sent or filed.
    const exact = cles.find((une) => une.type === 'header' && une.field === 'message-id' && /^<[^<>\s]+>$/.test(une.text))
    if (exact?.type === 'header') {
      const memes = await world.store.range(messages, { index: 'parMessageId', equals: [this.#vue.boite, exact.text], limit: 1_000 })
      const ici = memes.filter(({ dossier, uid }) => dossier === this.#vue.id && this.#vue.numeroDe(uid) > 0)
      // The index knows one letter case only: an id written otherwise is looked for in every row.
      if (ici.length > 0) return [ici.toSorted((a, b) => a.uid - b.uid)]
    }
    return lignesDe(world, this.#vue.id, uids)
  }

  async #lire(message: MessageEnregistre): Promise<boolean> {
    const octets = await this.#session.world.store.getBytes(message.corps)
    return octets !== undefined && this.#juger(message, this.#cle, octets) === true
  }

  #juger(message: MessageEnregistre, cle: SearchKey, octets: Uint8Array | undefined): Verdict {
    const juger = (une: SearchKey) => this.#juger(message, une, octets)
    switch (cle.type) {
      case 'all':
        return true
      case 'and':
        return et(cle.keys.map(juger))
      case 'or':
        return ou(juger(cle.one), juger(cle.other))
      case 'not': {
        const verdict = juger(cle.key)
        return verdict === 'lire' ? 'lire' : !verdict
      }
      case 'uid':
      case 'sequence':
        return this.#ensembles.get(cle)!.has(message.uid)
      case 'flag':
        return porte(message.marques, cle.flag) === cle.set
      case 'recent':
        return this.#vue.recent(message) === cle.recent && (!cle.unseen || !message.marques.includes('\\Seen'))
      case 'size':
        return cle.larger ? message.taille > cle.size : message.taille < cle.size
      case 'modseq':
        return message.modseq >= cle.from
      case 'date':
        return cle.sent ? envoye(message, cle, octets) : compare(message.le, cle)
      case 'header':
        return parChamp(message, cle.field, cle.text, octets)
      case 'text':
      case 'body':
        return octets === undefined ? 'lire' : contient(octets, cle.text, cle.type === 'text')
    }
  }
}

function et(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes(false)) return false
  return verdicts.includes('lire') ? 'lire' : true
}

function ou(un: Verdict, autre: Verdict): Verdict {
  if (un === true || autre === true) return true
  return un === 'lire' || autre === 'lire' ? 'lire' : false
}

type Par = Pick<Extract<SearchKey, { type: 'date' }>, 'how' | 'day'>

const compare = (le: number, { how, day }: Par): boolean => (how === 'before' ? le < day : how === 'since' ? le >= day : le >= day && le < day + JOUR)

/** The day as its sender wrote it, whatever the time zone: a row tells unless midnight is near. */
function envoye(message: MessageEnregistre, par: Par, octets: Uint8Array | undefined): Verdict {
  const { date } = message.entete
  if (date === null) return compare(message.le, par)
  const tot = compare(date - 14 * 3_600_000, par)
  const tard = compare(date + 14 * 3_600_000, par)
  if (tot === tard && compare(date, par) === tot) return tot
  if (octets === undefined) return 'lire'
  const [, jour, mois, annee] = /(\d{1,2}) +([A-Za-z]{3})[a-z]* +(\d{4})/.exec(valeurDe(readEntete(octets), 'Date')) ?? []
  const ecrit = Date.parse(`${jour} ${mois} ${annee} 00:00:00 GMT`)
  return compare(Number.isNaN(ecrit) ? date : ecrit, par)
}

function parChamp(message: MessageEnregistre, champ: string, texte: string, octets: Uint8Array | undefined): Verdict {
  const retenu = Object.hasOwn(RETENUS, champ) ? RETENUS[champ]!(message) : undefined
  if (retenu !== undefined && retenu.length < 2_000 && texte !== '') return foldCase(retenu).includes(texte)
  if (champ === 'to' || champ === 'cc') {
    const boites = champ === 'to' ? message.entete.a : message.entete.cc
    if (boites.length < 100 && texte !== '') return foldCase(noms(boites)).includes(texte)
  }
  if (octets === undefined) return 'lire'
  const valeurs = valeursDe(readEntete(octets), champ)
  return valeurs.some((valeur) => foldCase(enClair(valeur)).includes(texte))
}

/** Bodies longer than this are searched in their beginning only, characters. */
const MAX_CHERCHE = 2_000_000

function contient(octets: Uint8Array, texte: string, avecEntete: boolean): boolean {
  const message = readMessage(octets)
  if (avecEntete && message.champs.some(({ nom, valeur }) => foldCase(`${nom}: ${enClair(valeur)}`).includes(texte))) return true
  return readablePart(octets, message, (lu, entete) => (avecEntete || !entete) && foldCase(lu.slice(0, MAX_CHERCHE)).includes(texte))
}

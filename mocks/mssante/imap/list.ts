import { textOf } from '#standards/imap/bytes.ts'
import type { Cursor } from '#standards/imap/cursor.ts'
import { decodeMailbox, encodeMailbox } from '#standards/imap/utf7.ts'
import { astring } from '#standards/imap/write.ts'
import { type DossierEnregistre, dossiers, dossiersDe } from '../store.ts'
import { canonique, dossierNomme, lireNom } from './noms.ts'
import { type Fin, non, ok } from './fin.ts'
import type { SessionImap } from './session.ts'
import { direStatut, lireDonnees } from './status.ts'

/** Folders, and the levels above them that are no folder. @see RFC 3501 §6.3.8 ; RFC 6154 ; options of RFC 5258 taken when sent */
export async function list(session: SessionImap, lu: Cursor): Promise<Fin> {
  lu.space()
  let abonnes = false
  let speciaux = false
  if (lu.peek === '(') {
    const choix = lu.list(() => lu.atom().toUpperCase())
    abonnes = choix.includes('SUBSCRIBED')
    speciaux = choix.includes('SPECIAL-USE')
    lu.space()
  }
  const reference = decodeMailbox(textOf(lu.astring()))
  lu.space()
  const motifs = (lu.peek === '(' ? lu.list(() => lu.listMailbox()) : [lu.listMailbox()]).map((un) => decodeMailbox(textOf(un)))
  let statut: string[] = []
  if (!lu.ended) {
    lu.space()
    lu.match(/RETURN/iy)
    lu.space()
    lu.list(() => {
      const option = lu.atom().toUpperCase()
      if (option !== 'STATUS') return
      lu.space()
      statut = lireDonnees(lu)
    })
  }
  lu.end()
  if (motifs.length === 1 && motifs[0] === '') {
    session.dire('* LIST (\\Noselect) "/" ""')
    return ok('Fait')
  }
  const tous = await dossiersDe(session.world, session.ouverture.adresse)
  const retenus = tous.filter((un) => (!abonnes || un.abonne) && (!speciaux || un.usage !== undefined))
  montrer(session, 'LIST', retenus, tous, motifs, reference)
  if (statut.length > 0) for (const un of retenus) if (motifs.some((motif) => convient(un.nom, reference + motif))) direStatut(session, un, statut)
  return ok('Fait')
}

export async function lsub(session: SessionImap, lu: Cursor): Promise<Fin> {
  lu.space()
  const reference = decodeMailbox(textOf(lu.astring()))
  lu.space()
  const motif = decodeMailbox(textOf(lu.listMailbox()))
  lu.end()
  const tous = await dossiersDe(session.world, session.ouverture.adresse)
  const abonnes = tous.filter(({ abonne }) => abonne)
  montrer(session, 'LSUB', abonnes, tous, [motif], reference)
  return ok('Fait')
}

function montrer(
  session: SessionImap,
  mot: 'LIST' | 'LSUB',
  retenus: readonly DossierEnregistre[],
  tous: readonly DossierEnregistre[],
  motifs: readonly string[],
  reference: string,
): void {
  const noms = new Set(retenus.map(({ nom }) => nom))
  const parents = retenus.flatMap(({ nom }) => niveauxAuDessus(nom)).filter((nom) => !noms.has(nom))
  const lignes = [...retenus, ...[...new Set(parents)].map((nom) => ({ nom, usage: undefined }))]
  // INBOX first, as people read it.
  for (const { nom, usage } of lignes.toSorted((a, b) => Number(b.nom === 'INBOX') - Number(a.nom === 'INBOX') || (a.nom < b.nom ? -1 : 1))) {
    if (!motifs.some((motif) => convient(nom, reference + motif))) continue
    const enfants = tous.some((un) => un.nom.startsWith(`${nom}/`))
    const attributs = [
      ...(noms.has(nom) ? [] : ['\\Noselect']),
      enfants ? '\\HasChildren' : '\\HasNoChildren',
      ...(usage === undefined ? [] : [usage]),
    ]
    session.dire(`* ${mot} (${attributs.join(' ')}) "/" `, ...astring(encodeMailbox(nom)))
  }
}

const niveauxAuDessus = (nom: string): string[] => {
  const niveaux = nom.split('/')
  return niveaux.slice(1).map((_, at) => niveaux.slice(0, at + 1).join('/'))
}

/** `*` is anything, `%` anything within a level. Without regular expressions: the pattern comes from the wire. */
function convient(nom: string, motif: string): boolean {
  const cherche = canonique(motif).slice(0, 1_000)
  // Positions of the pattern that the name read so far may be at.
  let places = suivre(new Set([0]), cherche)
  for (const caractere of nom) {
    const suivantes = new Set<number>()
    for (const place of places) {
      const attendu = cherche[place]
      if (attendu === '*' || (attendu === '%' && caractere !== '/')) suivantes.add(place)
      if (attendu === caractere && attendu !== '*' && attendu !== '%') suivantes.add(place + 1)
    }
    places = suivre(suivantes, cherche)
  }
  return places.has(cherche.length)
}

/** Wildcards may stand for nothing. */
function suivre(places: Set<number>, motif: string): Set<number> {
  for (const place of places) if (motif[place] === '*' || motif[place] === '%') places.add(place + 1)
  return places
}

export async function subscribe(session: SessionImap, lu: Cursor, abonne: boolean): Promise<Fin> {
  lu.space()
  const nom = lireNom(lu)
  lu.end()
  const dossier = await dossierNomme(session, nom)
  if (!dossier) return non('Ce dossier n’existe pas', 'NONEXISTENT')
  await session.world.atomically(async ({ store }) => {
    const un = await store.get(dossiers, dossier.id)
    if (un) await store.put(dossiers, { ...un, abonne })
  })
  return ok('Fait')
}

import type { World } from '../../world.ts'
import { type ActiviteEnregistree, activites } from '../store.ts'

/** The last line given; the next ones are older, or as old with a smaller id. */
interface Curseur {
  readonly le: number
  readonly id: string
}

const writeCurseur = ({ le, id }: Curseur): string => `${le}_${id}`

/** Null: not one of ours. */
export function lireCurseur(texte: string): Curseur | null {
  const [, le, id] = /^(\d{1,15})_([\w-]{1,64})$/.exec(texte) ?? []
  return le !== undefined && id !== undefined ? { le: Number(le), id } : null
}

interface Demande {
  readonly avant: Curseur | undefined
  readonly limite: number
  readonly garde: (une: ActiviteEnregistree) => boolean
}

/** Rows read at a time; twice as many when they brought nothing new, all of the same instant. */
const PAGE = 500
/** Most rows the store gives at once. */
const PAGE_MAXIMUM = 10_000
/** Rows one call goes through: beyond, the caller goes on with `suite`. */
const PARCOURS = 10_000

/** Newest first. `suite`: where to go on, null at the end. */
export async function lirePage(
  { store }: Pick<World, 'store'>,
  matriculeIns: string,
  { avant, limite, garde }: Demande,
): Promise<{ lignes: ActiviteEnregistree[]; suite: string | null }> {
  const lignes: ActiviteEnregistree[] = []
  let dernier = avant
  let [taille, lues] = [PAGE, 0]
  while (taille <= PAGE_MAXIMUM && lues < PARCOURS) {
    const depuis = dernier
    const borne = depuis ? { to: depuis.le } : {}
    const page = await store.range(activites, { index: 'parProfil', equals: [matriculeIns], ...borne, reverse: true, limit: taille })
    const neuves = page.filter((une) => !depuis || vientApres(une, depuis))
    for (const une of neuves) {
      if (lignes.length === limite) return { lignes, suite: dernier ? writeCurseur(dernier) : null }
      dernier = { le: une.le, id: une.id }
      if (garde(une)) lignes.push(une)
    }
    if (page.length < taille) return { lignes, suite: null }
    lues += neuves.length
    if (neuves.length === 0) taille *= 2
  }
  return { lignes, suite: dernier && lues > 0 ? writeCurseur(dernier) : null }
}

const vientApres = ({ le, id }: Curseur, curseur: Curseur): boolean => le < curseur.le || (le === curseur.le && id < curseur.id)

import type { Sexe, TraitsRecherche } from '#standards/ins/traits.ts'
import type { CarteProfessionnelle } from './carte.ts'
import type { Insi, ReponseInsi } from './insi-port.ts'

/** Traits of a search before the official procedure spreads them over several calls. */
export interface TraitsAChercher {
  readonly nomNaissance: string
  /** In the order of the identity paper; at least one. */
  readonly prenoms: readonly string[]
  readonly sexe: Sexe
  readonly dateNaissance: string
  /** Code INSEE, absent when unknown. */
  readonly lieuNaissance?: string
}

/** One call made on the way, for the person at the desk to follow. */
export interface EssaiInsi {
  readonly prenom: string
  readonly avecLieu: boolean
  readonly issue: ReponseInsi['issue']
}

export interface ResultatProcedure {
  readonly reponse: ReponseInsi
  readonly essais: readonly EssaiInsi[]
}

/**
 * The official search by traits: one call per given name, in order, until one answers 00; then, if none did, a last call with all the
 * given names in one `Prenom`. A call that answers 02 is made again at once with the place of birth, when it is known. A fault ends the
 * procedure: it says nothing about the person.
 * @see insi.md §3 ; CNDA tests 2.06 and 2.07
 */
export async function rechercherParTraits(
  insi: Pick<Insi, 'chercherParTraits'>,
  traits: TraitsAChercher,
  carte: CarteProfessionnelle,
): Promise<ResultatProcedure> {
  const essais: EssaiInsi[] = []
  const { prenoms, lieuNaissance, ...reste } = traits
  let plusieurs = false

  const appeler = async (prenom: string, avecLieu: boolean): Promise<ReponseInsi> => {
    const demande: TraitsRecherche = { ...reste, prenoms: [prenom], ...(avecLieu && lieuNaissance ? { lieuNaissance } : {}) }
    const reponse = await insi.chercherParTraits(demande, carte)
    essais.push({ prenom, avecLieu, issue: reponse.issue })
    if (reponse.issue === 'plusieurs' && !avecLieu && lieuNaissance) return appeler(prenom, true)
    return reponse
  }

  const aEssayer = prenoms.length > 1 ? [...prenoms, prenoms.join(' ')] : prenoms
  for (const prenom of aEssayer) {
    const reponse = await appeler(prenom, false)
    if (reponse.issue === 'plusieurs') plusieurs = true
    else if (reponse.issue !== 'aucune') return { reponse, essais }
  }
  return { reponse: { issue: plusieurs ? 'plusieurs' : 'aucune' }, essais }
}

import type { RefusAilleurs } from '../../world.ts'
import type { EtatContact } from '../lifecycle.ts'
import { reglesMss } from '../rules-register.ts'
import { TAILLE_MAX_PATIENT } from './destinataire.ts'

/** What a message of a professional says of who may be answered, addresses in lower case. */
export interface DernierDuProfessionnel {
  readonly de: string
  /** Reply-To, when it has one. */
  readonly repondreA?: string
  /** To and Cc, without patients. */
  readonly autres: readonly string[]
}

/** Who the patient may answer in a conversation. @see mssante.md §4.2 and §4.3 */
export interface Vue {
  readonly etat: 'ACTIVE' | 'FINALISED' | 'NO_REPLY'
  /** Mailbox that ended it. */
  readonly finPar?: string
  readonly repondre: readonly string[]
  readonly repondreATous: readonly string[]
}

const RIEN = { repondre: [], repondreATous: [] }

/**
 * @param dernier the last message from a professional; undefined when there is none
 * @param etatDe the patient's right to write to a mailbox
 * @param autresApresFin once the one who wrote last has ended, whether the other recipients may still be answered
 */
export function vueDe(dernier: DernierDuProfessionnel | undefined, etatDe: (bal: string) => EtatContact, autresApresFin: boolean): Vue {
  if (!dernier) return { etat: 'NO_REPLY', ...RIEN }
  const cible = dernier.repondreA ?? dernier.de
  const fini = [cible, dernier.de].find((bal) => etatDe(bal) === 'CLOSED')
  const ouvert = etatDe(cible) === 'OPEN'
  // The sending mailbox is not answered when it says where to answer.
  const ceux = new Set([cible, ...dernier.autres.filter((bal) => bal !== dernier.de)])
  const tous = [...ceux].filter((bal) => etatDe(bal) !== 'CLOSED' && (bal !== cible || ouvert))
  if (ouvert) return { etat: 'ACTIVE', repondre: [cible], repondreATous: tous }
  if (fini === undefined) return { etat: 'NO_REPLY', ...RIEN }
  const encore = autresApresFin ? tous.filter((bal) => etatDe(bal) === 'OPEN') : []
  return encore.length > 0 ? { etat: 'ACTIVE', finPar: fini, repondre: [], repondreATous: encore } : { etat: 'FINALISED', finPar: fini, ...RIEN }
}

const non = (regle: keyof typeof reglesMss, about: string): RefusAilleurs => ({ refused: reglesMss[regle], about })

/** Undefined when the patient may answer so. @param nomDeFin name of who ended it */
export function refusDeRepondre({ etat, repondre }: Vue, aTous: boolean, nomDeFin: string): RefusAilleurs | undefined {
  if (etat === 'FINALISED') return non('MSS-FIN-ROUVRE', `${nomDeFin} a mis fin à vos échanges`)
  if (etat === 'NO_REPLY') return non('MSS-PATIENT-REPOND', 'ce message n’autorise pas la réponse')
  return !aTous && repondre.length === 0
    ? non('MSS-FIN-ROUVRE', `${nomDeFin} a mis fin à vos échanges : répondez aux autres par « répondre à tous »`)
    : undefined
}

/** Undefined when the patient may start a conversation there. */
export function refusDeCommencer(etat: EtatContact, pharmacieJoignable: boolean, nom: string): RefusAilleurs | undefined {
  if (etat === 'CLOSED') return non('MSS-FIN-ROUVRE', `${nom} a mis fin à vos échanges`)
  if (etat === 'OPEN' || pharmacieJoignable) return undefined
  return non('MSS-INITIATIVE', `${nom} doit vous écrire d’abord`)
}

/** Sections of TRE_R02 that are pharmacies. @see mssante.md §7.5 */
const OFFICINES: ReadonlySet<string> = new Set(['SA33', 'SA38', 'SA39'])

/** A pharmacy that patients may write to first. */
export const estPharmacieJoignable = (
  {
    type,
    listeRouge,
    depubliee,
    fermee,
  }: { readonly type: string; readonly listeRouge: boolean; readonly depubliee: boolean; readonly fermee: boolean },
  secteur: string,
): boolean => type === 'ORG' && OFFICINES.has(secteur) && !listeRouge && !depubliee && !fermee

export const refusDuPoids = (octets: number): RefusAilleurs | undefined =>
  octets > TAILLE_MAX_PATIENT
    ? non('MSS-PATIENT-TAILLE', `MSG_FILE_SIZE_EXCEEDED_ERROR : ${Math.ceil(octets / 1_000_000)} Mo, pièces jointes comprises`)
    : undefined

/** Whether the read receipt goes by itself: only to the mailbox that wrote. @see RFC 8098 §2.1 ; mssante.md §5.5 */
export const accuseAEnvoyer = ({ de, accuseLecture }: { readonly de: string | undefined; readonly accuseLecture: string | undefined }): boolean =>
  accuseLecture !== undefined && accuseLecture === de

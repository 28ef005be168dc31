import { matriceAutorise } from '#standards/dmp/habilitation-matrix.ts'
import type { DocumentEntry } from '#standards/xds/metadata.ts'
import { readXcn, readXon } from '#standards/xds/identifiers.ts'
import type { ReglagesUrgence } from '../../world.ts'
import { type Refus, reglesDmp } from '../rules.ts'
import type { Appelant } from './vihf.ts'

/** Class of the XAdES signature of a submission set, which nobody is shown. @see dmp.md §3.6 */
export const CLASSE_SIGNATURE = 'urn:oid:1.3.6.1.4.1.19376.1.2.1.1.1'

type Fiche = Pick<DocumentEntry, 'classCode' | 'typeCode' | 'confidentialityCodes' | 'authors' | 'legalAuthenticator'>

export const estSignature = ({ classCode }: Pick<DocumentEntry, 'classCode'>): boolean => classCode?.code === CLASSE_SIGNATURE

export const porte = ({ confidentialityCodes }: Pick<DocumentEntry, 'confidentialityCodes'>, code: string): boolean =>
  confidentialityCodes.some((one) => one.code === code)

/** Deposited by the patient: its author is named by an INS. @see dmp.md §3.4 */
export const estDuPatient = ({ authors: [auteur] }: Pick<DocumentEntry, 'authors'>): boolean =>
  auteur ? readXcn(auteur.person)?.type === 'NH' : false

/** Note de vaccination: always visible. @see EX_2.1-2000 */
const NOTE_VACCINATION = '87273-9'

/** Whether a patient may have it masked: not what they do not see, nor a vaccination note. */
export const masquable = (fiche: Pick<DocumentEntry, 'typeCode' | 'confidentialityCodes'>): boolean =>
  fiche.typeCode?.code !== NOTE_VACCINATION && !porte(fiche, 'INVISIBLE_PATIENT')

/** Whether this caller wrote the document, or answers for it. */
export function estAuteur(
  { authors, legalAuthenticator }: Pick<DocumentEntry, 'authors' | 'legalAuthenticator'>,
  { genre, nameId, structureId }: Pick<Appelant, 'genre' | 'nameId' | 'structureId'>,
): boolean {
  if (genre === 'CPS' || genre === 'AIR')
    return [...authors.map(({ person }) => person), legalAuthenticator].some((xcn) => readXcn(xcn)?.id === nameId)
  return authors.some(({ institutions }) => institutions.some((xon) => readXon(xon)?.id === structureId))
}

export interface ReglageLecture {
  /** Who reads a masked document besides its author. */
  readonly masqueLuParMedecinTraitant: boolean
}

/** What the caller is to the patient, and what the patient allows in an emergency. */
export interface Lecteur {
  readonly medecinTraitant: boolean
  readonly administrateur: boolean
  readonly urgence: Pick<ReglagesUrgence, 'MASKED'>
}

export type Cache = 'DMP-SIGNATURE-CACHEE' | 'DMP-MASQUE-PS' | 'DMP-URGENCE-MASQUES' | 'DMP-MATRICE'

/** Why a professional does not see a document; undefined when it is shown. */
export function cacheAuProfessionnel(fiche: Fiche, appelant: Appelant, lecteur: Lecteur, reglage: ReglageLecture): Cache | undefined {
  if (estSignature(fiche)) return 'DMP-SIGNATURE-CACHEE'
  if (estAuteur(fiche, appelant)) return undefined
  if (porte(fiche, 'MASQUE_PS') && !lecteur.administrateur && !(lecteur.medecinTraitant && reglage.masqueLuParMedecinTraitant)) {
    if (appelant.mode === 'normal') return 'DMP-MASQUE-PS'
    if (!lecteur.urgence.MASKED) return 'DMP-URGENCE-MASQUES'
  }
  return matriceAutorise(appelant.profession, fiche.typeCode?.code ?? '') ? undefined : 'DMP-MATRICE'
}

/** For an event about this document: whether it is hidden from the legal representatives. */
export const secretPour = (fiche: Pick<DocumentEntry, 'confidentialityCodes'>): { readonly invisibleRepresentants?: true } =>
  porte(fiche, 'INVISIBLE_REPRESENTANTS_LEGAUX') ? { invisibleRepresentants: true } : {}

/** Whether the patient sees it in Mon espace santé. */
export const visibleDuPatient = (fiche: Fiche): boolean => !estSignature(fiche) && !porte(fiche, 'INVISIBLE_PATIENT')

/** Most documents, and most bytes, given back by one reading: a long document asked for fifty times would fill the memory. */
const LECTURE = { documents: 50, octets: 64 * 1_048_576 }

/** Undefined when this much may be read at once. @param taille bytes */
export function controlerLecture({ documents, taille }: { readonly documents: number; readonly taille: number }): Refus | undefined {
  const trop = (about: string): Refus => ({ refused: 'XDSRepositoryError', rule: reglesDmp['DMP-LECTURE-BORNEE'], about })
  if (documents > LECTURE.documents) return trop(`${LECTURE.documents} documents au plus par lecture`)
  return taille > LECTURE.octets ? trop('64 Mio au plus par lecture : demandez ces documents en plusieurs fois') : undefined
}

/** Most documents of one patient that a search goes through. */
export const DOCUMENTS_PARCOURUS = 5_000

/** Undefined when a search has gone through every document of the patient. */
export const controlerParcours = (documents: number): Refus | undefined =>
  documents > DOCUMENTS_PARCOURUS
    ? {
        refused: 'XDSTooManyResults',
        rule: reglesDmp['DMP-LECTURE-BORNEE'],
        about: `ce dossier a plus de ${DOCUMENTS_PARCOURUS} documents, le bac à sable n’en parcourt pas davantage`,
      }
    : undefined

import { matriceAutorise } from '#standards/dmp/habilitation-matrix.ts'
import type { DocumentEntry } from '#standards/xds/metadata.ts'
import { readXcn, readXon } from '#standards/xds/identifiers.ts'
import type { Appelant } from './vihf.ts'

/** Class of the XAdES signature of a submission set, which nobody is shown. @see dmp.md §3.6 */
export const CLASSE_SIGNATURE = 'urn:oid:1.3.6.1.4.1.19376.1.2.1.1.1'

type Fiche = Pick<DocumentEntry, 'classCode' | 'typeCode' | 'confidentialityCodes' | 'authors' | 'legalAuthenticator'>

export const estSignature = ({ classCode }: Pick<DocumentEntry, 'classCode'>): boolean => classCode?.code === CLASSE_SIGNATURE

export const porte = ({ confidentialityCodes }: Pick<DocumentEntry, 'confidentialityCodes'>, code: string): boolean =>
  confidentialityCodes.some((one) => one.code === code)

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

/** Why a professional does not see a document; undefined when it is shown. */
export function cacheAuProfessionnel(
  fiche: Fiche,
  appelant: Appelant,
  { medecinTraitant }: { readonly medecinTraitant: boolean },
  reglage: ReglageLecture,
): 'DMP-SIGNATURE-CACHEE' | 'DMP-MASQUE-PS' | 'DMP-MATRICE' | undefined {
  if (estSignature(fiche)) return 'DMP-SIGNATURE-CACHEE'
  if (estAuteur(fiche, appelant)) return undefined
  if (porte(fiche, 'MASQUE_PS') && appelant.mode === 'normal' && !(medecinTraitant && reglage.masqueLuParMedecinTraitant)) return 'DMP-MASQUE-PS'
  return matriceAutorise(appelant.profession, fiche.typeCode?.code ?? '') ? undefined : 'DMP-MATRICE'
}

/** Whether the patient sees it in Mon espace santé. */
export const visibleDuPatient = (fiche: Fiche): boolean => !estSignature(fiche) && !porte(fiche, 'INVISIBLE_PATIENT')

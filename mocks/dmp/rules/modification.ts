import type { DocumentEntry } from '#standards/xds/metadata.ts'
import type { ReglagesUrgence, StatutAutorisation } from '../../world.ts'
import { type Refus, reglesDmp } from '../rules.ts'
import { controlerConsultation } from './dossier.ts'
import { controlerDroit, estMedecinDuTravail, type Modification } from './droits.ts'
import { cacheAuProfessionnel, estAuteur, estDuPatient, type Lecteur, type ReglageLecture } from './lecture.ts'
import type { Acte } from './mise-a-jour.ts'
import { refus } from './refuser.ts'
import { type Appelant, MEDECIN } from './vihf.ts'

export interface ReglageModification extends ReglageLecture {
  readonly archiverToutMedecin: boolean
}

/** The transaction that each act is. */
export const TRANSACTION: Readonly<Record<Acte, Modification>> = {
  'professionnel.masque': 'TD3.3a',
  'professionnel.demasque': 'TD3.3a',
  'professionnel.annonce': 'TD3.3b',
  'professionnel.montreAuxRepresentants': 'TD3.3b',
  'auteur.supprime': 'TD3.3c',
  'professionnel.archive': 'TD3.3d',
  'professionnel.desarchive': 'TD3.3d',
}

interface Situation {
  readonly appelant: Appelant
  readonly autorisation: Lecteur & { readonly statut: StatutAutorisation; readonly urgence: ReglagesUrgence }
  readonly reglage: ReglageModification
}

/** Undefined when this caller may do this to this document. */
export function controlerActe(acte: Acte, fiche: DocumentEntry, { appelant, autorisation, reglage }: Situation, location: string): Refus | undefined {
  const droit = controlerDroit(appelant, TRANSACTION[acte])
  if (droit) return droit
  const auteur = estAuteur(fiche, appelant)
  const { medecinTraitant } = autorisation
  const hors = (rule: 'DMP-SUPPRIMER-AUTEUR' | 'DMP-DEMASQUER' | 'DMP-ARCHIVER' | 'DMP-DOCUMENT-DU-PATIENT', about: string): Refus =>
    refus('DMPAccessDeniedByRightsService', rule, about, location)
  const duPatient = estDuPatient(fiche)
  if (acte === 'auteur.supprime' && !duPatient) return auteur ? undefined : hors('DMP-SUPPRIMER-AUTEUR', 'seul un auteur supprime son document')
  const consultation = controlerConsultation(appelant, autorisation)
  if (consultation)
    return consultation.rule === reglesDmp['DMP-BLOQUE'] ? consultation : { ...consultation, rule: reglesDmp['DMP-MODIFIER-AUTORISE'] }
  // A document one may not see answers like one that does not exist.
  const cache = cacheAuProfessionnel(fiche, appelant, autorisation, reglage)
  if (cache) return { ...inconnu(location), rule: reglesDmp[cache] }
  if (TRANSACTION[acte] === 'TD3.3c' || TRANSACTION[acte] === 'TD3.3d') {
    if (duPatient) return medecinTraitant ? undefined : hors('DMP-DOCUMENT-DU-PATIENT', 'document du patient : son médecin traitant seulement')
    const medecin = reglage.archiverToutMedecin && appelant.profession === MEDECIN && !estMedecinDuTravail(appelant)
    return auteur || medecin ? undefined : hors('DMP-ARCHIVER', 'ni auteur du document, ni médecin qui peut l’archiver')
  }
  if (acte === 'professionnel.demasque' && !auteur && !medecinTraitant)
    return hors('DMP-DEMASQUER', 'seuls un auteur et le médecin traitant démasquent un document')
  return undefined
}

export const inconnu = (location: string): Refus =>
  refus('UnresolvedReferenceException', 'DMP-MISE-A-JOUR', `« ${location.slice(0, 80)} » n’est pas un document de ce patient`, location)

import type { ReglagesUrgence, SituationDossier, StatutAutorisation } from '../../world.ts'
import { type Refus, reglesDmp } from '../rules.ts'
import type { Appelant } from './vihf.ts'

/** Undefined when the record takes deposits: no authorisation is needed for that. */
export function controlerDossierOuvert({ etat, nia = false }: Pick<SituationDossier, 'etat'> & { readonly nia?: boolean }): Refus | undefined {
  if (etat === 'ouvert') return undefined
  if (nia) return { refused: 'XDSUnknownPatientId', rule: reglesDmp['DMP-NIA'], about: 'une identité d’attente (NIA) n’a pas de DMP' }
  if (etat === 'fermé') return { refused: 'DMPClosed', rule: reglesDmp['DMP-DOSSIER-FERME'], about: 'le DMP de ce patient est fermé' }
  return { refused: 'XDSUnknownPatientId', rule: reglesDmp['DMP-PATIENT-INCONNU'], about: 'aucun DMP pour ce patient' }
}

/** Undefined when this caller may read this record. */
export function controlerConsultation(
  { mode }: Pick<Appelant, 'mode'>,
  { statut, urgence }: { readonly statut: StatutAutorisation; readonly urgence: ReglagesUrgence },
): Refus | undefined {
  const interdit = (code: 'DMP-BLOQUE' | 'DMP-URGENCE-BRIS-DE-GLACE' | 'DMP-URGENCE-CENTRE-15' | 'DMP-CONSULTER-AUTORISE', about: string): Refus => ({
    refused: 'DMPAccessForbidden',
    rule: reglesDmp[code],
    about,
  })
  if (statut === 'INTERDIT') return interdit('DMP-BLOQUE', 'accès interdit par le patient')
  if (mode === 'bris_de_glace')
    return urgence.BTG ? undefined : interdit('DMP-URGENCE-BRIS-DE-GLACE', 'le patient a refusé d’avance l’accès en urgence (bris de glace)')
  if (mode === 'centre_15')
    return urgence.ETREAT ? undefined : interdit('DMP-URGENCE-CENTRE-15', 'le patient a refusé d’avance l’accès du SAMU et du centre 15')
  if (statut === 'VALIDE') return undefined
  const about =
    statut === 'EXPIRE' ? 'autorisation d’accès expirée' : 'aucune autorisation d’accès : demandez-la (TD0.3) après avoir recueilli le consentement'
  return interdit('DMP-CONSULTER-AUTORISE', about)
}

import type { SituationDossier, StatutAutorisation } from '../../world.ts'
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
export function controlerConsultation({ mode }: Pick<Appelant, 'mode'>, statut: StatutAutorisation): Refus | undefined {
  if (statut === 'INTERDIT') return { refused: 'DMPAccessForbidden', rule: reglesDmp['DMP-BLOQUE'], about: 'accès interdit par le patient' }
  if (mode !== 'normal' || statut === 'VALIDE') return undefined
  const about =
    statut === 'EXPIRE' ? 'autorisation d’accès expirée' : 'aucune autorisation d’accès : demandez-la (TD0.3) après avoir recueilli le consentement'
  return { refused: 'DMPAccessForbidden', rule: reglesDmp['DMP-CONSULTER-AUTORISE'], about }
}

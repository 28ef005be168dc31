import type { ServiceConnecte } from '../../../clients/mes/services.ts'

export const JOUR = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', day: 'numeric', month: 'long', year: 'numeric' })

/** In the holder's list: synchronised, or waiting for them. */
export const connecte = ({ appariement }: ServiceConnecte): boolean => appariement.etat !== 'sansSuite'

/** The holder has something to answer. */
export const attend = ({ appariement: { etat } }: ServiceConnecte): boolean => etat === 'demande' || etat === 'aRenouveler' || etat === 'aConfirmer'

export function tonDe(service: ServiceConnecte): 'ok' | 'attention' | 'refus' | 'info' | 'neutre' {
  if (attend(service)) return 'attention'
  if (connecte(service)) return service.appariement.accede ? 'ok' : 'refus'
  if (service.statut === 'SUSPENDUE' || service.statut === 'DEREFERENCEE') return 'refus'
  return service.statut === 'EN_LIGNE' && service.echange ? 'info' : 'neutre'
}

import { DOMAINE_PATIENT, matriculeDeLAdresse, readAdresse } from '#standards/mssante/adresses.ts'
import { type RefusMss, refusMss } from './acces.ts'

/** Where a message goes, once its address is read. */
export type Destination =
  | { readonly genre: 'patient'; readonly adresse: string; readonly matriculeIns: string }
  | { readonly genre: 'professionnel'; readonly adresse: string; readonly domaine: string }

/** @param membre whether this domain is in the list of the trust space */
export function destinationDe(texte: string, membre: (domaine: string) => boolean): Destination | RefusMss {
  const lue = readAdresse(texte)
  if (!lue) return refusMss('MSS-HORS-ESPACE', 501, '5.1.3', 'adresse illisible')
  if (!membre(lue.domaine)) return refusMss('MSS-HORS-ESPACE', 550, '5.7.1', `domaine hors de la liste blanche MSSanté : ${lue.domaine}`)
  const adresse = `${lue.locale}@${lue.domaine}`
  if (lue.domaine !== DOMAINE_PATIENT) return { genre: 'professionnel', adresse, domaine: lue.domaine }
  const matriculeIns = matriculeDeLAdresse(lue)
  return matriculeIns === undefined
    ? refusMss('MSS-PATIENT-ADRESSE', 553, '5.1.3', 'Message non distribué : adresse invalide')
    : { genre: 'patient', adresse, matriculeIns }
}

/** What the operator of the patients says of a mailbox that does not take mail. */
export const refusBoitePatient = (situation: 'inexistant' | 'ouvert' | 'fermé'): RefusMss =>
  situation === 'fermé'
    ? refusMss('MSS-PATIENT-BOITE', 550, '5.2.1', 'Message non distribué : messagerie fermée')
    : refusMss('MSS-PATIENT-BOITE', 550, '5.1.1', 'Message non distribué : patient non trouvé')

interface BoitePro {
  readonly fermee: boolean
  readonly quota: number
  readonly octets: number
}

/** Undefined when the mailbox takes a message of this size, bytes. */
export function refusBoitePro(boite: BoitePro | undefined, taille: number): RefusMss | undefined {
  if (!boite) return refusMss('MSS-NON-REMIS', 550, '5.1.1', 'Message non distribué : boîte inconnue')
  if (boite.fermee) return refusMss('MSS-BAL-FERMEE', 550, '5.2.1', 'Message non distribué : boîte fermée')
  return boite.octets + taille > boite.quota ? refusMss('MSS-BAL-PLEINE', 552, '5.2.2', 'Message non distribué : boîte pleine') : undefined
}

/** Largest message a patient's mailbox takes, bytes: 25 Mo. */
export const TAILLE_MAX_PATIENT = 25_000_000

export const refusTaille = (taille: number, max: number): RefusMss | undefined =>
  taille > max ? refusMss('MSS-TAILLE', 552, '5.3.4', `Message non distribué : taille supérieure à ${Math.floor(max / 1_000_000)} Mo`) : undefined

import { matriculeIns } from '#standards/ins/traits.ts'
import { adressePatient } from '#standards/mssante/adresses.ts'
import { patientDe } from '#standards/mssante/courriel/lire-courriel.ts'
import type { Rule } from '#standards/rule.ts'
import type { CabinetDatabase } from './database.ts'
import { STATUTS } from './identite.ts'
import { identiteQualifiee, nomAffiche, type PatientLocal } from './patient.ts'
import { reglesCourrier } from './rules.ts'

/** « Référence produit » of this software, in X-MSS-NIL. */
export const NIL_DU_CABINET = 'BAC-0001'

/** French: what the software says when it stops a sending. */
export interface Empechement {
  readonly texte: string
  readonly regle: Rule
}

export interface Destinataire {
  readonly nom: string
  readonly adresse: string
}

export const estEmpechement = (value: Destinataire | Empechement): value is Empechement => 'texte' in value

/** The patient's address, or why no message may leave for this person. */
export function destinatairePatient(patient: PatientLocal): Destinataire | Empechement {
  const identite = identiteQualifiee(patient)
  if (identite) return { nom: nomAffiche(patient), adresse: adressePatient(matriculeIns(identite.ins)) }
  return {
    regle: reglesCourrier['CABINET-MSS-INS-QUALIFIEE'],
    texte: `${STATUTS[patient.identite.statut].titre} : on n’écrit à un patient que si son identité est qualifiée. Ouvrez sa fiche, onglet Identité.`,
  }
}

/** Who wrote, as a list and an open message show it. */
export type Auteur =
  | { readonly genre: 'patient'; readonly matricule: string; readonly nom: string; readonly fiche?: PatientLocal }
  | { readonly genre: 'professionnel'; readonly nom: string; readonly adresse: string }
  | { readonly genre: 'système'; readonly nom: string }

/** @param rapport whether it is a delivery or reading report */
export function auteurDe({ nom, adresse }: Destinataire, rapport: boolean, fiche: (matricule: string) => PatientLocal | undefined): Auteur {
  if (rapport) return { genre: 'système', nom: 'Distribution du courrier' }
  const matricule = patientDe(adresse)
  if (matricule === undefined) return { genre: 'professionnel', nom: nom || adresse, adresse }
  const connue = fiche(matricule)
  return { genre: 'patient', matricule, nom: nom || 'Patient', ...(connue && { fiche: connue }) }
}

/** `2 99 01 97 999 001 23`: the matricule in groups, as people read it. */
export const enGroupes = (matricule: string): string =>
  `${matricule.slice(0, 1)} ${matricule.slice(1, 3)} ${matricule.slice(3, 5)} ${matricule.slice(5, 7)} ${matricule.slice(7, 10)} ${matricule.slice(10, 13)} ${matricule.slice(13)}`

export const fichesParMatricule = async (db: CabinetDatabase, matricules: readonly string[]): Promise<ReadonlyMap<string, PatientLocal>> =>
  new Map(
    (
      await db.patients
        .where('matricule')
        .anyOf([...matricules])
        .toArray()
    ).map((fiche) => [fiche.matricule, fiche]),
  )

/** Words put for the person who ends the exchanges; they may change them. */
export const TEXTE_DE_FIN =
  'Bonjour,\n\nJe mets fin à nos échanges par cette messagerie. Pour toute question, prenez rendez-vous ou appelez le cabinet. En cas d’urgence, composez le 15.'

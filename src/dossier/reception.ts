import { matriculeIns } from '#standards/ins/traits.ts'
import type { DocumentXdm, PatientXdm, RefusXdm } from '#standards/mssante/xdm/lire-xdm.ts'
import type { CodeIntegration } from '#standards/mssante/xdm/xdm.ts'
import type { Destinataire } from './courrier.ts'
import { identiteQualifiee, type PatientLocal } from './patient.ts'

/** One document that came by mail, and what the practice made of it. */
export interface Reception {
  /** `<boite>|<message>|<rank>` */
  readonly id: string
  /** Mailbox and message it came in. */
  readonly boite: string
  readonly message: string
  readonly fil: string
  /** With its brackets, `''` when the message has none. */
  readonly messageId: string
  readonly expediteur: Destinataire
  readonly objet: string
  /** Address that asked for a receipt, `''` when nobody did. */
  readonly accuse: string
  /** Milliseconds, as the mail says. */
  readonly recuLe: number
  /** Null when the archive could not be read. */
  readonly document: DocumentXdm | null
  readonly patientDit: PatientXdm | null
  /** Copy, for the index; `''` when there is no document. */
  readonly uniqueId: string
  /** `retire`: it was filed, then its author withdrew or replaced it. */
  readonly etat: 'aTraiter' | 'classe' | 'retire' | 'refuse'
  /** File it is in, `''` until then. */
  readonly patientId: string
  /** Filed without anybody's hand. */
  readonly automatique: boolean
  readonly lu: boolean
  readonly refus: RefusXdm | null
  /** Milliseconds, 0 until treated. */
  readonly traiteLe: number
  readonly traitePar: string
}

/** A file of the practice that the document may be for. */
export interface Proposition {
  readonly fiche: PatientLocal
  /**
   * `certaine`: qualified identity, same INS, same traits. `traits`: same traits, nothing says more. `matricule`: same matricule, other traits.
   * `autreIns`: same traits, another INS.
   */
  readonly genre: 'certaine' | 'traits' | 'matricule' | 'autreIns'
  /** French names of the traits that differ. */
  readonly ecarts: readonly string[]
}

/** Upper case without accents, hyphens as spaces: as strict traits are compared. */
const plat = (texte: string): string =>
  texte
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, ' ')
    .trim()

/** Undefined when this file has nothing to do with that person. */
export function comparer(fiche: PatientLocal, dit: PatientXdm): Proposition | undefined {
  const { traits, matricule } = fiche
  const ecarts = [
    ...(plat(traits.nomNaissance) === plat(dit.nomNaissance) ? [] : ['nom de naissance']),
    ...(plat(traits.premierPrenom) === plat(dit.premierPrenom) ? [] : ['premier prénom']),
    ...(traits.dateNaissance === dit.dateNaissance ? [] : ['date de naissance']),
    ...(traits.sexe === dit.sexe ? [] : ['sexe']),
    ...(dit.lieuNaissance === '' || traits.lieuNaissance === dit.lieuNaissance ? [] : ['lieu de naissance']),
  ]
  const memeMatricule = matricule !== '' && matricule === dit.matriculeIns
  if (ecarts.length > 0) return memeMatricule ? { fiche, genre: 'matricule', ecarts } : undefined
  if (insDifferente(fiche, dit)) return { fiche, genre: 'autreIns', ecarts: ['INS'] }
  return { fiche, genre: identiteQualifiee(fiche) && dit.matriculeIns !== '' ? 'certaine' : 'traits', ecarts }
}

/** Both have an INS, and it is not the same: whatever the traits, they are two people, or one of them is wrong. */
export function insDifferente(fiche: PatientLocal, { matriculeIns: matricule, oid }: PatientXdm): boolean {
  const qualifiee = identiteQualifiee(fiche)
  return qualifiee !== null && matricule !== '' && (matriculeIns(qualifiee.ins) !== matricule || qualifiee.ins.oid !== oid)
}

/** What stands in the way, as a code to answer with. */
export function codeDeRefus({ document, patientDit, refus }: Reception, proposition: Proposition | undefined): CodeIntegration {
  if (!document || !patientDit) return refus?.code ?? 906
  if (patientDit.matriculeIns === '') return 903
  if (proposition?.genre === 'autreIns') return 904
  if ([patientDit.nomNaissance, patientDit.premierPrenom, patientDit.dateNaissance, patientDit.sexe].includes('')) return 905
  return proposition ? 906 : 902
}

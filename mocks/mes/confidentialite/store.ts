import { defineCollection } from '../../database/store.ts'
import type { ReglagesUrgence, World } from '../../world.ts'
import { cleDuLien } from '../store.ts'
import type { Role } from './rules.ts'

/** A professional or a structure that the holder keeps at hand: no access comes with it. */
export interface ProfessionnelAjoute {
  /** `<matriculeIns>|<identifiant>` */
  readonly id: string
  /** 15 characters. */
  readonly matriculeIns: string
  readonly identifiant: string
  readonly nom: string
  readonly genre: 'PS' | 'ORGANISATION'
  readonly profession: string
  readonly structure: string
  /** Simulated milliseconds. */
  readonly le: number
}

/** Who has one role for the holder. */
export interface RoleDonne {
  /** `<matriculeIns>|<role>`: one professional at most has it. */
  readonly id: string
  readonly matriculeIns: string
  readonly role: Role
  readonly identifiant: string
  readonly nom: string
  readonly le: number
}

/** The switches of one profile, once the holder touched them. */
interface ReglagesEnregistres extends ReglagesUrgence {
  readonly matriculeIns: string
  readonly le: number
}

/** One access in an emergency; also the notice that the médecin traitant reads. @see CSP R.1111-48 */
export interface AccesUrgence {
  readonly id: string
  readonly matriculeIns: string
  readonly le: number
  readonly mode: 'bris de glace' | 'centre 15'
  readonly acteur: string
  readonly structure: string
  /** `''` for centre 15, whose calls give none. */
  readonly motif: string
  /** PS_IdNat of the médecin traitant at the time; `''` when none is known. */
  readonly medecinTraitant: string
}

/** An access that the holder says was not permitted. */
export interface Signalement {
  /** Id of the line of the history. */
  readonly id: string
  readonly matriculeIns: string
  readonly le: number
  readonly par: string
  readonly motif: string
  /** The line reported, as it read. */
  readonly texte: string
  readonly statut: 'reçu'
}

export const professionnelsAjoutes = defineCollection<ProfessionnelAjoute>('mes-professionnels', 'id', { parProfil: ['matriculeIns'] })
export const roles = defineCollection<RoleDonne>('mes-roles', 'id', { parProfil: ['matriculeIns'] })
export const urgences = defineCollection<ReglagesEnregistres>('mes-urgence', 'matriculeIns', { parProfil: ['matriculeIns'] })
export const accesUrgence = defineCollection<AccesUrgence>('mes-acces-urgence', 'id', {
  parProfil: ['matriculeIns', 'le'],
  parMedecin: ['medecinTraitant', 'le'],
})
export const signalements = defineCollection<Signalement>('mes-signalements', 'id', { parProfil: ['matriculeIns', 'le'] })

const JUSQUA = 500

type Lecture = Pick<World, 'store'>

export const professionnelsDe = ({ store }: Lecture, matriculeIns: string): Promise<ProfessionnelAjoute[]> =>
  store.range(professionnelsAjoutes, { index: 'parProfil', equals: [matriculeIns], limit: JUSQUA })

export const rolesDe = ({ store }: Lecture, matriculeIns: string): Promise<RoleDonne[]> =>
  store.range(roles, { index: 'parProfil', equals: [matriculeIns], limit: JUSQUA })

export const signalementsDe = ({ store }: Lecture, matriculeIns: string): Promise<Signalement[]> =>
  store.range(signalements, { index: 'parProfil', equals: [matriculeIns], reverse: true, limit: JUSQUA })

/** Newest first. */
export const avisDuMedecin = ({ store }: Lecture, medecin: string): Promise<AccesUrgence[]> =>
  store.range(accesUrgence, { index: 'parMedecin', equals: [medecin], reverse: true, limit: JUSQUA })

/** PS_IdNat of the administrateur. */
export const administrateurDe = async ({ store }: Lecture, matriculeIns: string): Promise<string | undefined> =>
  (await store.get(roles, cleDuLien(matriculeIns, 'administrateur')))?.identifiant

export const URGENCE_PAR_DEFAUT: ReglagesUrgence = { ETREAT: true, BTG: true, MASKED: true }

export async function urgenceDe({ store }: Lecture, matriculeIns: string): Promise<ReglagesUrgence> {
  const { ETREAT, BTG, MASKED } = (await store.get(urgences, matriculeIns)) ?? URGENCE_PAR_DEFAUT
  return { ETREAT, BTG, MASKED }
}

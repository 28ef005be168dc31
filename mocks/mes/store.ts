import type { PersonneIdentifiee } from '#standards/ins/traits.ts'
import { histoireDeRang, histoirePubliee, noticeApresNaissance } from '../database/histoires.ts'
import { rangDeId } from '../database/population.ts'
import { castOf } from '../database/registre.ts'
import type { PatientFictif } from '../database/distribution.ts'
import { defineCollection } from '../database/store.ts'
import type { World } from '../world.ts'
import type { Profil } from './etats.ts'
import { avancer, rejouer } from './lifecycle.ts'
import type { CodeNotification, Trace } from './notifications.ts'

/** A profile somebody acted on; the others follow from the person alone. */
export interface ProfilEnregistre extends Profil {
  /** 15 characters. */
  readonly matriculeIns: string
}

/** One line of the notification centre. */
export interface NotificationEnregistree {
  readonly id: string
  readonly matriculeIns: string
  readonly code: CodeNotification
  readonly titre: string
  readonly texte: string
  /** Simulated milliseconds. */
  readonly le: number
  readonly lue: boolean
  readonly documentId?: string
}

export interface ActiviteEnregistree extends Trace {
  readonly id: string
  readonly matriculeIns: string
  readonly le: number
}

/** A professional or a structure that the holder blocks. */
export interface Blocage {
  /** `<matriculeIns>|<identifiant>` */
  readonly id: string
  readonly matriculeIns: string
  readonly identifiant: string
  readonly nom: string
  readonly le: number
}

export const profils = defineCollection<ProfilEnregistre>('mes-profils', 'matriculeIns')
export const notifications = defineCollection<NotificationEnregistree>('mes-notifications', 'id', { parProfil: ['matriculeIns', 'le'] })
export const activites = defineCollection<ActiviteEnregistree>('mes-activites', 'id', { parProfil: ['matriculeIns', 'le'] })
export const blocages = defineCollection<Blocage>('mes-blocages', 'id', { parProfil: ['matriculeIns'] })

/** Whoever holds the profile, and what the cast knows of them. */
export interface TitulaireConnu {
  readonly personne: PersonneIdentifiee
  readonly distribution: PatientFictif | undefined
}

/** Undefined: nobody has this INS. */
export async function titulaireDe(world: World, matriculeIns: string): Promise<TitulaireConnu | undefined> {
  const personne = await world.ask.personneParMatricule(matriculeIns.slice(0, 13))
  if (!personne) return undefined
  const distribution = personne.origine === 'distribution' ? (await castOf(world)).patients.find(({ id }) => id === personne.id) : undefined
  return { personne, distribution }
}

/** The profile now. What the delays did since it was stored is played on the way, each at its own time. */
export async function profilDe(world: World, matriculeIns: string, { personne, distribution }: TitulaireConnu): Promise<Profil> {
  const enregistre = await world.store.get(profils, matriculeIns)
  const reglage = { opposition: String(world.setting('MES-DELAI-OPPOSITION')) }
  if (enregistre) return avancer({ etat: enregistre.etat, contexte: enregistre.contexte }, world.now(), reglage)
  const rang = rangDeId(personne.id)
  const faits = distribution?.histoire ?? (rang === undefined ? histoirePubliee(personne) : histoireDeRang(rang, personne.dateNaissance))
  const affilie = distribution === undefined && rang === undefined ? personne.origine === 'identité de test publiée' : true
  return rejouer(faits, world.now(), affilie ? noticeApresNaissance(personne.dateNaissance) : null, reglage)
}

const JUSQUA = 500

export const notificationsDe = ({ store }: Pick<World, 'store'>, matriculeIns: string): Promise<NotificationEnregistree[]> =>
  store.range(notifications, { index: 'parProfil', equals: [matriculeIns], reverse: true, limit: JUSQUA })

export const activitesDe = ({ store }: Pick<World, 'store'>, matriculeIns: string): Promise<ActiviteEnregistree[]> =>
  store.range(activites, { index: 'parProfil', equals: [matriculeIns], reverse: true, limit: JUSQUA })

export const blocagesDe = ({ store }: Pick<World, 'store'>, matriculeIns: string): Promise<Blocage[]> =>
  store.range(blocages, { index: 'parProfil', equals: [matriculeIns], limit: JUSQUA })

export const cleBlocage = (matriculeIns: string, identifiant: string): string => `${matriculeIns}|${identifiant}`

import { type PersonneIdentifiee, matriculeIns as quinze } from '#standards/ins/traits.ts'
import type { Lien, PatientFictif } from '../database/distribution.ts'
import { histoireDeRang, histoirePubliee, noticeApresNaissance } from '../database/histoires.ts'
import { personneParId } from '../database/people.ts'
import { rangDeId } from '../database/population.ts'
import { castOf } from '../database/registre.ts'
import { defineCollection } from '../database/store.ts'
import { readDuration } from '../kit/duration.ts'
import type { World } from '../world.ts'
import type { Profil } from './etats.ts'
import { avancer, type ReglageDelais, REGLAGE_DELAIS_INITIAL, rejouer } from './delais.ts'
import { type CanalRetenu, type CodeNotification, type Preferences, PREFERENCES_INITIALES, type Trace } from './notifications.ts'
import type { CodeProvisoire } from './rules.ts'

/** A profile, stored once somebody acted on it; until then it follows from the person alone. */
export interface ProfilEnregistre extends Profil {
  /** 15 characters. */
  readonly matriculeIns: string
  readonly preferences: Preferences
  /** Where the person is written to; `''` when nothing is known. */
  readonly courriel: string
  readonly telephone: string
  readonly liens: readonly { readonly lien: Lien; readonly patient: string }[]
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
  /** Absent when there is nothing to open. */
  readonly documentId?: string
  /** About a document hidden from the legal representatives: so is this line. */
  readonly invisibleRepresentants?: boolean
  readonly canaux: readonly CanalRetenu[]
}

export interface ActiviteEnregistree extends Trace {
  readonly id: string
  readonly matriculeIns: string
  readonly le: number
}

/** What arrived in the person's own mailbox, letter box or phone: outside Mon espace santé. */
export interface Courrier {
  readonly id: string
  readonly matriculeIns: string
  readonly le: number
  readonly canal: 'courriel' | 'courrier' | 'push'
  readonly objet: string
  readonly texte: string
}

/** The last code sent to a person. */
export interface CodeEnregistre extends CodeProvisoire {
  readonly matriculeIns: string
}

/** A professional or a structure that the holder blocks. */
export interface Blocage {
  /** `<matriculeIns>|<identifiant>` */
  readonly id: string
  readonly matriculeIns: string
  /** PS_IdNat or Struct_IdNat. */
  readonly identifiant: string
  readonly nom: string
  readonly le: number
}

/** An access that a professional obtained and still has. */
export interface AccesEnregistre {
  /** `<matriculeIns>|<identifiant, or the name shown>` */
  readonly id: string
  readonly matriculeIns: string
  readonly identifiant: string
  readonly nom: string
  readonly structure: string
  readonly le: number
}

export const profils = defineCollection<ProfilEnregistre>('mes-profils', 'matriculeIns')
export const codes = defineCollection<CodeEnregistre>('mes-codes', 'matriculeIns')
export const notifications = defineCollection<NotificationEnregistree>('mes-notifications', 'id', { parProfil: ['matriculeIns', 'le'] })
export const activites = defineCollection<ActiviteEnregistree>('mes-activites', 'id', { parProfil: ['matriculeIns', 'le'] })
export const courriers = defineCollection<Courrier>('mes-courriers', 'id', { parProfil: ['matriculeIns', 'le'] })
export const blocages = defineCollection<Blocage>('mes-blocages', 'id', { parProfil: ['matriculeIns'] })
export const acces = defineCollection<AccesEnregistre>('mes-acces', 'id', { parProfil: ['matriculeIns'] })

/** Whoever holds the profile, and what the cast knows of them. */
export interface TitulaireConnu {
  /** The active one, 15 characters, also when the person was asked for by a former one. */
  readonly matriculeIns: string
  readonly personne: PersonneIdentifiee
  readonly distribution: PatientFictif | undefined
}

/** As in daily life. */
export const nomDe = ({ personne, distribution }: TitulaireConnu): string =>
  distribution?.nomAffiche ?? `${personne.listePrenom.split(' ')[0]} ${personne.nomNaissance}`

/** @param matriculeIns 13 or 15 characters. Undefined: nobody has this INS. */
export async function titulaireDe(world: World, matriculeIns: string): Promise<TitulaireConnu | undefined> {
  const personne = await world.ask.personneParMatricule(matriculeIns.slice(0, 13))
  if (!personne || (matriculeIns.length > 13 && !clesDe(personne, matriculeIns))) return undefined
  const distribution = personne.origine === 'distribution' ? (await castOf(world)).patients.find(({ id }) => id === personne.id) : undefined
  return { matriculeIns: quinze(personne.ins), personne, distribution }
}

/** The holder that a link names. @param id of the person */
export async function titulaireParId(world: World, id: string): Promise<TitulaireConnu | undefined> {
  const personne = await personneParId(world, id)
  return personne && (await titulaireDe(world, quinze(personne.ins)))
}

/** The key is the one of the matricule asked for, active or former. */
const clesDe = ({ ins, historique }: PersonneIdentifiee, matriculeIns: string): boolean =>
  [ins, ...historique].some((une) => quinze(une) === matriculeIns)

/** The profile now, stored or not. What the delays did since is played on the way, each at its own time. */
export async function profilDe(world: World, titulaire: TitulaireConnu): Promise<ProfilEnregistre> {
  const enregistre = await world.store.get(profils, titulaire.matriculeIns)
  return enregistre ? { ...enregistre, ...avancer(enregistre, world.now(), reglageDelais(world)) } : profilJamaisTouche(world, titulaire)
}

export function profilJamaisTouche(world: World, { matriculeIns, personne, distribution }: TitulaireConnu): ProfilEnregistre {
  const rang = rangDeId(personne.id)
  const faits = distribution?.histoire ?? (rang === undefined ? histoirePubliee(personne) : histoireDeRang(rang, personne.dateNaissance))
  return {
    matriculeIns,
    ...rejouer(faits, world.now(), noticeDe(personne, distribution), reglageDelais(world)),
    preferences: PREFERENCES_INITIALES,
    courriel: distribution?.courriel ?? '',
    telephone: distribution?.telephone ?? '',
    liens: distribution?.liens ?? [],
  }
}

/** A newborn of the cast is affiliated and will be told; elsewhere, a person without history is not affiliated and never is. */
const noticeDe = ({ dateNaissance }: PersonneIdentifiee, distribution: PatientFictif | undefined): number | null =>
  distribution && distribution.personne.ins.oid.endsWith('.8') ? noticeApresNaissance(dateNaissance) : null

/** A setting that is no duration counts for nothing. */
export function reglageDelais(world: World): ReglageDelais {
  const opposition = String(world.setting('MES-DELAI-OPPOSITION'))
  return readDuration(opposition) ? { opposition } : REGLAGE_DELAIS_INITIAL
}

const JUSQUA = 500

export const notificationsDe = ({ store }: Pick<World, 'store'>, matriculeIns: string): Promise<NotificationEnregistree[]> =>
  store.range(notifications, { index: 'parProfil', equals: [matriculeIns], reverse: true, limit: JUSQUA })

export const courriersDe = ({ store }: Pick<World, 'store'>, matriculeIns: string): Promise<Courrier[]> =>
  store.range(courriers, { index: 'parProfil', equals: [matriculeIns], reverse: true, limit: JUSQUA })

export const blocagesDe = ({ store }: Pick<World, 'store'>, matriculeIns: string): Promise<Blocage[]> =>
  store.range(blocages, { index: 'parProfil', equals: [matriculeIns], limit: JUSQUA })

export const accesDe = ({ store }: Pick<World, 'store'>, matriculeIns: string): Promise<AccesEnregistre[]> =>
  store.range(acces, { index: 'parProfil', equals: [matriculeIns], limit: JUSQUA })

/** Key of what ties one patient and one professional or structure. */
export const cleDuLien = (matriculeIns: string, identifiant: string): string => `${matriculeIns}|${identifiant}`

import type { Annonce } from '../kit/service.ts'
import type { World } from '../world.ts'
import { VUES } from './etats.ts'
import { annonceSansContenu, canauxRetenus, type Nouvelle, NOTIFICATIONS, type Trace } from './notifications.ts'
import { activites, courriers, nomDe, notifications, profilDe, type TitulaireConnu, titulaireDe } from './store.ts'

/** One more line in the history of activity. Inside a transaction. */
export const noterActivite = (world: World, matriculeIns: string, trace: Trace): Promise<void> =>
  world.store.put(activites, { id: world.newId(), matriculeIns, le: world.now(), ...trace })

/** An act of the holder, or of whoever acts for them, in the history. @param auteur name as shown */
export const noterActe = (world: World, matriculeIns: string, auteur: string, texte: string): Promise<void> =>
  noterActivite(world, matriculeIns, { typeActeur: 'PATIENT', groupe: 'GENERAL', acteur: auteur, structure: '', texte })

/** A line in the notification centre, and that there is news, without content, by the channels that the holder keeps. Inside a transaction. */
export async function notifier(world: World, titulaire: TitulaireConnu, notification: NonNullable<Nouvelle['notification']>): Promise<void> {
  const { code, invisibleRepresentants = false } = notification
  const { matriculeIns, etat, preferences, courriel, liens } = await profilDe(world, titulaire)
  const secret = invisibleRepresentants && liens.some(({ lien }) => lien === 'parent')
  // The address and the phone of a minor are the parents': what is hidden from them is told in the centre alone.
  const canaux = canauxRetenus(code, { etat, preferences, courriel }).filter(({ canal }) => canal === 'centre' || !secret)
  const le = world.now()
  await world.store.put(notifications, { id: world.newId(), matriculeIns, le, lue: false, titre: NOTIFICATIONS[code].titre, ...notification, canaux })
  for (const { canal } of canaux)
    if (canal !== 'centre') await world.store.put(courriers, { id: world.newId(), matriculeIns, le, canal, ...annonceSansContenu(code) })
}

/** What time is about to do to somebody. @param suite the end of a French sentence that begins with their name */
export const annonce = (titulaire: TitulaireConnu, suite: string, rule: string): Annonce => ({
  name: nomDe(titulaire),
  title: `${nomDe(titulaire)} ${suite}`,
  rule,
})

/** The holder, when they have an activated profile to read what they are told. */
export async function lecteurDe(world: World, matriculeIns: string): Promise<TitulaireConnu | undefined> {
  const titulaire = await titulaireDe(world, matriculeIns)
  return titulaire && VUES[(await profilDe(world, titulaire)).etat].patient === 'tout' ? titulaire : undefined
}

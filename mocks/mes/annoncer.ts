import type { World } from '../world.ts'
import { annonceSansContenu, canauxRetenus, type Nouvelle, NOTIFICATIONS, type Trace } from './notifications.ts'
import { activites, courriers, notifications, profilDe, type TitulaireConnu } from './store.ts'

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

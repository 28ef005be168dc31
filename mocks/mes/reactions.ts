import type { Reactions, World, WorldEvent } from '../world.ts'
import { nomDeLaStructure, nomDuProfessionnel } from './noms.ts'
import { annonceSansContenu, canauxRetenus, type Nouvelle, NOTIFICATIONS, nouvelleDe } from './notifications.ts'
import { acces, activites, cleDuLien, courriers, notifications, profilDe, type TitulaireConnu, titulaireDe } from './store.ts'

type DuProfessionnel = Extract<WorldEvent, { acteur: string }>

/** News of the professionals' side becomes a line of the history, and a notification when the rules want one. */
async function annoncer(recu: DuProfessionnel, world: World): Promise<void> {
  const event = { ...recu, acteur: nomDuProfessionnel(recu.acteur), structure: nomDeLaStructure(recu.structure) }
  const nouvelle = nouvelleDe(event)
  const titulaire = nouvelle && (await titulaireDe(world, event.matriculeIns))
  if (!nouvelle || !titulaire) return
  await world.store.put(activites, { id: world.newId(), matriculeIns: titulaire.matriculeIns, le: world.now(), ...nouvelle.trace })
  if (nouvelle.notification) await notifier(world, titulaire, nouvelle.notification)
}

async function notifier(world: World, titulaire: TitulaireConnu, notification: NonNullable<Nouvelle['notification']>): Promise<void> {
  const { code } = notification
  const { matriculeIns, etat, preferences, courriel } = await profilDe(world, titulaire)
  const canaux = canauxRetenus(code, { etat, preferences, courriel })
  const le = world.now()
  await world.store.put(notifications, { id: world.newId(), matriculeIns, le, lue: false, titre: NOTIFICATIONS[code].titre, ...notification, canaux })
  for (const { canal } of canaux)
    if (canal !== 'centre') await world.store.put(courriers, { id: world.newId(), matriculeIns, le, canal, ...annonceSansContenu(code) })
}

/** The list of accesses that the patient sees follows the authorisations. */
async function noterAcces(event: Extract<WorldEvent, { type: 'acces.autorise' | 'acces.retire' }>, world: World): Promise<void> {
  const { matriculeIns, acteur, structure, identifiant = '' } = event
  const id = cleDuLien(matriculeIns, identifiant || acteur)
  if (event.type === 'acces.autorise')
    await world.store.put(acces, {
      id,
      matriculeIns,
      identifiant,
      nom: nomDuProfessionnel(acteur),
      structure: nomDeLaStructure(structure),
      le: world.now(),
    })
  else await world.store.delete(acces, id)
  await annoncer(event, world)
}

export const reactions: Reactions = {
  'document.ajoute': annoncer,
  'document.remplace': annoncer,
  'document.supprime': annoncer,
  'document.consulte': annoncer,
  'dossier.recherche': annoncer,
  'acces.autorise': noterAcces,
  'acces.retire': noterAcces,
  'acces.brisDeGlace': annoncer,
}

import type { Reactions, World, WorldEvent } from '../world.ts'
import { nomDeLaStructure, nomDuProfessionnel } from './noms.ts'
import { noterActivite, notifier } from './annoncer.ts'
import { type DuProfessionnel, type DuSysteme, nouvelleDe, nouvelleDuSysteme } from './notifications.ts'
import { acces, cleDuLien, titulaireDe } from './store.ts'

/** News of the professionals' side becomes a line of the history, and a notification when the rules want one. */
async function annoncer(recu: DuProfessionnel, world: World): Promise<void> {
  const event = { ...recu, acteur: nomDuProfessionnel(recu.acteur), structure: nomDeLaStructure(recu.structure) }
  const nouvelle = nouvelleDe(event)
  const titulaire = nouvelle && (await titulaireDe(world, event.matriculeIns))
  if (!nouvelle || !titulaire) return
  await noterActivite(world, titulaire.matriculeIns, nouvelle.trace)
  if (nouvelle.notification) await notifier(world, titulaire, nouvelle.notification)
}

/** The record changed by itself: no professional did it then. */
async function annoncerLeSysteme(event: DuSysteme, world: World): Promise<void> {
  const titulaire = await titulaireDe(world, event.matriculeIns)
  if (!titulaire) return
  const { trace, notification } = nouvelleDuSysteme(event)
  await noterActivite(world, titulaire.matriculeIns, trace)
  await notifier(world, titulaire, notification)
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

/** A message arrived in the patient's mailbox: that it did, never what it says. */
async function annoncerMessage({ matriculeIns }: Extract<WorldEvent, { type: 'message.recu' }>, world: World): Promise<void> {
  const titulaire = await titulaireDe(world, matriculeIns)
  if (titulaire) await notifier(world, titulaire, { code: 'RECEPTION_MESSAGE', texte: 'Vous avez reçu un message.' })
}

export const reactions: Reactions = {
  'message.recu': annoncerMessage,
  'document.ajoute': annoncer,
  'document.remplace': annoncer,
  'document.supprime': annoncer,
  'document.consulte': annoncer,
  'document.renduVisible': annoncer,
  'document.modifie': annoncer,
  'document.annonceAttendue': annoncerLeSysteme,
  'document.visibleAuto': annoncerLeSysteme,
  'dossier.recherche': annoncer,
  'acces.autorise': noterAcces,
  'acces.retire': noterAcces,
}

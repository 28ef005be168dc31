import type { Reactions, World } from '../world.ts'
import { nextAutorisation } from './lifecycle.ts'
import { autorisations, cleAutorisation, documents, documentsDe } from './store.ts'

/** A block voids the authorisations given before: after an unblocking, consent is asked again. @see functional.md §2.4 */
async function bloquer(world: World, matriculeIns: string, identifiant: string): Promise<void> {
  const autorisation = await world.store.get(autorisations, cleAutorisation(matriculeIns, identifiant))
  const etat = autorisation && nextAutorisation(autorisation.etat, { type: 'patient.bloque' })
  if (autorisation && etat) await world.store.put(autorisations, { ...autorisation, etat, depuis: world.now() })
}

async function supprimer(world: World, matriculeIns: string): Promise<void> {
  for (const document of await documentsDe(world, matriculeIns)) {
    await world.store.deleteBytes(document.contenu)
    await world.store.delete(documents, document.entryUuid)
  }
  for (const { id } of await world.store.range(autorisations, { index: 'parPatient', equals: [matriculeIns], limit: 1_000 }))
    await world.store.delete(autorisations, id)
}

export const reactions: Reactions = {
  'acces.bloque': ({ matriculeIns, identifiant }, world) => bloquer(world, matriculeIns, identifiant),
  'dossier.supprime': ({ matriculeIns }, world) => supprimer(world, matriculeIns),
}

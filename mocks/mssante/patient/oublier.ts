import type { World, WorldEvent } from '../../world.ts'
import { supprimerDossier } from '../dossier.ts'
import { contacts, contactsDe, dossiersDe } from '../store.ts'
import { boiteDe } from './fil.ts'

/** The profile is deleted: its mailbox goes with it. */
export async function oublier({ matriculeIns }: Extract<WorldEvent, { type: 'dossier.supprime' }>, world: World): Promise<void> {
  const boite = boiteDe(matriculeIns)
  for (const dossier of await dossiersDe(world, boite)) await supprimerDossier(world, dossier)
  for (const { id } of await contactsDe(world, boite)) await world.store.delete(contacts, id)
}

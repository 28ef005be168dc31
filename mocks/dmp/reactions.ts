import type { Reactions, World } from '../world.ts'
import { annulerAnnonce } from './annonce.ts'
import { nextAutorisation } from './lifecycle.ts'
import { autorisations, cleAutorisation, documents, lots, versions } from './store.ts'
import { annulerExpiration } from './td03.ts'

/** A block voids the authorisations given before: after an unblocking, consent is asked again. @see functional.md §2.4 */
async function bloquer(world: World, matriculeIns: string, identifiant: string): Promise<void> {
  const autorisation = await world.store.get(autorisations, cleAutorisation(matriculeIns, identifiant))
  const etat = autorisation && nextAutorisation(autorisation.etat, { type: 'patient.bloque' })
  if (!autorisation || !etat) return
  await world.store.put(autorisations, { ...autorisation, etat, depuis: world.now() })
  await annulerExpiration(world, autorisation)
}

/** Rows read at a time. */
const PAGE = 1_000

/** Nothing of the record stays: documents, their former versions, the lots that brought them, authorisations, delays. */
async function supprimer(world: World, patient: string): Promise<void> {
  const { store } = world
  const page = { index: 'parPatient', equals: [patient], limit: PAGE }
  for (let rows = await store.range(documents, page); rows.length > 0; rows = await store.range(documents, page))
    for (const document of rows) {
      await store.deleteBytes(document.contenu)
      await store.delete(documents, document.entryUuid)
      await annulerAnnonce(world, document)
    }
  for (let rows = await store.range(versions, page); rows.length > 0; rows = await store.range(versions, page))
    for (const { entryUuid } of rows) await store.delete(versions, entryUuid)
  for (let rows = await store.range(lots, page); rows.length > 0; rows = await store.range(lots, page))
    for (const { uniqueId } of rows) await store.delete(lots, uniqueId)
  for (let rows = await store.range(autorisations, page); rows.length > 0; rows = await store.range(autorisations, page))
    for (const autorisation of rows) {
      await store.delete(autorisations, autorisation.id)
      await annulerExpiration(world, autorisation)
    }
}

export const reactions: Reactions = {
  'acces.bloque': ({ matriculeIns, identifiant }, world) => bloquer(world, matriculeIns, identifiant),
  'dossier.supprime': ({ matriculeIns }, world) => supprimer(world, matriculeIns),
}

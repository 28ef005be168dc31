import type { World } from '../world.ts'
import { tousLesDossiers } from './dossier.ts'
import { controlerOuverture, type Identite, type RefusMss, refusMss } from './rules/acces.ts'
import { type BoiteEnregistree, boites, domaines, type DossierEnregistre } from './store.ts'

/** Longest address read. @see RFC 5321 §4.5.3.1 */
const MAX_ADRESSE = 320

/** The mailbox, when this identity may open it: over HTTP, SMTP and IMAP alike. Reads only. */
export async function boitePour(world: World, identite: Identite, adresse: string): Promise<BoiteEnregistree | RefusMss> {
  const boite = adresse === '' || adresse.length > MAX_ADRESSE ? undefined : await world.store.get(boites, adresse)
  const domaine = boite && (await world.store.get(domaines, boite.domaine))
  const refus = controlerOuverture(boite, { conforme: domaine?.conforme ?? false }, identite)
  return refus ?? boite ?? refusMss('MSS-BAL-TITULAIRE', 535, '5.7.8', 'boîte inconnue')
}

/** Notes that it is used, and gives its folders. The mailbox is read again: a message may have come meanwhile. */
export const ouvrirLaBoite = (world: World, adresse: string): Promise<DossierEnregistre[]> =>
  world.atomically(async (inside) => {
    const boite = await inside.store.get(boites, adresse)
    if (boite) await inside.store.put(boites, { ...boite, ouverteLe: inside.now() })
    return await tousLesDossiers(inside, adresse)
  })

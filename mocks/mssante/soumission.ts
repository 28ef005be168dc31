import type { World } from '../world.ts'
import { retenir } from './entete-retenu.ts'
import { type Bilan, type Destinataire, refusAvant, remettre } from './remise.ts'
import { reglesMss } from './rules-register.ts'
import { boitePour } from './ouverture.ts'
import { estRefusMss, type Identite, type RefusMss, refusMss } from './rules/acces.ts'
import { refusBoitePro, refusTaille } from './rules/destinataire.ts'
import { boites, domaines } from './store.ts'

export interface Soumission {
  readonly identite: Identite
  /** Mailbox it is sent from. */
  readonly de: string
  readonly pour: readonly Destinataire[]
  readonly octets: Uint8Array
  readonly envid?: string
}

/** Why this identity may not open this mailbox. Reads only. */
export async function ouvertureDe(world: World, identite: Identite, adresse: string): Promise<RefusMss | undefined> {
  const boite = await boitePour(world, identite, adresse)
  return estRefusMss(boite) ? boite : undefined
}

/** Whether this identity may send from this mailbox, before anything is sent. Reads only. */
export async function refusExpediteur(world: World, identite: Identite, de: string): Promise<RefusMss | undefined> {
  const adresse = de.toLowerCase()
  const refus = await ouvertureDe(world, identite, adresse)
  if (refus)
    return refus.refused.code === 'MSS-BAL-TITULAIRE'
      ? refusMss('MSS-EXPEDITEUR-PROPRE', 550, '5.7.1', `${adresse} n’est pas une boîte que vous pouvez ouvrir`)
      : refus
  const domaine = await world.store.get(domaines, adresse.slice(adresse.indexOf('@') + 1))
  return domaine?.listeBlanche
    ? undefined
    : refusMss('MSS-LISTE-BLANCHE', 550, '5.7.1', `le domaine de l’expéditeur n’est pas dans la liste blanche : ${domaine?.nom ?? ''}`)
}

/**
 * A professional's message, handed in by SMTP or by HTTP: refused whole, or accepted and delivered, in one transaction of its own. When it
 * has returned a `Bilan`, nothing of it can be lost.
 */
export async function soumettre(world: World, { identite, de, pour, octets, envid }: Soumission): Promise<Bilan | RefusMss> {
  return await world.atomically(async (inside) => {
    const refus = (await refusExpediteur(inside, identite, de)) ?? (await refusDuMessage(inside, de, octets))
    if (refus) return refus
    if (pour.length === 0) return refusMss('MSS-NON-REMIS', 554, '5.5.1', 'aucun destinataire')
    for (const { adresse } of pour) {
      const avant = await refusAvant(inside, de, adresse)
      if (avant) return avant
    }
    return await remettre(inside, { de: de.toLowerCase(), pour, octets, ...(envid === undefined ? {} : { envid }) })
  })
}

/** From is the mailbox it is sent from, alone; the mailbox is not full; the size is within what its operator carries. */
async function refusDuMessage(world: World, de: string, octets: Uint8Array): Promise<RefusMss | undefined> {
  const { entete } = retenir(octets)
  const adresse = de.toLowerCase()
  if (entete.de.length !== 1 || entete.de[0]?.adresse !== adresse)
    return refusMss('MSS-EXPEDITEUR-PROPRE', 550, '5.7.1', `le champ From doit être ${adresse} et rien d’autre`)
  const boite = await world.store.get(boites, adresse)
  const domaine = boite && (await world.store.get(domaines, boite.domaine))
  return refusTaille(octets.length, domaine?.tailleMax ?? 0) ?? refusBoitePro(boite, octets.length)
}

/** Rules that an accepted message has met, for the journal. */
export const reglesDe = ({ regles, refuses }: Bilan) => [
  reglesMss['MSS-EXPEDITEUR-PROPRE'],
  reglesMss['MSS-LISTE-BLANCHE'],
  ...regles,
  ...(refuses.length > 0 ? [reglesMss['MSS-NON-REMIS']] : []),
]

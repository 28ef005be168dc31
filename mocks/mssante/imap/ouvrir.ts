import { mondeDuJeton } from '#standards/psc/jeton.ts'
import type { WireWorld } from '../../kit/wire.ts'
import type { IdentitePsc } from '../../world.ts'
import { boitePour, ouvrirLaBoite } from '../ouverture.ts'
import { estRefusMss, type Identite } from '../rules/acces.ts'
import { type Fin, non, ok } from './fin.ts'
import type { SessionImap } from './session.ts'

/** Opens a mailbox, however who opens it was identified. @see MSS-BAL-TITULAIRE, MSS-BAL-APP-CERTIFICAT */

export const JETON_REFUSE = non('Jeton Pro Sante Connect inconnu ou expire', 'AUTHENTICATIONFAILED')

/** @returns undefined when no world signed this token, or when it has expired */
async function lireJeton(session: SessionImap, jeton: string): Promise<{ monde: WireWorld; identite: IdentitePsc } | undefined> {
  const monde = jeton === '' || jeton.length > 20_000 ? undefined : await session.link.world(mondeDuJeton(jeton) ?? 'default')
  const identite = monde && (await monde.world.ask.identiteDuJeton(jeton))
  return monde && identite && typeof identite !== 'string' ? { monde, identite } : undefined
}

export async function ouvrirParJeton(session: SessionImap, jeton: string, adresse: string): Promise<Fin | undefined> {
  const lu = await lireJeton(session, jeton)
  if (!lu) return undefined
  const { identifiant, nom, expireLe } = lu.identite
  return await ouvrirBoite(session, lu.monde, adresse, { moyen: 'PSC', identifiant, nom }, expireLe)
}

/** @param nomDuMonde of the sandbox's worlds: a certificate names none. @see MSS-IMAP-MONDE */
export async function ouvrirParCertificat(session: SessionImap, structure: string, adresse: string, nomDuMonde: string): Promise<Fin> {
  const monde = await session.link.world(nomDuMonde)
  if (!monde) return refuser(session, non('Ce monde n’existe pas', 'AUTHENTICATIONFAILED'))
  return await ouvrirBoite(session, monde, adresse, { moyen: 'certificat', identifiant: structure, nom: structure }, undefined)
}

export function refuser(session: SessionImap, fin: Fin): Fin {
  session.refus += 1
  return fin
}

async function ouvrirBoite(session: SessionImap, monde: WireWorld, demandee: string, identite: Identite, expireLe: number | undefined): Promise<Fin> {
  const { world } = monde
  const adresse = demandee.trim().toLowerCase()
  const boite = await boitePour(world, identite, adresse)
  if (estRefusMss(boite)) return refuser(session, non(boite.about, 'AUTHORIZATIONFAILED'))
  await ouvrirLaBoite(world, adresse)
  session.ouvrir({ monde, world, adresse, type: boite.type, identite, expireLe })
  return ok(`Boite ${adresse} ouverte`, `CAPABILITY ${session.capacites()}`)
}

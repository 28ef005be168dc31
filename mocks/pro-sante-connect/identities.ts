import { castOf } from '../database/registre.ts'
import type { IdentityCard } from '../kit/service.ts'
import type { World } from '../world.ts'
import { estPersonne } from './rules.ts'

/** Who can connect, and what to send for it. */
export async function identites(world: World): Promise<IdentityCard[]> {
  return (await castOf(world)).professionnels.map(({ id, nomAffiche, carte }) => ({
    id: `psc-${id}`,
    name: nomAffiche,
    kind: 'professionnel',
    send: { login_hint: carte.identifiant, binding_message: '42' },
    triggers: estPersonne(carte)
      ? carte.genre === 'CPS'
        ? 'Pro Santé Connect : se connecte (CIBA ou page)'
        : 'Pro Santé Connect : se connecte, comme employé enregistré par sa structure'
      : 'Pro Santé Connect : inconnu (PSC-IDENTITE-CONNUE), la carte ne porte pas de nom',
    service: 'pro-sante-connect',
    source: 'Distribution du bac à sable',
  }))
}

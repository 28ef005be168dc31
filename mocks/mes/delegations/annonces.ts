import type { World } from '../../world.ts'
import { noterActe, noterActivite, notifier } from '../annoncer.ts'
import { nomDe, type TitulaireConnu, titulaireDe } from '../store.ts'
import type { EvenementDelegation, TypeDelegation } from './lifecycle.ts'
import type { DelegationEnregistree } from './store.ts'

export const ROLES: Readonly<Record<TypeDelegation, string>> = {
  CAREGIVING: 'aidant',
  LEGAL_REPRESENTATION: 'second représentant légal',
  ASSISTANCE: 'curateur',
}

/** The two sides of a delegation. */
export interface Deux {
  readonly titulaire: TitulaireConnu
  readonly delegue: TitulaireConnu
}

/** History and notifications of what happened. Nothing is published for an invitation that expires: a line of the history says it. */
export async function dire(
  world: World,
  une: DelegationEnregistree,
  { type: quoi }: EvenementDelegation,
  { titulaire, delegue }: Deux,
): Promise<void> {
  const [lui, elle, role] = [nomDe(titulaire), nomDe(delegue), ROLES[une.type]]
  const rl = une.type === 'LEGAL_REPRESENTATION'
  const titre = (texte: string) => (rl ? { titre: texte } : {})
  switch (quoi) {
    case 'delegue.accepte': {
      await noterActe(world, titulaire.matriculeIns, elle, `${elle} est maintenant ${role}.`)
      const accord = { code: 'ACCORD_PARTAGE_PROFIL', ...titre('Second représentant légal : demande acceptée') } as const
      await notifier(world, titulaire, { ...accord, texte: `${elle} a accepté de devenir ${role}.` })
      const demandeur = une.demandeur === titulaire.matriculeIns ? undefined : await titulaireDe(world, une.demandeur)
      if (demandeur) await notifier(world, demandeur, { ...accord, texte: `${elle} a accepté de devenir ${role} de ${lui}.` })
      if (rl) await notifier(world, delegue, { ...accord, texte: `Vous êtes maintenant ${role} de ${lui}.` })
      return
    }
    case 'delegue.refuse':
      await noterActe(world, titulaire.matriculeIns, elle, `${elle} n’a pas voulu devenir ${role}.`)
      await notifier(world, titulaire, {
        code: 'REFUS_PARTAGE_PROFIL',
        ...titre('Second représentant légal : demande refusée'),
        texte: `${elle} a refusé de devenir ${role}.`,
      })
      return
    case 'delegue.revoque':
      await noterActe(world, titulaire.matriculeIns, elle, `${elle} n’est plus ${role}, à sa demande.`)
      await notifier(world, titulaire, {
        code: 'REVOCATION_PAR_AIDANT',
        ...titre('Le second représentant légal a mis fin à son accès'),
        texte: `${elle} a mis fin à son accès à votre profil.`,
      })
      return
    case 'titulaire.revoque':
      await noterActe(world, titulaire.matriculeIns, lui, `${elle} n’est plus ${role}.`)
      await notifier(world, delegue, {
        code: 'REVOCATION_PAR_AIDE',
        ...(une.type !== 'CAREGIVING' && { titre: 'Un accès vous est retiré' }),
        texte: `Vous n’avez plus accès au profil de ${lui}.`,
      })
      return
    case 'delai.invitation':
      for (const { matriculeIns } of [titulaire, delegue])
        await noterActivite(world, matriculeIns, {
          typeActeur: 'SYSTEM',
          groupe: 'GENERAL',
          acteur: 'Mon espace santé',
          structure: '',
          texte: `L’invitation faite à ${elle} pour devenir ${role} de ${lui} a expiré.`,
        })
      return
    case 'titulaire.admet':
    case 'delai.majorite':
      return
  }
}

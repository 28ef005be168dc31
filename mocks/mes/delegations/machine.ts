import { decrireMachine, type EvenementDit } from '../../kit/machine-description.ts'
import type { MachineMontree } from '../../kit/machine-routes.ts'
import type { World } from '../../world.ts'
import { nomDe, titulaireDe } from '../store.ts'
import { ROLES } from './annonces.ts'
import { aJour, delaiInvitation } from './delegation.ts'
import { cycleDeDelegation, type EtatDelegation, ETATS_DELEGATION, type EvenementDelegation } from './lifecycle.ts'
import { reglesDelegations } from './rules.ts'
import { type DelegationEnregistree, delegationsDe, delegationsPour } from './store.ts'

const code = (regle: keyof typeof reglesDelegations): string => reglesDelegations[regle].code

const ANNONCES: Readonly<Record<EtatDelegation, string>> = {
  PENDING: 'La personne désignée n’a pas encore répondu : elle ne voit rien du profil.',
  ACCEPTED: 'La personne désignée ouvre le profil depuis le sien.',
  REFUSED: 'La personne désignée a dit non. Elle peut être invitée de nouveau.',
  EXPIRED: 'Personne n’a répondu à temps : il faut une nouvelle invitation.',
  REVOKED_BY_AIDANT: 'La personne désignée a mis fin à son accès, aussitôt.',
  REVOKED_BY_AIDE: 'Le titulaire a retiré l’accès, ou l’invitation, aussitôt.',
  ENDED: 'Le titulaire est majeur : son représentant légal n’a plus accès.',
}

const EVENEMENTS: Readonly<Record<EvenementDelegation['type'], EvenementDit>> = {
  'delegue.accepte': {
    agent: 'personne désignée',
    libelle: 'Elle accepte',
    regle: code('MES-DELEGATION-PREUVE'),
    conditions: (['MES-DELEGATION-ACTIVE', 'MES-DELEGATION-5-AIDES', 'MES-DELEGATION-3-AIDANTS'] as const).map(code),
  },
  'delegue.refuse': {
    agent: 'personne désignée',
    libelle: 'Elle refuse',
    regle: code('MES-DELEGATION-ETAT'),
    conditions: [code('MES-DELEGATION-EXPIREE')],
  },
  'delegue.revoque': { agent: 'personne désignée', libelle: 'Elle met fin à son accès', regle: code('MES-DELEGATION-FIN') },
  'titulaire.admet': { agent: 'titulaire', libelle: 'Le titulaire ouvre son profil à son curateur', regle: code('MES-DELEGATION-DEJA') },
  'titulaire.revoque': { agent: 'titulaire', libelle: 'Le titulaire retire l’accès ou l’invitation', regle: code('MES-DELEGATION-FIN') },
  'delai.invitation': { agent: 'délai', libelle: 'Sans réponse, l’invitation expire', regle: code('MES-DELEGATION-EXPIREE') },
  'delai.majorite': { agent: 'délai', libelle: 'Le titulaire atteint dix-huit ans', regle: code('MES-MAJORITE-FIN-RL') },
}

const nom = async (world: World, matricule: string): Promise<string> => {
  const titulaire = await titulaireDe(world, matricule)
  return titulaire ? nomDe(titulaire) : matricule
}

const montrer = async (world: World, une: DelegationEnregistree) => {
  const { finLe } = une.contexte
  return {
    id: une.id,
    libelle: `${await nom(world, une.delegue)}, ${ROLES[une.type]} de ${await nom(world, une.matriculeIns)}`,
    etats: [une.etat],
    ...(une.etat === 'PENDING' && finLe !== null && { echeance: { le: finLe, evenement: 'delai.invitation' } }),
  }
}

/** Delegations of a profile, and those that open others to its holder, newest first. */
export const machineDesDelegations: MachineMontree = {
  decrire: (world) =>
    decrireMachine(cycleDeDelegation, {
      nom: 'delegation',
      titre: 'La délégation : aidant, second représentant légal, curateur',
      etats: Object.fromEntries(
        (Object.keys(ETATS_DELEGATION) as EtatDelegation[]).map((etat) => [etat, { libelle: ETATS_DELEGATION[etat], annonce: ANNONCES[etat] }]),
      ),
      evenement: (type) => {
        const dit = EVENEMENTS[type as EvenementDelegation['type']]
        return type === 'delai.invitation' ? { ...dit, delai: delaiInvitation(world) } : dit
      },
      gardes: { attestee: [code('MES-DELEGATION-ATTESTATION'), code('MES-DELEGATION-EXPIREE')] },
    }),
  exemplaires: async (world, matricule) => {
    const toutes = [...(await delegationsDe(world, matricule)), ...(await delegationsPour(world, matricule))]
    return await Promise.all(toutes.map((une) => montrer(world, aJour(world, une))))
  },
}

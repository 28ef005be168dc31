import { defineRules } from '#standards/rule.ts'
import type { Trace } from '../notifications.ts'
import type { Refus } from '../rules.ts'
import type { Professionnel } from './professionnels.ts'

/** Who reads, who is kept out, who did what. @see functional.md §2.4, §3.6, §4.4 */
export const reglesConfidentialite = defineRules('mocks/mes/confidentialite/rules.ts', {
  'MES-LISTE-SANS-ACCES': {
    sentence: 'Ajouter un professionnel à sa liste ne lui donne aucun accès au dossier.',
    source: 'ens-mobile, août 2025 ; functional.md §3.6',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/confidentialite/routes-professionnels.ts',
  },
  'MES-MEDECIN-TRAITANT-ASSURANCE-MALADIE': {
    sentence: 'Le médecin traitant vient de l’Assurance maladie : il ne se change pas dans Mon espace santé.',
    source: 'ens-mobile, août 2025 ; functional.md §3.6',
    certainty: 'vérifié',
  },
  'MES-ROLE-PROFESSION': {
    sentence: 'Le titulaire choisit sa sage-femme référente parmi les sages-femmes et son pharmacien correspondant parmi les pharmaciens.',
    source: 'rôles : ens-mobile ; contrôle de la profession déduit',
    certainty: 'déduit',
  },
  'MES-ADMINISTRATEUR': {
    sentence: 'Le titulaire nomme un professionnel administrateur, un seul, qui lit les documents masqués.',
    source: 'CSP R.1111-49 ; ens-mobile ; functional.md C1 (un seul à la fois : déduit)',
    certainty: 'vérifié',
  },
  'MES-ADMINISTRATEUR-NON-BLOQUE': {
    sentence: 'Un professionnel bloqué ne peut pas être administrateur : le bloquer lui retire ce rôle et les autres.',
    source: 'functional.md §2.4 : un bloqué n’accède plus',
    certainty: 'déduit',
  },
  'MES-ADMINISTRATEUR-BLOQUE': {
    sentence: 'L’administrateur, et lui seul, peut bloquer d’autres professionnels pour le titulaire, qui en garde la trace et peut débloquer.',
    source: 'functional.md §3.6 (ens-mobile) ; la forme de l’acte est propre au bac à sable',
    certainty: 'vérifié',
  },
  'MES-URGENCE-REGLAGES': {
    sentence:
      'Le titulaire règle d’avance l’urgence : accès du centre 15 (ETREAT), bris de glace (BTG), lecture des documents masqués dans l’urgence (MASKED).',
    source: 'CSP L.1111-17 ; ens-mobile, ETREAT, BTG, MASKED',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/confidentialite/routes-urgence.ts',
  },
  'MES-URGENCE-PAR-DEFAUT': {
    sentence: 'Tant que le titulaire n’a rien réglé, les trois accès d’urgence sont permis.',
    source: 'Les valeurs de départ ne sont publiées nulle part ; L.1111-17 ne parle que d’un refus exprimé',
    certainty: 'propre au bac à sable',
    enforcedIn: 'mocks/mes/confidentialite/store.ts',
  },
  'MES-URGENCE-AVIS': {
    sentence: 'Après chaque accès en urgence, le titulaire reçoit un courriel et son médecin traitant un avis.',
    source: 'CSP R.1111-48 ; la liste où le médecin traitant lit ses avis est propre au bac à sable',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/confidentialite/urgence.ts',
  },
  'MES-URGENCE-UN-ACCES': {
    sentence: 'Les demandes du même professionnel, dans le même mode et pour le même motif, comptent pour un seul accès pendant une heure.',
    source: 'Un accès dure tant que la fiche est ouverte (EX_0.2-1040), ce que les messages ne disent pas',
    certainty: 'propre au bac à sable',
    enforcedIn: 'mocks/mes/confidentialite/urgence.ts',
  },
  'MES-HISTORIQUE-ONGLETS': {
    sentence: 'L’historique d’activité se lit par auteur : professionnels, moi, mes représentants, services synchronisés.',
    source: 'ens-mobile ; FAQ-MES p. 17 (les actes d’un aidant sont rangés ici avec ceux des représentants)',
    certainty: 'vérifié',
  },
  'MES-SIGNALEMENT': {
    sentence:
      'Le titulaire signale un accès qu’il n’a pas permis : le signalement est gardé, s’inscrit dans l’historique et un accusé de réception part.',
    source: 'ens-mobile (signalement offert) ; suites déduites',
    certainty: 'déduit',
  },
})

/** Roles a professional may have for a patient; the médecin traitant is nobody's to choose here. */
export const ROLES = {
  administrateur: { libelle: 'Administrateur', profession: undefined },
  'sage-femme-referente': { libelle: 'Sage-femme référente', profession: '50' },
  'pharmacien-correspondant': { libelle: 'Pharmacien correspondant', profession: '21' },
} as const

export type Role = keyof typeof ROLES

export const estRole = (nom: string): nom is Role => Object.hasOwn(ROLES, nom)

export const refusMedecinTraitant = (): Refus => ({
  refused: reglesConfidentialite['MES-MEDECIN-TRAITANT-ASSURANCE-MALADIE'],
  about: 'le médecin traitant se déclare auprès de l’Assurance maladie, avec lui, lors d’une consultation',
  statut: 403,
})

/** Undefined when this professional may be given this role. */
export function refusDuRole(role: Role, { genre, profession, nom }: Professionnel, bloque: boolean): Refus | undefined {
  const attendue = ROLES[role].profession
  if (genre !== 'PS')
    return { refused: reglesConfidentialite['MES-ADMINISTRATEUR'], about: 'ce rôle est celui d’un professionnel, pas d’une structure', statut: 422 }
  if (attendue !== undefined && profession.code !== attendue)
    return { refused: reglesConfidentialite['MES-ROLE-PROFESSION'], about: `${nom} n’exerce pas la profession de ce rôle`, statut: 422 }
  if (bloque) return { refused: reglesConfidentialite['MES-ADMINISTRATEUR-NON-BLOQUE'], about: `${nom} est bloqué : débloquez-le d’abord` }
  return undefined
}

/** Undefined when `qui` may block `autre` for the patient. @param administrateur PS_IdNat, undefined when nobody is */
export function refusDeBloquerPour(qui: string, administrateur: string | undefined, autre: string): Refus | undefined {
  const refused = reglesConfidentialite['MES-ADMINISTRATEUR-BLOQUE']
  if (administrateur === undefined || qui !== administrateur)
    return { refused, about: 'le patient n’a pas nommé ce professionnel administrateur', statut: 403 }
  return autre === qui ? { refused, about: 'l’administrateur bloque les autres, pas lui-même' } : undefined
}

/** Tabs of the history. */
export const ONGLETS = ['tous', 'professionnels', 'moi', 'representants', 'services'] as const

export type Onglet = (typeof ONGLETS)[number]

/** In which tab a line is, besides `tous`; undefined: in no other. @param titulaire name as shown: lines of the patient's side name who acted */
export function ongletDe({ typeActeur, acteur }: Pick<Trace, 'typeActeur' | 'acteur'>, titulaire: string): Onglet | undefined {
  if (typeActeur === 'HEALTHCARE_PROFESSIONAL' || typeActeur === 'HEALTHCARE_FACILITY') return 'professionnels'
  if (typeActeur === 'SERVICE_TIERS') return 'services'
  if (typeActeur === 'PATIENT') return acteur === titulaire ? 'moi' : 'representants'
  return undefined
}

/** Undefined when this line may be reported. */
export function refusDeSignaler({ typeActeur }: Pick<Trace, 'typeActeur'>, dejaSignale: boolean): Refus | undefined {
  const refused = reglesConfidentialite['MES-SIGNALEMENT']
  if (typeActeur !== 'HEALTHCARE_PROFESSIONAL' && typeActeur !== 'HEALTHCARE_FACILITY')
    return { refused, about: 'on signale l’acte d’un professionnel ou d’un établissement', statut: 422 }
  return dejaSignale ? { refused, about: 'cet accès est déjà signalé' } : undefined
}

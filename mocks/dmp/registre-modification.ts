import { defineRules } from '#standards/rule.ts'

/** What becomes of a document once it is in the DMP: part of the register of `rules.ts`. */
export const reglesModification = defineRules('mocks/dmp/rules/modification.ts', {
  'DMP-MISE-A-JOUR': {
    sentence:
      'Une modification (ITI-57) est un lot qui désigne chaque document une fois : par sa fiche complète, ou par une association de changement de statut.',
    source: 'GIE-KIT, GIE-MSG (dmp.md §3.8) ; IHE ITI §3.57',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/mise-a-jour.ts',
  },
  'DMP-VERSION-COURANTE': {
    sentence: 'On modifie la version courante d’une fiche, sous son identifiant logique ; l’ancienne version devient obsolète et reste connue.',
    source: 'P4D exemples_usage_dmp ; GIE-KIT template_masquage (lid, PreviousVersion)',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/mise-a-jour.ts',
  },
  'DMP-MODIFIER-CONFIDENTIALITE': {
    sentence: 'Seuls les codes de visibilité d’une fiche se modifient, et l’un d’eux au moins change.',
    source: 'TD3.3a, TD3.3b : dmp.md §1.2 ; refus du reste déduit',
    certainty: 'déduit',
    enforcedIn: 'mocks/dmp/rules/mise-a-jour.ts',
  },
  'DMP-STATUT': {
    sentence: 'Un document en vigueur s’archive, un document archivé se désarchive, l’un et l’autre se suppriment ; rien d’autre.',
    source: 'GIE-MSG (TD3.3c, TD3.3d) ; dmp.md §3.8 et §4',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/lifecycle.ts',
  },
  'DMP-MODIFIER-AUTORISE': {
    sentence: 'Masquer, rendre visible et archiver demandent le droit de consulter le document.',
    source: 'GIE-526 (« droit de lecture ») ; autorisation d’accès déduite',
    certainty: 'déduit',
    enforcedIn: 'mocks/dmp/rules/modification.ts',
  },
  'DMP-DEMASQUER': {
    sentence: 'Qui peut lire un document peut le masquer ; seuls un auteur et le médecin traitant le démasquent.',
    source: 'PDT-INF-526 ; CNDA 2.10',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/modification.ts',
  },
  'DMP-RENDRE-VISIBLE-SANS-RETOUR': {
    sentence: 'Rendre visible au patient, ou à ses représentants légaux, est irréversible.',
    source: 'EX_3.3-1040, EX_3.3-1045',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/lifecycle.ts',
  },
  'DMP-SUPPRIMER-AUTEUR': {
    sentence: 'Seul un auteur supprime son document ; avec une carte de secrétariat ou un certificat, la structure auteur. C’est irréversible.',
    source: 'PDT-INF-526 ; EX_3.3-1050',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/modification.ts',
  },
  'DMP-SUPPRIMER-SANS-AUTORISATION': {
    sentence: 'Supprimer son document ne demande aucune autorisation d’accès, même à un professionnel bloqué.',
    source: 'EX_3.3-1060',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/modification.ts',
  },
  'DMP-ARCHIVER': {
    sentence: 'Un auteur, ou un médecin qui lit le document (réglable), l’archive et le désarchive ; un médecin du travail, les siens seulement.',
    source: 'CNDA 3.3-120/140, GIE-606 ; GIE-526 dit l’auteur seul en accès normal',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/modification.ts',
  },
  'DMP-DOCUMENT-DU-PATIENT': {
    sentence: 'Un document déposé par le patient n’est archivé ou supprimé que par lui-même ou par son médecin traitant.',
    source: 'PDT-INF-526, note *',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/modification.ts',
  },
  'DMP-ANNONCE-SIGNALEMENT': {
    sentence:
      'Deux semaines après le dépôt d’un document invisible au patient, celui-ci apprend que son dossier a changé et qu’il peut voir un professionnel, rien de plus.',
    source: 'CSP R.1111-53 ; functional.md §4.5',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/annonce.ts',
  },
  'DMP-ANNONCE-VISIBILITE': {
    sentence: 'Un mois après son dépôt, un document resté invisible au patient lui devient visible de lui-même.',
    source: 'CSP R.1111-53 ; functional.md §4.5',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/annonce.ts',
  },
  'DMP-ANNONCE-FAITE': {
    sentence: 'Rendu visible, supprimé ou remplacé par un professionnel, un document n’attend plus aucun délai d’annonce.',
    source: 'CSP R.1111-53 ; l’arrêt des délais est déduit',
    certainty: 'déduit',
    enforcedIn: 'mocks/dmp/annonce.ts',
  },
})

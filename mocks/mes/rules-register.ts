import { defineRules } from '#standards/rule.ts'

/** The rules of Mon espace santé that the sandbox keeps. @see functional.md §2 and §3 */
export const regles = defineRules('mocks/mes/lifecycle.ts', {
  'MES-INFORMATION': {
    sentence:
      'Chaque personne est informée de l’ouverture à venir, par courriel, ou par courrier quand il n’y a pas d’adresse ou que le courriel revient.',
    source: 'CSP R.1111-28',
    certainty: 'vérifié',
  },
  'MES-NAISSANCE-1-MOIS': {
    sentence: 'Un nouveau-né affilié est informé (son parent l’est) un mois après sa naissance.',
    source: 'Le délai n’est publié nulle part',
    certainty: 'propre au bac à sable',
    enforcedIn: 'mocks/database/histoires.ts',
  },
  'MES-OPPOSITION-6-SEMAINES': {
    sentence: 'Sans opposition dans les six semaines qui suivent l’information, le profil s’ouvre de lui-même.',
    source: 'CSP R.1111-28 ; service-public F36151 (un projet de décret disait un mois : conflit C2)',
    certainty: 'vérifié',
  },
  'MES-OUVERTURE-IMPOSSIBLE': {
    sentence: 'Quand l’ouverture est techniquement impossible, la personne en est informée et rien ne s’ouvre.',
    source: 'CSP R.1111-28',
    certainty: 'vérifié',
  },
  'MES-OPPOSITION': {
    sentence: 'La personne informée peut s’opposer à l’ouverture ; elle peut changer d’avis plus tard.',
    source: 'CSP R.1111-28 ; L.1111-14',
    certainty: 'vérifié',
  },
  'MES-OPPOSITION-NON-DITE': {
    sentence: 'Une opposition n’est pas dite au professionnel : le dossier lui paraît simplement non créé.',
    source: 'functional.md §2.2 ; dmp.md §6',
    certainty: 'déduit',
    enforcedIn: 'mocks/mes/etats.ts',
  },
  'MES-SITUATION-DOSSIER': {
    sentence: 'L’état du profil décide seul de ce que les professionnels obtiennent : existence, dépôt, lecture, messages.',
    source: 'functional.md §2.2, tableau des états',
    certainty: 'déduit',
    enforcedIn: 'mocks/mes/etats.ts',
  },
  'MES-ACTE-ETAT': {
    sentence: 'Un acte n’est possible que dans les états du profil qui le prévoient.',
    source: 'functional.md §2.2, tableau des états',
    certainty: 'déduit',
  },
  'MES-CODE-PROVISOIRE': {
    sentence: 'Le code provisoire sert une seule fois et vaut six semaines ; on peut en demander un autre à tout moment, qui remplace le précédent.',
    source: 'functional.md §2.1 (francetvinfo, tf1info, numerama)',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/rules.ts',
  },
  'MES-ACTIVATION-IDENTITE': {
    sentence: 'Pour activer, la date de naissance donnée est celle du titulaire.',
    source: 'service-public F36151 (le numéro de série de la carte Vitale, aussi demandé, n’est pas simulé)',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/rules.ts',
  },
  'MES-CGU': {
    sentence:
      'Les conditions d’utilisation sont acceptées à l’activation ; refuser les nouvelles bloque l’accès du titulaire, pas celui des professionnels.',
    source: 'ens-mobile, août 2025',
    certainty: 'vérifié',
  },
  'MES-FERMETURE': {
    sentence: 'Le titulaire ferme son profil quand il veut ; les données sont alors archivées et les professionnels n’y accèdent plus.',
    source: 'CSP R.1111-36',
    certainty: 'vérifié',
  },
  'MES-ARCHIVE-10-ANS': {
    sentence: 'Les données d’un profil fermé sont gardées dix ans après la fermeture, puis supprimées ; rouvrir avant les rend.',
    source: 'CSP R.1111-36 ; L.1111-18',
    certainty: 'vérifié',
  },
  'MES-SUPPRESSION-3-MOIS': {
    sentence: 'Une demande de suppression est exécutée sous trois mois, et la personne en est informée.',
    source: 'CSP R.1111-36 (le bac à sable l’exécute au terme des trois mois)',
    certainty: 'vérifié',
  },
  'MES-SUPPRESSION-RENONCE': {
    sentence: 'Demander à nouveau l’ouverture annule la demande de suppression.',
    source: 'ens-mobile, août 2025',
    certainty: 'vérifié',
  },
  'MES-CREATION-VIDE': {
    sentence: 'Après une opposition ou une suppression, un profil peut être créé à tout moment ; il est vide.',
    source: 'CSP R.1111-36',
    certainty: 'vérifié',
  },
  'MES-SUSPENSION-6-SEMAINES': {
    sentence:
      'En cas de fraude ou de dysfonctionnement grave, le profil est suspendu, la personne informée, et il est fermé sans opposition dans les six semaines.',
    source: 'CSP R.1111-36',
    certainty: 'vérifié',
  },
  'MES-SUSPENSION-CONTESTATION': {
    sentence: 'Le titulaire conteste la suspension ; le profil revient si la vérification lui est favorable.',
    source: 'CSP R.1111-36 ; functional.md §2.2',
    certainty: 'déduit',
  },
  'MES-DECES': {
    sentence: 'Le décès ferme le profil ; les données sont gardées dix ans.',
    source: 'Projet de décret (ticsante 5515) ; L.1111-18 ; texte définitif non retrouvé',
    certainty: 'déduit',
  },
  'MES-DELAIS-HORLOGE': {
    sentence: 'Les délais tombent à leur date, dans l’ordre, que l’horloge avance d’un coup ou jour par jour.',
    source: 'DESIGN §3',
    certainty: 'propre au bac à sable',
    enforcedIn: 'mocks/mes/delais.ts',
  },
  'MES-LECTURE-PROFIL-ACTIVE': {
    sentence: 'Le titulaire ne lit rien avant d’avoir activé son profil : les documents déposés l’attendent.',
    source: 'functional.md §2.2, état openNotActivated',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/rules.ts',
  },
  'MES-DOCUMENTS-DISTINCTS': {
    sentence: 'Les documents du patient et ceux des professionnels sont clairement distingués.',
    source: 'S-048',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/rules.ts',
  },
  'MES-AUTEUR-LIEN': {
    sentence: 'Agir pour quelqu’un d’autre suppose d’être son représentant légal, son tuteur ou son aidant.',
    source: 'functional.md §2.5',
    certainty: 'déduit',
    enforcedIn: 'mocks/mes/rules.ts',
  },
  'MES-MINEUR-REPRESENTANT': {
    sentence: 'Le profil d’un mineur est géré par son représentant légal : il active, s’oppose ou ferme pour lui.',
    source: 'L.1111-14 ; ens-mobile, août 2025',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/rules.ts',
  },
  'MES-PROTEGE-TUTEUR': {
    sentence: 'Pour une personne sous tutelle, c’est le tuteur qui agit.',
    source: 'L.1111-14 ; functional.md §2.5',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/rules.ts',
  },
  'MES-PROTEGE-CURATEUR': {
    sentence: 'Sous curatelle, la personne décide elle-même ; elle peut ouvrir son profil à son curateur, qui y fait alors ce que fait un aidant.',
    source: 'adultes-vulnerables.fr ; functional.md §2.5 ; les droits du curateur ne sont pas publiés',
    certainty: 'déduit',
    enforcedIn: 'mocks/mes/rules.ts',
  },
  'MES-AIDANT-SIGNATURE': {
    sentence: 'Ce qu’un aidant ou un représentant fait dans un profil dit qui l’a fait et pour qui.',
    source: 'ens-mobile, août 2025',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/page.ts',
  },
  'MES-AIDANT-ACTIF': {
    sentence: 'L’aidant agit depuis son propre profil activé.',
    source: 'functional.md §2.5 : l’aidant désigné est actif',
    certainty: 'déduit',
    enforcedIn: 'mocks/mes/page.ts',
  },
  'MES-COURRIER-ENFANT': {
    sentence: 'Le courrier d’un enfant, code provisoire compris, arrive aussi chez le parent à qui il est rattaché.',
    source: 'tf1info 2209057 ; ens-mobile, août 2025',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/boite-personnelle.ts',
  },
  'MES-BOITE-PERSONNELLE': {
    sentence: 'La boîte aux lettres et le téléphone personnels sont hors de Mon espace santé : un aidant ou un curateur ne les lit pas.',
    source: 'Courriels et messages sans contenu (functional.md §3.8)',
    certainty: 'déduit',
    enforcedIn: 'mocks/mes/boite-personnelle.ts',
  },
  'MES-AIDANT-LIMITES': {
    sentence:
      'L’aidant lit et change données et documents, lit et écrit les messages, reçoit les notifications ; il ne gère ni les accès, ni les partages, ' +
      'ni les coordonnées, ni la fermeture, et ne télécharge pas tout.',
    source: 'ens-mobile, août 2025',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/rules.ts',
  },
  'MES-BLOCAGE': {
    sentence:
      'Le titulaire bloque un professionnel ou une structure, qui n’accède alors plus au dossier, avec ou sans consentement, mais peut encore y déposer.',
    source: 'functional.md §2.4 et §3.6 (ens-mobile)',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/confidentialite/routes-acces.ts',
  },
  'MES-DEBLOCAGE': {
    sentence: 'Un professionnel débloqué redemande le consentement : ses autorisations d’avant sont tombées.',
    source: 'ens-mobile, août 2025',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/confidentialite/routes-acces.ts',
  },
  'MES-NOTIFICATION-DOCUMENT': {
    sentence: 'Le patient est prévenu de chaque document ajouté, remplacé ou supprimé par un professionnel.',
    source: 'S-042 ; ens-mobile, codes AJOUT_DOCUMENT, MODIF_DOCUMENT, SUPP_DOC',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/notifications.ts',
  },
  'MES-ANNONCE-SIGNALEE': {
    sentence: 'Tant qu’un document attend son annonce, le patient apprend au plus que son dossier a changé : ni lequel, ni de qui.',
    source: 'CSP R.1111-53 ; functional.md §4.5 ; aucun code publié ne le dit, celui de MODIF_DOCUMENT est déduit',
    certainty: 'déduit',
    enforcedIn: 'mocks/mes/notifications.ts',
  },
  'MES-REMISE-VISIBILITE-AUTO': {
    sentence: 'Le patient est prévenu qu’un document lui est devenu visible de lui-même.',
    source: 'CSP R.1111-53 ; ens-mobile, code REMISE_VISIBILITE_AUTO',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/notifications.ts',
  },
  'MES-NOTIFICATION-CONSULTATION': {
    sentence: 'Le patient est prévenu quand un professionnel lit un document.',
    source: 'ens-mobile, code CONSULT_DOCUMENT ; EX_0.2-1100',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/notifications.ts',
  },
  'MES-NOTIFICATION-PREMIER-ACCES': {
    sentence: 'Le patient est prévenu à la première consultation par un professionnel.',
    source: 'S-043 ; ens-mobile, code ACCES_DMP_PS',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/notifications.ts',
  },
  'MES-NOTIFICATION-BRIS-DE-GLACE': {
    sentence: 'Chaque accès en urgence, bris de glace ou centre 15, est signalé au patient par courriel.',
    source: 'CSP R.1111-48 ; ens-mobile, code ACCES_BRIS_GLACE',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/notifications.ts',
  },
  'MES-NOTIFICATION-INVISIBLE': {
    sentence: 'Rien n’est dit au patient d’un document qui ne lui est pas encore visible.',
    source: 'CSP R.1111-53 ; CRI/va1.02',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/notifications.ts',
  },
  'MES-NOTIFICATION-SANS-CONTENU': {
    sentence: 'Les courriels et les messages sur téléphone ne disent jamais le contenu : ni titre, ni auteur, ni donnée de santé.',
    source: 'functional.md §3.5 et §3.8 (lu pour les messages, étendu ici à tout)',
    certainty: 'déduit',
    enforcedIn: 'mocks/mes/notifications.ts',
  },
  'MES-NOTIFICATION-PREFERENCE': {
    sentence: 'Les courriels et les messages sur téléphone suivent les préférences du titulaire ; le centre de notifications les reçoit toujours.',
    source: 'functional.md §3.8 (ens-mobile)',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/notifications.ts',
  },
  'MES-NOTIFICATION-PARTAGEE': {
    sentence: 'Le centre de notifications appartient au profil : une notification effacée l’est aussi pour le représentant et l’aidant.',
    source: 'ens-mobile, août 2025',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/routes-lecture.ts',
  },
})

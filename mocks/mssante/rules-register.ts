import { defineRules } from '#standards/rule.ts'

/** The rules of the trust space, the mailboxes and the conversation with a patient. */
export const reglesMss = defineRules('mocks/mssante/rules-register.ts', {
  // --- L'espace de confiance -----------------------------------------------------------------------------------------------------
  'MSS-LISTE-BLANCHE': {
    sentence: 'Un domaine appartient à l’espace de confiance parce qu’il est dans la liste blanche, jamais par son suffixe.',
    source: 'mssante.md §1.2 et §1.3 (liste publiée par l’ANS)',
    certainty: 'vérifié',
  },
  'MSS-HORS-ESPACE': {
    sentence: 'On n’écrit pas hors de l’espace de confiance, et rien n’en vient.',
    source: 'mssante.md §1.4 ; code SMTP 550 5.7.1 propre au bac à sable',
    certainty: 'vérifié',
  },
  'MSS-OPERATEUR-CONFORME': {
    sentence: 'Un logiciel Ségur n’ouvre pas les boîtes d’un opérateur qui n’est pas conforme.',
    source: 'S-059',
    certainty: 'vérifié',
  },
  'MSS-BAL-TITULAIRE': {
    sentence: 'Une boîte s’ouvre à son titulaire, à ses cotitulaires et aux personnes qui en ont reçu délégation.',
    source: 'S-055, S-056, S-058 ; liste des délégués propre au bac à sable',
    certainty: 'déduit',
  },
  'MSS-JETON': {
    sentence: 'Une boîte s’ouvre avec un jeton d’accès Pro Santé Connect en cours de validité, ou le certificat d’une organisation.',
    source: 'SC.MSS/CONF.07 (ECO.1.2.1) ; MSS/va1.29 ; l’interface HTTP et l’en-tête X-Sandbox-Certificat sont propres au bac à sable',
    certainty: 'vérifié',
  },
  'MSS-BAC-OPERATEUR': {
    sentence: 'Qui mène la démonstration ferme, remplit ou supprime une boîte comme le ferait son opérateur.',
    source: 'propre au bac à sable',
    certainty: 'propre au bac à sable',
  },
  'MSS-BAL-APP-CERTIFICAT': {
    sentence: 'Une boîte applicative s’ouvre avec le certificat d’organisation de la structure qui en répond.',
    source: 'MSS/va1.29 ; ECO.1.3.1',
    certainty: 'vérifié',
  },
  'MSS-EXPEDITEUR-PROPRE': {
    sentence: 'On n’envoie qu’au nom d’une boîte que l’on peut ouvrir : enveloppe et champ From sont cette boîte.',
    source: 'mssante.md §5.1 (l’opérateur vérifie que l’identité peut user de la boîte)',
    certainty: 'déduit',
  },
  'MSS-BAL-FERMEE': {
    sentence: 'Une boîte fermée par son opérateur ne reçoit ni n’envoie.',
    source: 'mssante.md §2 et §4.3, ligne 23',
    certainty: 'déduit',
  },
  'MSS-BAL-PLEINE': {
    sentence: 'Une boîte pleine ne reçoit ni n’envoie plus.',
    source: 'mssante.md §1.7 (HDF)',
    certainty: 'vérifié',
  },
  'MSS-TAILLE': {
    sentence: 'Un message trop gros est refusé : 25 Mo vers un patient, 10 Mo par défaut chez un opérateur professionnel.',
    source: 'mssante.md §1.7 et §3.3 (ENS Messagerie v1.3 §6, de seconde main)',
    certainty: 'déduit',
  },
  'MSS-LISTE-ROUGE': {
    sentence: 'Une boîte en liste rouge n’apparaît pas dans l’annuaire et reçoit quand même.',
    source: 'Guide FHIR MSS ; « reçoit quand même » de mémoire',
    certainty: 'déduit',
  },
  // --- La boîte du patient -------------------------------------------------------------------------------------------------------
  'MSS-PATIENT-ADRESSE': {
    sentence: 'L’adresse d’un patient est son matricule INS suivi de @patient.mssante.fr.',
    source: 'SC.MSS/UX.32 ; ECO.2.2.6',
    certainty: 'vérifié',
  },
  'MSS-PATIENT-BOITE': {
    sentence:
      'La boîte d’un patient existe quand son profil est ouvert, activé ou non ; sinon l’expéditeur apprend que le patient n’est pas trouvé ou que la messagerie est fermée.',
    source: 'FAQ esante.gouv.fr ; libellés ENS Messagerie v1.3, de seconde main ; codes SMTP propres au bac à sable',
    certainty: 'déduit',
  },
  'MSS-INITIATIVE': {
    sentence: 'Seul un professionnel ou un établissement commence un échange avec un patient.',
    source: 'S-044 ; FAQ esante.gouv.fr, MART',
    certainty: 'vérifié',
  },
  'MSS-PATIENT-REPOND': {
    sentence: 'Le patient répond, ou écrit de nouveau, à une boîte qui lui a écrit et n’a pas mis fin aux échanges.',
    source: 'S-046 ; ens-mobile ; FAQ-MES',
    certainty: 'vérifié',
  },
  'MSS-PHARMACIE-JOIGNABLE': {
    sentence: 'Par exception, le patient écrit le premier à une pharmacie qui a une boîte organisationnelle publiée.',
    source: 'functional.md C3 et §3.5 (depuis le 22/05/2023)',
    certainty: 'vérifié',
  },
  'MSS-FIN': {
    sentence: 'L’en-tête « X-MSS-MES: FIN », en capitales, met fin aux échanges avec le patient, pour cette boîte.',
    source: 'SC.MSS/CONF.21 ; ECO.2.2.8',
    certainty: 'vérifié',
  },
  'MSS-FIN-OBJET': {
    sentence: 'Un message dont l’objet est exactement [FIN] met aussi fin aux échanges ; toute autre forme est un message ordinaire.',
    source: 'FAQ esante.gouv.fr ; ENS Messagerie v1.3 §7, de seconde main',
    certainty: 'vérifié',
  },
  'MSS-FIN-ROUVRE': {
    sentence: 'Seul le professionnel rouvre un échange terminé, en écrivant de nouveau.',
    source: 'FAQ-MES p. 36',
    certainty: 'vérifié',
  },
  'MSS-FIN-PRO': {
    sentence: 'La marque de fin n’a pas d’effet vers un professionnel.',
    source: 'mssante.md §4.3, ligne 25',
    certainty: 'déduit',
  },
  'MSS-REPLY-TO': {
    sentence: 'La réponse du patient va à l’adresse Reply-To, qui devient son contact ; la boîte expéditrice ne le devient pas.',
    source: 'ENS Messagerie v1.3 §9, de seconde main',
    certainty: 'déduit',
  },
  'MSS-PATIENT-DESTINATAIRES': {
    sentence: 'Le patient n’ajoute pas de destinataire et n’écrit ni à un patient ni hors de l’espace de confiance.',
    source: 'ens-mobile (RecipientsIdInput) ; FAQ-MES',
    certainty: 'vérifié',
  },
  'MSS-REPONSE-A-TOUS': {
    sentence: 'Une réponse à tous ne part qu’aux boîtes qui n’ont pas mis fin aux échanges, jamais à un autre patient.',
    source: 'mssante.md §4.3, lignes 10 et 26 ; ce que fait une boîte encore ouverte dans un fil terminé par une autre est un réglage',
    certainty: 'propre au bac à sable',
  },
  'MSS-CONTACT-GELE': {
    sentence: 'La fermeture du profil gèle les échanges ; la réouverture les rend tels quels.',
    source: 'CSP R.1111-36 ; mssante.md §4.3, lignes 21 et 22',
    certainty: 'propre au bac à sable',
  },
  'MSS-BAL-DISPARUE': {
    sentence: 'La réponse du patient à une boîte qui n’existe plus lui revient en avis de non-remise.',
    source: 'mssante.md §4.3, ligne 23',
    certainty: 'propre au bac à sable',
  },
  'MSS-PRO-INACTIF': {
    sentence: 'Le patient est averti qu’un professionnel n’est plus en activité ; écrire reste possible.',
    source: 'ens-mobile (checkContactsStatus) ; mssante.md §4.3, ligne 24',
    certainty: 'vérifié',
  },
  'MSS-PATIENT-NOM': {
    sentence: 'Le patient voit le nom de son correspondant, jamais son adresse ; son message part sous son prénom et son nom.',
    source: 'FAQ esante.gouv.fr ; mssante.md §3.5',
    certainty: 'vérifié',
  },
  'MSS-AIDANT-ECRIT': {
    sentence: 'L’aidant lit et répond dans la boîte de la personne aidée ; le message dit qui l’a écrit.',
    source: 'ens-mobile ; phrase du message propre au bac à sable',
    certainty: 'vérifié',
  },
  'MSS-PATIENT-TAILLE': {
    sentence: 'Un message du patient, pièces jointes comprises, ne dépasse pas 25 Mo.',
    source: 'ens-mobile (MSG_FILE_SIZE_EXCEEDED_ERROR) ; valeur déduite de la taille admise à la réception',
    certainty: 'déduit',
  },
  'MSS-FIN-OBJET-MONTRE': {
    sentence: 'Le message d’objet [FIN] est montré au patient comme un autre.',
    source: 'mssante.md §4.3, ligne 5 : inconnu ; réglage',
    certainty: 'propre au bac à sable',
  },
  'MSS-CORBEILLE': {
    sentence: 'Le patient supprime une conversation pour lui seul ; l’aidant ne le peut pas.',
    source: 'ens-mobile',
    certainty: 'vérifié',
  },
  'MSS-ACCUSE-LECTURE': {
    sentence: 'Quand le professionnel l’a demandé, l’ouverture du message par le patient envoie un accusé de lecture, une seule fois.',
    source: 'ens-mobile ; ENS Messagerie v1.3 §6 ; « une seule fois » déduit',
    certainty: 'vérifié',
  },
  'MSS-NON-REMIS': {
    sentence: 'Un message qui ne peut pas être remis revient à l’expéditeur en avis de non-remise (DSN).',
    source: 'RFC 3464 ; ECO.2.3.1 ; MSS/va1.15',
    certainty: 'vérifié',
  },

  'MSS-BAC-LABORATOIRE': {
    sentence:
      'Qui mène la démonstration fait envoyer par un laboratoire fictif chaque cas de compte rendu : nouveau, corrigé, retiré, sans INS, abîmé.',
    source: 'propre au bac à sable ; codes d’intégration 900 à 906 du volet Transmission au LPS',
    certainty: 'propre au bac à sable',
  },

  // --- Espace de confiance
  'MSS-LISTE-BLANCHE-SIGNEE': {
    sentence: 'La liste blanche est un XML daté et signé ; qui la lit garde la précédente si elle est abîmée, mal signée ou trop vieille.',
    source: 'mssante.md §1.3 : forme du XML vérifiée, signature enveloppée et règle du lecteur déduites',
    certainty: 'déduit',
  },
  'MSS-AUTOCONFIG': {
    sentence: 'Un logiciel trouve les serveurs d’une boîte par son adresse : SRV, puis le document d’autoconfiguration du domaine.',
    source: 'ECO.1.1.9 (SC.MSS/CONF.04) ; EX_LPS_0300 ; forme Mozilla ; les SRV en JSON sont propres au bac à sable',
    certainty: 'vérifié',
  },

  // --- SMTP
  'MSS-SMTP-STARTTLS': {
    sentence: 'En SMTP, on ne s’authentifie qu’après STARTTLS ; TLS 1.2 au moins, et les seules suites de la liste.',
    source: 'mssante.md §1.6 et §5.1 ; ECO.1.1.1, ECO.1.1.3 ; code 538 5.7.11 propre au bac à sable',
    certainty: 'vérifié',
  },
  'MSS-SMTP-XOAUTH2': {
    sentence:
      'En SMTP, AUTH XOAUTH2 reçoit le jeton Pro Santé Connect avec la commande ou après une invite ; un jeton refusé l’est par un motif en base64, puis 535.',
    source: 'SOCLE CONF.07 ; mssante.md §5.1 ; forme du refus déduite',
    certainty: 'vérifié',
  },
  'MSS-SMTP-APP-PLAIN': {
    sentence:
      'En SMTP, une boîte applicative s’ouvre par PLAIN : l’identifiant est son adresse, le certificat de la structure tient lieu de mot de passe.',
    source: 'SOCLE CONF.04 à CONF.06 ; mssante.md §5.1',
    certainty: 'vérifié',
  },
  'MSS-SMTP-JETON-MOT-DE-PASSE': {
    sentence: 'En SMTP aussi, un jeton Pro Santé Connect peut tenir lieu de mot de passe (PLAIN, LOGIN) ; réglage.',
    source: 'propre au bac à sable : pour les logiciels qui ne savent pas XOAUTH2',
    certainty: 'propre au bac à sable',
  },
  'MSS-SMTP-EXPIRATION': {
    sentence: 'Le jeton qui expire n’envoie plus : la connexion SMTP ouverte refuse le message suivant.',
    source: 'ECO.1.2.6, ECO.1.2.7 ; ce que fait l’opérateur est déduit ; code 530 5.7.0 propre au bac à sable',
    certainty: 'déduit',
  },
  'MSS-SMTP-MONDE': {
    sentence: 'En SMTP aussi, le jeton dit de quel monde il vient ; avec un certificat, l’identité d’autorisation de PLAIN le nomme.',
    source: 'propre au bac à sable : plusieurs mondes sur un seul port',
    certainty: 'propre au bac à sable',
  },
  'MSS-SMTP-ACCEPTE': {
    sentence: 'Un message accepté (250) est gardé pour de bon avant que la réponse parte.',
    source: 'RFC 5321 §4.1.1.4 et §6.1',
    certainty: 'vérifié',
  },

  // --- IMAP
  'MSS-IMAP-STARTTLS': {
    sentence: 'En IMAP, rien ne s’ouvre avant STARTTLS ; TLS 1.2 au moins, et les seules suites de la liste.',
    source: 'mssante.md §1.6 et §5.1 ; ECO.1.1.1, ECO.1.1.3 ; RFC 3501 §6.2.1 ; code PRIVACYREQUIRED déduit (RFC 5530)',
    certainty: 'vérifié',
  },
  'MSS-IMAP-XOAUTH2': {
    sentence: 'AUTHENTICATE XOAUTH2 reçoit le jeton Pro Santé Connect avec la commande ou après une invite.',
    source: 'SOCLE CONF.07 ; ECO.1.2.4 ; RFC 4959',
    certainty: 'vérifié',
  },
  'MSS-IMAP-JETON-REFUSE': {
    sentence: 'Un jeton inconnu ou expiré est refusé par un motif en base64, puis AUTHENTICATIONFAILED.',
    source: 'mssante.md §5.1 ; forme usuelle de XOAUTH2',
    certainty: 'déduit',
  },
  'MSS-IMAP-APP-PLAIN': {
    sentence:
      'En IMAP, une boîte applicative s’ouvre par PLAIN : l’identifiant est son adresse, le certificat de la structure tient lieu de mot de passe.',
    source: 'SOCLE CONF.04 à CONF.06 ; mssante.md §5.1',
    certainty: 'vérifié',
  },
  'MSS-IMAP-EXPIRATION': {
    sentence: 'Le jeton qui expire met fin à la connexion IMAP (BYE).',
    source: 'ECO.1.2.6, ECO.1.2.7 ; ce que fait l’opérateur est déduit',
    certainty: 'déduit',
  },
  'MSS-IMAP-MONDE': {
    sentence: 'Le jeton dit de quel monde il vient ; avec un certificat, l’identité d’autorisation de PLAIN nomme le monde.',
    source: 'propre au bac à sable : plusieurs mondes sur un seul port',
    certainty: 'propre au bac à sable',
  },
  'MSS-IMAP-JETON-MOT-DE-PASSE': {
    sentence: 'Un jeton Pro Santé Connect peut tenir lieu de mot de passe (LOGIN, PLAIN) ; réglage.',
    source: 'propre au bac à sable : pour les logiciels qui ne savent pas XOAUTH2',
    certainty: 'propre au bac à sable',
  },
})

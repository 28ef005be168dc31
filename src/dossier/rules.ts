import { defineRules } from '#standards/rule.ts'

/** What the practice's own software owes to the rules of the country; those of the services are in `mocks`, identity rules in `src/standards/ins`. */
export const reglesCabinet = defineRules('src/dossier/droits.ts', {
  'CABINET-CPE-NOMINATIVE': {
    sentence: 'Seule une carte nominative permet d’interroger INSi et de qualifier une identité ; une CPE sans nom ne le permet pas.',
    source: 'Ségur numérique, S-050 ; almapro.org, délégation au secrétariat',
    certainty: 'vérifié',
  },
  'CABINET-SECRETARIAT-NE-LIT-PAS': {
    sentence: 'La secrétaire ne consulte jamais les documents du DMP : elle alimente et recueille le consentement, elle ne lit pas.',
    source: 'Ségur numérique, S-051 et S-052 ; GIE-526, matrice des droits fonctionnels',
    certainty: 'vérifié',
  },
  'CABINET-AUTEUR-PROFESSIONNEL': {
    sentence: 'L’auteur d’un document est le professionnel qui le valide, même si la secrétaire l’envoie pour lui.',
    source: 'EX_2.1-1140 ; functional.md §4.12',
    certainty: 'vérifié',
  },
})

export const reglesEnvoi = defineRules('src/dossier/envoi.ts', {
  'CABINET-FILE-AUTOMATIQUE': {
    sentence: 'Un document validé part au DMP de lui-même : personne n’a de geste à faire.',
    source: 'SC.DMP/ALI/PROG.02, EX_GEN-1060',
    certainty: 'vérifié',
  },
  'CABINET-FILE-RETENIR': {
    sentence: 'Le professionnel retient un envoi d’un seul clic ; ce choix ne vaut que pour ce document.',
    source: 'SC.DMP/ALI/PROG.03 ; S-063',
    certainty: 'vérifié',
  },
  'CABINET-FILE-REPRISE': {
    sentence: 'Une panne met l’envoi en file sans geste, et il repart de lui-même.',
    source: 'SC.DMP/ALI/PROG.06, PROG.07',
    certainty: 'vérifié',
  },
  'CABINET-FILE-SANS-DOUBLON': {
    sentence: 'Un envoi sans réponse est rejoué avec le même identifiant ; s’il est déjà connu du DMP, c’est qu’il était arrivé.',
    source: 'IHE ITI TF-2 §3.41, XDSDuplicateUniqueIdInRegistry',
    certainty: 'déduit',
  },
})

export const reglesControle = defineRules('src/dossier/controles.ts', {
  'CABINET-ENVOI-PATIENT-INFORME': {
    sentence: 'Le patient est informé une fois que ses documents sont versés dans Mon espace santé.',
    source: 'SC.DMP/CONF.09',
    certainty: 'vérifié',
  },
  'CABINET-ENVOI-OPPOSITION': {
    sentence: 'Un patient qui s’est opposé pour un motif légitime n’est pas alimenté.',
    source: 'CSP L.1111-15, R.1111-47 ; SC.DMP/CONF.09',
    certainty: 'vérifié',
  },
  'CABINET-ENVOI-DMP-ACTIF': {
    sentence: 'L’existence du DMP est vérifiée avant l’envoi : rien ne part vers un DMP inexistant ou fermé, et la raison est dite.',
    source: 'CNDA210 (memento), SC.DMP/CONF.01',
    certainty: 'vérifié',
  },
  'CABINET-ENVOI-VISIBILITE': {
    sentence: 'Un document n’est pas à la fois masqué aux professionnels et invisible pour le patient.',
    source: 'EX_2.1-1050, paramètre cumul-invisible_patient-masque_ps',
    certainty: 'vérifié',
  },
  'CABINET-ENVOI-NON-VIDE': {
    sentence: 'Un document vide n’est ni validé ni envoyé.',
    source: 'EX_GEN-1060',
    certainty: 'vérifié',
  },
})

export const reglesConsultation = defineRules('src/conversations/dmp-conversation.ts', {
  'CABINET-DMP-QUATRE-ETATS': {
    sentence: 'À l’ouverture du dossier, l’état du DMP s’affiche sans geste, dès que l’identité est qualifiée.',
    source: 'SC.DMP/UX.12, SC.DMP/UX.13',
    certainty: 'vérifié',
  },
  'CABINET-CONSENTEMENT-EXPLICITE': {
    sentence: 'La phrase de consentement n’est jamais cochée d’avance.',
    source: 'EX_0.2-1100',
    certainty: 'vérifié',
  },
  'CABINET-AUTORISATION-SUR-DEMANDE': {
    sentence: 'L’autorisation d’accès n’est demandée au DMP que lorsque le professionnel demande à consulter, jamais au recueil du consentement.',
    source: 'EX_0.3-1010, EX_0.3-1030',
    certainty: 'vérifié',
  },
  'CABINET-RETRAIT-IMMEDIAT': {
    sentence: 'Un consentement retiré retire aussitôt l’autorisation d’accès.',
    source: 'EX_0.3-1040',
    certainty: 'vérifié',
  },
  'CABINET-RECHERCHE-DEUX-ANS': {
    sentence: 'La première recherche porte sur deux ans ; les suivantes ne se font qu’à la demande.',
    source: 'EX_3.1-1090, EX_3.1-2030',
    certainty: 'vérifié',
  },
  'CABINET-BRIS-DE-GLACE-MOTIF': {
    sentence: 'Le bris de glace est l’acte d’un professionnel, qui en écrit lui-même le motif.',
    source: 'CSP L.1111-17 ; EX_0.2-1040 ; CNDA 27',
    certainty: 'vérifié',
    enforcedIn: 'src/conversations/consultation.ts',
  },
  'CABINET-BRIS-DE-GLACE-FIN': {
    sentence: 'L’accès en urgence est affiché tant qu’il dure, prend fin à la fermeture de la fiche et n’est jamais retenu.',
    source: 'EX_0.2-1040, EX_0.2-1050',
    certainty: 'vérifié',
  },
})

export const reglesActes = defineRules('src/dossier/actes-dmp.ts', {
  'CABINET-ACTE-CONFIRME': {
    sentence: 'Rendre visible, masquer, démasquer et supprimer demandent une confirmation, qui dit ce qui est sans retour.',
    source: 'EX_3.3-1040, EX_3.3-1045, EX_3.3-1050 ; CNDA 2.10 pour masquer',
    certainty: 'vérifié',
  },
  'CABINET-ETATS-DOCUMENT': {
    sentence: 'Un document du DMP montre s’il est masqué, non visible du patient ou de ses représentants, archivé ou obsolète.',
    source: 'EX_3.1-1080',
    certainty: 'vérifié',
    enforcedIn: 'src/roles/medecin/EtatsDocument.svelte',
  },
  'CABINET-AVERTIR-INVISIBLE': {
    sentence: 'À l’ouverture d’un document que le patient, ou ses représentants, ne voient pas, un avertissement le dit.',
    source: 'EX_3.2-1025',
    certainty: 'vérifié',
    enforcedIn: 'src/roles/medecin/Lecture.svelte',
  },
  'CABINET-REMPLACER': {
    sentence: 'Un document déjà envoyé se corrige par une nouvelle version, écrite par son auteur, dans la même série.',
    source: 'EX_2.1-1140, EX_3.1-1090 ; dmp.md §4 (TD2.1b)',
    certainty: 'vérifié',
    enforcedIn: 'src/dossier/redaction.ts',
  },
})

export const reglesCourrier = defineRules('src/dossier/courrier.ts', {
  'CABINET-MSS-INS-QUALIFIEE': {
    sentence:
      'Le logiciel construit lui-même l’adresse du patient, et seulement si son identité est qualifiée ; sinon il bloque l’envoi et dit pourquoi.',
    source: 'ECO.2.2.6 ; SC.MSS/UX.32, MSS/va1.19',
    certainty: 'vérifié',
  },
  'CABINET-MSS-PATIENT-CHOISI': {
    sentence: 'Le patient se choisit dans la liste du cabinet ou depuis son dossier : son adresse ne se tape pas.',
    source: 'ECO.3.1.5 ; SC.MSS/UX.32',
    certainty: 'vérifié',
  },
  'CABINET-MSS-DOCUMENTS': {
    sentence:
      'Un message ne porte que les documents d’un patient, à l’identité qualifiée : IHE_XDM.ZIP, les mêmes en PDF, et l’objet qui nomme le patient.',
    source: 'ECO.2.1.1 à 2.1.6, ECO.2.4.1, ECO.2.4.2 ; le PDF écrit ici n’est pas un PDF/A',
    certainty: 'vérifié',
    enforcedIn: 'src/dossier/envoi-mss.ts',
  },
  'CABINET-MSS-DISTINGUER': {
    sentence: 'La liste distingue les messages des patients de ceux des professionnels.',
    source: 'ECO.3.1.1 ; SC.MSS/UX.25',
    certainty: 'vérifié',
  },
  'CABINET-MSS-IDENTITE': {
    sentence: 'Un message de patient montre son nom de naissance, son premier prénom et son matricule.',
    source: 'ECO.3.1.2 ; SC.MSS/UX.31',
    certainty: 'vérifié',
  },
  'CABINET-MSS-ACCUSE': {
    sentence: 'Quand l’expéditeur a demandé un accusé de lecture, la personne au poste l’envoie d’un geste, une seule fois.',
    source: 'ECO.3.1.6 ; SC.MSS/UX.34',
    certainty: 'vérifié',
    enforcedIn: 'src/roles/messagerie/courrier.svelte.ts',
  },
  'CABINET-MSS-SESSION': {
    sentence: 'Le jeton Pro Santé Connect reste en mémoire ; qui quitte le poste ferme sa session, et une session perdue se rouvre sans geste.',
    source: 'ECO.1.2.5 à 1.2.7 ; SC.MSS/CONF.10, 11 et 28',
    certainty: 'vérifié',
  },
})

export const reglesReception = defineRules('src/dossier/receptions.ts', {
  'CABINET-XDM-RECONNAITRE': {
    sentence: 'Un message qui porte IHE_XDM.ZIP est reconnu, et chacun de ses documents rejoint la liste des documents reçus.',
    source: 'SC.MSS/UX.01, SC.MSS/UX.39, MSS/va1.25',
    certainty: 'vérifié',
  },
  'CABINET-XDM-PATIENT': {
    sentence: 'Le patient se lit dans METADATA.XML, jamais dans l’objet du message, et la fiche est proposée en comparant les traits.',
    source: 'ECO.2.1.2 (SC.MSS/CONF.24), SC.MSS/UX.02',
    certainty: 'vérifié',
  },
  'CABINET-XDM-PAS-MATRICULE-SEUL': {
    sentence: 'Rien ne se classe sur le seul matricule : les traits doivent être les mêmes, ou une personne les compare.',
    source: 'SC.MSS/UX.04 (règle gardée par le guide INS), MSS/va1.27',
    certainty: 'vérifié',
  },
  'CABINET-XDM-AUTOMATIQUE': {
    sentence: 'Au choix du cabinet, un document se classe seul quand matricule, OID et traits d’une identité qualifiée sont strictement les mêmes.',
    source: 'SC.MSS/UX.07, SC.MSS/UX.40',
    certainty: 'vérifié',
  },
  'CABINET-XDM-INS-DIFFERENTE': {
    sentence: 'Un document dont l’INS n’est pas celle de la fiche ne s’y classe pas.',
    source: 'Codes d’intégration 903, 904 et 905 (volet Transmission au LPS)',
    certainty: 'vérifié',
  },
  'CABINET-XDM-REMPLACE': {
    sentence: 'Une nouvelle version prend la place de celle qui est classée si elle vient du même auteur et porte un numéro plus grand.',
    source: 'SC.MSS/UX.05 ; codes d’intégration 900 et 901',
    certainty: 'vérifié',
  },
  'CABINET-XDM-SUPPRIME': {
    sentence: 'Un avis de suppression n’efface rien de lui-même : il est montré, et une personne le confirme.',
    source: 'SC.MSS/UX.05 ; MSS/va1.30, MSS/va1.37',
    certainty: 'vérifié',
  },
  'CABINET-XDM-DEJA': {
    sentence: 'Un document déjà au dossier n’y entre pas deux fois : son identifiant unique le dit.',
    source: 'LGC.MDV.06, de seconde main',
    certainty: 'déduit',
  },
  'CABINET-XDM-ACCUSE': {
    sentence: 'L’expéditeur apprend si son document est intégré ou refusé, et pourquoi : accusé s’il l’a demandé, courriel en cas de refus sinon.',
    source: 'Volet Transmission au LPS ; mssante.md §5.5 ; SC.MSS/UX.34',
    certainty: 'vérifié',
  },
})

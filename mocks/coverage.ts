import type { ServiceName } from './kit/service.ts'

/** One transaction of a national service and how far the sandbox goes with it. */
export interface Coverage {
  readonly service: ServiceName
  /** As the specification names it. */
  readonly transaction: string
  readonly state: 'simulé' | 'en partie' | 'pas encore'
  /** French: what differs from the real service, or what is missing. */
  readonly note: string
}

/** What is simulated, what is not yet, and where we differ from the real service. Shown at `/_sandbox/fidelity` and in `docs/fidelity.md`. */
export const coverage: readonly Coverage[] = [
  { service: 'insi', transaction: 'WS_INS1 rechercherInsAvecCarteVitale', state: 'simulé', note: 'Assertion de carte lue, signature non vérifiée.' },
  {
    service: 'insi',
    transaction: 'WS_INS2 rechercherInsAvecTraitsIdentite',
    state: 'simulé',
    note: 'Assertion lue, signature non vérifiée ; un en-tête remplace le certificat client TLS.',
  },
  {
    service: 'insi',
    transaction: 'Vérification unitaire',
    state: 'en partie',
    note: 'Forme propre au bac à sable : la définition publique n’est pas disponible.',
  },
  { service: 'insi', transaction: 'Vérification en masse', state: 'en partie', note: 'Forme propre au bac à sable.' },
  {
    service: 'dmp',
    transaction: 'TD0.0 certification d’identité',
    state: 'simulé',
    note: 'Répond « retirée », comme le service réel depuis le 30/09/2023.',
  },
  { service: 'dmp', transaction: 'TD0.2 existence et autorisation', state: 'simulé', note: '' },
  { service: 'dmp', transaction: 'TD0.3 autorisation d’accès', state: 'simulé', note: '' },
  { service: 'dmp', transaction: 'TD0.4, TD0.5, TD0.9, TD0.10', state: 'pas encore', note: '' },
  {
    service: 'dmp',
    transaction: 'TD1.x données et gestion du dossier',
    state: 'en partie',
    note: 'Lecture des données administratives (CNSLT_DATA) seulement.',
  },
  { service: 'dmp', transaction: 'TD2.1 / TD2.2 alimentation (ITI-41)', state: 'simulé', note: 'Signature XAdES acceptée et masquée, non vérifiée.' },
  {
    service: 'dmp',
    transaction: 'TD3.1 recherche (ITI-18)',
    state: 'en partie',
    note: 'FindDocuments et GetDocuments ; les autres requêtes stockées sont refusées.',
  },
  {
    service: 'dmp',
    transaction: 'TD3.2 lecture (ITI-43)',
    state: 'simulé',
    note: 'Les choix du patient pour l’urgence (bris de glace, centre 15, documents masqués) s’appliquent.',
  },
  {
    service: 'dmp',
    transaction: 'TD3.3 masquage, visibilité, suppression, archivage (ITI-57)',
    state: 'simulé',
    note: 'Un document supprimé ne se relit plus.',
  },
  { service: 'dmp', transaction: 'Accès FHIR (PDSm)', state: 'pas encore', note: '' },
  { service: 'mes', transaction: 'Cycle de vie du profil', state: 'simulé', note: 'Interface JSON propre au bac à sable.' },
  {
    service: 'mes',
    transaction: 'Documents, notifications, historique',
    state: 'simulé',
    note: 'Interface JSON propre au bac à sable. La pièce jointe d’un message enregistrée dans les documents viendra avec la messagerie.',
  },
  {
    service: 'mes',
    transaction: 'Catalogue de services et appariement',
    state: 'en partie',
    note: 'Consentement par finalité ; demande et jeton en CIBA, forme propre au bac à sable. Documents et vaccination : consentis, sans interface.',
  },
  {
    service: 'mes',
    transaction: 'FHIR : mesures et agenda',
    state: 'en partie',
    note: 'Flux d’alimentation et recherche ; l’IMC n’est pas calculé à la volée ; profils vérifiés en partie.',
  },
  {
    service: 'mes',
    transaction: 'Confidentialité : accès, administrateur, urgence, historique',
    state: 'simulé',
    note: 'Interface JSON propre au bac à sable.',
  },
  { service: 'mes', transaction: 'Aidants, représentants, majorité', state: 'simulé', note: 'Interface JSON propre au bac à sable.' },
  {
    service: 'mes',
    transaction: 'Profil médical, mesures, agenda',
    state: 'en partie',
    note: 'Sans les questionnaires de prévention. L’histoire de santé est remplie à la demande du formateur, qui joue l’Assurance maladie.',
  },
  {
    service: 'mssante',
    transaction: 'Conversation avec un patient (26 lignes)',
    state: 'simulé',
    note: 'Les mêmes règles par HTTP, par SMTP et dans la page ; ce que les sources taisent est un réglage.',
  },
  {
    service: 'mssante',
    transaction: 'API LPS : SMTP et IMAP',
    state: 'simulé',
    note: 'Sur le serveur seulement (--smtp-port, --imap-port) : STARTTLS, XOAUTH2, certificat d’organisation d’une autorité fictive. AUTH est annoncé avant STARTTLS, et refusé. Essayé avec imapflow, nodemailer, curl, swaks, mbsync, mutt, imaplib et smtplib.',
  },
  {
    service: 'mssante',
    transaction: 'Interface HTTP des boîtes',
    state: 'simulé',
    note: 'Propre au bac à sable : pour les logiciels qui vivent dans une page.',
  },
  {
    service: 'mssante',
    transaction: 'IHE_XDM.ZIP, accusés d’intégration (900 à 906)',
    state: 'simulé',
    note: 'Lu et écrit ; le PDF joint n’est pas un PDF/A ; la forme de l’avis de suppression est déduite.',
  },
  {
    service: 'mssante',
    transaction: 'Liste blanche, autoconfiguration',
    state: 'simulé',
    note: 'Signature enveloppée de forme déduite, clé fictive publiée ; les SRV sont servis en JSON ; pas de transport entre opérateurs.',
  },
  {
    service: 'annuaire-sante',
    transaction: 'Annuaire Santé FHIR v2 : lecture et recherche',
    state: 'simulé',
    note: 'Professionnels et structures de la distribution ; le quota n’est pas compté (clé réservée et panne nommée).',
  },
  {
    service: 'annuaire-sante',
    transaction: 'Boîtes MSSanté : FHIRPath Patch',
    state: 'en partie',
    note: 'Selon le projet de l’ANS, pas ouvert dans l’annuaire réel ; les chemins du guide, sans FHIRPath général.',
  },
  {
    service: 'pro-sante-connect',
    transaction: 'OpenID Connect (code et PKCE, userinfo, introspection, révocation, fin de session)',
    state: 'simulé',
    note: 'Tout client_id est admis avec un secret publié ; ni certificat, ni private_key_jwt, ni PAR ; dans la page sans serveur, l’écran de connexion vit dans un cadre. Essayé avec openid-client.',
  },
  {
    service: 'pro-sante-connect',
    transaction: 'CIBA et e-CPS',
    state: 'en partie',
    note: 'Mode poll seulement ; e-CPS simulée sur /psc/ecps, ou acceptation automatique.',
  },
]

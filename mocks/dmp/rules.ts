import { defineRules, type Rule } from '#standards/rule.ts'
import { reglesModification } from './registre-modification.ts'
import type { RegistryError, XdsErrorCode } from '#standards/xds/errors.ts'

/** A rule said no: the code of the wire, the rule, and what was compared. */
export interface Refus {
  readonly refused: XdsErrorCode
  readonly rule: Rule
  /** French; goes on the wire as codeContext. */
  readonly about: string
  /** Id of the object at fault in the message. */
  readonly location?: string
}

export const estRefus = (value: object): value is Refus => 'refused' in value

export const erreurDe = ({ refused, about, location = '' }: Refus): RegistryError => ({ code: refused, context: about, location, severity: 'Error' })

/**
 * Un uniqueId déjà enregistré ne l'est pas deux fois, ni deux fois dans le même lot.
 * @param connus uniqueIds of the registry among those submitted.
 */
export function controlerUniqueIds(soumis: readonly { readonly id: string; readonly uniqueId: string }[], connus: ReadonlySet<string>): Refus[] {
  const vus = new Set<string>()
  const refus: Refus[] = []
  for (const { id, uniqueId } of soumis) {
    if (connus.has(uniqueId) || vus.has(uniqueId))
      refus.push({
        refused: 'XDSDuplicateUniqueIdInRegistry',
        rule: reglesDmp['DMP-UNIQUEID-UNIQUE'],
        about: `uniqueId ${uniqueId} déjà enregistré`,
        location: id,
      })
    vus.add(uniqueId)
  }
  return refus
}

/** The rules of the DMP, in the order a call meets them. */
export const reglesDmp = defineRules('mocks/dmp/rules.ts', {
  'DMP-MESSAGE-LISIBLE': {
    sentence: 'Un message qui n’est pas du SOAP 1.2 lisible (XML, MTOM, jeu de caractères) reçoit un fault et ne change rien.',
    source: 'SOAP 1.2 §5.4 ; forme du fault : dmp.md §3.9',
    certainty: 'déduit',
    enforcedIn: 'mocks/dmp/appel.ts',
  },
  'DMP-OPERATION': {
    sentence: 'Chaque adresse ne sert que ses transactions ; une autre demande reçoit un fault.',
    source: 'GIE-WSDL : six chemins de services',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/routes.ts',
  },
  'DMP-RETIRE': {
    sentence: 'La certification d’identité TD0.0 est retirée depuis le 30/09/2023, et l’API v1 ne répond plus.',
    source: 'PDT-INF-526 note 11 ; functional.md S-100',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/retired.ts',
  },
  'DMP-SEUIL-ALIMENTATION': {
    sentence: 'Un seuil de sollicitations dépassé n’empêche jamais d’alimenter.',
    source: 'Guide d’intégration du DMP, EX_3.1-2035 (DEVBOX)',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/faults.ts',
  },
  // --- Qui appelle -------------------------------------------------------------------------------------------------------------------
  'DMP-VIHF-PRESENT': {
    sentence: 'Chaque appel porte un VIHF dans l’en-tête WS-Security.',
    source: 'CI-SIS Transport synchrone ; dmp.md §2.1',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/vihf.ts',
  },
  'DMP-VIHF-SIGNE': {
    sentence: 'Le VIHF est signé ; le bac à sable constate la présence de la signature et ne la vérifie pas.',
    source: 'dmp.md §2.1 et §2.3 (DMPInvalidCertificate)',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/vihf.ts',
  },
  'DMP-VIHF-CHAMPS': {
    sentence: 'Le VIHF dit qui appelle, pour quelle structure, sur quel dossier, dans quel mode.',
    source: 'dmp.md §2.2',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/vihf.ts',
  },
  'DMP-VIHF-LOGICIEL': {
    sentence: 'Le VIHF nomme le logiciel qui appelle : nom, version et numéro d’homologation DMP.',
    source: 'dmp.md §2.2 ; EX_GEN-1180 ; forme du refus déduite, le numéro n’est pas comparé à une liste',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/vihf.ts',
  },
  'DMP-VIHF-SPECIALITE': {
    sentence: 'Pour un médecin, le VIHF porte aussi le savoir-faire.',
    source: 'DEVBOX FAQ : « Spécialité obligatoire pour les Médecins »',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/vihf.ts',
  },
  'DMP-VIHF-FRAIS': {
    sentence: 'Un VIHF émis depuis trop longtemps, ou daté du futur, est refusé (durée réglable).',
    source: 'EX_AIR-040 pour l’AIR (30 s) ; durée des autres modes inconnue',
    certainty: 'propre au bac à sable',
    enforcedIn: 'mocks/dmp/rules/vihf.ts',
  },
  'DMP-VIHF-PATIENT': {
    sentence: 'Le dossier visé par le VIHF (resource-id) est celui du message.',
    source: 'dmp.md §0 fait 2 ; DEVBOX FAQ « Le champ Resource_id est incorrect »',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/identite.ts',
  },
  'DMP-INS-QUALIFIEE': {
    sentence: 'Un dossier se désigne par le matricule INS de 15 caractères, clé comprise, et l’OID de son autorité.',
    source: 'dmp.md §0 fait 3 ; DEVBOX',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/identite.ts',
  },
  'DMP-NIA': {
    sentence: 'Une identité d’attente (NIA) n’a pas de DMP.',
    source: 'CNDA 0.2-080 pour le logiciel ; réponse du service déduite',
    certainty: 'déduit',
    enforcedIn: 'mocks/dmp/rules/identite.ts',
  },
  'DMP-MODE-ACCES': {
    sentence:
      'Le bris de glace est réservé aux professionnels ; le secrétariat n’a que l’accès normal, un certificat l’accès normal et la régulation.',
    source: 'dmp.md §2.2 (purposeofuse par mode d’authentification) ; forme du refus déduite',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/vihf.ts',
  },
  // --- Ce qu’il peut faire -----------------------------------------------------------------------------------------------------------
  'DMP-DROITS': {
    sentence: 'La matrice des droits fonctionnels dit quelles transactions ouvrent chaque authentification et chaque mode d’accès.',
    source: 'PDT-INF-526 v1.8',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/droits.ts',
  },
  'DMP-CPE-NE-CONSULTE-PAS': {
    sentence: 'Le secrétariat, avec une CPE, alimente pour le compte du médecin et ne consulte jamais.',
    source: 'PDT-INF-526 v1.8 ; functional.md S-051, S-052',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/droits.ts',
  },
  'DMP-CERTIFICAT-NE-CONSULTE-PAS': {
    sentence: 'Un certificat d’établissement alimente et ne consulte jamais.',
    source: 'PDT-INF-526 v1.8 ; functional.md S-053',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/droits.ts',
  },
  'DMP-AIR-N-ALIMENTE-PAS': {
    sentence: 'L’authentification indirecte renforcée consulte et n’alimente jamais.',
    source: 'PDT-INF-606 v1.3',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/droits.ts',
  },
  'DMP-SUPPRIMER-AUTORISATION': {
    sentence: 'Seul un professionnel supprime l’autorisation d’accès ; le secrétariat peut l’ajouter pour la structure.',
    source: 'PDT-INF-526 v1.8',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/droits.ts',
  },
  'DMP-MEDECIN-TRAITANT': {
    sentence: 'Seul un médecin se déclare médecin traitant du DMP ; cesser de l’être garde son autorisation d’accès.',
    source: 'PDT-INF-526 v1.8 ; dmp.md §5.3',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/droits.ts',
  },
  'DMP-MEDECIN-DU-TRAVAIL': {
    sentence: 'Un médecin du travail alimente et cherche, mais ne lit aucun document et ne gère aucune autorisation.',
    source: 'PDT-INF-526 v1.8 ; le reconnaître à son savoir-faire (SM25, SCH35, C41) est déduit',
    certainty: 'déduit',
    enforcedIn: 'mocks/dmp/rules/droits.ts',
  },
  // --- Sur quel dossier --------------------------------------------------------------------------------------------------------------
  'DMP-PATIENT-INCONNU': {
    sentence: 'Sans dossier — jamais créé, ou opposition, qui n’est pas dite — rien ne se dépose ni ne se lit.',
    source: 'CNDA 0.2-010 pour TD0.2 ; dmp.md §6',
    certainty: 'déduit',
    enforcedIn: 'mocks/dmp/rules/dossier.ts',
  },
  'DMP-DOSSIER-FERME': {
    sentence: 'Un dossier fermé n’accepte ni dépôt ni recherche.',
    source: 'CNDA 2.1-119, 3.1-211',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/dossier.ts',
  },
  'DMP-ALIMENTER-SANS-AUTORISATION': {
    sentence: 'Alimenter ne demande aucune autorisation d’accès, même à un professionnel bloqué.',
    source: 'P4D transaction_td02 ; EX_3.3-1060 ; functional.md §2.4',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/dossier.ts',
  },
  'DMP-CONSULTER-AUTORISE': {
    sentence: 'Consulter demande une autorisation valide, sauf en bris de glace et pour le centre 15.',
    source: 'dmp.md §0 fait 4, §5.3 ; code de refus déduit (dmp.md §11)',
    certainty: 'déduit',
    enforcedIn: 'mocks/dmp/rules/dossier.ts',
  },
  'DMP-BLOQUE': {
    sentence: 'Un professionnel bloqué par le patient ne consulte pas, avec ou sans consentement.',
    source: 'P4D NB1 ; CNDA 0.2-070',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/dossier.ts',
  },
  'DMP-URGENCE-BRIS-DE-GLACE': {
    sentence: 'Le bris de glace est refusé quand le patient s’y est opposé d’avance (BTG).',
    source: 'CSP L.1111-17 ; CNDA 3.1-240, 3.1-250 : DMPAccessForbidden',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/dossier.ts',
  },
  'DMP-URGENCE-CENTRE-15': {
    sentence: 'L’accès du centre 15 est refusé quand le patient s’y est opposé d’avance (ETREAT).',
    source: 'CNDA 3.1-240, 3.1-250 : DMPAccessForbidden',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/dossier.ts',
  },
  'DMP-BRIS-DE-GLACE-MOTIF': {
    sentence: 'Le bris de glace porte son motif.',
    source: 'CNDA 27 ; nom de l’attribut déduit (dmp.md §2.2)',
    certainty: 'déduit',
    enforcedIn: 'mocks/dmp/rules/vihf.ts',
  },
  'DMP-AUTORISATION-EXPIRE': {
    sentence: 'Une autorisation expire au bout d’une durée réglable.',
    source: 'Statut EXPIRE : CNDA 0.2-060 ; durée inconnue, un an renouvelable dans le texte de 2010',
    certainty: 'déduit',
    enforcedIn: 'mocks/dmp/lifecycle.ts',
  },
  'DMP-AUTORISATION-REPETEE': {
    sentence: 'Ajouter une autorisation qui existe déjà réussit sans rien changer.',
    source: 'GIE-MSG',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/lifecycle.ts',
  },
  // --- Ce qui se dépose --------------------------------------------------------------------------------------------------------------
  'DMP-LOT': {
    sentence: 'Un dépôt est un lot de soumission qui contient chaque fiche par une association HasMember.',
    source: 'IHE ITI TF-3 §4.2.1 ; dmp.md §3.2',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/lot.ts',
  },
  'DMP-ASSOCIATIONS': {
    sentence: 'Les associations d’un dépôt sont HasMember, RPLC et signs ; elles partent du lot ou d’une de ses fiches.',
    source: 'IHE ITI TF-3 §4.2.2 ; associations rencontrées : dmp.md §3.1',
    certainty: 'déduit',
    enforcedIn: 'mocks/dmp/rules/lot.ts',
  },
  'DMP-METADONNEES': {
    sentence: 'Aucune métadonnée obligatoire du lot ni de la fiche ne manque ; les dates sont des dates, le titre a 128 caractères au plus.',
    source: 'P4D SubmissionSet.fsh, DocumentEntry.fsh ; dmp.md §3.2–3.3',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/depot.ts',
  },
  'DMP-PATIENT-DU-LOT': {
    sentence: 'Le lot et ses fiches désignent le même patient que le VIHF.',
    source: 'IHE ITI TF-3 §4.2.4.1 (XDSPatientIdDoesNotMatch)',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/depot.ts',
  },
  'DMP-FICHE-ET-DOCUMENT': {
    sentence: 'Chaque fiche a son document, chaque document sa fiche.',
    source: 'IHE ITI TF-2 §3.41.4.1.3 (XDSMissingDocument, XDSMissingDocumentMetadata)',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/depot.ts',
  },
  'DMP-UNIQUEID-OID': {
    sentence: 'Le uniqueId est un OID de 128 caractères au plus, sans extension.',
    source: 'P4D DocumentEntry.fsh ; dmp.md §3.3',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/depot.ts',
  },
  'DMP-UNIQUEID-UNIQUE': {
    sentence: 'Un uniqueId déjà enregistré est refusé.',
    source: 'IHE ITI TF-3 table 4.2.4.1-2 (XDSDuplicateUniqueIdInRegistry)',
    certainty: 'vérifié',
  },
  'DMP-EMPREINTE': {
    sentence: 'L’empreinte et la taille annoncées sont celles du document reçu.',
    source: 'IHE ITI TF-3 (XDSNonIdenticalHash, XDSNonIdenticalSize) ; contrôle par le DMP déduit',
    certainty: 'déduit',
    enforcedIn: 'mocks/dmp/rules/depot.ts',
  },
  'DMP-TYPE-ADMIS': {
    sentence: 'Le type du document fait partie du domaine d’affinité du DMP.',
    source: 'JDV_J66-TypeCode-DMP ; DEVBOX (texte du refus)',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/codes.ts',
  },
  'DMP-TYPE-RESERVE': {
    sentence: 'Un logiciel de professionnel ne dépose ni document du patient, ni remboursements, ni historique de vaccination.',
    source: 'EX_2.1-1010',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/codes.ts',
  },
  'DMP-CLASSE-DEDUITE': {
    sentence: 'La classe se déduit du type (contrôle strict ou non, réglable).',
    source: 'ASS_X16 TypeCode → ClassCode ; une trace réelle de 2023 s’en écarte',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/codes.ts',
  },
  'DMP-CODES-ADMIS': {
    sentence: 'Classe, format, lieu, cadre d’exercice et type du lot font partie des listes du DMP, chacun sous son système de codage.',
    source: 'JDV_J57, J59, J60, J61, J62',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/codes.ts',
  },
  'DMP-CONFIDENTIALITE': {
    sentence: 'Une confidentialité, et une seule, parmi N, R, V ; les codes de visibilité s’y ajoutent.',
    source: 'P4D DocumentEntry.fsh ; JDV_J58',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/codes.ts',
  },
  'DMP-MASQUE-ET-INVISIBLE': {
    sentence: 'Un document n’est pas à la fois masqué aux professionnels et invisible au patient, sauf paramètre contraire.',
    source: 'EX_2.1-1050 ; paramètre cumul-invisible_patient-masque_ps',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/codes.ts',
  },
  'DMP-VACCINATION-VISIBLE': {
    sentence: 'Une note de vaccination n’est ni masquée ni invisible : sa confidentialité est N, seule.',
    source: 'EX_2.1-2000 à 2035',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/codes.ts',
  },
  'DMP-AUTEUR': {
    sentence: 'En authentification directe, qui dépose est un auteur ou le responsable du document ; sinon la structure du VIHF en est l’auteur.',
    source: 'EX_2.1-1140',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/depot.ts',
  },
  'DMP-REMPLACEMENT': {
    sentence: 'Seule la version en vigueur d’un document du même patient se remplace ; l’ancienne devient obsolète.',
    source: 'IHE ITI TF-3 §4.2.2.2.1 ; CNDA 2.1-140',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/remplacement.ts',
  },
  'DMP-REMPLACEMENT-AUTEUR': {
    sentence: 'Seul un auteur remplace son document.',
    source: 'EX_2.1-1140',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/remplacement.ts',
  },
  'DMP-VISIBLE-SANS-RETOUR': {
    sentence: 'Un document devenu visible du patient, ou de ses représentants légaux, ne redevient pas invisible.',
    source: 'EX_2.1-1050',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/remplacement.ts',
  },
  'DMP-SIGNATURE-FICHE': {
    sentence: 'La classe de signature, que personne ne voit, est réservée à la signature du lot (type E1762).',
    source: 'dmp.md §3.6 (GIE-MSG, DEVBOX) pour la fiche ; refus déduit',
    certainty: 'déduit',
    enforcedIn: 'mocks/dmp/rules/signature.ts',
  },
  ...reglesModification,
  // --- Ce qui se lit -----------------------------------------------------------------------------------------------------------------
  'DMP-REQUETE': {
    sentence: 'Une requête stockée est l’une de celles que sert le registre, avec ses paramètres obligatoires.',
    source: 'IHE ITI TF-2 §3.18 (XDSUnknownStoredQuery, XDSStoredQueryMissingParam)',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/requete.ts',
  },
  'DMP-LECTURE-BORNEE': {
    sentence:
      'Une recherche parcourt 5 000 documents et une lecture rend 50 documents et 64 Mio au plus ; au-delà, un refus le dit, rien n’est coupé.',
    source: 'bornes du bac à sable ; celles du service réel sont inconnues',
    certainty: 'propre au bac à sable',
    enforcedIn: 'mocks/dmp/rules/lecture.ts',
  },
  'DMP-REFERENCE-SEULE': {
    sentence: 'Qui ne consulte pas n’obtient que des références (ObjectRef), pour remplacer ou supprimer.',
    source: 'PDT-INF-526 v1.8 ; dmp.md §3.7',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/droits.ts',
  },
  'DMP-MATRICE': {
    sentence: 'La matrice d’habilitation dit quelle profession lit quel type ; un auteur lit toujours les siens.',
    source: 'arrêté du 26/10/2023 ; matrice partielle',
    certainty: 'déduit',
    enforcedIn: 'mocks/dmp/rules/lecture.ts',
  },
  'DMP-MASQUE-PS': {
    sentence:
      'Hors de l’urgence, un document masqué n’est lu que par son auteur et l’administrateur que le patient a nommé (médecin traitant : réglable).',
    source: 'CSP R.1111-49 ; functional.md C1 ; lecture par le médecin traitant : PDT-INF-526, CNDA 2.10',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/lecture.ts',
  },
  'DMP-URGENCE-MASQUES': {
    sentence: 'Dans l’urgence, les documents masqués ne se lisent que si le patient l’a permis (MASKED).',
    source: 'ens-mobile, MASKED ; dmp.md §4 : sauf si le patient l’interdit',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/lecture.ts',
  },
  'DMP-MASQUE-PAR-DEFAUT': {
    sentence:
      'Quand le patient masque d’office ses nouveaux documents, chacun l’est à son dépôt, ou le jour où il lui devient visible ; jamais une note de vaccination.',
    source:
      'ens-mobile, août 2025 ; CSP R.1111-49 ; EX_2.1-2000 à 2035 (vaccination) ; le jour de la visibilité est déduit : masqué et invisible ne se cumulent pas',
    certainty: 'déduit',
    enforcedIn: 'mocks/dmp/visibilite.ts',
  },
  'DMP-MASQUE-NOUVELLE-VERSION': {
    sentence: 'La nouvelle version d’un document masqué reste masquée.',
    source: 'Aucune source ne le dit : le choix du patient ne doit pas tomber à la première correction',
    certainty: 'propre au bac à sable',
    enforcedIn: 'mocks/dmp/iti-41.ts',
  },
  'DMP-INVISIBLE-PATIENT': {
    sentence: 'Un document invisible au patient n’apparaît pas dans Mon espace santé et n’y est pas annoncé.',
    source: 'CRI/va1.02 ; dmp.md §4',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/rules/lecture.ts',
  },
  'DMP-SIGNATURE-CACHEE': {
    sentence: 'Le document de signature du lot n’est montré à personne.',
    source: 'dmp.md §3.6',
    certainty: 'déduit',
    enforcedIn: 'mocks/dmp/rules/lecture.ts',
  },
  'DMP-DOCUMENT-CONNU': {
    sentence: 'On ne lit un document que par son uniqueId, dans l’entrepôt du DMP, chez le patient du VIHF.',
    source: 'IHE ITI TF-2 §3.43 ; DEH (XDSDocumentUniqueIdError)',
    certainty: 'vérifié',
    enforcedIn: 'mocks/dmp/iti-43.ts',
  },
})

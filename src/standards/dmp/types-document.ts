/**
 * Document types the DMP accepts, and the class each one belongs to.
 * @see ANS, JDV_J66-TypeCode-DMP (version 20240927), ASS_X16 TypeCode → ClassCode (version 20240927)
 */

const LOINC = '2.16.840.1.113883.6.1'
const CI_SIS_TYPE = '1.2.250.1.213.1.1.4.12'
/** JDV_J57: classes. */
export const CLASS_SYSTEM = '1.2.250.1.213.1.1.4.1'

export interface TypeDocument {
  readonly code: string
  readonly codingScheme: string
  readonly display: string
  /** Class of the document, deduced from its type. */
  readonly classCode: string
}

type Ligne = readonly [code: string, codingScheme: string, display: string, classCode: string]

// oxfmt-ignore
const LIGNES: readonly Ligne[] = [
  ['AUTORIS-SOINS', CI_SIS_TYPE, 'Autorisation de soins et actes non usuels sanitaires', '95'],
  ['ATTEST-RESID', CI_SIS_TYPE, 'Attestation de résidence', '95'],
  ['ATTEST-DROITS-AM', CI_SIS_TYPE, 'Attestation de droits à l\'assurance maladie', '95'],
  ['ATTEST-ASS-COMPL', CI_SIS_TYPE, 'Attestation assurance complémentaire', '95'],
  ['ATTEST-HEBGT', CI_SIS_TYPE, 'Attestation d\'hébergement', '95'],
  ['BIL_AUTO', CI_SIS_TYPE, 'CR de bilan d\'évaluation de la perte d\'autonomie', '10'],
  ['CERT_DECL', CI_SIS_TYPE, 'Certificat, déclaration', '52'],
  ['DISP_AUT', CI_SIS_TYPE, 'Dispensation (autre)', '43'],
  ['EXPPAT_1', CI_SIS_TYPE, 'Volontés et droits du patient', '90'],
  ['EXPPAT_2', CI_SIS_TYPE, 'Autre document du patient', '90'],
  ['EXPPAT_3', CI_SIS_TYPE, 'Directives anticipées', '90'],
  ['IMG-KOS', CI_SIS_TYPE, 'Reference d\'objets d\'un examen d\'imagerie', '31'],
  ['PROT_ALD', CI_SIS_TYPE, 'Protocole de soins ALD', '44'],
  ['REMB', CI_SIS_TYPE, 'Données de remboursement', '60'],
  ['SYNTH', CI_SIS_TYPE, 'Synthèse', '11'],
  ['DOCPAT01', CI_SIS_TYPE, 'Synthèse déposée par le patient', '11'],
  ['DOCPAT02', CI_SIS_TYPE, 'Traitement ou document de soins déposé par le patient', '42'],
  ['DOCPAT03', CI_SIS_TYPE, 'CR déposé par le patient', '10'],
  ['DOCPAT04', CI_SIS_TYPE, 'Imagerie déposée par le patient', '31'],
  ['DOCPAT05', CI_SIS_TYPE, 'CR de biologie déposé par le patient', '10'],
  ['DOCPAT06', CI_SIS_TYPE, 'CR de prévention déposé par le patient', '10'],
  ['DOCPAT07', CI_SIS_TYPE, 'Certificat déposé par le patient', '52'],
  ['DOCPAT08', CI_SIS_TYPE, 'Profil médical Mon espace santé', '11'],
  ['DOCPAT09', CI_SIS_TYPE, 'Document administratif déposé par le patient', '95'],
  ['PRESC-AAT', CI_SIS_TYPE, 'Prescription arrêt de travail', '42'],
  ['PRESC-BIO', CI_SIS_TYPE, 'Prescription d\'actes de biologie médicale', '42'],
  ['PRESC-KINE', CI_SIS_TYPE, 'Prescription d\'actes de kinésithérapie', '42'],
  ['PRESC-INF', CI_SIS_TYPE, 'Prescription d\'actes infirmiers', '42'],
  ['PRESC-PEDI', CI_SIS_TYPE, 'Prescription d\'actes de pédicurie', '42'],
  ['PRESC-ORTHOPHO', CI_SIS_TYPE, 'Prescription d\'actes d\'orthophonie', '42'],
  ['PRESC-ORTHOPTIE', CI_SIS_TYPE, 'Prescription d\'actes d\'orthoptie', '42'],
  ['11369-6', LOINC, 'Historique des vaccinations', '52'],
  ['11488-4', LOINC, 'CR ou fiche de consultation ou de visite', '10'],
  ['11490-0', LOINC, 'Lettre de liaison à la sortie d\'un établissement de soins', '10'],
  ['11502-2', LOINC, 'CR d\'examens biologiques', '10'],
  ['11505-5', LOINC, 'CR d\'acte thérapeutique (autre)', '10'],
  ['11506-3', LOINC, 'CR ou fiche de suivi de soins par auxiliaire médical', '10'],
  ['15507-7', LOINC, 'CR de passage aux urgences', '10'],
  ['15508-5', LOINC, 'CR d\'accouchement', '10'],
  ['18748-4', LOINC, 'CR d\'imagerie médicale', '31'],
  ['18761-7', LOINC, 'Note de transfert (dont lettre de liaison à l\'entrée en établissement de soins)', '11'],
  ['18776-5', LOINC, 'Plan personnalisé de soins', '44'],
  ['28617-9', LOINC, 'Bilan bucco-dentaire', '10'],
  ['28653-4', LOINC, 'Document du secteur social / médico-social', '10'],
  ['29274-8', LOINC, 'Mesures de signes vitaux', '10'],
  ['34112-3', LOINC, 'CR hospitalier (séjour)', '10'],
  ['34120-6', LOINC, 'Bilan par professionnel de santé', '10'],
  ['34133-9', LOINC, 'Synthèse d\'épisode de soins', '11'],
  ['34749-2', LOINC, 'CR de consultation pré-anesthésique', '10'],
  ['34794-8', LOINC, 'CR de réunion de concertation pluridisciplinaire', '10'],
  ['34842-5', LOINC, 'Grille d\'évaluation médico-social', '11'],
  ['34874-8', LOINC, 'CR opératoire', '10'],
  ['34875-5', LOINC, 'Évaluation postopératoire et note de suivi', '10'],
  ['47420-5', LOINC, 'CR de bilan fonctionnel', '10'],
  ['52040-3', LOINC, 'Document encapsulant une image d\'illustration non DICOM', '31'],
  ['51969-4', LOINC, 'CR de génétique moléculaire', '10'],
  ['55115-0', LOINC, 'Demande d\'actes d\'imagerie', '42'],
  ['56445-0', LOINC, 'Bilan médicamenteux (Officine)', '11'],
  ['57057-2', LOINC, 'Synthèse Salle de Naissance Mère', '11'],
  ['57055-6', LOINC, 'Synthèse antepartum', '11'],
  ['57075-4', LOINC, 'Synthèse Salle de Naissance Enfant', '11'],
  ['57828-6', LOINC, 'Prescription (autre)', '42'],
  ['57832-8', LOINC, 'Prescription de soins', '42'],
  ['57833-6', LOINC, 'Prescription de produits de santé', '42'],
  ['59283-2', LOINC, 'CR d\'examen de l\'enfant', '10'],
  ['59284-0', LOINC, 'Attestation de consentement', '95'],
  ['60280-5', LOINC, 'Fiche de retour du service des urgences', '11'],
  ['60568-3', LOINC, 'CR d\'anatomie et de cytologie pathologiques', '10'],
  ['60591-5', LOINC, 'Synthèse médicale', '11'],
  ['60593-1', LOINC, 'Dispensation médicamenteuse', '43'],
  ['61357-0', LOINC, 'Intervention pharmaceutique', '42'],
  ['67851-6', LOINC, 'CR d\'admission', '10'],
  ['68599-0', LOINC, 'Synthèse psychiatrique', '11'],
  ['68817-6', LOINC, 'Bilan de santé et de prévention de l\'enfant', '11'],
  ['70004-7', LOINC, 'CR d\'acte diagnostique (autre)', '10'],
  ['74207-2', LOINC, 'Document de liaison d\'urgence', '11'],
  ['74465-6', LOINC, 'Questionnaire patient', '90'],
  ['75468-9', LOINC, 'Renouvellement ordonnance par pharmacien correspondant', '42'],
  ['75482-0', LOINC, 'CR d\'acte thérapeutique à visée préventive', '10'],
  ['75492-9', LOINC, 'CR d\'acte diagnostique à visée préventive ou de dépistage', '10'],
  ['75496-0', LOINC, 'Demande d\'acte de télémédecine', '10'],
  ['77436-4', LOINC, 'CR d\'anesthésie', '10'],
  ['77604-7', LOINC, 'Planification thérapeutique', '44'],
  ['78341-5', LOINC, 'Fiche de transfert vers le service des urgences', '11'],
  ['78489-2', LOINC, 'Synthèse Enfant en Maternité', '11'],
  ['78513-9', LOINC, 'CR de consultation en ophtalmologie', '10'],
  ['78601-2', LOINC, 'CR d\'entretien pharmaceutique', '10'],
  ['80565-5', LOINC, 'CR d\'administration de médicaments', '45'],
  ['80771-9', LOINC, 'Projet d\'accueil individualisé', '44'],
  ['80788-3', LOINC, 'Projet personnalisé d\'accompagnement', '44'],
  ['80820-4', LOINC, 'Formulaire de conciliation médicamenteuse (Hôpital)', '11'],
  ['83836-7', LOINC, 'Schéma dentaire', '11'],
  ['83869-8', LOINC, 'Plan personnalisé de prévention', '44'],
  ['83901-9', LOINC, 'Bilan psychologique', '11'],
  ['83981-1', LOINC, 'Lettre de liaison à la sortie d\'une structure sociale ou médico-sociale', '10'],
  ['85208-7', LOINC, 'CR de télémédecine', '10'],
  ['86531-1', LOINC, 'Attestation de sortie', '95'],
  ['87273-9', LOINC, 'Note de vaccination', '52'],
  ['88348-8', LOINC, 'Lettre de liaison d\'entrée en structure sociale ou médico-sociale', '11'],
  ['89233-1', LOINC, 'CR de grossesse', '10'],
  ['89235-6', LOINC, 'Synthèse Suites de Couches Mère', '11'],
  ['89601-9', LOINC, 'Certificat médical', '52'],
  ['93024-8', LOINC, 'CR de consultation pharmaceutique', '10'],
  ['96349-6', LOINC, 'Lettre d\'adressage', '10'],
  ['96173-0', LOINC, 'Test rapide d\'orientation diagnostique', '52'],
  ['96874-3', LOINC, 'COVID-19 Attestation de vaccination', '52'],
  ['101881-1', LOINC, 'Carte d\'implant', '52'],
  ['E1762', 'ASTM', 'Full Document', 'urn:oid:1.3.6.1.4.1.19376.1.2.1.1.1'],
]

export const TYPES_DOCUMENT: ReadonlyMap<string, TypeDocument> = new Map(
  LIGNES.map(([code, codingScheme, display, classCode]) => [code, { code, codingScheme, display, classCode }]),
)

/** JDV_J57: what each class is called. */
export const CLASSES_DOCUMENT: ReadonlyMap<string, string> = new Map([
  ['10', 'Compte rendu'],
  ['11', 'Synthèse'],
  ['31', 'Imagerie médicale'],
  ['42', 'Prescription'],
  ['43', 'Dispensation'],
  ['44', 'Plan de soins, protocole de soins'],
  ['45', 'Traitement administré'],
  ['52', 'Certificat, déclaration'],
  ['60', 'Données de remboursement'],
  ['90', 'Autres documents déposés par le patient'],
  ['95', 'Document de gestion'],
  ['urn:oid:1.3.6.1.4.1.19376.1.2.1.1.1', 'Digital Signature'],
])

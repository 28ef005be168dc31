import type { ServiceDuCatalogue } from './finalites.ts'

/** Under 2.999, the arc of examples (ITU-T X.660): no editor can own these. */
const ARC = '2.999.1.2026'

const service = (
  rang: number,
  id: string,
  nom: string,
  description: string,
  reste: Pick<ServiceDuCatalogue, 'statut' | 'finalites' | 'prochaine'> & { readonly echange?: false; readonly editeur?: string },
): ServiceDuCatalogue => ({
  id,
  clientId: `fictif-${id}`,
  secret: `secret-de-demonstration-${id}`,
  nom: `${nom} (fictif)`,
  editeur: 'Éditions du Calendrier (fictives)',
  description,
  oid: `${ARC}.${rang}`,
  echange: true,
  version: 1,
  ...reste,
})

/** The fictive services of the catalogue. Their status and version may be changed in a world. */
export const SERVICES: readonly ServiceDuCatalogue[] = [
  service(1, 'podometre', 'Podomètre Foulée', 'Compte vos pas et suit votre poids.', {
    statut: 'EN_LIGNE',
    finalites: ['MESURES_ECRITURE', 'MESURES_LECTURE'],
    prochaine: 'PATIENT_LECTURE',
  }),
  service(2, 'carnet-glycemie', 'Carnet Glycémie', 'Relève vos glycémies et vos tensions, pour votre médecin et vous.', {
    statut: 'EN_LIGNE',
    finalites: ['MESURES_ECRITURE', 'MESURES_LECTURE', 'DOCUMENTS_ECRITURE', 'PATIENT_LECTURE'],
    prochaine: 'DOCUMENTS_LECTURE',
  }),
  service(3, 'rendez-vous-clair', 'Rendez-vous Clair', 'Reporte dans votre agenda les rendez-vous pris en ligne.', {
    statut: 'EN_LIGNE',
    finalites: ['AGENDA_ECRITURE', 'AGENDA_LECTURE', 'PATIENT_LECTURE'],
    prochaine: 'DOCUMENTS_ECRITURE',
  }),
  service(4, 'hopital-portail', 'Portail de l’hôpital des Décades', 'Préadmission, rendez-vous et documents de l’hôpital.', {
    statut: 'EN_LIGNE',
    finalites: ['AGENDA_ECRITURE', 'DOCUMENTS_ECRITURE', 'DOCUMENTS_LECTURE', 'PATIENT_LECTURE'],
    prochaine: 'MESURES_LECTURE',
    editeur: 'Hôpital des Décades (fictif)',
  }),
  service(5, 'souffle-tranquille', 'Souffle Tranquille', 'Des exercices de respiration à faire chez soi. Sans échange de données.', {
    statut: 'EN_LIGNE',
    finalites: [],
    prochaine: 'MESURES_ECRITURE',
    echange: false,
  }),
  service(6, 'vaccins-voyage', 'Vaccins et voyages', 'Dit quels vaccins prévoir avant un départ. En présérie.', {
    statut: 'PRESERIE',
    finalites: ['VACCINATION_LECTURE', 'PATIENT_LECTURE'],
    prochaine: 'AGENDA_ECRITURE',
  }),
  service(7, 'tension-facile', 'Tension Facile', 'Suivi de la tension. Hors ligne pour maintenance.', {
    statut: 'HORS_LIGNE',
    finalites: ['MESURES_ECRITURE'],
    prochaine: 'MESURES_LECTURE',
  }),
  service(8, 'sommeil-libre', 'Sommeil Libre', 'Journal du sommeil. Suspendu pendant une vérification.', {
    statut: 'SUSPENDUE',
    finalites: ['MESURES_LECTURE'],
    prochaine: 'MESURES_ECRITURE',
  }),
]

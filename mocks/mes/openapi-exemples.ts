/** Short examples for the interface's document; a test asks the service for each and compares the names. */
const NOTIFICATION = {
  id: '0b6c…',
  matriculeIns: '292067971191137',
  code: 'AJOUT_DOCUMENT',
  titre: 'Nouveau document',
  texte: 'Dr Claire Primidi (Cabinet médical du Calendrier) a ajouté « Consultation ».',
  le: 1_795_420_800_000,
  lue: false,
  documentId: '1.2.250.1.999.1',
  canaux: [{ canal: 'centre', certitude: 'vérifié' }],
}

export const EXEMPLES_MES = {
  profils: {
    profils: [
      {
        matriculeIns: '292067971191137',
        nomAffiche: 'Camille Floréal',
        etat: 'active',
        libelle: 'Activé',
        montre: 'Profil activé : le parcours principal',
      },
    ],
  },
  profil: {
    matriculeIns: '292067971191137',
    nomAffiche: 'Camille Floréal',
    dateNaissance: '1992-06-20',
    age: 34,
    qualite: 'titulaire',
    etat: 'active',
    libelle: 'Activé',
    annonce: 'Bienvenue dans Mon espace santé.',
    patient: 'tout',
    contexte: { depuis: 1_732_348_800_000, ouvertLe: 1_672_905_600_000 },
    echeance: null,
    vues: {
      professionnel: { etat: 'créé', depose: true, consulte: true },
      secretariat: { etat: 'créé', depose: true, consulte: false },
      expediteur: 'remis',
      patient: 'tout',
    },
    actes: [{ acte: 'fermer', libelle: 'Fermer mon profil', agent: 'titulaire' }],
    actesAdministration: [{ acte: 'suspendre', libelle: 'Suspendre le profil', agent: 'CNAM' }],
    liens: [],
    preferences: { NOTIF_DOCUMENT: true },
    courriel: 'camille-floreal@courriel.example',
    telephone: '06 39 98 09 11',
  },
  boite: {
    courriers: [
      {
        id: '5f1d…',
        matriculeIns: '292067971191137',
        le: 1_795_420_800_000,
        canal: 'courriel',
        objet: 'Mon espace santé : du nouveau dans vos documents',
        texte: 'Connectez-vous à Mon espace santé pour en prendre connaissance.',
        pour: '',
      },
    ],
  },
  documents: {
    documents: [
      {
        id: '1.2.250.1.999.1',
        titre: 'Consultation',
        typeCode: '11488-4',
        typeLibelle: 'CR ou fiche de consultation ou de visite',
        classCode: '11',
        auteur: 'Claire PRIMIDI',
        structure: 'Cabinet médical du Calendrier',
        deposeLe: 1_795_420_800_000,
        dateActe: 1_795_420_800_000,
        mimeType: 'text/xml',
        taille: 4_096,
        duPatient: false,
        masque: false,
        statut: 'actuel',
        origine: 'professionnel',
        dossier: '',
        epingle: false,
        categorie: '',
      },
    ],
  },
  notifications: { notifications: [NOTIFICATION] },
} as const

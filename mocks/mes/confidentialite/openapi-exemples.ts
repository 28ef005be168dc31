/** Short examples for the interface's document; a test asks the service for each and compares the names. */
const MATRICULE = '292067971191137'
const LE = 1_795_420_800_000

const TRIDI = { identifiant: '899700979003', nom: 'Dr Élise Tridi' }
const PRIMIDI = {
  identifiant: '899700979001',
  nom: 'Dr Claire Primidi',
  genre: 'PS',
  profession: { code: '10', libelle: 'Médecin, Qualifié en médecine générale (SM)' },
  structure: 'Cabinet médical du Calendrier',
}

const BLOCAGE = { id: `${MATRICULE}|${TRIDI.identifiant}`, matriculeIns: MATRICULE, ...TRIDI, le: LE }

const AJOUTE = {
  id: `${MATRICULE}|${TRIDI.identifiant}`,
  matriculeIns: MATRICULE,
  ...TRIDI,
  genre: 'PS',
  profession: 'Médecin, Dermatologie et vénéréologie (SM)',
  structure: 'Cabinet du Dr Tridi',
  le: LE,
}

const ROLE = { id: `${MATRICULE}|administrateur`, matriculeIns: MATRICULE, role: 'administrateur', ...TRIDI, le: LE }

export const EXEMPLES_CONFIDENTIALITE = {
  annuaire: { professionnels: [PRIMIDI] },
  professionnels: { medecinTraitant: PRIMIDI, professionnels: [AJOUTE], roles: [ROLE] },
  ajoute: AJOUTE,
  role: ROLE,
  acces: {
    autorises: [
      {
        id: `${MATRICULE}|${PRIMIDI.identifiant}`,
        matriculeIns: MATRICULE,
        identifiant: PRIMIDI.identifiant,
        nom: PRIMIDI.nom,
        structure: PRIMIDI.structure,
        le: LE,
        genre: 'PS',
      },
    ],
    bloques: [{ ...BLOCAGE, genre: 'PS' }],
  },
  blocage: BLOCAGE,
  urgence: { ETREAT: true, BTG: true, MASKED: false },
  avis: {
    avis: [
      {
        id: '7c1e…',
        matriculeIns: MATRICULE,
        le: LE,
        mode: 'bris de glace',
        acteur: 'Dr Mona Décadi',
        structure: 'Hôpital de la Décade',
        motif: 'Patiente inconsciente',
        medecinTraitant: PRIMIDI.identifiant,
      },
    ],
  },
  activites: {
    activites: [
      {
        id: '3f2b…',
        matriculeIns: MATRICULE,
        le: LE,
        typeActeur: 'HEALTHCARE_PROFESSIONAL',
        groupe: 'GENERAL',
        acteur: PRIMIDI.nom,
        structure: PRIMIDI.structure,
        texte: 'Dr Claire Primidi (Cabinet médical du Calendrier) a regardé la liste de vos documents.',
        signale: false,
      },
    ],
    suite: `${LE}_3f2b…`,
  },
  signalement: {
    id: '3f2b…',
    matriculeIns: MATRICULE,
    le: LE,
    par: 'Camille Floréal',
    motif: 'Je ne connais pas ce médecin.',
    texte: 'Dr Claire Primidi (Cabinet médical du Calendrier) a regardé la liste de vos documents.',
    statut: 'reçu',
  },
} as const

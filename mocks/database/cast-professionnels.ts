import type { CarteFictive, CodeFictif, ProfessionnelFictif, StructureFictive } from './distribution.ts'

/**
 * Professionals and structures of the cast. Numbers are in forms kept for tests (RPPS 99700979xxx) or that nobody attributes (FINESS and SIRET
 * that begin with 979). @see dmp.md §2.2
 */
const G15 = '1.2.250.1.71.1.2.7'
const G05 = '1.2.250.1.71.4.2.6'
const R01 = '1.2.250.1.71.4.2.5'
const A00 = '1.2.250.1.213.1.1.4.6'
const SECTEUR = '1.2.250.1.71.4.2.4'

const code = (systeme: string, code: string, libelle: string): CodeFictif => ({ code, systeme, libelle })

const MEDECIN = code(G15, '10', 'Médecin')
const SECRETARIAT = code(A00, 'SECRETARIAT_MEDICAL', 'Secrétariat médical')
const GENERALISTE = code(R01, 'SM26', 'Qualifié en médecine générale (SM)')

const CABINET: StructureFictive = {
  id: 'cabinet',
  nom: 'Cabinet médical du Calendrier',
  identifiant: '397900000100017',
  secteurActivite: code(SECTEUR, 'SA08', 'Cabinet de groupe'),
  role: 'Deux médecins généralistes et leur secrétariat',
}
const DERMATOLOGIE: StructureFictive = {
  id: 'dermatologie',
  nom: 'Cabinet du Dr Tridi',
  identifiant: '499700979003001',
  secteurActivite: code(SECTEUR, 'SA07', 'Cabinet individuel'),
  role: 'Cabinet d’une seule dermatologue',
}
const HOPITAL_EJ: StructureFictive = {
  id: 'hopital-ej',
  nom: 'Centre hospitalier de la Décade',
  identifiant: '1979000010',
  secteurActivite: code(SECTEUR, 'SA01', 'Etablissement public de santé'),
  role: 'Entité juridique : porte le certificat de l’établissement',
}
const HOPITAL: StructureFictive = {
  id: 'hopital',
  nom: 'Hôpital de la Décade',
  identifiant: '1979000011',
  entiteJuridique: 'hopital-ej',
  secteurActivite: code(SECTEUR, 'SA01', 'Etablissement public de santé'),
  role: 'Entité géographique : auteur des documents de l’établissement, siège du SAMU',
}
const LABORATOIRE: StructureFictive = {
  id: 'laboratoire',
  nom: 'Laboratoire des Quatre Saisons',
  identifiant: '1979000020',
  secteurActivite: code(SECTEUR, 'SA25', 'Laboratoire de biologie médicale'),
  role: 'Dépose les comptes rendus de biologie',
}
const PHARMACIE: StructureFictive = {
  id: 'pharmacie',
  nom: 'Pharmacie de la Moisson',
  identifiant: '1979000030',
  secteurActivite: code(SECTEUR, 'SA33', 'Pharmacie d’officine'),
  role: 'Officine avec une boîte aux lettres organisationnelle',
}
const RADIOLOGIE: StructureFictive = {
  id: 'radiologie',
  nom: 'Imagerie du Solstice',
  identifiant: '397900000200015',
  secteurActivite: code(SECTEUR, 'SA08', 'Cabinet de groupe'),
  role: 'Dépose les comptes rendus d’imagerie',
}
const SOINS: StructureFictive = {
  id: 'soins',
  nom: 'Maison de soins de l’Équinoxe',
  identifiant: '397900000300013',
  secteurActivite: code(SECTEUR, 'SA08', 'Cabinet de groupe'),
  role: 'Sage-femme, infirmier et kinésithérapeute',
}

export const STRUCTURES: readonly StructureFictive[] = [CABINET, DERMATOLOGIE, HOPITAL_EJ, HOPITAL, LABORATOIRE, PHARMACIE, RADIOLOGIE, SOINS]

type Carte = Pick<CarteFictive, 'nom' | 'prenom' | 'profession' | 'savoirFaire'>

/** `rpps` ends the number, 001 to 999. */
const cps = (rpps: string, { nom, identifiant, secteurActivite }: StructureFictive, carte: Carte): CarteFictive => ({
  id: `cps-${carte.nom.toLowerCase()}`,
  genre: 'CPS',
  identifiant: `899700979${rpps}`,
  nominative: true,
  ...carte,
  structure: { identifiant, nom },
  secteurActivite: secteurActivite.code,
})

const cpe = (poste: string, { nom, identifiant, secteurActivite }: StructureFictive, carte: Carte & { nominative: boolean }): CarteFictive => ({
  id: `cpe-${poste.toLowerCase()}`,
  genre: 'CPE',
  identifiant: `${identifiant}/${poste}`,
  ...carte,
  structure: { identifiant, nom },
  secteurActivite: secteurActivite.code,
})

export const PROFESSIONNELS: readonly ProfessionnelFictif[] = [
  {
    id: 'dr-primidi',
    nomAffiche: 'Dr Claire Primidi',
    role: 'Médecin généraliste, médecin traitant de la plupart des patients',
    structure: CABINET.id,
    carte: cps('001', CABINET, { nom: 'PRIMIDI', prenom: 'CLAIRE', profession: MEDECIN, savoirFaire: GENERALISTE }),
  },
  {
    id: 'dr-duodi',
    nomAffiche: 'Dr Bastien Duodi',
    role: 'Médecin généraliste du même cabinet, médecin traitant de personne',
    structure: CABINET.id,
    carte: cps('002', CABINET, { nom: 'DUODI', prenom: 'BASTIEN', profession: MEDECIN, savoirFaire: GENERALISTE }),
  },
  {
    id: 'dr-tridi',
    nomAffiche: 'Dr Élise Tridi',
    role: 'Dermatologue, bloquée par Jean-Baptiste Thermidor',
    structure: DERMATOLOGIE.id,
    carte: cps('003', DERMATOLOGIE, {
      nom: 'TRIDI',
      prenom: 'ELISE',
      profession: MEDECIN,
      savoirFaire: code(R01, 'SM15', 'Dermatologie et vénéréologie (SM)'),
    }),
  },
  {
    id: 'nadia-quartidi',
    nomAffiche: 'Nadia Quartidi',
    role: 'Secrétaire médicale : sa CPE porte son nom, elle qualifie l’INS et alimente pour le compte du médecin, elle ne consulte pas',
    structure: CABINET.id,
    carte: cpe('QUARTIDI', CABINET, { nom: 'QUARTIDI', prenom: 'NADIA', nominative: true, profession: SECRETARIAT }),
  },
  {
    id: 'accueil',
    nomAffiche: 'Accueil du cabinet (carte sans nom)',
    role: 'Carte CPE du poste d’accueil, sans nom : refusée par INSi',
    structure: CABINET.id,
    carte: cpe('ACCUEIL1', CABINET, { nom: 'ACCUEIL', prenom: '', nominative: false, profession: SECRETARIAT }),
  },
  {
    id: 'rose-quintidi',
    nomAffiche: 'Rose Quintidi',
    role: 'Sage-femme : peut être choisie comme sage-femme référente',
    structure: SOINS.id,
    carte: cps('005', SOINS, { nom: 'QUINTIDI', prenom: 'ROSE', profession: code(G15, '50', 'Sage-Femme') }),
  },
  {
    id: 'omar-sextidi',
    nomAffiche: 'Omar Sextidi',
    role: 'Pharmacien titulaire',
    structure: PHARMACIE.id,
    carte: cps('006', PHARMACIE, {
      nom: 'SEXTIDI',
      prenom: 'OMAR',
      profession: code(G15, '21', 'Pharmacien'),
      savoirFaire: code(G05, 'A', 'Pharmacien titulaire d’officine'),
    }),
  },
  {
    id: 'dr-septidi',
    nomAffiche: 'Dr Anne Septidi',
    role: 'Biologiste : dépose les comptes rendus du laboratoire',
    structure: LABORATOIRE.id,
    carte: cps('007', LABORATOIRE, {
      nom: 'SEPTIDI',
      prenom: 'ANNE',
      profession: MEDECIN,
      savoirFaire: code(R01, 'SM03', 'Biologie médicale (SM)'),
    }),
  },
  {
    id: 'leo-octidi',
    nomAffiche: 'Léo Octidi',
    role: 'Infirmier : la matrice d’habilitation lui cache certains documents',
    structure: SOINS.id,
    carte: cps('008', SOINS, { nom: 'OCTIDI', prenom: 'LEO', profession: code(G15, '60', 'Infirmier') }),
  },
  {
    id: 'jules-nonidi',
    nomAffiche: 'Jules Nonidi',
    role: 'Masseur-kinésithérapeute : la matrice d’habilitation lui cache certains documents',
    structure: SOINS.id,
    carte: cps('009', SOINS, { nom: 'NONIDI', prenom: 'JULES', profession: code(G15, '70', 'Masseur-Kinésithérapeute') }),
  },
  {
    id: 'dr-decadi',
    nomAffiche: 'Dr Mona Décadi',
    role: 'Médecin urgentiste au SAMU : accès centre 15 et bris de glace',
    structure: HOPITAL.id,
    carte: cps('010', HOPITAL, {
      nom: 'DECADI',
      prenom: 'MONA',
      profession: MEDECIN,
      savoirFaire: code(R01, 'SM59', 'Médecine d’urgence (SM)'),
    }),
  },
  {
    id: 'dr-solstice',
    nomAffiche: 'Dr Igor Solstice',
    role: 'Radiologue : dépose les comptes rendus d’imagerie',
    structure: RADIOLOGIE.id,
    carte: cps('011', RADIOLOGIE, { nom: 'SOLSTICE', prenom: 'IGOR', profession: MEDECIN, savoirFaire: code(R01, 'SM44', 'Radiodiagnostic (SM)') }),
  },
]

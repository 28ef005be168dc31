/** What the directory tells of the cast's structures and the cast does not say: fictive places, equipment, activities, and two that ended. */

export interface Lieu {
  readonly numero: string
  readonly voie: string
  readonly libelleVoie: string
  readonly codePostal: string
  readonly commune: string
  readonly telephone: string
}

const lieu = (numero: string, voie: string, libelleVoie: string, codePostal: string, commune: string, telephone: string): Lieu => ({
  numero,
  voie,
  libelleVoie,
  codePostal,
  commune,
  telephone,
})

/** By id of structure. Postal codes 979xx belong to nobody here; telephones are in the range kept for fiction (01 99 00). */
export const LIEUX: Readonly<Record<string, Lieu>> = {
  cabinet: lieu('10', 'R', 'DU CALENDRIER', '97910', 'BOURG-LE-FICTIF', '0199000010'),
  dermatologie: lieu('3', 'PL', 'DE LA DECADE', '97910', 'BOURG-LE-FICTIF', '0199000011'),
  'hopital-ej': lieu('1', 'AV', 'DE LA DECADE', '97900', 'VILLE-EXEMPLE', '0199000012'),
  hopital: lieu('1', 'AV', 'DE LA DECADE', '97900', 'VILLE-EXEMPLE', '0199000013'),
  laboratoire: lieu('4', 'R', 'DES SAISONS', '97900', 'VILLE-EXEMPLE', '0199000014'),
  pharmacie: lieu('7', 'R', 'DE LA MOISSON', '97910', 'BOURG-LE-FICTIF', '0199000015'),
  radiologie: lieu('21', 'BD', 'DU SOLSTICE', '97900', 'VILLE-EXEMPLE', '0199000016'),
  soins: lieu('22', 'R', 'DE L EQUINOXE', '97920', 'SAINT-MODELE', '0199000017'),
}

/** TRE_R66, by id of structure. */
export const CATEGORIES: Readonly<Record<string, string>> = { 'hopital-ej': '355', hopital: '355', laboratoire: '611', pharmacie: '620' }

export const LICENCES: Readonly<Record<string, string>> = { pharmacie: '979#000030' }

export const EQUIPEMENTS = [
  { arhgos: '97-97-00001', structure: 'radiologie', type: '05602', fabricant: 'IMAGERIE FICTIVE', serie: 'FICTIF-SCANNER-1', statut: 'active' },
  { arhgos: '97-97-00002', structure: 'radiologie', type: '06201', fabricant: 'IMAGERIE FICTIVE', serie: 'FICTIF-IRM-1', statut: 'active' },
  { arhgos: '97-97-00003', structure: 'hopital', type: '05602', fabricant: 'MATERIEL EXEMPLE', serie: 'FICTIF-SCANNER-2', statut: 'inactive' },
] as const

export const ACTIVITES = [
  { arhgos: '97-97-10001', structure: 'hopital', genre: 'healthcare-activity', forme: '07', actif: true },
  { arhgos: '97-97-10002', structure: 'hopital', genre: 'healthcare-activity', forme: '00', actif: false },
  { arhgos: undefined, structure: 'hopital', genre: 'social-equipment', typeActivite: '11', actif: true },
] as const

/** Ended: the delta says so. */
export const PROFESSIONNEL_PARTI = { rpps: '99700979090' } as const
export const STRUCTURE_FERMEE = { finess: '979000090', nom: 'Dispensaire du Vieux Calendrier' } as const

import { cleMatricule } from '#standards/ins/matricule-ins.ts'
import { OID_INS, type TypeMatricule } from '#standards/ins/oids.ts'
import type { PersonneIdentifiee, Sexe } from '#standards/ins/traits.ts'
import { addDuration, readDuration } from '../kit/duration.ts'
import { PROFESSIONNELS, STRUCTURES } from './cast-professionnels.ts'
import type { Distribution, EvenementPasse, FaitPasse, Lien, PatientFictif } from './distribution.ts'

/** A patient of the cast before its dates are known. Durations are ISO 8601, counted back from the day the world begins. */
interface Modele {
  readonly id: string
  readonly nom: string
  /** All given names; the first is the one in use. */
  readonly prenoms: string
  readonly affiche: string
  readonly sexe: Sexe
  readonly age: string
  /** Last two digits of the place, 979xx. */
  readonly lieu: string
  /** 901 to 999: the population stops at 277, the published identities at 905. */
  readonly ordre: number
  readonly type?: TypeMatricule
  readonly montre: string
  readonly histoire: readonly (readonly [ilYA: string, evenement: EvenementPasse])[]
  readonly sansContact?: true
  readonly liens?: readonly (readonly [Lien, string])[]
  readonly medecinTraitant?: string
  readonly bloques?: readonly string[]
}

const INFORME = ['P4Y', 'cnam.informe'] as const

const MODELES: readonly Modele[] = [
  {
    id: 'camille-floreal',
    nom: 'FLOREAL',
    prenoms: 'CAMILLE ANNE LUCIE',
    affiche: 'Camille Floréal',
    sexe: 'F',
    age: 'P34Y5M3D',
    lieu: '11',
    ordre: 911,
    montre: 'Profil activé : le parcours principal, de l’identité au document partagé',
    histoire: [INFORME, ['P2Y', 'patient.active']],
    medecinTraitant: 'dr-primidi',
  },
  {
    id: 'hugo-brumaire',
    nom: 'BRUMAIRE',
    prenoms: 'HUGO RENE',
    affiche: 'Hugo Brumaire',
    sexe: 'M',
    age: 'P41Y2M9D',
    lieu: '12',
    ordre: 912,
    montre: 'Profil ouvert sans activation : les professionnels déposent et lisent, lui ne voit rien encore',
    histoire: [INFORME],
    liens: [['enfant', 'eve-brumaire']],
    medecinTraitant: 'dr-primidi',
  },
  {
    id: 'eve-brumaire',
    nom: 'BRUMAIRE',
    prenoms: 'EVE',
    affiche: 'Ève Brumaire',
    sexe: 'F',
    age: 'P5D',
    lieu: '12',
    ordre: 913,
    montre: 'Nouveau-née, pas encore informée : aucun dossier pour l’instant',
    histoire: [],
    sansContact: true,
    liens: [['parent', 'hugo-brumaire']],
  },
  {
    id: 'odile-frimaire',
    nom: 'FRIMAIRE',
    prenoms: 'ODILE MARTHE',
    affiche: 'Odile Frimaire',
    sexe: 'F',
    age: 'P58Y8M',
    lieu: '13',
    ordre: 914,
    montre: 'S’est opposée : le professionnel voit « non créé », le dépôt est refusé',
    histoire: [INFORME, ['P3Y11M', 'patient.oppose']],
    medecinTraitant: 'dr-primidi',
  },
  {
    id: 'yann-nivose',
    nom: 'NIVOSE',
    prenoms: 'YANN',
    affiche: 'Yann Nivôse',
    sexe: 'M',
    age: 'P52Y1M20D',
    lieu: '14',
    ordre: 915,
    montre: 'A fermé son profil il y a trois mois : le professionnel voit « fermé » et la date',
    histoire: [INFORME, ['P3Y', 'patient.active'], ['P3M', 'patient.ferme']],
    medecinTraitant: 'dr-primidi',
  },
  {
    id: 'marc-pluviose',
    nom: 'PLUVIOSE',
    prenoms: 'MARC ETIENNE',
    affiche: 'Marc Pluviôse',
    sexe: 'M',
    age: 'P47Y6M',
    lieu: '15',
    ordre: 916,
    montre: 'Profil suspendu pour suspicion de fraude depuis deux semaines : fermé dans quatre semaines s’il ne conteste pas',
    histoire: [INFORME, ['P2Y6M', 'patient.active'], ['P2W', 'cnam.suspend']],
  },
  {
    id: 'lucien-ventose',
    nom: 'VENTOSE',
    prenoms: 'LUCIEN AUGUSTE MARIE',
    affiche: 'Lucien Ventôse',
    sexe: 'M',
    age: 'P83Y4M',
    lieu: '16',
    ordre: 917,
    montre: 'Décédé il y a un mois : dossier fermé, plus aucun dépôt',
    histoire: [INFORME, ['P3Y', 'patient.active'], ['P1M', 'etatCivil.deces']],
    medecinTraitant: 'dr-primidi',
  },
  {
    id: 'sophie-germinal',
    nom: 'GERMINAL',
    prenoms: 'SOPHIE CLAIRE',
    affiche: 'Sophie Germinal',
    sexe: 'F',
    age: 'P42Y10M',
    lieu: '17',
    ordre: 918,
    montre: 'Mère de deux enfants rattachés à son profil',
    histoire: [INFORME, ['P2Y', 'patient.active']],
    liens: [
      ['enfant', 'ines-germinal'],
      ['enfant', 'tom-germinal'],
    ],
    medecinTraitant: 'dr-primidi',
  },
  {
    id: 'ines-germinal',
    nom: 'GERMINAL',
    prenoms: 'INES SOPHIE',
    affiche: 'Inès Germinal',
    sexe: 'F',
    age: 'P16Y3M',
    lieu: '17',
    ordre: 919,
    montre: 'A 16 ans et veut garder un soin secret : connexion secrète',
    histoire: [INFORME, ['P1Y11M', 'patient.active']],
    liens: [['parent', 'sophie-germinal']],
    medecinTraitant: 'dr-primidi',
  },
  {
    id: 'tom-germinal',
    nom: 'GERMINAL',
    prenoms: 'TOM',
    affiche: 'Tom Germinal',
    sexe: 'M',
    age: 'P9Y7M',
    lieu: '17',
    ordre: 920,
    montre: 'A 9 ans : sa mère voit tout',
    histoire: [INFORME, ['P1Y11M', 'patient.active']],
    liens: [['parent', 'sophie-germinal']],
    medecinTraitant: 'dr-primidi',
  },
  {
    id: 'paul-prairial',
    nom: 'PRAIRIAL',
    prenoms: 'PAUL',
    affiche: 'Paul Prairial',
    sexe: 'M',
    age: 'P29Y2M',
    lieu: '18',
    ordre: 921,
    montre: 'Majeur protégé : sa tutrice agit pour lui',
    histoire: [INFORME, ['P1Y6M', 'patient.active']],
    liens: [['tuteur', 'helene-prairial']],
    medecinTraitant: 'dr-primidi',
  },
  {
    id: 'helene-prairial',
    nom: 'PRAIRIAL',
    prenoms: 'HELENE',
    affiche: 'Hélène Prairial',
    sexe: 'F',
    age: 'P36Y9M',
    lieu: '18',
    ordre: 922,
    montre: 'Tutrice de son frère Paul, curatrice de Félix',
    histoire: [INFORME, ['P3Y', 'patient.active']],
    liens: [
      ['protégé', 'paul-prairial'],
      ['assisté', 'felix-capucine'],
    ],
  },
  {
    id: 'jeanne-messidor',
    nom: 'MESSIDOR',
    prenoms: 'JEANNE LOUISE EUGENIE',
    affiche: 'Jeanne Messidor',
    sexe: 'F',
    age: 'P79Y1M12D',
    lieu: '19',
    ordre: 923,
    montre: 'En affection de longue durée, sa fille l’aide : volet de synthèse médicale, aidante',
    histoire: [INFORME, ['P1Y', 'patient.active']],
    liens: [['aidant', 'claire-messidor']],
    medecinTraitant: 'dr-primidi',
  },
  {
    id: 'claire-messidor',
    nom: 'MESSIDOR',
    prenoms: 'CLAIRE',
    affiche: 'Claire Messidor',
    sexe: 'F',
    age: 'P51Y4M',
    lieu: '19',
    ordre: 924,
    montre: 'Aidante de sa mère Jeanne',
    histoire: [INFORME, ['P3Y', 'patient.active']],
    liens: [['aidé', 'jeanne-messidor']],
    medecinTraitant: 'dr-duodi',
  },
  {
    id: 'jean-baptiste-thermidor',
    nom: 'THERMIDOR',
    prenoms: 'JEAN-BAPTISTE LOUIS',
    affiche: 'Jean-Baptiste Thermidor',
    sexe: 'M',
    age: 'P38Y11M',
    lieu: '20',
    ordre: 925,
    montre: 'A bloqué la Dr Tridi ; prénom composé avec un tiret',
    histoire: [INFORME, ['P2Y9M', 'patient.active']],
    medecinTraitant: 'dr-primidi',
    bloques: ['dr-tridi'],
  },
  {
    id: 'lina-fructidor',
    nom: 'FRUCTIDOR',
    prenoms: 'LINA',
    affiche: 'Lina Fructidor',
    sexe: 'F',
    age: 'P22Y1M',
    lieu: '21',
    ordre: 926,
    montre: 'Jumelle de Zoé : même nom, même jour, même lieu',
    histoire: [INFORME, ['P1Y', 'patient.active']],
    liens: [['jumeau', 'zoe-fructidor']],
  },
  {
    id: 'zoe-fructidor',
    nom: 'FRUCTIDOR',
    prenoms: 'ZOE',
    affiche: 'Zoé Fructidor',
    sexe: 'F',
    age: 'P22Y1M',
    lieu: '21',
    ordre: 927,
    montre: 'Jumelle de Lina, profil ouvert sans activation',
    histoire: [INFORME],
    liens: [['jumeau', 'lina-fructidor']],
  },
  {
    id: 'nadia-vendemiaire',
    nom: 'VENDEMIAIRE',
    prenoms: 'NADIA',
    affiche: 'Nadia Vendémiaire (née au 97922)',
    sexe: 'F',
    age: 'P45Y3M',
    lieu: '22',
    ordre: 928,
    montre: 'A une homonyme parfaite, née ailleurs : INSi répond 02 sans le lieu',
    histoire: [INFORME, ['P2Y', 'patient.active']],
    liens: [['homonyme', 'nadia-vendemiaire-2']],
    medecinTraitant: 'dr-primidi',
  },
  {
    id: 'nadia-vendemiaire-2',
    nom: 'VENDEMIAIRE',
    prenoms: 'NADIA',
    affiche: 'Nadia Vendémiaire (née au 97923)',
    sexe: 'F',
    age: 'P45Y3M',
    lieu: '23',
    ordre: 929,
    montre: 'Homonyme de la précédente, profil ouvert sans activation',
    histoire: [INFORME],
    liens: [['homonyme', 'nadia-vendemiaire']],
  },
  {
    id: 'ndeye-balsamine',
    nom: 'BALSAMINE',
    prenoms: "N'DEYE FATOU",
    affiche: 'N’Deye Balsamine',
    sexe: 'F',
    age: 'P31Y5M',
    lieu: '24',
    ordre: 930,
    type: 'INS-NIA',
    montre: 'Identifiant d’attente (NIA, OID .9) et prénom avec une apostrophe : pas encore de dossier',
    histoire: [],
  },
  {
    id: 'basile-safran',
    nom: 'SAFRAN',
    prenoms: 'BASILE',
    affiche: 'Basile Safran',
    sexe: 'M',
    age: 'P26Y8M',
    lieu: '25',
    ordre: 931,
    montre: 'Informé il y a trois semaines : encore trois semaines pour s’opposer, puis le profil s’ouvre seul',
    histoire: [['P3W', 'cnam.informe']],
    medecinTraitant: 'dr-primidi',
  },
  {
    id: 'rose-amaryllis',
    nom: 'AMARYLLIS',
    prenoms: 'ROSE',
    affiche: 'Rose Amaryllis',
    sexe: 'F',
    age: 'P33Y2M',
    lieu: '26',
    ordre: 932,
    montre: 'A demandé la suppression de son profil il y a un mois : faite sous trois mois',
    histoire: [INFORME, ['P2Y', 'patient.active'], ['P2M', 'patient.ferme'], ['P1M', 'patient.demandeSuppression']],
  },
  {
    id: 'remi-jonquille',
    nom: 'JONQUILLE',
    prenoms: 'REMI',
    affiche: 'Rémi Jonquille',
    sexe: 'M',
    age: 'P63Y6M',
    lieu: '27',
    ordre: 933,
    montre: 'A refusé les nouvelles conditions d’utilisation : n’entre plus, les professionnels continuent',
    histoire: [INFORME, ['P3Y', 'patient.active'], ['P1W', 'patient.refuseCgu']],
    medecinTraitant: 'dr-primidi',
  },
  {
    id: 'felix-capucine',
    nom: 'CAPUCINE',
    prenoms: 'FELIX',
    affiche: 'Félix Capucine',
    sexe: 'M',
    age: 'P54Y7M',
    lieu: '28',
    ordre: 934,
    montre: 'Sous curatelle : il décide lui-même et peut ouvrir son profil à sa curatrice',
    histoire: [INFORME, ['P2Y', 'patient.active']],
    liens: [['curateur', 'helene-prairial']],
  },
]

/**
 * The cast as it stands when a world begins. Ages are right on that day; afterwards dates no longer move: ask `castOf(world)`, which knows
 * the day, rather than giving the present time.
 * @param debut simulated time the world begins, milliseconds since the Unix epoch
 */
export function castFor(debut: number): Distribution {
  // Asked at each call of each service, always for the same day: the last one is kept. The function stays pure.
  if (derniere?.debut !== debut)
    derniere = {
      debut,
      distribution: { patients: MODELES.map((modele) => patient(modele, debut)), professionnels: PROFESSIONNELS, structures: STRUCTURES },
    }
  return derniere.distribution
}

let derniere: { readonly debut: number; readonly distribution: Distribution } | undefined

function patient(modele: Modele, debut: number): PatientFictif {
  const courriel = `${modele.id}@courriel.example`
  const telephone = `06 39 98 09 ${modele.ordre % 100}`
  return {
    id: modele.id,
    personne: personne(modele, debut),
    nomAffiche: modele.affiche,
    ...(modele.sansContact ? {} : { courriel, telephone }),
    montre: modele.montre,
    histoire: modele.histoire.map(([ilYA, evenement]): FaitPasse => ({ le: avant(debut, ilYA), evenement })),
    liens: (modele.liens ?? []).map(([lien, patient]) => ({ lien, patient })),
    ...(modele.medecinTraitant === undefined ? {} : { medecinTraitant: modele.medecinTraitant }),
    bloques: modele.bloques ?? [],
  }
}

function personne({ id, nom, prenoms, sexe, age, lieu, ordre, type = 'INS-NIR' }: Modele, debut: number): PersonneIdentifiee {
  const dateNaissance = new Date(avant(debut, age)).toISOString().slice(0, 10)
  const matricule = `${sexe === 'M' ? 1 : 2}${dateNaissance.slice(2, 4)}${dateNaissance.slice(5, 7)}979${lieu}${ordre}`
  return {
    id,
    nomNaissance: nom,
    listePrenom: prenoms,
    sexe,
    dateNaissance,
    lieuNaissance: `979${lieu}`,
    ins: { matricule, cle: cleMatricule(matricule), oid: OID_INS[type] },
    historique: [],
    origine: 'distribution',
  }
}

/** @param duree ISO 8601. @throws {RangeError} it is no duration. */
function avant(debut: number, duree: string): number {
  const lue = readDuration(duree)
  if (!lue) throw new RangeError(`${duree} is no duration`)
  const { years, months, weeks, days, hours, minutes, seconds } = lue
  return addDuration(debut, { years: -years, months: -months, weeks: -weeks, days: -days, hours: -hours, minutes: -minutes, seconds: -seconds })
}

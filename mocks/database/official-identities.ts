import { cleMatricule } from '#standards/ins/matricule-ins.ts'
import { OID_INS, type TypeMatricule } from '#standards/ins/oids.ts'
import type { IdentifiantNationalSante, PersonneIdentifiee, TraitsIdentite } from '#standards/ins/traits.ts'

/**
 * The test identities of the téléservice INSi, published by the CNDA, by editors' kits and by open clients. All fictive.
 * Facts and codes only; each with what its sources expect.
 * @see insi.md §5
 */
export interface IdentitePubliee {
  /** Slug, also the id of the person. */
  readonly id: string
  /** Who the register holds; absent when the expected answer is that nobody is found. */
  readonly personne?: PersonneIdentifiee
  /** Traits to send, one call per given name. */
  readonly traits: Omit<TraitsIdentite, 'lieuNaissance'> & { readonly lieuNaissance?: string }
  /** What INSi is expected to answer, in French. */
  readonly attendu: string
  /** The expected answer is a technical fault, to be played by INSi. */
  readonly faute?: true
  /** The published answer has both `Prenom` and `ListePrenom` in its traits. */
  readonly reponseAvecPrenom?: true
  /** Matricule or place not published: ours, in the reserved range. */
  readonly invente?: true
  /** Numbers of the CNDA test book, and sources. */
  readonly source: string
}

/** The key as published. */
type Ins = readonly [matricule: string, cle: string, type?: TypeMatricule]
type Histo = readonly [matricule: string, cle: string, dateDeb?: string, dateFin?: string]
type Traits = readonly [nom: string, prenoms: string, sexe: 'M' | 'F', naissance: string, lieu?: string]

const ins = ([matricule, cle, type = 'INS-NIR']: Ins): IdentifiantNationalSante => ({ matricule, cle, oid: OID_INS[type] })

const histo = ([matricule, cle, dateDeb, dateFin]: Histo): IdentifiantNationalSante => ({
  ...ins([matricule, cle]),
  ...(dateDeb === undefined ? {} : { dateDeb }),
  ...(dateFin === undefined ? {} : { dateFin }),
})

const lireTraits = ([nomNaissance, listePrenom, sexe, dateNaissance, lieuNaissance]: Traits): IdentitePubliee['traits'] => ({
  nomNaissance,
  listePrenom,
  sexe,
  dateNaissance,
  ...(lieuNaissance === undefined ? {} : { lieuNaissance }),
})

/** Where the sources give no place of birth: reserved, belongs to nobody. */
const LIEU_INVENTE = '97900'

const connue = (
  id: string,
  traits: Traits,
  matricule: Ins,
  rest: Pick<IdentitePubliee, 'attendu' | 'source' | 'faute' | 'reponseAvecPrenom' | 'invente'>,
  historique: readonly Histo[] = [],
): IdentitePubliee => ({
  id,
  traits: lireTraits(traits),
  personne: {
    id,
    ...lireTraits(traits),
    lieuNaissance: traits[4] ?? LIEU_INVENTE,
    ins: ins(matricule),
    historique: historique.map(histo),
    origine: 'identité de test publiée',
  },
  ...rest,
})

const inconnue = (id: string, traits: Traits, rest: Pick<IdentitePubliee, 'attendu' | 'source'>): IdentitePubliee => ({
  id,
  traits: lireTraits(traits),
  ...rest,
})

/** A matricule of ours, in the reserved range, with its true key. */
const invente = (matricule: string): Ins => [matricule, cleMatricule(matricule)]

export const IDENTITES_PUBLIEES: readonly IdentitePubliee[] = [
  connue('adrtrois-dominique', ['ADRTROIS', 'DOMINIQUE', 'F', '1997-02-26', '2A020'], ['297022A020778', '78'], {
    attendu: '00, Corse-du-Sud : clé calculée avec 2A',
    source: 'padoa/tlsi-ins',
  }),
  connue('adrtrois-toussaint', ['ADRTROIS', 'TOUSSAINT', 'M', '1960-01-01', '2B020'], ['160012B020777', '13'], {
    attendu: '00, avec ou sans lieu ; Haute-Corse : clé calculée avec 2B',
    source: 'CNDA 2.03 cas 2 ; padoa/tlsi-ins',
  }),
  connue('adrun-zoe', ['ADRUN', 'ZOE', 'F', '1975-12-31', '63220'], ['2751263220749', '74'], {
    attendu: '00',
    source: 'padoa/tlsi-ins',
  }),
  connue('adrdeux-laurent', ['ADRDEUX', 'LAURENT', 'M', '1981-01-01', '63220'], ['1810163220751', '40'], {
    attendu: '00 (rapprochement du matricule et des traits déduit)',
    source: 'client SAPA ; TLSiKitEditeur',
  }),
  connue('tchitchi-catarina', ['TCHITCHI', 'CATARINA BELLA', 'F', '1936-06-21', '63220'], ['2360663220836', '56'], {
    attendu: 'OLA : 01 ; CATARINA : 00 — un appel par prénom, dans l’ordre',
    source: 'CNDA 2.07 cas 1',
  }),
  inconnue('houilles-pierre', ['HOUILLES', 'PIERRE PAUL JACQUES', 'M', '1993-01-27'], {
    attendu: '01 quatre fois : un appel par prénom, puis tous ensemble',
    source: 'CNDA 2.07 cas 2',
  }),
  connue(
    'ecetinsi-pierre-alain',
    ['ECETINSI', 'PIERRE-ALAIN MURIEL FLORIANT', 'M', '2009-07-14', '63220'],
    ['1090763220834', '89'],
    {
      attendu: '00 avec l’historique : un matricule au banc d’essai, deux dans le fichier ; la date de fin précède celle de début',
      source: 'CNDA 2.04 cas 1 et cas 2',
    },
    [
      ['2090763220834', '39', '2019-03-01', '2019-02-28'],
      ['2090663220123', '55'],
    ],
  ),
  connue('provisoire-matricule', ['PROVISOIRE', 'MATRICULE', 'M', '2009-07-01', '63220'], ['1090763220888', '35', 'INS-NIA'], {
    attendu: '00 avec un NIA (OID .9)',
    reponseAvecPrenom: true,
    source: 'CNDA 2.05',
  }),
  connue(
    'corse-anthony',
    ['CORSE', 'ANTHONY', 'M', '1980-03-02', '2B020'],
    ['180032B020401', '23'],
    { attendu: '00 ; l’historique répète le matricule actif', reponseAvecPrenom: true, source: 'CNDA 2.08 cas 1' },
    [['180032B020401', '23']],
  ),
  connue(
    'hermann-gatien',
    ['HERMANN', 'GATIEN', 'M', '1981-03-24', '63220'],
    ['1810363220456', '60'],
    { attendu: '00 ; les clés publiées 60 et 10 ne se calculent pas (76 et 26)', reponseAvecPrenom: true, source: 'CNDA 2.08 cas 2' },
    [
      ['1810363220456', '60'],
      ['2810363220456', '10'],
    ],
  ),
  connue('de-vinci-leonardo', ['DE VINCI', 'LEONARDO', 'M', '2014-02-01', '63220'], invente('1140297900901'), {
    attendu: '02 sans le lieu, 00 avec le lieu 63220 ; matricule non publié, le nôtre est fictif',
    invente: true,
    source: 'CNDA 2.06 cas 1 et cas 2',
  }),
  connue('de-vinci-leonardo-homonyme', ['DE VINCI', 'LEONARDO', 'M', '2014-02-01', '97901'], invente('1140297901902'), {
    attendu: 'l’homonyme qui fait répondre 02 quand le lieu manque',
    invente: true,
    source: 'CNDA 2.06 cas 1 ; personne ajoutée par le bac à sable',
  }),
  inconnue('de-vinci-leonardo-autre', ['DE VINCI', 'LEONARDODINO DICAPRIO BUFFALO', 'M', '2004-02-01'], {
    attendu: '01 quatre fois',
    source: 'padoa/tlsi-ins (test laissé de côté)',
  }),
  connue('de-vinci-ruth', ['DE VINCI', 'RUTH', 'F', '1976-07-14'], invente('2760797900903'), {
    attendu: 'faute siram_40 / insi_102',
    faute: true,
    invente: true,
    source: 'padoa/tlsi-ins, 2023',
  }),
  connue('nessi-michelangelo', ['NESSI', 'MICHELANGELO ANTHONY', 'M', '2010-08-07', '63220'], ['1100863220830', '60'], {
    attendu: '00',
    source: 'padoa/tlsi-ins',
  }),
  connue('dartagnan-pierre-alain', ["D'ARTAGNAN DE L'HERAULT", 'PIERRE-ALAIN MURIEL FLORIANT', 'M', '2001-06-17', '63220'], ['1010663220754', '60'], {
    attendu: '00 ; deux apostrophes dans le nom, liste de prénoms incertaine',
    source: 'CNDA 2.03 cas 1 ; client SAPA',
  }),
  connue('daeion-coeur', ["D'AEION", 'COEUR', 'M', '1987-01-25'], invente('1870197900904'), {
    attendu: 'le logiciel convertit ou refuse les ligatures (D’ÆION, CŒUR) ; le banc d’essai répond siram_40 / insi_102',
    faute: true,
    invente: true,
    source: 'CNDA 2.03 cas 3 ; les sources ne s’accordent pas sur le jour',
  }),
  connue('patb-quatre-laurence', ['PATB-QUATRE', 'LAURENCE', 'F', '1907-05-25'], invente('2070597900905'), {
    attendu: '00 (résultat non donné par la source) ; matricule et lieu non publiés, les nôtres sont fictifs',
    invente: true,
    source: 'TLSiKitEditeur',
  }),
  connue('cisis-pat-trois-dominique', ['PAT-TROIS', 'DOMINIQUE', 'F', '1979-03-28', '63220'], ['2790351215189', '89', 'INS-NIR-TEST'], {
    attendu: 'patiente des exemples de documents, sous l’OID de test .10',
    source: 'CI-SIS, exemple HL7v2',
  }),
]

/** The persons the register holds among them. */
export const PERSONNES_PUBLIEES: readonly PersonneIdentifiee[] = IDENTITES_PUBLIEES.flatMap(({ personne }) => personne ?? [])

const PAR_NOM = Map.groupBy(PERSONNES_PUBLIEES, ({ nomNaissance }) => nomNaissance)
const PAR_ID = new Map(PERSONNES_PUBLIEES.map((personne) => [personne.id, personne]))

/** An active matricule wins over a former one. */
const PAR_MATRICULE = new Map([
  ...PERSONNES_PUBLIEES.flatMap((personne) => personne.historique.map(({ matricule }) => [matricule, personne] as const)),
  ...PERSONNES_PUBLIEES.map((personne) => [personne.ins.matricule, personne] as const),
])

export const personnesPublieesDeNom = (nomNaissance: string): readonly PersonneIdentifiee[] => PAR_NOM.get(nomNaissance) ?? []
export const personnePublieeParMatricule = (matricule: string): PersonneIdentifiee | undefined => PAR_MATRICULE.get(matricule)
export const personnePubliee = (id: string): PersonneIdentifiee | undefined => PAR_ID.get(id)

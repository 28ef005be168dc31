import { type ReglagePrenoms, prenomsCorrespondent, traitsCorrespondent } from '#standards/ins/correspondance.ts'
import type { CodeCr } from '#standards/ins/insi-names.ts'
import type { ResultatInsi } from '#standards/ins/insi-resultat.ts'
import type { PersonneIdentifiee, TraitsRecherche } from '#standards/ins/traits.ts'
import { defineRules } from '#standards/rule.ts'
import type { RechercheVitale, VerificationDemandee } from './champs.ts'
import type { CodeFaute } from './fautes.ts'

/** Who is found, and what is given back. */
export const reglesRecherche = defineRules('mocks/insi/rules/recherche.ts', {
  'INSI-RESULTAT': {
    sentence: 'Aucune identité : code 01. Une seule : 00, avec son INS. Plusieurs : 02, et rien n’en est dit. Ce sont des résultats, HTTP 200.',
    source: 'Cahier de tests CNDA 2.03 à 2.08 ; padoa/tlsi-ins',
    certainty: 'vérifié',
  },
  'INSI-NOM-DE-NAISSANCE': {
    enforcedIn: 'src/standards/ins/correspondance.ts',
    sentence: 'La recherche porte sur le nom de naissance exact : un nom d’usage ne correspond pas.',
    source: 'Étude Ophtao sur 3 762 appels',
    certainty: 'vérifié',
  },
  'INSI-UN-PRENOM-SUFFIT': {
    enforcedIn: 'src/standards/ins/correspondance.ts',
    sentence: 'Un seul prénom suffit ; le premier de la liste est démontré, les suivants sont un réglage.',
    source: 'Cahier de tests CNDA 2.07 ; insi.md §3',
    certainty: 'déduit',
  },
  'INSI-PRENOMS-ENSEMBLE': {
    enforcedIn: 'src/standards/ins/correspondance.ts',
    sentence: 'Tous les prénoms de naissance, séparés par une espace dans un seul Prenom, correspondent à la liste.',
    source: 'Cahier de tests CNDA 2.07, dernier appel',
    certainty: 'vérifié',
  },
  'INSI-LIEU-DEPARTAGE': {
    enforcedIn: 'src/standards/ins/correspondance.ts',
    sentence: 'Quand plusieurs identités correspondent, le lieu de naissance les départage.',
    source: 'Cahier de tests CNDA 2.06 ; esante-bretagne.fr',
    certainty: 'vérifié',
  },
  'INSI-TRAITS-COMPLETS': {
    sentence: 'La réponse porte tous les traits de référence, même quand la demande n’en donnait qu’une partie.',
    source: 'padoa/tlsi-ins, réponse réelle pour TCHITCHI CATARINA',
    certainty: 'vérifié',
  },
  'INSI-LISTE-PRENOMS': {
    sentence:
      'Depuis octobre 2022, la réponse porte la liste des prénoms sans le premier prénom à part ; les identités des fichiers CNDA le gardent, un réglage en décide.',
    source: 'padoa/tlsi-ins, commit 2cd055b ; fichiers CNDA 2.05 et 2.08',
    certainty: 'vérifié',
  },
  'INSI-HISTORIQUE': {
    sentence:
      'Les anciens matricules sont rendus tels que le registre les tient : répétés, sans clé calculable, ou avec une fin antérieure au début.',
    source: 'Cahier de tests CNDA 2.04 et 2.08',
    certainty: 'vérifié',
  },
  'INSI-CARTE-CLE': {
    sentence: 'La carte Vitale n’est qu’une clé : la réponse est l’identité du bénéficiaire au registre, pas celle que porte la carte.',
    source: 'gcsguyasis.fr, téléservice INSi',
    certainty: 'vérifié',
  },
  'INSI-CARTE-BENEFICIAIRE': {
    sentence: 'Quand plusieurs ayants droit dépendent d’un même assuré, la date et le rang de naissance disent lequel.',
    source: 'gcsguyasis.fr ; INSi_RECVITALE_INS.xsd',
    certainty: 'déduit',
  },
  'INSI-IDENTITES-EN-FAUTE': {
    sentence:
      'Certaines identités de test reçoivent la faute que le banc officiel leur a donnée : DE VINCI LEONARDODINO, DE VINCI RUTH, D’AEION COEUR.',
    source: 'padoa/tlsi-ins, réponses du banc de test',
    certainty: 'vérifié',
  },
  'INSI-VERIFICATION': {
    sentence: 'Une vérification répond 00 quand l’INS actif et tous les traits donnés concordent, 01 sinon.',
    source: 'Seule l’existence de l’opération est publique ; forme et codes propres au bac à sable',
    certainty: 'propre au bac à sable',
  },
})

/** Whose answer carries `Prenom` beside `ListePrenom`. */
export type PrenomDansReponse = 'jamais' | 'fichiers CNDA' | 'toujours'

/** None, one, several. `fichiersCnda`: ids of the persons whose published answer carries `Prenom`. */
export function conclure(personnes: readonly PersonneIdentifiee[], prenom: PrenomDansReponse, fichiersCnda: ReadonlySet<string>): ResultatInsi {
  const [personne] = personnes
  if (!personne) return { code: '01' }
  if (personnes.length > 1) return { code: '02' }
  const { id, ins, historique, nomNaissance, listePrenom, sexe, dateNaissance, lieuNaissance } = personne
  const traits = { nomNaissance, listePrenom, sexe, dateNaissance, lieuNaissance }
  const avecPrenom = prenom === 'toujours' || (prenom === 'fichiers CNDA' && fichiersCnda.has(id))
  return { code: '00', individu: { ins, historique, traits, ...(avecPrenom && { prenom: listePrenom.split(' ')[0] ?? '' }) } }
}

/**
 * The beneficiaries that a card designates among those it carries, in the order of birth: every element given agrees, and between twins
 * the rank of birth chooses.
 */
export function beneficiaires(
  portes: readonly PersonneIdentifiee[],
  { nomNaissance, dateNaissance, rangNaissance }: RechercheVitale,
): PersonneIdentifiee[] {
  const accord = portes.filter(
    (personne) => (!nomNaissance || personne.nomNaissance === nomNaissance) && (!dateNaissance || personne.dateNaissance === dateNaissance),
  )
  const [first] = accord
  const jumeaux = accord.length > 1 && accord.every(({ dateNaissance: date }) => date === first?.dateNaissance)
  return jumeaux && rangNaissance !== undefined ? accord.slice(rangNaissance - 1, rangNaissance) : accord
}

/** Unit verification: the active INS and every trait given agree. A former matricule is not the INS any more. */
export function verifier(personne: PersonneIdentifiee | undefined, demandee: VerificationDemandee, reglage: ReglagePrenoms): CodeCr {
  if (!personne) return '01'
  const { ins } = demandee
  const memeIns = personne.ins.matricule === ins.matricule && personne.ins.oid === ins.oid && (ins.cle === '' || personne.ins.cle === ins.cle)
  const memesTraits = traitsCorrespondent(personne, { ...demandee, prenoms: [demandee.prenoms] }, reglage)
  return memeIns && memesTraits ? '00' : '01'
}

/** Test identities that the official bed answered with a fault. `prenoms`: what they are asked with. */
const EN_FAUTE: readonly (Omit<TraitsRecherche, 'prenoms'> & { listePrenom: string; faute: CodeFaute })[] = [
  { nomNaissance: 'DE VINCI', listePrenom: 'LEONARDODINO DICAPRIO BUFFALO', sexe: 'M', dateNaissance: '2004-02-01', faute: 'desir_1020' },
  { nomNaissance: 'DE VINCI', listePrenom: 'RUTH', sexe: 'F', dateNaissance: '1976-07-14', faute: 'insi_102' },
  // The sources disagree on the day of birth.
  { nomNaissance: "D'AEION", listePrenom: 'COEUR', sexe: 'M', dateNaissance: '1987-01-25', faute: 'insi_102' },
  { nomNaissance: "D'AEION", listePrenom: 'COEUR', sexe: 'M', dateNaissance: '1987-01-01', faute: 'insi_102' },
]

/** The fault that the official bed gave for these traits, or undefined. */
export function identiteEnFaute(recherche: TraitsRecherche): CodeFaute | undefined {
  return EN_FAUTE.find(
    (identite) =>
      identite.nomNaissance === recherche.nomNaissance &&
      identite.dateNaissance === recherche.dateNaissance &&
      identite.sexe === recherche.sexe &&
      prenomsCorrespondent(identite.listePrenom, recherche.prenoms),
  )?.faute
}

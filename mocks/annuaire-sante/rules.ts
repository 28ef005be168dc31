import { defineRules } from '#standards/rule.ts'
import type { TypeBal } from '#standards/fhir/annuaire.ts'
import type { RefusFhir } from '../kit/fhir.ts'
import type { BoiteMss } from '../world.ts'

const DOC = 'annuaire-sante-fhir-documentation, version 2'
const FLUX = 'IG-fhir-api-messagerie-securisee-sante (projet), flux d’alimentation'

/** The rules of the directory. */
export const reglesAnnuaire = defineRules('mocks/annuaire-sante/rules.ts', {
  'ANNUAIRE-CLE': {
    sentence: 'Chaque appel porte une clé d’application dans l’en-tête ESANTE-API-KEY.',
    source: `${DOC}, accès à l’API ; quelle clé est acceptée est un réglage du bac à sable`,
    certainty: 'vérifié',
  },
  'ANNUAIRE-QUOTA': {
    sentence: 'Une application fait au plus 17 appels par seconde ; au-delà, 429.',
    source: `${DOC} ; rien n’est compté ici : une clé réservée et une panne nommée le font répondre`,
    certainty: 'vérifié',
  },
  'ANNUAIRE-LECTURE-SEULE': {
    sentence: 'L’annuaire se lit et se cherche ; on n’y crée, n’y remplace et n’y supprime aucune ressource.',
    source: `${DOC}, principes de l’API`,
    certainty: 'vérifié',
  },
  'ANNUAIRE-BAL-PUBLIEE': {
    sentence: 'Une boîte en liste rouge, dépubliée ou fermée n’apparaît pas dans l’annuaire.',
    source: 'IG-MSS, modèles logiques (listeRouge) ; dépubliée et fermée : déduit',
    certainty: 'vérifié',
  },
  'ANNUAIRE-BAL-PORTEUR': {
    sentence:
      'Une boîte PER est portée par le professionnel ou par son activité dans la structure, CAB par le professionnel, ORG et APP par la structure.',
    source: 'uc-bal-mss.md ; IG-MSS. Quand rien ne le dit : l’activité pour un établissement (FINESS), le professionnel sinon, propre au bac à sable',
    certainty: 'vérifié',
  },
  'ANNUAIRE-BAL-DONNEES-PUBLIQUES': {
    sentence: 'Le responsable d’une boîte n’est pas en accès libre ; ni la liste rouge sur un professionnel.',
    source: 'IG-fhir-annuaire, as-dp-practitioner, as-dp-practitionerrole, as-dp-organization',
    certainty: 'vérifié',
    enforcedIn: 'mocks/annuaire-sante/ressources.ts',
  },
  'ANNUAIRE-INACTIF': {
    sentence: 'Une ressource inactive ne donne que son id, ses identifiants, son nom si c’est une structure, et active=false.',
    source: `${DOC}, nouveautes.md`,
    certainty: 'vérifié',
    enforcedIn: 'mocks/annuaire-sante/ressources.ts',
  },
  'ANNUAIRE-RECHERCHE': {
    sentence: 'Un texte est cherché au début, sans casse ni accent ; la virgule est un OU, la répétition un ET ; un critère inconnu est refusé.',
    source: `${DOC}, common-search-params.md ; HL7 FHIR R4, search.html`,
    certainty: 'vérifié',
    enforcedIn: 'mocks/annuaire-sante/parametres.ts',
  },
  'ANNUAIRE-TYPE-BAL': {
    sentence: 'La recherche par type de boîte est spécifiée et pas servie : « Parameter mailbox-mss-type not found ».',
    source: 'IG-MSS, flux de consommation (réponse du 12/06/2026)',
    certainty: 'vérifié',
    enforcedIn: 'mocks/annuaire-sante/recherche.ts',
  },
  'ANNUAIRE-PAGE': {
    sentence: 'Les résultats viennent par pages de 50 ; la suite est une adresse opaque, à suivre telle quelle.',
    source: `${DOC}, modifying-search-results.md`,
    certainty: 'vérifié',
    enforcedIn: 'mocks/annuaire-sante/curseur.ts',
  },
  'ANNUAIRE-PATCH': {
    sentence:
      'Les boîtes changent par un FHIRPath Patch : ajouter, remplacer la boîte, un attribut ou le rang, supprimer ; tout dans l’ordre, ou rien.',
    source: `${FLUX} ; « tout ou rien » : HL7 FHIR R4, fhirpatch.html`,
    certainty: 'vérifié',
    enforcedIn: 'mocks/annuaire-sante/patch.ts',
  },
  'ANNUAIRE-PATCH-OUVERT': {
    sentence: 'L’écriture des boîtes n’est pas ouverte par l’annuaire réel ; ici elle l’est, sauf réglage contraire.',
    source: `${FLUX} : « non encore implémenté »`,
    certainty: 'propre au bac à sable',
  },
  'ANNUAIRE-PATCH-CONDITION': {
    sentence: 'Le PATCH sous condition vise une ressource par son identifiant : 404 si aucune, 412 si plusieurs.',
    source: `${FLUX}, conditional PATCH`,
    certainty: 'vérifié',
  },
  'ANNUAIRE-BAL-IMMUABLE': {
    sentence: 'L’adresse et le type d’une boîte ne changent pas : on la supprime et on en crée une autre.',
    source: FLUX,
    certainty: 'vérifié',
  },
  'ANNUAIRE-BAL-NEUVE': {
    sentence: 'Une boîte ajoutée est d’un domaine de la liste blanche, n’existe pas déjà, et n’est pas celle d’un patient.',
    source: 'mssante.md §1.3 et §3.1 ; la réponse 400 est déduite',
    certainty: 'déduit',
  },
})

/** Which resource carries a kind of mailbox. */
export type Porteur = 'Practitioner' | 'PractitionerRole' | 'Organization'

const TYPES_PORTES: Readonly<Record<Porteur, readonly TypeBal[]>> = {
  Practitioner: ['PER', 'CAB'],
  PractitionerRole: ['PER'],
  Organization: ['ORG', 'APP'],
}

/** ANNUAIRE-BAL-PUBLIEE */
export const estPubliee = ({ listeRouge, depubliee, fermee }: Pick<BoiteMss, 'listeRouge' | 'depubliee' | 'fermee'>): boolean =>
  !listeRouge && !depubliee && !fermee

/** ANNUAIRE-BAL-PORTEUR @param structure `Struct_IdNat`: `1` + FINESS is an establishment */
export function porteurDe({ type, structure }: Pick<BoiteMss, 'type' | 'structure'>): Porteur {
  if (type === 'ORG' || type === 'APP') return 'Organization'
  return type === 'PER' && structure.startsWith('1') ? 'PractitionerRole' : 'Practitioner'
}

export function refusPorteur(type: TypeBal, porteur: Porteur): RefusFhir | undefined {
  if (TYPES_PORTES[porteur].includes(type)) return undefined
  return { statut: 400, refused: reglesAnnuaire['ANNUAIRE-BAL-PORTEUR'], about: `une boîte ${type} n’est pas portée par ${porteur}` }
}

/** `toute`: any key that is not empty; `aucune`: none is asked; anything else is the key itself. */
export function refusCle(recue: string | undefined, { attendue, enExces }: { attendue: string; enExces: string }): RefusFhir | undefined {
  if (recue !== undefined && recue !== '' && recue === enExces)
    return { statut: 429, refused: reglesAnnuaire['ANNUAIRE-QUOTA'], about: 'cette application a dépassé 17 appels par seconde' }
  if (attendue === 'aucune') return undefined
  if (recue === undefined || recue.trim() === '')
    return { statut: 401, refused: reglesAnnuaire['ANNUAIRE-CLE'], about: 'l’en-tête « ESANTE-API-KEY » manque' }
  if (attendue === 'toute' || recue === attendue) return undefined
  return { statut: 401, refused: reglesAnnuaire['ANNUAIRE-CLE'], about: 'la clé « ESANTE-API-KEY » n’est pas connue' }
}

export const refusEcriture = (methode: string): RefusFhir => ({
  statut: 403,
  refused: reglesAnnuaire['ANNUAIRE-LECTURE-SEULE'],
  about: `${methode} n’est pas admis`,
})

export const refusPatchFerme = (ouvert: boolean): RefusFhir | undefined =>
  ouvert ? undefined : { statut: 403, refused: reglesAnnuaire['ANNUAIRE-PATCH-OUVERT'], about: 'l’écriture des boîtes n’est pas ouverte' }

export function refusCondition(trouvees: number): RefusFhir | undefined {
  if (trouvees === 1) return undefined
  const about = trouvees === 0 ? 'aucune ressource n’a cet identifiant' : `${trouvees} ressources ont cet identifiant`
  return { statut: trouvees === 0 ? 404 : 412, refused: reglesAnnuaire['ANNUAIRE-PATCH-CONDITION'], about }
}

export const refusPatch = (about: string): RefusFhir => ({ statut: 400, refused: reglesAnnuaire['ANNUAIRE-PATCH'], about })

export const refusImmuable = (quoi: string): RefusFhir => ({
  statut: 400,
  refused: reglesAnnuaire['ANNUAIRE-BAL-IMMUABLE'],
  about: `${quoi} d’une boîte ne change pas`,
})

export function refusNeuve(adresse: string, connue: boolean): RefusFhir | undefined {
  const refused = reglesAnnuaire['ANNUAIRE-BAL-NEUVE']
  if (connue) return { statut: 400, refused, about: `la boîte ${adresse} existe déjà` }
  if (adresse.endsWith('@patient.mssante.fr')) return { statut: 400, refused, about: 'la boîte d’un patient n’est pas dans l’annuaire' }
  return undefined
}

export const refusDomaine = (adresse: string): RefusFhir => ({
  statut: 400,
  refused: reglesAnnuaire['ANNUAIRE-BAL-NEUVE'],
  about: `le domaine de ${adresse} n’est pas dans la liste blanche`,
})

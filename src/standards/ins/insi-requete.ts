import { type XmlElement, child, childrenOf, descend, textOf } from '../xml/element.ts'
import { vocabulary } from '../xml/write.ts'
import { INSI_TRAITS, INSI_VERIFICATION, INSI_VITALE } from './insi-names.ts'

/**
 * A search by traits as it came: the schema makes every element optional, so a missing one is the service's refusal, not the reader's.
 * Undefined: the element is absent; `''`: it is there and empty.
 * @see INSi_RECSANS_INS.xsd
 */
export interface RechercheTraitsLue {
  readonly nomNaissance: string | undefined
  readonly prenoms: readonly string[]
  readonly sexe: string | undefined
  readonly dateNaissance: string | undefined
  readonly lieuNaissance: string | undefined
}

/** A search by carte Vitale as it came. @see INSi_RECVITALE_INS.xsd */
export interface RechercheVitaleLue {
  /** The beneficiary's own number, 13 characters. */
  readonly matriculeIndividu: string | undefined
  readonly cleIndividu: string | undefined
  /** The number printed on the card (ouvrant droit), 13 characters. */
  readonly matriculeOd: string | undefined
  readonly cleOd: string | undefined
  readonly nomNaissance: string | undefined
  readonly dateNaissance: string | undefined
  /** Twins: rank of birth. */
  readonly rangNaissance: string | undefined
}

/** An INS and the traits it is thought to go with: unit verification, and one line of a batch. @see insi.md §1.6, §7.1 */
export interface IndividuAVerifier {
  readonly matricule: string | undefined
  readonly cle: string | undefined
  readonly oid: string | undefined
  readonly nomNaissance: string | undefined
  /** One given name. */
  readonly prenom: string | undefined
  readonly listePrenom: string | undefined
  readonly sexe: string | undefined
  readonly dateNaissance: string | undefined
  readonly lieuNaissance: string | undefined
}

/** The same with nothing undefined left out: what a client fills in. */
export type Partiel<T> = { readonly [K in keyof T]?: T[K] | undefined }

/** Text without the white space around it, undefined when the element is absent. */
const optional = (parent: XmlElement, ns: string, name: string): string | undefined => {
  const found = child(parent, ns, name)
  return found && textOf(found).trim()
}

export function readRechercheTraits(payload: XmlElement): RechercheTraitsLue {
  return {
    nomNaissance: optional(payload, INSI_TRAITS, 'NomNaissance'),
    prenoms: childrenOf(payload, INSI_TRAITS, 'Prenom').map((prenom) => textOf(prenom).trim()),
    sexe: optional(payload, INSI_TRAITS, 'Sexe'),
    dateNaissance: optional(payload, INSI_TRAITS, 'DateNaissance'),
    lieuNaissance: optional(payload, INSI_TRAITS, 'LieuNaissance'),
  }
}

export function writeRechercheTraits(traits: Partiel<RechercheTraitsLue>): XmlElement {
  const rec = vocabulary('rec', INSI_TRAITS)
  return rec(
    'RECSANSVITALE',
    {},
    traits.nomNaissance !== undefined && rec('NomNaissance', {}, traits.nomNaissance),
    (traits.prenoms ?? []).map((prenom) => rec('Prenom', {}, prenom)),
    traits.sexe !== undefined && rec('Sexe', {}, traits.sexe),
    traits.dateNaissance !== undefined && rec('DateNaissance', {}, traits.dateNaissance),
    traits.lieuNaissance !== undefined && rec('LieuNaissance', {}, traits.lieuNaissance),
  )
}

export function readRechercheVitale(payload: XmlElement): RechercheVitaleLue {
  const individu = child(payload, INSI_VITALE, 'MatriculeIndividu')
  const od = child(payload, INSI_VITALE, 'MatriculeOD')
  return {
    matriculeIndividu: individu && optional(individu, INSI_VITALE, 'NumIdentifiant'),
    cleIndividu: individu && optional(individu, INSI_VITALE, 'Cle'),
    matriculeOd: od && optional(od, INSI_VITALE, 'NumIdentifiant'),
    cleOd: od && optional(od, INSI_VITALE, 'Cle'),
    nomNaissance: optional(payload, INSI_VITALE, 'NomNaissance'),
    dateNaissance: optional(payload, INSI_VITALE, 'DateNaissance'),
    rangNaissance: optional(payload, INSI_VITALE, 'RangNaissance'),
  }
}

export function writeRechercheVitale(recherche: Partiel<RechercheVitaleLue>): XmlElement {
  const rec = vocabulary('rec', INSI_VITALE)
  const matricule = (name: string, num: string | undefined, cle: string | undefined) =>
    num !== undefined && rec(name, {}, rec('NumIdentifiant', {}, num), cle !== undefined && rec('Cle', {}, cle))
  return rec(
    'RECVITALE',
    {},
    matricule('MatriculeIndividu', recherche.matriculeIndividu, recherche.cleIndividu),
    matricule('MatriculeOD', recherche.matriculeOd, recherche.cleOd),
    recherche.nomNaissance !== undefined && rec('NomNaissance', {}, recherche.nomNaissance),
    recherche.dateNaissance !== undefined && rec('DateNaissance', {}, recherche.dateNaissance),
    recherche.rangNaissance !== undefined && rec('RangNaissance', {}, recherche.rangNaissance),
  )
}

/** Reads an `IndividuVerifie`. */
export function readIndividuAVerifier(individu: XmlElement): IndividuAVerifier {
  const ns = INSI_VERIFICATION
  const fourni = child(individu, ns, 'INSFourni')
  const id = descend(fourni, ns, 'IdIndividu')
  const traits = child(individu, ns, 'TraitsIdentiteIndividu')
  const trait = (name: string) => traits && optional(traits, ns, name)
  return {
    matricule: id && optional(id, ns, 'NumIdentifiant'),
    cle: id && optional(id, ns, 'Cle'),
    oid: fourni && optional(fourni, ns, 'OID'),
    nomNaissance: trait('NomNaissance'),
    prenom: trait('Prenom'),
    listePrenom: trait('ListePrenom'),
    sexe: trait('Sexe'),
    dateNaissance: trait('DateNaissance'),
    lieuNaissance: trait('LieuNaissance'),
  }
}

export function writeIndividuAVerifier(individu: Partiel<IndividuAVerifier>): XmlElement {
  const v = vocabulary('v', INSI_VERIFICATION)
  const trait = (name: string, value: string | undefined) => value !== undefined && v(name, {}, value)
  return v(
    'IndividuVerifie',
    {},
    v('INSFourni', {}, v('IdIndividu', {}, trait('NumIdentifiant', individu.matricule), trait('Cle', individu.cle)), trait('OID', individu.oid)),
    v(
      'TraitsIdentiteIndividu',
      {},
      trait('NomNaissance', individu.nomNaissance),
      trait('Prenom', individu.prenom),
      trait('ListePrenom', individu.listePrenom),
      trait('Sexe', individu.sexe),
      trait('DateNaissance', individu.dateNaissance),
      trait('LieuNaissance', individu.lieuNaissance),
    ),
  )
}

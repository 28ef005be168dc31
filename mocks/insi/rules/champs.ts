import { estMatriculeFictif, REFUS_MATRICULE_REEL } from '#standards/ins/fictif.ts'
import type { IndividuAVerifier, RechercheTraitsLue, RechercheVitaleLue } from '#standards/ins/insi-requete.ts'
import { defautNomNaissance, defautPrenom, estCodeLieu, estDateLunaire } from '#standards/ins/lexique.ts'
import { cleAdmise, estMatricule } from '#standards/ins/matricule-ins.ts'
import { isOidIns, OID_INS } from '#standards/ins/oids.ts'
import { reglesIns } from '#standards/ins/rules-ins.ts'
import type { IdentifiantNationalSante, Sexe, TraitsRecherche } from '#standards/ins/traits.ts'
import { defineRules } from '#standards/rule.ts'
import { type CodeFaute, type RefusInsi, estRefusInsi } from './fautes.ts'

/** What each field must be; the schema makes them all optional, so the application says it. */
export const reglesChamps = defineRules('mocks/insi/rules/champs.ts', {
  'INSI-NOM': {
    sentence: 'Le nom de naissance est obligatoire, en capitales sans accent ni ligature ; le tiret double y est admis.',
    source: 'SEL-MP-043 §2 et §3.4.1, EF_INS10_01 ; code insi_19 vérifié, autre code propre au bac à sable',
    certainty: 'vérifié',
  },
  'INSI-PRENOM': {
    sentence: 'Un prénom au moins est obligatoire, en capitales sans accent ni ligature, sans tiret double, sans tiret ni apostrophe à la fin.',
    source: 'SEL-MP-043 §2 et §3.4.1, EF_INS10_02 ; codes propres au bac à sable',
    certainty: 'vérifié',
  },
  'INSI-SEXE': {
    sentence: 'Le sexe est obligatoire : M ou F ; vide ou autre, il est refusé par insi_24.',
    source: 'EF_INS25_04 ; étude Ophtao sur 3 762 appels (insi_24 pour un sexe vide)',
    certainty: 'vérifié',
  },
  'INSI-DATE': {
    sentence: 'La date de naissance est obligatoire, sous la forme AAAA-MM-JJ ; le registre en connaît qui n’existent pas au calendrier.',
    source: 'Type DateLunaire des schémas ; codes propres au bac à sable',
    certainty: 'déduit',
  },
  'INSI-LIEU': {
    sentence: 'Le lieu de naissance est facultatif ; c’est un code INSEE de 5 caractères, jamais un code postal ni un nom de commune.',
    source: 'DESIR_ICIR_EXP_1.5.0.wsdl ; cahier de tests CNDA 2.06 ; code propre au bac à sable',
    certainty: 'vérifié',
  },
  'INSI-CARTE-MATRICULE': {
    sentence: 'Une recherche par carte Vitale donne au moins un matricule de 13 caractères : celui du bénéficiaire ou celui de l’ouvrant droit.',
    source: 'INSi_RECVITALE_INS.xsd ; gabarits Pyxvital ; codes propres au bac à sable',
    certainty: 'déduit',
  },
})

type Verdict = RefusInsi | undefined

const refus = (code: CodeFaute, rule: keyof typeof reglesChamps, about: string): RefusInsi => ({ refused: code, rule: reglesChamps[rule], about })

/** The search that was asked for, or the first field at fault, in the order of the schema. */
export function controlerTraits(lus: RechercheTraitsLue): TraitsRecherche | RefusInsi {
  const fault = nom(lus.nomNaissance) ?? prenoms(lus.prenoms) ?? sexe(lus.sexe) ?? date(lus.dateNaissance) ?? lieu(lus.lieuNaissance)
  if (fault) return fault
  return {
    nomNaissance: lus.nomNaissance!,
    prenoms: lus.prenoms,
    sexe: lus.sexe as Sexe,
    dateNaissance: lus.dateNaissance!,
    ...(lus.lieuNaissance && { lieuNaissance: lus.lieuNaissance }),
  }
}

function nom(value: string | undefined): Verdict {
  if (!value) return refus('insi_19', 'INSI-NOM', 'NomNaissance absent ou vide')
  const defaut = defautNomNaissance(value)
  return defaut === undefined ? undefined : refus('insi_900', 'INSI-NOM', defaut)
}

function prenoms(values: readonly string[]): Verdict {
  if (values.every((prenom) => prenom === '')) return refus('insi_901', 'INSI-PRENOM', 'Prenom absent ou vide')
  if (values.length > 20) return refus('insi_902', 'INSI-PRENOM', 'plus de 20 prénoms')
  for (const prenom of values) {
    const defaut = prenom === '' ? 'un des prénoms est vide' : defautPrenom(prenom)
    if (defaut !== undefined) return refus('insi_902', 'INSI-PRENOM', defaut)
  }
  return undefined
}

function sexe(value: string | undefined): Verdict {
  if (value === undefined) return refus('insi_903', 'INSI-SEXE', 'Sexe absent')
  return value === 'M' || value === 'F' ? undefined : refus('insi_24', 'INSI-SEXE', value === '' ? 'Sexe vide' : 'Sexe autre que M ou F')
}

function date(value: string | undefined): Verdict {
  if (!value) return refus('insi_904', 'INSI-DATE', 'DateNaissance absente ou vide')
  return estDateLunaire(value) ? undefined : refus('insi_905', 'INSI-DATE', 'DateNaissance attendue sous la forme AAAA-MM-JJ')
}

function lieu(value: string | undefined): Verdict {
  return !value || estCodeLieu(value) ? undefined : refus('insi_906', 'INSI-LIEU', 'code INSEE de 5 caractères attendu')
}

/** A search by card, checked: 13 characters each, keys conform when given. */
export interface RechercheVitale {
  readonly matriculeIndividu?: string
  readonly matriculeOd?: string
  readonly nomNaissance?: string
  readonly dateNaissance?: string
  readonly rangNaissance?: number
}

export function controlerVitale(lus: RechercheVitaleLue): RechercheVitale | RefusInsi {
  if (!lus.matriculeIndividu && !lus.matriculeOd) return refus('insi_907', 'INSI-CARTE-MATRICULE', 'ni MatriculeIndividu ni MatriculeOD')
  const fault =
    matricule(lus.matriculeIndividu, lus.cleIndividu) ??
    matricule(lus.matriculeOd, lus.cleOd) ??
    (lus.nomNaissance ? nom(lus.nomNaissance) : undefined) ??
    (lus.dateNaissance ? date(lus.dateNaissance) : undefined)
  if (fault) return fault
  if (lus.rangNaissance && !/^[1-9]$/.test(lus.rangNaissance)) return refus('insi_911', 'INSI-CARTE-MATRICULE', 'RangNaissance de 1 à 9 attendu')
  return {
    ...(lus.matriculeIndividu && { matriculeIndividu: lus.matriculeIndividu }),
    ...(lus.matriculeOd && { matriculeOd: lus.matriculeOd }),
    ...(lus.nomNaissance && { nomNaissance: lus.nomNaissance }),
    ...(lus.dateNaissance && { dateNaissance: lus.dateNaissance }),
    ...(lus.rangNaissance && { rangNaissance: Number(lus.rangNaissance) }),
  }
}

/** Shape, key, then whether it is surely nobody's. A card gives no OID: its numbers are NIR. */
function matricule(value: string | undefined, cle: string | undefined, oid: string = OID_INS['INS-NIR']): Verdict {
  if (!value) return undefined
  if (!estMatricule(value)) return refus('insi_908', 'INSI-CARTE-MATRICULE', '13 caractères attendus, sans la clé')
  if (cle && !cleAdmise(value, cle)) return { refused: 'insi_909', rule: reglesIns['INS-CLE'], about: 'la clé ne correspond pas au matricule' }
  // The matricule itself is not repeated: it could be a real person's.
  if (!estMatriculeFictif({ matricule: value, oid }))
    return { refused: 'insi_990', rule: reglesIns['SANDBOX-FICTIF-SEULEMENT'], about: REFUS_MATRICULE_REEL }
  return undefined
}

/** An INS and the traits it is said to go with. */
export interface VerificationDemandee {
  readonly ins: IdentifiantNationalSante
  readonly nomNaissance: string
  /** One given name, several, or the whole list. */
  readonly prenoms: string
  readonly sexe: Sexe
  readonly dateNaissance: string
  readonly lieuNaissance?: string
}

export function controlerVerification(lus: IndividuAVerifier): VerificationDemandee | RefusInsi {
  const oid = lus.oid ?? ''
  if (!lus.matricule) return refus('insi_907', 'INSI-CARTE-MATRICULE', 'INSFourni sans NumIdentifiant')
  if (!isOidIns(oid)) return { refused: 'insi_910', rule: reglesIns['INS-OID'], about: 'INSFourni sans OID d’INS' }
  const fault = matricule(lus.matricule, lus.cle, oid)
  if (fault) return fault
  const given = lus.listePrenom || lus.prenom || ''
  const traits = controlerTraits({ ...lus, prenoms: given ? [given] : [] })
  if (estRefusInsi(traits)) return traits
  const { nomNaissance, sexe: sexeLu, dateNaissance, lieuNaissance } = traits
  return {
    ins: { matricule: lus.matricule, cle: lus.cle ?? '', oid },
    nomNaissance,
    prenoms: given,
    sexe: sexeLu,
    dateNaissance,
    ...(lieuNaissance && { lieuNaissance }),
  }
}

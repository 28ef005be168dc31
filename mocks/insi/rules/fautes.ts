import type { FauteSiram } from '#standards/ins/siram-fault.ts'
import type { Rule } from '#standards/rule.ts'

/** Who writes the fault: the gateway in front of the téléservices, or INSi itself. Each has its own dialect on the wire. */
export type Dialecte = 'passerelle' | 'application'

interface FauteCatalogue extends Omit<FauteSiram, 'code'> {
  readonly dialecte: Dialecte
  /** HTTP status; 500 unless the SOAP binding says otherwise. */
  readonly status?: number
}

const INACCESSIBLE =
  'Le service est temporairement inaccessible. Veuillez renouveler votre demande ultérieurement. ' +
  "Si le problème persiste, contactez l'éditeur du progiciel ou votre responsable informatique."
const NON_AUTORISE = 'L’accès au service par ce progiciel n’est pas autorisé. Veuillez contacter l’éditeur de votre progiciel.'
const DROITS = 'Vous ne disposez pas des droits suffisants pour accéder à ce service.'
const DEMANDE = 'La demande n’est pas conforme. Corrigez-la avant de la renouveler.'

/** The published list of codes is not available: the numbers from 900 on are ours, and the label says so on the wire. */
const fictif = (libelle: string) => `${libelle} (code propre au bac à sable)`

const passerelle = (libelle: string, status?: number): FauteCatalogue => ({
  dialecte: 'passerelle',
  value: 'Sender',
  subcode: 'siram_10',
  severite: 'erreur',
  reason: DEMANDE,
  libelle: fictif(libelle),
  ...(status !== undefined && { status }),
})

const champ = (libelle: string): FauteCatalogue => ({
  dialecte: 'application',
  value: 'Sender',
  subcode: 'siram_10',
  severite: 'erreur',
  reason: DEMANDE,
  libelle,
})

/**
 * Faults of INSi by their code, in the order of the fact sheet, then ours.
 * @see insi.md §2.2
 */
export const FAUTES = {
  desir_550: {
    dialecte: 'passerelle',
    value: 'Sender',
    subcode: 'siram_100',
    severite: 'erreur',
    reason: NON_AUTORISE,
    libelle: "Numéro d'autorisation du logiciel inconnu.",
  },
  desir_560: {
    dialecte: 'passerelle',
    value: 'Sender',
    subcode: 'siram_100',
    severite: 'erreur',
    reason: DROITS,
    libelle: 'Vous ne disposez pas des droits suffisants pour accéder à ce service',
  },
  // Sender, although the service is at fault: so the live answer of March 2025.
  desir_1020: {
    dialecte: 'passerelle',
    value: 'Sender',
    subcode: 'siram_40',
    severite: 'fatale',
    reason: INACCESSIBLE,
    libelle: 'Le service appelé est temporairement indisponible',
  },
  insi_102: {
    dialecte: 'application',
    value: 'Receiver',
    subcode: 'siram_40',
    severite: 'fatal',
    reason: INACCESSIBLE,
    libelle: "L'appel au service de recherche avec les traits d'identité renvoie une erreur technique.",
  },
  insi_111: {
    dialecte: 'application',
    value: 'Receiver',
    subcode: 'siram_40',
    severite: 'fatale',
    reason: INACCESSIBLE,
    libelle: 'Indisponibilité des téléservices',
  },
  insi_19: champ('Le champ nom de naissance est obligatoire'),
  insi_24: champ('Le format du champ sexe est incorrect'),

  desir_900: passerelle('Le message n’est pas un document XML bien formé'),
  desir_901: passerelle('Une déclaration de type de document (DOCTYPE) n’est pas admise'),
  desir_902: passerelle('Le message est trop long ou trop imbriqué'),
  desir_903: passerelle('Le jeu de caractères du message ne peut pas être lu'),
  desir_904: passerelle('Le type de contenu n’est pas celui d’un message SOAP 1.2', 415),
  desir_905: passerelle('Le message n’est pas une enveloppe SOAP 1.2'),
  desir_906: passerelle('Opération inconnue'),
  desir_907: passerelle('L’action demandée n’est pas celle du corps du message'),
  desir_908: passerelle('Un contexte obligatoire manque ou est incomplet'),
  desir_909: passerelle('L’assertion du professionnel n’est pas acceptée'),

  insi_900: champ(fictif('Le format du champ nom de naissance est incorrect')),
  insi_901: champ(fictif('Le champ prénom est obligatoire')),
  insi_902: champ(fictif('Le format du champ prénom est incorrect')),
  insi_903: champ(fictif('Le champ sexe est obligatoire')),
  insi_904: champ(fictif('Le champ date de naissance est obligatoire')),
  insi_905: champ(fictif('Le format du champ date de naissance est incorrect')),
  insi_906: champ(fictif('Le format du champ lieu de naissance est incorrect')),
  insi_907: champ(fictif('Un matricule est obligatoire')),
  insi_908: champ(fictif('Le format du matricule est incorrect')),
  insi_909: champ(fictif('La clé du matricule est incorrecte')),
  insi_910: champ(fictif('L’OID n’est pas celui d’un INS')),
  insi_911: champ(fictif('Le format du champ rang de naissance est incorrect')),
  insi_920: champ(fictif('Le lot est vide ou compte trop de lignes')),
  insi_921: champ(fictif('Numéro de lot inconnu')),
  insi_990: champ(fictif('Matricule refusé : il pourrait être celui d’une personne réelle')),
} as const satisfies Record<string, FauteCatalogue>

export type CodeFaute = keyof typeof FAUTES

/** A rule said no: what the service answers is data. `about` is French and shown to the integrator. */
export interface RefusInsi {
  readonly refused: CodeFaute
  readonly rule: Rule
  readonly about: string
}

export const estRefusInsi = (value: object): value is RefusInsi => 'refused' in value

export interface FauteInsi extends FauteSiram {
  readonly dialecte: Dialecte
  readonly status: number
}

/** The fault of the catalogue; ours also tell in the label what was met, so that an integrator needs no journal. */
export function fauteInsi(code: CodeFaute, about = ''): FauteInsi {
  const faute: FauteCatalogue = FAUTES[code]
  const libelle = about && faute.libelle.endsWith('(code propre au bac à sable)') ? `${faute.libelle} : ${about}` : faute.libelle
  return { ...faute, status: faute.status ?? 500, code, libelle }
}

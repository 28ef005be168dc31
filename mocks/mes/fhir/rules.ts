import type { RefusFhir } from '../../kit/fhir.ts'
import type { Motif } from '#standards/fhir/types.ts'
import { defineRules, type Rule } from '#standards/rule.ts'
import type { ServiceDuCatalogue, FinaliteCode } from '../catalogue/finalites.ts'
import { FINALITES } from '../catalogue/finalites.ts'

const GUIDE = 'IG-fhir-mesures-de-sante, flux d’alimentation des mesures'
const LECTURE = 'src/standards/fhir/observation.ts'

/** The rules of the FHIR interface that services call. */
export const reglesFhir = defineRules('mocks/mes/fhir/rules.ts', {
  'MES-FHIR-JETON': {
    sentence: 'Chaque appel porte un jeton d’accès valide, obtenu après l’accord du titulaire ; sinon 401.',
    source: `${GUIDE}, erreurs ; la forme de nos jetons est propre au bac à sable`,
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/fhir/contexte.ts',
  },
  'MES-FHIR-CONSENTEMENT': {
    sentence: 'Sans l’accord du titulaire pour cette finalité, l’opération est refusée (403).',
    source: `${GUIDE}, erreurs`,
    certainty: 'vérifié',
  },
  'MES-FHIR-SUJET': {
    sentence:
      'La mesure désigne le patient par l’OID de la solution et son identifiant chez l’éditeur (idPe), celui du jeton ; un autre est refusé (403).',
    source: `${GUIDE}, erreurs`,
    certainty: 'vérifié',
  },
  'MES-FHIR-BUNDLE': {
    sentence: 'Les mesures se déposent par un Bundle de type transaction : POST Observation et, sous condition, POST Device ; rien d’autre.',
    source: `${GUIDE} ; IHE POU, PCH-01`,
    certainty: 'vérifié',
    enforcedIn: 'src/standards/fhir/alimentation.ts',
  },
  'MES-FHIR-PROFIL': {
    sentence: 'Chaque observation nomme son profil dans « meta.profile », et c’est celui de sa mesure.',
    source: GUIDE,
    certainty: 'vérifié',
    enforcedIn: LECTURE,
  },
  'MES-FHIR-SOURCE': {
    sentence: '« meta.source » est facultatif ; s’il est là, c’est l’OID de la solution ou un de ses descendants.',
    source: GUIDE,
    certainty: 'vérifié',
  },
  'MES-FHIR-VALEUR': {
    sentence: 'Une observation sans valeur, ou d’une valeur impossible, est refusée (422).',
    source: `${GUIDE}, erreurs ; les bornes de chaque mesure sont propres au bac à sable`,
    certainty: 'vérifié',
    enforcedIn: LECTURE,
  },
  'MES-FHIR-UNITE': {
    sentence: 'L’unité est codée en UCUM, celle du profil ; quelques autres sont prises et converties.',
    source: 'IG-fhir-mesures-de-sante 3.1.1, profils ; les conversions sont déduites',
    certainty: 'vérifié',
    enforcedIn: LECTURE,
  },
  'MES-FHIR-IMC': {
    sentence: 'L’indice de masse corporelle est calculé par Mon espace santé : il ne se dépose pas.',
    source: `${GUIDE}, erreurs`,
    certainty: 'vérifié',
    enforcedIn: LECTURE,
  },
  'MES-FHIR-APPAREIL': {
    sentence: 'L’appareil est créé une seule fois, sous condition (« ifNoneExist »), et l’observation y renvoie.',
    source: GUIDE,
    certainty: 'vérifié',
    enforcedIn: 'src/standards/fhir/alimentation.ts',
  },
  'MES-FHIR-GLYCEMIE': {
    sentence: 'La glycémie porte le moment de la mesure ; le glucose interstitiel et l’index de gestion portent le nombre de jours.',
    source: `${GUIDE}, cas particulier de la glycémie`,
    certainty: 'vérifié',
    enforcedIn: LECTURE,
  },
  'MES-FHIR-POIDS': {
    sentence: 'Le poids a le code LOINC 29463-7 ; 9463-7, imprimé dans une page du guide, est pris aussi, avec un avertissement.',
    source: 'IG-fhir-mesures-de-sante : liste des codes (9463-7), profil et exemples (29463-7) ; conflit C9',
    certainty: 'propre au bac à sable',
    enforcedIn: LECTURE,
  },
  'MES-FHIR-FUTUR': {
    sentence: 'Une mesure n’est pas prise dans le futur ; une heure d’avance est tolérée.',
    source: 'Le guide n’en dit rien',
    certainty: 'propre au bac à sable',
  },
  'MES-FHIR-BORNES': {
    sentence: 'Un message trop gros, trop profond ou trop long est refusé, et rien n’est écrit.',
    source: 'Le profil du Bundle a une observation (1..1) ; les autres bornes sont propres au bac à sable',
    certainty: 'propre au bac à sable',
    enforcedIn: 'src/standards/fhir/json.ts',
  },
  'MES-FHIR-DEBIT': {
    sentence: 'Un service n’écrit pas plus de mille fois par jour dans un profil ; au-delà, 429 et l’heure où reprendre.',
    source: 'Aucune limite publiée',
    certainty: 'propre au bac à sable',
  },
  'MES-FHIR-AGENDA-AUTEUR': {
    sentence: 'Un rendez-vous n’est changé que par le service qui l’a écrit ; ceux du titulaire et des autres services sont en lecture.',
    source: 'functional.md §3.4 (ens-mobile : EDITOR_SOLUTION)',
    certainty: 'vérifié',
  },
  'MES-FHIR-VERSION': {
    sentence: 'Avec « If-Match », une version dépassée est refusée (412) : personne n’écrase sans avoir lu.',
    source: 'HL7 FHIR R4, http.html#concurrency',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/fhir/routes-agenda.ts',
  },
  'MES-FHIR-RECHERCHE': {
    sentence: 'Un critère de recherche inconnu est ignoré et le dit ; avec « Prefer: handling=strict », il est refusé (400).',
    source: 'HL7 FHIR R4, search.html#errors',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/fhir/recherche.ts',
  },
})

/** The rule behind what a reader found wrong. */
export const REGLE_DU_MOTIF: Readonly<Record<Motif, Rule>> = {
  bundle: reglesFhir['MES-FHIR-BUNDLE'],
  profil: reglesFhir['MES-FHIR-PROFIL'],
  source: reglesFhir['MES-FHIR-SOURCE'],
  valeur: reglesFhir['MES-FHIR-VALEUR'],
  unité: reglesFhir['MES-FHIR-UNITE'],
  imc: reglesFhir['MES-FHIR-IMC'],
  sujet: reglesFhir['MES-FHIR-SUJET'],
  appareil: reglesFhir['MES-FHIR-APPAREIL'],
  glycémie: reglesFhir['MES-FHIR-GLYCEMIE'],
  bornes: reglesFhir['MES-FHIR-BORNES'],
  poids: reglesFhir['MES-FHIR-POIDS'],
}

export function refusConsentement(finalites: readonly FinaliteCode[], demandee: FinaliteCode): RefusFhir | undefined {
  if (finalites.includes(demandee)) return undefined
  const about = `le titulaire n’a pas consenti à : ${FINALITES[demandee].toLowerCase()} (${demandee})`
  return { statut: 403, refused: reglesFhir['MES-FHIR-CONSENTEMENT'], about }
}

/** @param sujet as the message names the patient; the system may be left out of a search */
export function refusSujet(sujet: { readonly system?: string; readonly value?: string }, oid: string, idPe: string): RefusFhir | undefined {
  const systeme = sujet.system === undefined || sujet.system === `urn:oid:${oid}` || sujet.system.startsWith(`urn:oid:${oid}.`)
  if (systeme && sujet.value === idPe) return undefined
  const about = 'le patient désigné n’est pas celui du jeton (OID de la solution et idPe)'
  return { statut: 403, refused: reglesFhir['MES-FHIR-SUJET'], about }
}

export function refusSource(source: string | undefined, { oid }: Pick<ServiceDuCatalogue, 'oid'>): RefusFhir | undefined {
  if (source === undefined || source === `urn:oid:${oid}` || source.startsWith(`urn:oid:${oid}.`)) return undefined
  return { statut: 422, refused: reglesFhir['MES-FHIR-SOURCE'], about: `« meta.source » n’est pas sous urn:oid:${oid}` }
}

const TOLERANCE = 3_600_000

export function refusFutur(le: number, maintenant: number): RefusFhir | undefined {
  if (le <= maintenant + TOLERANCE) return undefined
  const about = `« effectiveDateTime » est dans le futur (il est ${new Date(maintenant).toISOString()} dans le bac à sable)`
  return { statut: 422, refused: reglesFhir['MES-FHIR-FUTUR'], about }
}

const ECRITURES_PAR_JOUR = 1_000

/** @param deja writes of this service in this profile today */
export const refusDebit = (deja: number): RefusFhir | undefined =>
  deja < ECRITURES_PAR_JOUR
    ? undefined
    : { statut: 429, refused: reglesFhir['MES-FHIR-DEBIT'], about: `${ECRITURES_PAR_JOUR} écritures aujourd’hui déjà dans ce profil` }

export function refusAgenda(rdv: { readonly auteur: string; readonly service?: string }, service: string): RefusFhir | undefined {
  if (rdv.auteur === 'EDITOR_SOLUTION' && rdv.service === service) return undefined
  return { statut: 403, refused: reglesFhir['MES-FHIR-AGENDA-AUTEUR'], about: 'ce rendez-vous n’a pas été écrit par votre service' }
}

import { defineRules } from '#standards/rule.ts'
import type { Refus } from '../rules.ts'
import { type FinaliteCode, FINALITES, type ServiceDuCatalogue, STATUTS } from './finalites.ts'

/** The rules of the catalogue of services. @see functional.md §3.7 and §3.8 */
export const reglesCatalogue = defineRules('mocks/mes/catalogue/rules.ts', {
  'MES-CATALOGUE-STATUT': {
    sentence: 'Un service suspendu ou déréférencé n’accède plus à rien, aussitôt ; hors ligne, il ne reçoit plus de nouvelle synchronisation.',
    source: 'functional.md §3.7 (ens-mobile : EN_LIGNE, HORS_LIGNE, SUSPENDUE, DEREFERENCEE, PRESERIE) ; l’effet de chaque statut est déduit',
    certainty: 'déduit',
  },
  'MES-CATALOGUE-SANS-ECHANGE': {
    sentence: 'Un service référencé sans échange de données est présenté dans le catalogue, mais ne se synchronise pas.',
    source: 'CSP R.1111-37 à 39 ; FAQ Mon espace santé p. 33',
    certainty: 'vérifié',
  },
  'MES-APPARIEMENT-CONSENTEMENT': {
    sentence:
      'Le titulaire consent finalité par finalité, parmi celles que le service demande ; rien n’est coché d’avance, lire et écrire se choisissent séparément.',
    source: 'ens-mobile, août 2025 ; S-080',
    certainty: 'vérifié',
  },
  'MES-APPARIEMENT-ETAT': {
    sentence: 'Un acte sur une synchronisation n’est possible que dans les états qui le prévoient.',
    source: 'functional.md §3.7',
    certainty: 'déduit',
    enforcedIn: 'mocks/mes/catalogue/lifecycle.ts',
  },
  'MES-APPARIEMENT-DEMANDE': {
    sentence: 'Le service demande la synchronisation depuis son application ; sans réponse en dix minutes, la demande tombe.',
    source: 'Spécifications de l’API d’appariement v2.1 (30/08/2023) pour le sens de la demande ; le délai est du bac à sable',
    certainty: 'propre au bac à sable',
    enforcedIn: 'mocks/mes/catalogue/lifecycle.ts',
  },
  'MES-APPARIEMENT-MODIFIABLE': {
    sentence: 'Le titulaire change ses choix quand il veut ; ce qu’il retire cesse aussitôt.',
    source: 'functional.md §3.7 (ens-mobile)',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/catalogue/lifecycle.ts',
  },
  'MES-APPARIEMENT-RENOUVELLEMENT': {
    sentence: 'Quand le service change, le consentement est à renouveler avant une date limite, faute de quoi l’accès cesse.',
    source: 'functional.md §3.7 (ens-mobile) ; le délai, un mois, est un réglage du bac à sable',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/catalogue/lifecycle.ts',
  },
  'MES-APPARIEMENT-DESYNCHRONISATION': {
    sentence: 'Le titulaire ou le service désynchronise à tout moment ; l’accès cesse aussitôt, ce qui a été écrit reste.',
    source: 'functional.md §3.7 (ens-mobile) ; que les données restent est déduit',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/catalogue/lifecycle.ts',
  },
  'MES-APPARIEMENT-MAJORITE': {
    sentence: 'À sa majorité, le titulaire confirme les consentements donnés pour lui ; d’ici là, les services n’accèdent plus.',
    source: 'ens-mobile, code RAPPEL_CONSENT_PASSAGE_MAJO ; que l’accès attende est déduit',
    certainty: 'déduit',
    enforcedIn: 'mocks/mes/catalogue/lifecycle.ts',
  },
  'MES-APPARIEMENT-90-JOURS': {
    sentence: 'Tous les 90 jours, un courriel liste les services synchronisés, sauf préférence contraire.',
    source: 'ens-mobile, préférence NOTIF_SYNCHRONIZED_SERVICE',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/catalogue/rappel.ts',
  },
  'MES-APPARIEMENT-TRACE': {
    sentence: 'L’historique d’activité dit ce que chaque service synchronisé a lu et écrit.',
    source: 'functional.md §3.6 ; FAQ Mon espace santé p. 17 (acteur SERVICE_TIERS)',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/fhir/contexte.ts',
  },
})

/** Whether a service may be asked for a new pairing. */
export function refusDemande({ nom, echange, statut }: Pick<ServiceDuCatalogue, 'nom' | 'echange' | 'statut'>): Refus | undefined {
  if (!echange)
    return { refused: reglesCatalogue['MES-CATALOGUE-SANS-ECHANGE'], about: `${nom} est référencé sans échange de données : rien à synchroniser` }
  if (statut !== 'EN_LIGNE' && statut !== 'PRESERIE')
    return { refused: reglesCatalogue['MES-CATALOGUE-STATUT'], about: `${nom} : ${STATUTS[statut].effet}` }
  return undefined
}

/** Whether a paired service may still call. */
export function refusAcces({ nom, statut }: Pick<ServiceDuCatalogue, 'nom' | 'statut'>): Refus | undefined {
  if (!STATUTS[statut].accede) return { refused: reglesCatalogue['MES-CATALOGUE-STATUT'], about: `${nom} : ${STATUTS[statut].effet}`, statut: 403 }
  return undefined
}

/** The choices of the holder, each among those asked for; at least one. */
export function lireConsentement(donne: unknown, demandees: readonly FinaliteCode[]): readonly FinaliteCode[] | Refus {
  const refused = reglesCatalogue['MES-APPARIEMENT-CONSENTEMENT']
  if (!Array.isArray(donne) || donne.length === 0 || donne.length > 50)
    return { refused, about: 'choisissez au moins une finalité, ou désynchronisez le service', statut: 422 }
  const inconnue = donne.find((une) => typeof une !== 'string' || !(demandees as readonly string[]).includes(une))
  if (inconnue !== undefined)
    return { refused, about: `ce service ne demande pas « ${String(inconnue).slice(0, 40)} » : il demande ${demandees.join(', ')}`, statut: 422 }
  return Object.keys(FINALITES).filter((une): une is FinaliteCode => donne.includes(une))
}

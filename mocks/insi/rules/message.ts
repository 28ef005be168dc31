import { ACTIONS_INSI, INSI_LOT, INSI_TRAITS, INSI_VERIFICATION, INSI_VITALE, type OperationInsi } from '#standards/ins/insi-names.ts'
import { defineRules } from '#standards/rule.ts'
import type { RefusInsi } from './fautes.ts'

/** What a message must be before anyone looks at what it asks. */
export const reglesMessage = defineRules('mocks/insi/rules/message.ts', {
  'INSI-XML-BIEN-FORME': {
    sentence: 'Le message est un document XML bien formé, d’un jeu de caractères connu, sans DOCTYPE, de taille et de profondeur bornées.',
    source: 'SOAP 1.2 partie 1 §5 (pas de DOCTYPE) ; DESIGN §7 pour les bornes',
    certainty: 'déduit',
  },
  'INSI-SOAP-12': {
    sentence: 'INSi parle SOAP 1.2 : une enveloppe SOAP 1.1 reçoit VersionMismatch, un autre type de contenu est refusé.',
    source: 'DESIR_ICIR_EXP_1.5.0.wsdl (soap12:binding) ; SOAP 1.2 partie 1, annexe A',
    certainty: 'vérifié',
  },
  'INSI-OPERATION': {
    sentence: 'L’élément du corps, par son espace de noms et son nom, choisit l’opération, quels que soient les préfixes.',
    source: 'DESIR_ICIR_EXP_1.5.0.wsdl, document/literal ; insi.md §1.2',
    certainty: 'vérifié',
  },
  'INSI-ACTION': {
    sentence: 'Quand une action est donnée, c’est celle de l’opération que porte le corps ; elle peut manquer.',
    source: 'DESIR_ICIR_EXP_1.5.0.wsdl (soapAction) ; padoa/tlsi-ins, appel accepté sans action',
    certainty: 'déduit',
  },
})

/** Operation by `{namespace}element` of the body. */
const OPERATIONS: ReadonlyMap<string, OperationInsi> = new Map([
  [`{${INSI_TRAITS}}RECSANSVITALE`, 'rechercherInsAvecTraitsIdentite'],
  [`{${INSI_VITALE}}RECVITALE`, 'rechercherInsAvecCarteVitale'],
  [`{${INSI_VERIFICATION}}REQUNITAIRE`, 'verifierInsAvecTraitsIdentite'],
  [`{${INSI_LOT}}DEPOT`, 'deposerLotVerification'],
  [`{${INSI_LOT}}RECUPERATION`, 'recupererLotVerification'],
])

/** Which operation this message is, or why it is none. `action`: undefined when the message names none. */
export function choisirOperation(
  payload: { ns: string; name: string } | undefined,
  action: string | undefined,
): { operation: OperationInsi } | RefusInsi {
  if (!payload) return { refused: 'desir_906', rule: reglesMessage['INSI-OPERATION'], about: 'le corps du message est vide' }
  const operation = OPERATIONS.get(`{${payload.ns}}${payload.name}`)
  if (!operation)
    return {
      refused: 'desir_906',
      rule: reglesMessage['INSI-OPERATION'],
      about: `élément {${payload.ns.slice(0, 120)}}${payload.name.slice(0, 80)} dans le corps`,
    }
  if (action !== undefined && action !== ACTIONS_INSI[operation])
    return {
      refused: 'desir_907',
      rule: reglesMessage['INSI-ACTION'],
      about: `action « ${action.slice(0, 160)} » reçue, « ${ACTIONS_INSI[operation]} » attendue`,
    }
  return { operation }
}

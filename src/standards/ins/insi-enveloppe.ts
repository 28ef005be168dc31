import { SOAP12, WSA } from '../soap/envelope.ts'
import type { XmlElement } from '../xml/element.ts'
import { declaring, vocabulary } from '../xml/write.ts'
import { ACTIONS_INSI, INSI_RESULTAT, INSI_TRAITS, INSI_VITALE, type OperationInsi } from './insi-names.ts'
import { type ResultatInsi, writeResultat } from './insi-resultat.ts'

/** Envelope of the live service: `soap:Envelope`, then `env:Body` that also declares `S`. */
export function enveloppeService(payload: XmlElement): XmlElement {
  const soap = vocabulary('soap', SOAP12)
  const env = vocabulary('env', SOAP12)
  return soap('Envelope', {}, declaring({ S: SOAP12, env: SOAP12 }, env('Body', {}, payload)))
}

/** An answer as the live service writes it: no header, three prefixes for one SOAP namespace, two namespaces declared and unused. */
export const writeReponseRecherche = (resultat: ResultatInsi): XmlElement =>
  enveloppeService(declaring({ '': INSI_RESULTAT, ns0: INSI_VITALE, ns1: INSI_TRAITS }, writeResultat(resultat)))

/** A request: the contexts in any order, wsa:Action, wsa:MessageID (`uuid:<uuid>`), then the assertion when there is one. @see insi.md §1.3 */
export function writeRequete(
  operation: OperationInsi,
  payload: XmlElement,
  headers: { readonly contextes: readonly XmlElement[]; readonly messageId: string; readonly security?: XmlElement | undefined },
): XmlElement {
  const soap = vocabulary('soap', SOAP12)
  const wsa = vocabulary('wsa', WSA)
  return soap(
    'Envelope',
    {},
    soap('Header', {}, [...headers.contextes], wsa('Action', {}, ACTIONS_INSI[operation]), wsa('MessageID', {}, headers.messageId), headers.security),
    soap('Body', {}, payload),
  )
}

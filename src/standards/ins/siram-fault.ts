import type { SoapFault } from '../soap/fault.ts'
import { SOAP11, SOAP12 } from '../soap/envelope.ts'
import { type XmlElement, attribute, textOf } from '../xml/element.ts'
import { declaring, vocabulary } from '../xml/write.ts'
import { enveloppeService } from './insi-enveloppe.ts'
import { SIRAM } from './insi-names.ts'

/**
 * A fault of the téléservices of the Assurance Maladie, as INSi writes it.
 * @see schema_faultSOAP_V01_01.xsd ; insi.md §2.2
 */
export interface FauteSiram {
  /** Who is at fault in the words of SOAP; the published examples do not always put it where one would expect. */
  readonly value: 'Sender' | 'Receiver'
  /** `siram_40`, `siram_100`… */
  readonly subcode: string
  readonly reason: string
  /** `desir_NNN` from the gateway, `insi_NN` from the application. */
  readonly code: string
  /** `fatal` is no value of the schema, yet the live service sends it with insi_102. */
  readonly severite: 'information' | 'avertissement' | 'erreur' | 'fatale' | 'fatal'
  /** Technical label, text of `siram:Erreur`. */
  readonly libelle: string
}

const XML_LANG = '{http://www.w3.org/XML/1998/namespace}lang'
const siram = vocabulary('siram', SIRAM)

/**
 * The gateway's dialect (`desir_*`): prefix `soap:` throughout, French, the messageID of the request given back between code and severity.
 */
export function writeFautePasserelle(faute: FauteSiram, messageId: string | undefined): XmlElement {
  const soap = vocabulary('soap', SOAP12)
  const erreur = siram('Erreur', { code: faute.code, messageID: messageId, severite: faute.severite }, faute.libelle)
  return soap('Envelope', {}, soap('Body', {}, writeFault(soap, 'soap', faute, 'fr', erreur)))
}

/**
 * The application's dialect (`insi_*`): three prefixes for one SOAP namespace, one of them for the fault, SOAP 1.1 declared and unused,
 * language `en` over a French text, no messageID.
 */
export function writeFauteApplication(faute: FauteSiram): XmlElement {
  const s = vocabulary('S', SOAP12)
  const erreur = siram('Erreur', { severite: faute.severite, code: faute.code }, faute.libelle)
  return enveloppeService(declaring({ ns4: SOAP11 }, writeFault(s, 'S', faute, 'en', erreur)))
}

function writeFault(soap: ReturnType<typeof vocabulary>, prefix: string, faute: FauteSiram, lang: string, erreur: XmlElement): XmlElement {
  return soap(
    'Fault',
    {},
    soap('Code', {}, soap('Value', {}, `${prefix}:${faute.value}`), soap('Subcode', {}, soap('Value', {}, `${prefix}:${faute.subcode}`))),
    soap('Reason', {}, soap('Text', { [XML_LANG]: lang }, faute.reason)),
    soap('Detail', {}, erreur),
  )
}

/** What a fault's detail says, when it is a `siram:Erreur`. */
export function readErreurSiram({
  detail,
}: SoapFault): { code: string; severite: string; libelle: string; messageId: string | undefined } | undefined {
  if (detail?.name !== 'Erreur' || detail.ns !== SIRAM) return undefined
  return {
    code: attribute(detail, 'code') ?? '',
    severite: attribute(detail, 'severite') ?? '',
    libelle: textOf(detail).trim(),
    messageId: attribute(detail, 'messageID'),
  }
}

import { readAssertions, readContexteBam, readContexteLps } from '#standards/ins/insi-contextes.ts'
import { CTXBAM, CTXLPS, type OperationInsi } from '#standards/ins/insi-names.ts'
import { SOAP11, type SoapEnvelope, WSSE, headerOf } from '#standards/soap/envelope.ts'
import type { XmlElement } from '#standards/xml/element.ts'
import { DEFAULT_XML_LIMITS, type XmlErrorKind, type XmlLimits } from '#standards/xml/read.ts'
import type { Exchange } from '../kit/exchange.ts'
import type { Answer, Message } from '../kit/message.ts'
import {
  CharsetError,
  MediaTypeError,
  type SoapReadError,
  type SoapRequest,
  XmlError,
  isSoapReadError,
  readSoapRequest,
  versionMismatchAnswer,
} from '../kit/soap.ts'
import { answerFaute, answerRefus } from './reponse.ts'
import { type Appelant, type EnTeteAppel, type ReglageAcces, controlerAcces, reglesAcces } from './rules/acces.ts'
import { type CodeFaute, estRefusInsi } from './rules/fautes.ts'
import { choisirOperation, reglesMessage } from './rules/message.ts'

/** A call that may be looked at: its operation, its body, who makes it. */
export interface AppelInsi {
  readonly operation: OperationInsi
  readonly payload: XmlElement
  readonly messageId: string | undefined
  readonly appelant: Appelant
}

/** Reads the message and checks everything that does not depend on the operation; the answer of a refusal otherwise. */
export function lireAppel(message: Message, reglage: ReglageAcces, exchange: Exchange): AppelInsi | Answer {
  const request = lireMessage(message, exchange)
  if ('status' in request) return request
  const { envelope, messageId } = request
  const choice = choisirOperation(envelope.payload, request.action)
  if (estRefusInsi(choice)) return answerRefus(choice, messageId, exchange)
  exchange.name(TITRES[choice.operation])
  exchange.respected(reglesMessage['INSI-OPERATION'])
  const appel = enTete(envelope, messageId, message.headers['x-sandbox-certificat'])
  exchange.from(appel.lps?.emetteur ?? '')
  const appelant = controlerAcces(appel, reglage)
  if (estRefusInsi(appelant)) return answerRefus(appelant, messageId, exchange)
  exchange.from(appelant.acteur)
  exchange.respected(reglesAcces['INSI-CONTEXTES'])
  exchange.respected(reglesAcces['INSI-LOGICIEL'])
  exchange.respected(appelant.mode === 'certificat' ? reglesAcces['INSI-CERTIFICAT'] : reglesAcces['INSI-ASSERTION-SIGNEE'])
  return { operation: choice.operation, payload: envelope.payload!, messageId, appelant }
}

const TITRES: Readonly<Record<OperationInsi, string>> = {
  rechercherInsAvecTraitsIdentite: 'INSi · recherche par traits',
  rechercherInsAvecCarteVitale: 'INSi · recherche par carte Vitale',
  verifierInsAvecTraitsIdentite: 'INSi · vérification unitaire (forme propre au bac à sable)',
  deposerLotVerification: 'INSi · dépôt d’un lot de vérification (forme propre au bac à sable)',
  recupererLotVerification: 'INSi · récupération d’un lot de vérification (forme propre au bac à sable)',
}

/** A batch of 500 lines and its assertion take less than half of it. */
const BORNES: XmlLimits = { ...DEFAULT_XML_LIMITS, maxLength: 1_048_576, maxElements: 20_000 }

function lireMessage(message: Message, exchange: Exchange): SoapRequest | Answer {
  try {
    const request = readSoapRequest(message, BORNES)
    if (request.envelope.soap !== SOAP11) return request
    exchange.refused(reglesMessage['INSI-SOAP-12'], 'enveloppe SOAP 1.1')
    exchange.summarise('Enveloppe SOAP 1.1 : VersionMismatch')
    exchange.ended('en erreur')
    return versionMismatchAnswer()
  } catch (error) {
    if (!isSoapReadError(error)) throw error
    return illisible(error, exchange)
  }
}

function illisible(error: SoapReadError, exchange: Exchange): Answer {
  const [code, about] = motif(error)
  exchange.refused(reglesMessage[error instanceof XmlError || error instanceof CharsetError ? 'INSI-XML-BIEN-FORME' : 'INSI-SOAP-12'], about)
  exchange.summarise(`Message illisible : ${about}`)
  exchange.ended('en erreur')
  return answerFaute(code, undefined, about)
}

const MOTIF_XML: Readonly<Record<XmlErrorKind, readonly [CodeFaute, string]>> = {
  malformed: ['desir_900', 'XML mal formé'],
  doctype: ['desir_901', 'DOCTYPE présent'],
  'too-deep': ['desir_902', 'éléments trop imbriqués'],
  'too-long': ['desir_902', 'document trop long'],
}

/** Which fault, and what was met, in French. */
function motif(error: SoapReadError): readonly [CodeFaute, string] {
  if (error instanceof XmlError) return MOTIF_XML[error.kind]
  if (error instanceof CharsetError) return ['desir_903', error.message]
  return [error instanceof MediaTypeError ? 'desir_904' : 'desir_905', error.message]
}

function enTete(envelope: SoapEnvelope, messageId: string | undefined, certificat: string | undefined): EnTeteAppel {
  const bam = headerOf(envelope, CTXBAM, 'ContexteBAM')
  const lps = headerOf(envelope, CTXLPS, 'ContexteLPS')
  const security = headerOf(envelope, WSSE, 'Security')
  return {
    bam: bam && readContexteBam(bam),
    lps: lps && readContexteLps(lps),
    messageId,
    assertions: security && readAssertions(security),
    certificat,
  }
}

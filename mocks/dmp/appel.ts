import { Base64Error } from '#standards/mime/base64.ts'
import { MimeError, type MimePart } from '#standards/mime/multipart.ts'
import { readVihf } from '#standards/saml/vihf.ts'
import { SOAP11 } from '#standards/soap/envelope.ts'
import { isMultipart, readMtom } from '#standards/soap/mtom.ts'
import type { XmlElement } from '#standards/xml/element.ts'
import type { Exchange } from '../kit/exchange.ts'
import type { Answer, Message } from '../kit/message.ts'
import { isSoapReadError, readSoapPart, readSoapRequest, type SoapRequest, versionMismatchAnswer } from '../kit/soap.ts'
import type { World } from '../world.ts'
import { type Adresse, answerFault } from './reponse.ts'
import { reglesDmp } from './rules.ts'
import { type Dossier, lireDossier } from './rules/identite.ts'
import { type Appelant, estRefusVihf, identifierAppelant, type RefusVihf } from './rules/vihf.ts'
import { reglageVihf } from './settings.ts'

/** A readable message: its payload, the parts sent with it. */
export interface MessageDmp {
  readonly payload: XmlElement
  readonly parts: ReadonlyMap<string, MimePart>
  readonly messageId: string | undefined
  readonly headers: readonly XmlElement[]
}

/** A call that may be looked at: who makes it, on which record. */
export interface AppelDmp extends MessageDmp {
  readonly appelant: Appelant
  readonly dossier: Dossier
}

export const estReponse = (value: object): value is Answer => 'status' in value && 'body' in value

const NO_PARTS: ReadonlyMap<string, MimePart> = new Map()

/** Reads SOAP or MTOM; the fault of what cannot be read otherwise. */
export function lireMessage(message: Message, exchange: Exchange): MessageDmp | Answer {
  try {
    const { request, parts } = ouvrir(message)
    if (request.envelope.soap === SOAP11) {
      exchange.refused(reglesDmp['DMP-MESSAGE-LISIBLE'], 'enveloppe SOAP 1.1')
      return versionMismatchAnswer()
    }
    const { payload, headers } = request.envelope
    if (!payload) return illisible('le Body est vide', exchange, request.messageId)
    exchange.respected(reglesDmp['DMP-MESSAGE-LISIBLE'])
    return { payload, parts, headers, messageId: request.messageId }
  } catch (error) {
    if (isSoapReadError(error) || error instanceof MimeError || error instanceof Base64Error) return illisible(error.message, exchange)
    throw error
  }
}

/** @throws {SoapReadError | MimeError} see `lireMessage`, which answers them. */
export function ouvrir(message: Message): { request: SoapRequest; parts: ReadonlyMap<string, MimePart> } {
  const contentType = message.headers['content-type']
  if (!isMultipart(contentType)) return { request: readSoapRequest(message), parts: NO_PARTS }
  const { root, rootType, parts } = readMtom(message.body, contentType!)
  return { request: readSoapPart(root, rootType), parts }
}

export function illisible(about: string, exchange: Exchange, messageId?: string): Answer {
  exchange.refused(reglesDmp['DMP-MESSAGE-LISIBLE'], about)
  exchange.ended('en erreur')
  exchange.summarise('Message illisible')
  return answerFault({ code: 'Sender', reason: `Message illisible : ${about}` }, messageId)
}

/** Checks who calls and on which record; the fault of the refusal otherwise. */
export function lireAppel(lu: MessageDmp, world: World, exchange: Exchange): AppelDmp | Answer {
  const appelant = identifierAppelant(readVihf(lu.headers), reglageVihf(world), world.now())
  if (estRefusVihf(appelant)) return refuserVihf(appelant, lu, exchange)
  exchange.from(`${appelant.nom} (${appelant.genre === 'ES' ? 'certificat' : appelant.genre})`)
  exchange.respected(reglesDmp['DMP-VIHF-CHAMPS'])
  const dossier = lireDossier(appelant.resourceId)
  if (estRefusVihf(dossier)) return refuserVihf(dossier, lu, exchange)
  exchange.about(dossier.matriculeIns)
  if (dossier.nia && world.setting('DMP-NIA-REFUSEE') === true)
    return refuserVihf(
      { fault: 'DMPInvalidVIHF', rule: reglesDmp['DMP-NIA'], about: 'Le champ Resource_id est incorrect : identité d’attente (NIA)' },
      lu,
      exchange,
    )
  exchange.respected(reglesDmp['DMP-INS-QUALIFIEE'])
  return { ...lu, appelant, dossier }
}

function refuserVihf({ fault, rule, about }: RefusVihf, { messageId }: MessageDmp, exchange: Exchange): Answer {
  exchange.refused(rule, about)
  exchange.summarise('VIHF refusé')
  return answerFault({ code: 'Sender', subcode: fault, reason: about }, messageId)
}

export const adresseDe = (action: string, { messageId }: MessageDmp, world: World): Adresse => ({
  action,
  relatesTo: messageId,
  messageId: `urn:uuid:${world.newId()}`,
})

/** What the service makes of a payload that is not one of its transactions. */
export function autreOperation(about: string, { messageId }: MessageDmp, exchange: Exchange): Answer {
  exchange.refused(reglesDmp['DMP-OPERATION'], about)
  exchange.summarise('Opération inconnue à cette adresse')
  return answerFault({ code: 'Sender', reason: about }, messageId)
}

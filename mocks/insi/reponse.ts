import { writeReponseRecherche } from '#standards/ins/insi-enveloppe.ts'
import type { ResultatInsi } from '#standards/ins/insi-resultat.ts'
import { writeFauteApplication, writeFautePasserelle } from '#standards/ins/siram-fault.ts'
import type { XmlElement } from '#standards/xml/element.ts'
import { writeXml } from '#standards/xml/write.ts'
import type { Exchange } from '../kit/exchange.ts'
import type { Answer } from '../kit/message.ts'
import { soapAnswer } from '../kit/soap.ts'
import { type CodeFaute, type RefusInsi, fauteInsi } from './rules/fautes.ts'

export const answerResultat = (resultat: ResultatInsi): Answer => soapAnswer(200, writeXml(writeReponseRecherche(resultat)))

/** Forms that the sandbox invented say so on the wire. */
export const answerForme = (envelope: XmlElement): Answer => soapAnswer(200, writeXml(envelope), { 'x-sandbox-forme': 'propre-au-bac-a-sable' })

/** A fault in the dialect of whoever writes it. `messageId` is given back by the gateway only. */
export function answerFaute(code: CodeFaute, messageId: string | undefined, about = ''): Answer {
  const faute = fauteInsi(code, about)
  const envelope = faute.dialecte === 'passerelle' ? writeFautePasserelle(faute, messageId) : writeFauteApplication(faute)
  return soapAnswer(faute.status, writeXml(envelope))
}

/** Tells the journal which rule said no, and answers its fault. */
export function answerRefus({ refused, rule, about }: RefusInsi, messageId: string | undefined, exchange: Exchange): Answer {
  exchange.refused(rule, about)
  exchange.summarise(`Refusé : ${about}`)
  exchange.ended('refusé')
  return answerFaute(refused, messageId, about)
}

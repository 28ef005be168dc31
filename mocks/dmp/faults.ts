import { HABILITATIONS, TD03_ACTION, writeReponseTd03 } from '#standards/hl7v3/habilitations.ts'
import { readDemandeTd02, TD02_RESPONSE_ACTION, writeReponseTd02 } from '#standards/hl7v3/td02.ts'
import { MimeError } from '#standards/mime/multipart.ts'
import type { XdsErrorCode } from '#standards/xds/errors.ts'
import { ITI18_RESPONSE_ACTION, writeAdhocQueryResponse } from '#standards/xds/iti-18.ts'
import { ITI41_RESPONSE_ACTION } from '#standards/xds/iti-41.ts'
import { ITI43_RESPONSE_ACTION, writeRetrieveDocumentSetResponse } from '#standards/xds/iti-43.ts'
import { writeRegistryResponse } from '#standards/xds/registry-response.ts'
import type { XmlElement } from '#standards/xml/element.ts'
import type { Answer, Message } from '../kit/message.ts'
import type { NamedFault } from '../kit/service.ts'
import { isSoapReadError } from '../kit/soap.ts'
import type { World } from '../world.ts'
import { ouvrir } from './appel.ts'
import { answerFault, answerMtom, answerPayload, enMtom } from './reponse.ts'

/** What was asked, as far as it can be read: a fault answers in the words of the transaction it strikes. */
function demande(message: Message): { payload?: XmlElement | undefined; messageId?: string | undefined } {
  try {
    const { envelope, messageId } = ouvrir(message).request
    return { payload: envelope.payload, messageId }
  } catch (error) {
    if (isSoapReadError(error) || error instanceof MimeError) return {}
    throw error
  }
}

/** Where each transaction carries a code of the DMP. @see dmp.md §3.9 */
function refuser(message: Message, world: World, code: XdsErrorCode, context: string): Answer {
  const { payload, messageId: relatesTo } = demande(message)
  const errors = [{ code, context, location: '', severity: 'Error' }] as const
  const adresse = (action: string) => ({ action, relatesTo, messageId: `urn:uuid:${world.newId()}` })
  const td02 = payload && readDemandeTd02(payload)
  if (td02 && !('missing' in td02)) {
    const reponse = {
      enReponseA: td02.id,
      queryId: td02.queryId,
      accuse: 'AE',
      erreur: { code, texte: context },
      autorisation: 'NON_EXISTE',
      medecinTraitant: false,
    } as const
    return answerPayload(adresse(TD02_RESPONSE_ACTION), writeReponseTd02(reponse, td02, world.newId(), world.now()))
  }
  if (payload?.ns === HABILITATIONS) return answerPayload(adresse(`${TD03_ACTION}Response`), writeReponseTd03({ status: code, context }))
  if (payload?.name === 'AdhocQueryRequest') return answerPayload(adresse(ITI18_RESPONSE_ACTION), writeAdhocQueryResponse([], 'LeafClass', errors))
  if (payload?.name === 'RetrieveDocumentSetRequest')
    return answerMtom(adresse(ITI43_RESPONSE_ACTION), writeRetrieveDocumentSetResponse([], errors), [])
  return answerPayload(adresse(ITI41_RESPONSE_ACTION), writeRegistryResponse(errors))
}

const refus = (title: string, code: XdsErrorCode, context: string): NamedFault => ({
  title,
  answer: (message, world) => refuser(message, world, code, context),
})

/** Faults of the DMP's own protocol. */
export const faults: Readonly<Record<string, NamedFault>> = {
  'dmp-indisponible': refus(
    'Registre indisponible (XDSRegistryNotAvailable)',
    'XDSRegistryNotAvailable',
    'Le registre n’est pas disponible, réessayez plus tard',
  ),
  'dmp-seuil-depasse': {
    title: 'Trop de sollicitations (DMPAccessDeniedByExcededThreshold)',
    // The rule DMP-SEUIL-ALIMENTATION.
    answer: (message, world) =>
      demande(message).payload?.name === 'ProvideAndRegisterDocumentSetRequest'
        ? undefined
        : refuser(message, world, 'DMPAccessDeniedByExcededThreshold', 'Le seuil de sollicitations est dépassé'),
  },
  'dmp-certificat-invalide': {
    title: 'Certificat de signature refusé (DMPInvalidCertificate)',
    answer(message, world) {
      const { payload, messageId } = demande(message)
      const reason = 'Le certificat ayant signé le VIHF est invalide : Not a valid signature certificate'
      const fault = answerFault({ code: 'Sender', subcode: 'DMPInvalidCertificate', reason }, messageId)
      return payload?.name === 'RetrieveDocumentSetRequest' ? enMtom(fault, world.newId()) : fault
    },
  },
}

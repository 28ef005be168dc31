import type { Message } from '../kit/message.ts'
import type { NamedFault } from '../kit/service.ts'
import { isSoapReadError, readSoapRequest } from '../kit/soap.ts'
import { answerFaute } from './reponse.ts'
import type { CodeFaute } from './rules/fautes.ts'

/** The message's own identifier, given back by the gateway even in a fault that was asked for. */
function messageIdOf(message: Message): string | undefined {
  try {
    return readSoapRequest(message).messageId
  } catch (error) {
    if (isSoapReadError(error)) return undefined
    throw error
  }
}

const faute = (title: string, code: CodeFaute): NamedFault => ({ title, answer: (message) => answerFaute(code, messageIdOf(message)) })

/** Faults of INSi that can be asked for by name. @see insi.md §2.2 */
export const faults: Readonly<Record<string, NamedFault>> = {
  'insi-indisponible': faute('INSi : service temporairement indisponible (desir_1020)', 'desir_1020'),
  'insi-erreur-technique': faute('INSi : erreur technique de la recherche par traits (insi_102)', 'insi_102'),
  'insi-teleservice-indisponible': faute('INSi : indisponibilité des téléservices (insi_111)', 'insi_111'),
  'insi-logiciel-inconnu': faute('INSi : numéro d’autorisation du logiciel inconnu (desir_550)', 'desir_550'),
  'insi-droits-insuffisants': faute('INSi : droits insuffisants, certificat non admis (desir_560)', 'desir_560'),
}

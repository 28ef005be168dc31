import type { Exchange } from '../kit/exchange.ts'
import type { Answer, Message } from '../kit/message.ts'
import type { World } from '../world.ts'
import { answerFault } from './reponse.ts'
import { reglesDmp } from './rules.ts'

const retire =
  (operation: string, reason: string) =>
  (_message: Message, _world: World, exchange: Exchange): Answer => {
    exchange.name(operation)
    exchange.refused(reglesDmp['DMP-RETIRE'])
    exchange.summarise('Service retiré')
    return answerFault({ code: 'Receiver', subcode: 'DMPServiceRetire', reason }, undefined)
  }

export const td00 = retire(
  'DMP · TD0.0 (retirée)',
  'La certification d’identité TD0.0 est retirée depuis le 30/09/2023 : l’identité vient du téléservice INSi.',
)

export const apiV1 = retire('DMP · API v1 (retirée)', 'L’API v1 du DMP est retirée : utilisez /si-dmp-server/v2 avec une identité INS qualifiée.')

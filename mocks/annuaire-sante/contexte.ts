import type { Anomalie, Objet } from '#standards/fhir/types.ts'
import type { Exchange } from '../kit/exchange.ts'
import { fhir, refuserFhir, veutDuJson } from '../kit/fhir.ts'
import type { Answer, Message, PathParameters, Route } from '../kit/message.ts'
import type { World } from '../world.ts'
import { TYPES } from './ressources.ts'
import { refusCle, reglesAnnuaire } from './rules.ts'

export const BASE = '/annuaire/fhir/v2'

export interface AppelAnnuaire {
  readonly message: Message
  readonly world: World
  readonly exchange: Exchange
  readonly parameters: PathParameters
}

/** Names the exchange, then asks for the key. */
export const avecCle =
  (operation: string, page: (appel: AppelAnnuaire) => Answer | Promise<Answer>): Route['handle'] =>
  (message, world, exchange, parameters) => {
    exchange.name(`Annuaire Santé FHIR · ${operation}`)
    const refus = refusCle(message.headers['esante-api-key'], {
      attendue: String(world.setting('ANNUAIRE-CLE')),
      enExces: String(world.setting('ANNUAIRE-CLE-EN-EXCES')),
    })
    if (refus) return refuserFhir(refus, exchange, refus.statut === 429 ? { 'retry-after': '1' } : {})
    exchange.respected(reglesAnnuaire['ANNUAIRE-CLE'])
    if (!veutDuJson(message)) return erreur(400, 'Seul application/fhir+json est servi.', exchange)
    return page({ message, world, exchange, parameters })
  }

/** As HAPI says it. */
export const issue = (diagnostics: string, code: Anomalie['code'] = 'processing'): Objet => ({
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'error', code, diagnostics }],
})

/** An error of the message itself, that no rule names. */
export function erreur(statut: number, diagnostics: string, exchange: Exchange): Answer {
  exchange.ended('refusé')
  exchange.summarise(`Refusé : ${diagnostics}`)
  return fhir(issue(diagnostics), statut)
}

export const inconnue = (type: string, id: string, exchange: Exchange): Answer =>
  erreur(404, `HAPI-2001: Resource ${type}/${id.slice(0, 64)} is not known`, exchange)

export const typeInconnu = (type: string, exchange: Exchange): Answer =>
  erreur(404, `HAPI-0302: Unknown resource type '${type.slice(0, 64)}' - Server knows how to handle: [${TYPES.join(', ')}]`, exchange)

import { DMP_PATHS } from '#standards/dmp/identifiants.ts'
import type { Exchange } from '../kit/exchange.ts'
import type { Answer, Message, Route } from '../kit/message.ts'
import type { Service } from '../kit/service.ts'
import type { World } from '../world.ts'
import { echeancesAnnonce } from './annonce.ts'
import { type AppelDmp, autreOperation, estReponse, lireAppel, lireMessage, type MessageDmp } from './appel.ts'
import { faults } from './faults.ts'
import { identites } from './identities.ts'
import { iti18 } from './iti-18.ts'
import { iti41 } from './iti-41.ts'
import { iti43 } from './iti-43.ts'
import { iti57 } from './iti-57.ts'
import { contenuPourPatient, deposerPourPatient, documentsDuPatient, masquerPourPatient, supprimerPourPatient } from './patient.ts'
import { openapiMachines, routesMachines } from './machines.ts'
import { apiV1, td00 } from './retired.ts'
import { reactions } from './reactions.ts'
import { enMtom } from './reponse.ts'
import { reglesDmp } from './rules.ts'
import { semer } from './seed.ts'
import { reglages } from './settings.ts'
import { autorisations, documents, lots, versions } from './store.ts'
import { td02 } from './td02.ts'
import { direExpiration, expirer, td03 } from './td03.ts'
import { decrire } from './wsdl.ts'

type Operation = (appel: AppelDmp, world: World, exchange: Exchange) => Promise<Answer>

/** Transactions of each address, by the name of their payload. */
const ADRESSES: Readonly<Record<string, Readonly<Record<string, Operation>>>> = {
  [DMP_PATHS.patients]: { PRPA_IN201307UV02: td02 },
  [DMP_PATHS.habilitations]: { setAuthorization: td03 },
  [DMP_PATHS.registry]: { AdhocQueryRequest: iti18, SubmitObjectsRequest: iti57 },
  [DMP_PATHS.repository]: { ProvideAndRegisterDocumentSetRequest: iti41, RetrieveDocumentSetRequest: iti43 },
  [DMP_PATHS.patientsSpecific]: {},
}

/** Known transactions that the sandbox does not play yet: said as such, marked as ours. */
const PAS_ENCORE: Readonly<Record<string, string>> = {
  patientList: 'TD0.4',
  listAuthorizationByPatient: 'TD1.6',
  PRPA_IN201305UV02: 'TD0.5',
  PRPA_IN201311UV02: 'TD1.1',
  PRPA_IN201314UV02: 'TD1.3b / TD1.4',
}

const servir =
  (path: string) =>
  async (message: Message, world: World, exchange: Exchange): Promise<Answer> => {
    exchange.name('DMP')
    const lu = lireMessage(message, exchange)
    if (estReponse(lu)) return lu
    const { name } = lu.payload
    const answer = await repondre(path, name, lu, world, exchange)
    const dejaMtom = String(answer.headers['content-type']).startsWith('multipart/')
    return name === 'RetrieveDocumentSetRequest' && !dejaMtom ? enMtom(answer, world.newId()) : answer
  }

async function repondre(path: string, name: string, lu: MessageDmp, world: World, exchange: Exchange): Promise<Answer> {
  const operation = de(ADRESSES[path]!, name)
  if (!operation) {
    const connue = de(PAS_ENCORE, name)
    return autreOperation(
      connue ? `${connue} : pas encore simulée par le bac à sable` : `aucune opération « ${name.slice(0, 60)} » à cette adresse`,
      lu,
      exchange,
    )
  }
  const appel = lireAppel(lu, world, exchange)
  return estReponse(appel) ? appel : await operation(appel, world, exchange)
}

/** The name comes from outside: `constructor` is no transaction. */
const de = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined => (Object.hasOwn(table, name) ? table[name] : undefined)

function describe(message: Message, _world: World, exchange: Exchange): Answer {
  exchange.name('DMP · définition')
  const wsdl = /^wsdl\b/i.test(message.query) ? decrire(message.path, message.base + message.path) : undefined
  return wsdl
    ? { status: 200, headers: { 'content-type': 'text/xml; charset=utf-8' }, body: wsdl }
    : {
        status: 405,
        headers: { allow: 'POST', 'content-type': 'text/plain; charset=utf-8' },
        body: 'Cette adresse répond en SOAP à POST ; sa description est à ?wsdl.',
      }
}

const routes: readonly Route[] = [
  ...Object.keys(ADRESSES).flatMap((path): Route[] => [
    { method: 'POST', path, handle: servir(path) },
    { method: 'GET', path, handle: describe },
  ]),
  { method: '*', path: DMP_PATHS.patientCertif, handle: td00 },
  { method: '*', path: '/dmp/si-dmp-server/v1/{suite*}', handle: apiV1 },
  ...routesMachines,
]

export const dmp: Service = {
  name: 'dmp',
  title: 'DMP — dossier médical partagé',
  routes,
  rules: reglesDmp,
  collections: [documents, versions, lots, autorisations],
  openapi: openapiMachines,
  settings: reglages,
  faults,
  answers: { documentsDuPatient, contenuPourPatient, deposerPourPatient, supprimerPourPatient, masquerPourPatient },
  reactions,
  timers: { 'dmp.autorisationExpire': { fire: expirer, describe: direExpiration }, ...echeancesAnnonce },
  identities: identites,
  seed: semer,
}

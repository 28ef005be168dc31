import { reglesIns } from '#standards/ins/rules-ins.ts'
import { reglesRniv } from '#standards/ins/rules-rniv.ts'
import { chercherPersonnes, personneParMatricule } from '../database/people.ts'
import type { Exchange } from '../kit/exchange.ts'
import type { Answer, Message } from '../kit/message.ts'
import type { Service } from '../kit/service.ts'
import type { World } from '../world.ts'
import { lireAppel } from './appel.ts'
import { faults } from './faults.ts'
import { direLot, traiterLot } from './lots.ts'
import { operations } from './operations.ts'
import { reglesAcces } from './rules/acces.ts'
import { reglesChamps } from './rules/champs.ts'
import { reglesLot } from './rules/lot.ts'
import { reglesMessage } from './rules/message.ts'
import { reglesRecherche } from './rules/recherche.ts'
import { reglageAcces, reglagePrenoms, reglages } from './settings.ts'
import { identites } from './identities.ts'
import { lots } from './store.ts'
import { decrire } from './wsdl/answer.ts'

/** One address for every operation: the element of the body chooses. @see insi.md §1.2 */
async function repondre(message: Message, world: World, exchange: Exchange): Promise<Answer> {
  exchange.name('INSi')
  const appel = lireAppel(message, reglageAcces(world), exchange)
  return 'status' in appel ? appel : await operations[appel.operation](appel, world, exchange)
}

function nommer(message: Message, _world: World, exchange: Exchange): Answer {
  exchange.name('INSi · définition')
  return decrire(message)
}

export const insi: Service = {
  name: 'insi',
  title: 'INSi — téléservice de l’identité nationale de santé',
  routes: [
    { method: 'POST', path: '/insi/lps', handle: repondre },
    { method: 'GET', path: '/insi/lps', handle: nommer },
  ],
  rules: { ...reglesMessage, ...reglesAcces, ...reglesChamps, ...reglesRecherche, ...reglesLot, ...reglesIns, ...reglesRniv },
  collections: [lots],
  settings: reglages,
  faults,
  answers: {
    chercherPersonnes: (world, traits) => chercherPersonnes(world, traits, reglagePrenoms(world)),
    personneParMatricule,
  },
  timers: { 'insi.traiteLot': { fire: traiterLot, describe: direLot } },
  identities: identites,
}

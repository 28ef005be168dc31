import { castOf } from '../database/registre.ts'
import { json, problem } from '../kit/answers.ts'
import type { Exchange } from '../kit/exchange.ts'
import type { Answer, Message, PathParameters } from '../kit/message.ts'
import type { World } from '../world.ts'
import { lireFormulaire } from './client.ts'
import { nomDe } from './jetons.ts'
import { html, pageEcps } from './pages.ts'
import { professionnelDe } from './rules.ts'
import { reglesPsc } from './rules-register.ts'
import type { DemandePsc } from './objets.ts'
import { demandes, demandesEnAttente } from './store.ts'

/** The simulated e-CPS: a page for people, JSON for programs. All of it is the sandbox's own. */

export const ECPS = '/psc/ecps'
export const API = '/psc/api'

const ENTETE = { 'x-sandbox-forme': 'propre-au-bac-a-sable' }

async function montrables(world: World, identifiant?: string) {
  const { professionnels } = await castOf(world)
  const maintenant = world.now()
  return (await demandesEnAttente(world, maintenant))
    .filter((une) => identifiant === undefined || une.identifiant === identifiant)
    .map(({ id, client, liaison, expireLe, identifiant: qui }) => {
      const professionnel = professionnelDe(professionnels, qui)
      const nom = professionnel ? nomDe(professionnel) : qui
      return { id, identifiant: qui, nom, client, liaison, reste: Math.ceil((expireLe - maintenant) / 1_000) }
    })
}

/** @returns undefined: unknown, answered before or expired. */
const trancher = (world: World, id: string, etat: 'acceptée' | 'refusée'): Promise<DemandePsc | undefined> =>
  world.atomically(async (inside) => {
    const demande = /^[\w-]{1,64}$/.test(id) ? await inside.store.get(demandes, id) : undefined
    if (demande?.etat !== 'en attente' || demande.expireLe <= inside.now()) return undefined
    const tranchee = { ...demande, etat }
    await inside.store.put(demandes, tranchee)
    return tranchee
  })

export async function montrerEcps(message: Message, world: World, exchange: Exchange): Promise<Answer> {
  exchange.name('e-CPS simulée · demandes')
  return html(pageEcps(message.base + ECPS, await montrables(world)))
}

export async function repondreEcps(message: Message, world: World, exchange: Exchange): Promise<Answer> {
  exchange.name('e-CPS simulée · réponse')
  const champs = lireFormulaire(message)
  const lus = champs instanceof URLSearchParams ? champs : new URLSearchParams()
  const geste = lus.get('geste')
  const etat = geste === 'accepter' ? 'acceptée' : geste === 'refuser' ? 'refusée' : undefined
  const demande = etat && (await trancher(world, lus.get('demande') ?? '', etat))
  if (!demande) exchange.ended('refusé')
  const avis = demande ? `Demande ${demande.liaison} ${etat}.` : 'Cette demande n’attend plus de réponse.'
  exchange.summarise(avis)
  return html(pageEcps(message.base + ECPS, await montrables(world), avis))
}

export async function listerDemandes({ query }: Message, world: World, exchange: Exchange): Promise<Answer> {
  exchange.name('e-CPS simulée · demandes')
  return json({ demandes: await montrables(world, new URLSearchParams(query.slice(0, 1_000)).get('identifiant') ?? undefined) }, 200, ENTETE)
}

export const repondreDemande =
  (etat: 'acceptée' | 'refusée') =>
  async (_message: Message, world: World, exchange: Exchange, parameters: PathParameters): Promise<Answer> => {
    exchange.name('e-CPS simulée · réponse')
    const demande = await trancher(world, parameters['id'] ?? '', etat)
    if (!demande) {
      const rule = reglesPsc['PSC-CIBA-DELAI']
      exchange.refused(rule)
      exchange.summarise('Cette demande n’attend plus de réponse')
      return problem({ status: 409, title: 'Cette demande n’attend plus de réponse', detail: rule.sentence, rule: rule.code })
    }
    exchange.from(demande.identifiant)
    exchange.summarise(`Demande n° ${demande.liaison} ${etat} sur l’e-CPS`)
    return json({ id: demande.id, etat }, 200, ENTETE)
  }

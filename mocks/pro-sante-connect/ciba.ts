import { castOf } from '../database/registre.ts'
import { json } from '../kit/answers.ts'
import type { Answer } from '../kit/message.ts'
import type { World } from '../world.ts'
import { type AppelPsc, type ClientPsc, refuser } from './client.ts'
import { nomDe, type Octroi, ouvrirSession } from './jetons.ts'
import { attenteDe, CIBA_DUREE, CIBA_INTERVALLE, INCONNU, professionnelDe, refusLiaison, refusScope, type RefusPsc } from './rules.ts'
import { reglesPsc } from './rules-register.ts'
import { accepteSeule } from './settings.ts'
import { balayer, demandes } from './store.ts'

/** The software asks; the professional answers on their e-CPS. Poll mode. @see OpenID Connect CIBA Core 1.0 §7 */
export async function demander({ world, exchange, formulaire, client }: AppelPsc): Promise<Answer> {
  if (client.publique) return refuser(exchange, SANS_SECRET)
  const scope = (formulaire.get('scope') ?? '').trim()
  const liaison = formulaire.get('binding_message') ?? ''
  const refus = refusScope(scope) ?? refusLiaison(liaison)
  if (refus) return refuser(exchange, refus)
  const identifiant = formulaire.get('login_hint') ?? ''
  const professionnel = professionnelDe((await castOf(world)).professionnels, identifiant)
  if (!professionnel) return refuser(exchange, INCONNU)
  exchange.from(`${nomDe(professionnel)}, par ${client.id}`)
  const id = world.newId()
  const creeeLe = world.now()
  const etat = accepteSeule(world) ? 'acceptée' : 'en attente'
  await world.atomically(async (inside) => {
    await balayer(inside)
    await inside.store.put(demandes, {
      id,
      client: client.id,
      identifiant,
      scope,
      liaison,
      etat,
      creeeLe,
      expireLe: creeeLe + CIBA_DUREE * 1_000,
      lueLe: 0,
    })
  })
  exchange.respected(reglesPsc['PSC-IDENTITE-CONNUE'])
  exchange.summarise(etat === 'acceptée' ? `Demande n° ${liaison} acceptée d’elle-même (réglage)` : `Demande n° ${liaison} sur l’e-CPS`)
  return json({ auth_req_id: id, expires_in: CIBA_DUREE, interval: CIBA_INTERVALLE })
}

export const SANS_SECRET: RefusPsc = {
  error: 'invalid_client',
  description: 'Un client sans secret n’a que le code d’autorisation.',
  rule: reglesPsc['PSC-CLIENT-PUBLIC'],
  statut: 401,
}

/** What an accepted request gives, once. Inside a transaction. */
export async function servirDemande(world: World, client: ClientPsc, id: string): Promise<Octroi | RefusPsc> {
  if (client.publique) return SANS_SECRET
  const demande = /^[\w-]{1,64}$/.test(id) ? await world.store.get(demandes, id) : undefined
  if (demande?.client !== client.id) return { error: 'invalid_grant', description: '« auth_req_id » inconnu de ce client.' }
  const attente = attenteDe(demande, world.now())
  if (attente) {
    if (demande.etat === 'en attente') await world.store.put(demandes, { ...demande, lueLe: world.now() })
    return attente
  }
  await world.store.put(demandes, { ...demande, etat: 'servie' })
  const { identifiant, scope } = demande
  return await ouvrirSession(world, { identifiant, scope, client })
}

import { castOf } from '../database/registre.ts'
import { json, problem } from '../kit/answers.ts'
import type { Exchange } from '../kit/exchange.ts'
import type { Answer, Message } from '../kit/message.ts'
import type { World } from '../world.ts'
import { nomDe } from './jetons.ts'
import { professionnelDe } from './rules.ts'
import { finir, sessions, sessionsVivantes } from './store.ts'

const ENTETE = { 'x-sandbox-forme': 'propre-au-bac-a-sable' }

/** Who is connected, by which software; no token is shown. */
export async function listerSessions(_message: Message, world: World, exchange: Exchange): Promise<Answer> {
  exchange.name('Pro Santé Connect · sessions du bac à sable')
  const { professionnels } = await castOf(world)
  const maintenant = world.now()
  const vivantes = (await sessionsVivantes(world, maintenant)).map(({ id, identifiant, client, ouverteLe, expireLe, jetons }) => {
    const professionnel = professionnelDe(professionnels, identifiant)
    const nom = professionnel ? nomDe(professionnel) : identifiant
    const iso = (instant: number) => new Date(instant).toISOString()
    const valables = jetons.filter((un) => un.expireLe > maintenant).length
    return { id, identifiant, nom, client, ouverteLe: iso(ouverteLe), expireLe: iso(expireLe), jetonsValables: valables }
  })
  return json({ sessions: vivantes }, 200, ENTETE)
}

/**
 * Expiry on demand. Body: `{ "identifiant"?: national id, "quoi"?: "jetons" | "sessions" }`; access tokens of everybody when empty. A token ended
 * this way still bears its `exp`: only whoever asks (introspection, userinfo, mail operators) learns of it.
 */
export async function expirer(message: Message, world: World, exchange: Exchange): Promise<Answer> {
  exchange.name('Pro Santé Connect · expiration demandée')
  const demande = lireExpiration(message)
  if (typeof demande === 'string') {
    exchange.ended('refusé')
    exchange.summarise(`Refusé : ${demande}`)
    return problem({ status: 400, title: 'Demande illisible', detail: demande })
  }
  const touchees = await world.atomically(async (inside) => {
    const maintenant = inside.now()
    const vivantes = (await sessionsVivantes(inside, maintenant)).filter(
      ({ identifiant }) => demande.identifiant === undefined || identifiant === demande.identifiant,
    )
    for (const session of vivantes)
      if (demande.quoi === 'sessions') await finir(inside, session)
      else
        await inside.store.put(sessions, {
          ...session,
          jetons: session.jetons.map(({ jti, expireLe }) => ({ jti, expireLe: Math.min(expireLe, maintenant) })),
        })
    return vivantes.length
  })
  exchange.summarise(demande.quoi === 'sessions' ? `${touchees} session(s) finie(s)` : `Jetons de ${touchees} session(s) expirés`)
  return json({ sessions: touchees }, 200, ENTETE)
}

function lireExpiration({ body }: Message): { identifiant?: string; quoi: 'jetons' | 'sessions' } | string {
  if (body.length === 0) return { quoi: 'jetons' }
  if (body.length > 1_024) return 'Le corps dépasse 1 ko.'
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      const { identifiant, quoi = 'jetons' } = value as Record<string, unknown>
      if (quoi !== 'jetons' && quoi !== 'sessions') return '« quoi » : jetons ou sessions.'
      if (identifiant === undefined) return { quoi }
      return typeof identifiant === 'string' ? { identifiant, quoi } : '« identifiant » : un identifiant national.'
    }
  } catch {
    // not JSON: said below
  }
  return 'Le corps doit être un objet JSON en UTF-8.'
}

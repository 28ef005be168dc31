import { json, noContent } from '../../kit/answers.ts'
import type { Answer, Message, PathParameters, Route } from '../../kit/message.ts'
import type { Exchange } from '../../kit/exchange.ts'
import type { World } from '../../world.ts'
import { reglesMss } from '../rules-register.ts'
import { boites, type BoiteEnregistree } from '../store.ts'
import { absent, corpsDe, mauvaise } from './acces.ts'

/** What an operator or the directory does to a mailbox, for whoever runs the demonstration: the sandbox's own, nothing real has it. */

const montrer = ({ adresse, type, libelle, fermee, depubliee, listeRouge, cesseActivite, quota, octets }: BoiteEnregistree) => ({
  adresse,
  type,
  libelle,
  fermee,
  depubliee,
  listeRouge,
  cesseActivite,
  quota,
  octets,
})

const page =
  (operation: string, suite: (boite: BoiteEnregistree, world: World, message: Message) => Promise<Answer> | Answer): Route['handle'] =>
  async (message: Message, world: World, exchange: Exchange, parameters: PathParameters) => {
    exchange.name(`MSSanté · ${operation} (propre au bac à sable)`)
    const boite = await world.store.get(boites, (parameters['adresse'] ?? '').toLowerCase() || '-')
    if (!boite) return absent('Boîte inconnue', 'Aucune boîte n’a cette adresse.')
    exchange.respected(reglesMss['MSS-BAC-OPERATEUR'])
    return await suite(boite, world, message)
  }

const toutes: Route['handle'] = async (_message, world, exchange) => {
  exchange.name('MSSanté · boîtes du bac à sable')
  return json({ boites: (await world.store.range(boites, { limit: 10_000 })).map(montrer) })
}

const DRAPEAUX = ['fermee', 'depubliee', 'listeRouge', 'cesseActivite'] as const

async function changer(boite: BoiteEnregistree, world: World, message: Message): Promise<Answer> {
  const corps = corpsDe(message)
  if (typeof corps === 'string') return mauvaise(corps)
  const { quota } = corps
  if (DRAPEAUX.some((nom) => corps[nom] !== undefined && typeof corps[nom] !== 'boolean'))
    return mauvaise(`${DRAPEAUX.join(', ')} valent true ou false.`)
  if (quota !== undefined && !(typeof quota === 'number' && Number.isInteger(quota) && quota >= 0 && quota <= 1e12))
    return mauvaise('« quota » est un nombre d’octets.')
  const change = Object.fromEntries([...DRAPEAUX, 'quota'].filter((nom) => corps[nom] !== undefined).map((nom) => [nom, corps[nom]]))
  const suivante = await world.atomically(async (inside) => {
    const une = { ...((await inside.store.get(boites, boite.adresse)) ?? boite), ...change }
    await inside.store.put(boites, une)
    return une
  })
  return json(montrer(suivante))
}

async function oter({ adresse }: BoiteEnregistree, world: World): Promise<Answer> {
  await world.atomically((inside) => inside.store.delete(boites, adresse))
  return noContent()
}

export const routesBac: readonly Route[] = [
  { method: 'GET', path: '/mssante/bac/boites', handle: toutes },
  { method: 'PATCH', path: '/mssante/bac/boites/{adresse}', handle: page('changement d’une boîte par son opérateur', changer) },
  { method: 'DELETE', path: '/mssante/bac/boites/{adresse}', handle: page('suppression d’une boîte par son opérateur', oter) },
]

import { json } from '../../kit/answers.ts'
import type { Answer, Message, PathParameters, Route } from '../../kit/message.ts'
import type { Exchange } from '../../kit/exchange.ts'
import type { World } from '../../world.ts'
import { absent } from '../api/acces.ts'
import { reglesMss } from '../rules-register.ts'
import type { DomaineEnregistre } from '../store.ts'
import { autoconfig, domaineDeLaListe, enregistrementsSrv } from './autoconfig.ts'
import { certificatDuSignataire, documentDeLaListe, sommeDeLaListe } from './liste.ts'

export const LISTE = '/mssante/listeblanche/listeblanchemssante.xml'
export const SOMME = '/mssante/listeblanche/checksum'

export const texte = (type: string, body: string): Answer => ({
  status: 200,
  headers: { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' },
  body,
})

const publie =
  (operation: string, type: string, ecrire: (world: World) => Promise<string> | string): Route['handle'] =>
  async (_message: Message, world: World, exchange: Exchange) => {
    exchange.name(`MSSanté · ${operation}`)
    exchange.respected(reglesMss['MSS-LISTE-BLANCHE-SIGNEE'])
    return texte(type, await ecrire(world))
  }

const duDomaine =
  (operation: string, repondre: (world: World, domaine: DomaineEnregistre) => Promise<Answer>): Route['handle'] =>
  async (_message: Message, world: World, exchange: Exchange, parameters: PathParameters) => {
    exchange.name(`MSSanté · ${operation}`)
    const domaine = await domaineDeLaListe(world, parameters['domaine'] ?? '')
    if (!domaine) return absent('Domaine inconnu', 'Aucun domaine de la liste blanche n’a ce nom.')
    exchange.respected(reglesMss['MSS-AUTOCONFIG'])
    exchange.summarise(domaine.nom)
    return await repondre(world, domaine)
  }

/** The trust space as documents: who belongs to it, and how a client finds a mailbox's servers. */
export const routesConfiance: readonly Route[] = [
  { method: 'GET', path: LISTE, handle: publie('liste blanche', 'application/xml', (world) => documentDeLaListe(world)) },
  { method: 'GET', path: SOMME, handle: publie('somme de contrôle de la liste blanche', 'text/plain', (world) => sommeDeLaListe(world)) },
  {
    method: 'GET',
    path: '/mssante/listeblanche/signataire.pem',
    handle: publie('certificat du signataire', 'application/x-pem-file', certificatDuSignataire),
  },
  {
    method: 'GET',
    path: '/mssante/autoconfig/{domaine}/mail/config-v1.1.xml',
    handle: duDomaine('autoconfiguration', async (world, domaine) => texte('application/xml', await autoconfig(world, domaine))),
  },
  {
    method: 'GET',
    path: '/mssante/autoconfig/{domaine}/srv',
    handle: duDomaine('enregistrements SRV (forme propre au bac à sable)', async (world, domaine) =>
      json({ forme: 'propre au bac à sable, à la place du DNS', enregistrements: await enregistrementsSrv(world, domaine) }),
    ),
  },
]

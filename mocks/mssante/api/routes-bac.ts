import { matriculeIns } from '#standards/ins/traits.ts'
import { castOf } from '../../database/registre.ts'
import { json, noContent, problem } from '../../kit/answers.ts'
import type { Answer, Message, PathParameters, Route } from '../../kit/message.ts'
import type { Exchange } from '../../kit/exchange.ts'
import type { World } from '../../world.ts'
import { CAS_COMPTE_RENDU, type CasCompteRendu, envoyerCompteRendu } from '../compte-rendu.ts'
import { reglesMss } from '../rules-register.ts'
import { boites, type BoiteEnregistree, type DomaineEnregistre, domaines } from '../store.ts'
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

/** What the laboratory of the cast sends: `{ vers, patient, cas }`. */
const envoyerDuLabo: Route['handle'] = async (message, world, exchange) => {
  exchange.name('MSSanté · envoi du laboratoire (propre au bac à sable)')
  const corps = corpsDe(message)
  if (typeof corps === 'string') return mauvaise(corps)
  const { vers, patient: matricule, cas } = corps
  if (typeof vers !== 'string' || typeof matricule !== 'string' || typeof cas !== 'string')
    return mauvaise('« vers », « patient » (matricule INS) et « cas » sont attendus.')
  if (!(cas in CAS_COMPTE_RENDU) || !Object.hasOwn(CAS_COMPTE_RENDU, cas))
    return mauvaise(`« cas » vaut ${Object.keys(CAS_COMPTE_RENDU).join(', ')}.`)
  const { patients } = await castOf(world)
  const patient = patients.find(({ personne }) => matriculeIns(personne.ins) === matricule.toUpperCase())
  if (!patient) return absent('Patient inconnu', 'Personne de la distribution n’a ce matricule.')
  const boite = await world.store.get(boites, vers.toLowerCase() || '-')
  if (!boite) return absent('Boîte inconnue', 'Aucune boîte n’a cette adresse.')
  const bilan = await envoyerCompteRendu(world, { vers: boite.adresse, patient, cas: cas as CasCompteRendu })
  if (typeof bilan === 'string') return problem({ status: 409, title: 'Envoi impossible', detail: bilan })
  exchange.respected(reglesMss['MSS-BAC-LABORATOIRE'])
  exchange.summarise(`Compte rendu de ${patient.nomAffiche} : ${CAS_COMPTE_RENDU[cas as CasCompteRendu]}`)
  return json({ remis: bilan.remis.map(({ adresse }) => adresse), nonRemis: bilan.refuses.map(({ adresse }) => adresse) }, 202)
}

const listerCas: Route['handle'] = async (_message, _world, exchange) => {
  exchange.name('MSSanté · cas du laboratoire')
  return json({ cas: Object.entries(CAS_COMPTE_RENDU).map(([code, titre]) => ({ code, titre })) })
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

const montrerDomaine = ({ nom, operateur, listeBlanche, conforme, tailleMax }: DomaineEnregistre) => ({
  nom,
  operateur,
  listeBlanche,
  conforme,
  tailleMax,
})

const tousLesDomaines: Route['handle'] = async (_message, world, exchange) => {
  exchange.name('MSSanté · domaines du bac à sable')
  return json({ domaines: (await world.store.range(domaines, { limit: 10_000 })).map(montrerDomaine) })
}

/** What the ANS does of a domain: in the list or out of it, its operator conform or not. */
const changerDomaine: Route['handle'] = async (message, world, exchange, parameters) => {
  exchange.name('MSSanté · changement d’un domaine (propre au bac à sable)')
  const corps = corpsDe(message)
  if (typeof corps === 'string') return mauvaise(corps)
  if (['listeBlanche', 'conforme'].some((nom) => corps[nom] !== undefined && typeof corps[nom] !== 'boolean'))
    return mauvaise('listeBlanche et conforme valent true ou false.')
  const suivant = await world.atomically(async (inside) => {
    const domaine = await inside.store.get(domaines, (parameters['domaine'] ?? '').toLowerCase() || '-')
    if (!domaine) return undefined
    const { listeBlanche = domaine.listeBlanche, conforme = domaine.conforme } = corps as Partial<DomaineEnregistre>
    const change: DomaineEnregistre = { ...domaine, listeBlanche, conforme, majLe: world.now() }
    await inside.store.put(domaines, change)
    return change
  })
  if (!suivant) return absent('Domaine inconnu', 'Aucun domaine n’a ce nom.')
  exchange.respected(reglesMss['MSS-BAC-OPERATEUR'])
  return json(montrerDomaine(suivant))
}

export const routesBac: readonly Route[] = [
  { method: 'GET', path: '/mssante/bac/boites', handle: toutes },
  { method: 'PATCH', path: '/mssante/bac/boites/{adresse}', handle: page('changement d’une boîte par son opérateur', changer) },
  { method: 'GET', path: '/mssante/bac/domaines', handle: tousLesDomaines },
  { method: 'PATCH', path: '/mssante/bac/domaines/{domaine}', handle: changerDomaine },
  { method: 'GET', path: '/mssante/bac/comptes-rendus', handle: listerCas },
  { method: 'POST', path: '/mssante/bac/comptes-rendus', handle: envoyerDuLabo },
  { method: 'DELETE', path: '/mssante/bac/boites/{adresse}', handle: page('suppression d’une boîte par son opérateur', oter) },
]

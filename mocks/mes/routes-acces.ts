import { json, noContent } from '../kit/answers.ts'
import type { Answer, Route } from '../kit/message.ts'
import { noterActe } from './annoncer.ts'
import { nomDeLIdentifiant } from './noms.ts'
import { type Appel, absent, gestion, lecture, lireCorps, mauvaiseDemande, texteDe } from './page.ts'
import { UN } from './routes-profil.ts'
import { regles } from './rules-register.ts'
import { acces, accesDe, type Blocage, blocages, blocagesDe, cleDuLien } from './store.ts'

async function lister({ world, matriculeIns }: Appel): Promise<Answer> {
  const [autorises, bloques] = [await accesDe(world, matriculeIns), await blocagesDe(world, matriculeIns)]
  return json({ autorises, bloques })
}

/** The identifier is in the path (PUT) or in the body (POST): blocking twice changes nothing but the date. */
async function bloquer({ world, exchange, message, matriculeIns, parameters, auteur }: Appel): Promise<Answer> {
  const corps = lireCorps(message)
  if (typeof corps === 'string') return mauvaiseDemande(corps)
  const identifiant = parameters['identifiant'] ?? texteDe(corps, 'identifiant', 100)
  const nomDonne = texteDe(corps, 'nom', 100)
  if (!identifiant || nomDonne === undefined || !/^[^\s|]{1,100}$/.test(identifiant))
    return mauvaiseDemande('« identifiant » est un PS_IdNat (8 + RPPS) ou un Struct_IdNat ; « nom », facultatif, a 100 caractères au plus.')
  const blocage: Blocage = {
    id: cleDuLien(matriculeIns, identifiant),
    matriculeIns,
    identifiant,
    nom: nomDeLIdentifiant(identifiant) || nomDonne || identifiant,
    le: world.now(),
  }
  await world.atomically(async (inside) => {
    await inside.store.put(blocages, blocage)
    await inside.store.delete(acces, blocage.id)
    await noterActe(inside, matriculeIns, auteur, `${blocage.nom} ne peut plus accéder à votre dossier.`)
    await inside.tell({ type: 'acces.bloque', matriculeIns, identifiant })
  })
  exchange.respected(regles['MES-BLOCAGE'])
  exchange.summarise(`${blocage.nom} est bloqué`)
  return json(blocage, 201)
}

async function debloquer({ world, exchange, matriculeIns, parameters, auteur }: Appel): Promise<Answer> {
  const id = cleDuLien(matriculeIns, parameters['identifiant'] ?? '')
  const bloque = await world.atomically(async (inside) => {
    const blocage = await inside.store.get(blocages, id)
    if (!blocage) return undefined
    await inside.store.delete(blocages, id)
    await noterActe(inside, matriculeIns, auteur, `${blocage.nom} n’est plus bloqué et doit redemander votre accord.`)
    return blocage
  })
  if (!bloque) return absent('Blocage inconnu', 'Ce professionnel n’est pas bloqué.')
  exchange.respected(regles['MES-DEBLOCAGE'])
  exchange.summarise(`${bloque.nom} n’est plus bloqué`)
  return noContent()
}

export const routesAcces: readonly Route[] = [
  { method: 'GET', path: `${UN}/acces`, handle: lecture('accès des professionnels', lister) },
  { method: 'POST', path: `${UN}/blocages`, handle: gestion('blocage d’un professionnel', bloquer) },
  { method: 'PUT', path: `${UN}/blocages/{identifiant}`, handle: gestion('blocage d’un professionnel', bloquer) },
  { method: 'DELETE', path: `${UN}/blocages/{identifiant}`, handle: gestion('déblocage d’un professionnel', debloquer) },
]

import { json, noContent } from '../../kit/answers.ts'
import type { Answer, Route } from '../../kit/message.ts'
import type { World } from '../../world.ts'
import { noterActe, noterActivite } from '../annoncer.ts'
import { VUES } from '../etats.ts'
import { type Appel, absent, gestion, lecture, lireCorps, mauvaiseDemande, profil, refuser, texteDe } from '../page.ts'
import { UN } from '../routes-profil.ts'
import { regles } from '../rules-register.ts'
import { acces, accesDe, type Blocage, blocages, blocagesDe, cleDuLien } from '../store.ts'
import { estIdentifiant, genreDe, trouver } from './professionnels.ts'
import { reglesConfidentialite, refusDeBloquerPour } from './rules.ts'
import { administrateurDe, roles, rolesDe } from './store.ts'

async function lister({ world, matriculeIns }: Appel): Promise<Answer> {
  const [autorises, bloques] = [await accesDe(world, matriculeIns), await blocagesDe(world, matriculeIns)]
  const avecGenre = <T extends { readonly identifiant: string }>(un: T) => ({ ...un, genre: genreDe(un.identifiant) })
  return json({ autorises: autorises.map(avecGenre), bloques: bloques.map(avecGenre) })
}

const A_BLOQUER = '« identifiant » est un PS_IdNat (8 + RPPS) ou un Struct_IdNat ; « nom », facultatif, a 100 caractères au plus.'

/** Whom the message names: in the path (PUT) or in the body (POST). A text says what is wrong. */
async function designe({ world, message, parameters }: Appel) {
  const corps = lireCorps(message)
  if (typeof corps === 'string') return corps
  const identifiant = parameters['identifiant'] ?? texteDe(corps, 'identifiant', 100)
  const nomDonne = texteDe(corps, 'nom', 100)
  if (!identifiant || nomDonne === undefined || !estIdentifiant(identifiant)) return A_BLOQUER
  return { corps, autre: await trouver(world, identifiant, nomDonne) }
}

/** The block, with what it takes away: accesses given before, and the roles. Inside a transaction. */
async function poser(world: World, blocage: Blocage): Promise<void> {
  const { matriculeIns, identifiant } = blocage
  await world.store.put(blocages, blocage)
  await world.store.delete(acces, blocage.id)
  for (const role of await rolesDe(world, matriculeIns)) if (role.identifiant === identifiant) await world.store.delete(roles, role.id)
  await world.tell({ type: 'acces.bloque', matriculeIns, identifiant })
}

/** Blocking twice changes nothing but the date. */
async function bloquer(appel: Appel): Promise<Answer> {
  const { world, exchange, matriculeIns, auteur } = appel
  const lu = await designe(appel)
  if (typeof lu === 'string') return mauvaiseDemande(lu)
  const { identifiant, nom } = lu.autre
  const blocage: Blocage = { id: cleDuLien(matriculeIns, identifiant), matriculeIns, identifiant, nom, le: world.now() }
  await world.atomically(async (inside) => {
    await poser(inside, blocage)
    await noterActe(inside, matriculeIns, auteur, `${nom} ne peut plus accéder à votre dossier.`)
  })
  exchange.respected(regles['MES-BLOCAGE'])
  exchange.summarise(`${nom} est bloqué`)
  return json(blocage, 201)
}

/**
 * The administrateur blocks somebody for the patient. How this reaches the real service is not published: here, the professional's identity is
 * in the body and is taken at its word.
 */
async function bloquerPour(appel: Appel): Promise<Answer> {
  const { world, exchange, matriculeIns } = appel
  const lu = await designe(appel)
  if (typeof lu === 'string') return mauvaiseDemande(lu)
  const professionnel = texteDe(lu.corps, 'professionnel', 100)
  if (!professionnel) return mauvaiseDemande('« professionnel » est le PS_IdNat de l’administrateur qui bloque.')
  const qui = await trouver(world, professionnel, '')
  exchange.from(`${qui.nom} (administrateur)`)
  if (!VUES[appel.profil.etat].consultation)
    return refuser({ refused: regles['MES-SITUATION-DOSSIER'], about: 'le dossier n’est pas ouvert' }, exchange)
  const { identifiant, nom } = lu.autre
  const blocage: Blocage = { id: cleDuLien(matriculeIns, identifiant), matriculeIns, identifiant, nom, le: world.now() }
  const refus = await world.atomically(async (inside) => {
    const non = refusDeBloquerPour(professionnel, await administrateurDe(inside, matriculeIns), identifiant)
    if (non) return non
    await poser(inside, blocage)
    await noterActivite(inside, matriculeIns, {
      typeActeur: 'HEALTHCARE_PROFESSIONAL',
      groupe: 'GENERAL',
      acteur: qui.nom,
      structure: qui.structure,
      texte: `${nom} ne peut plus accéder à votre dossier : ${qui.nom}, administrateur de votre dossier, l’a bloqué pour vous.`,
    })
    return undefined
  })
  if (refus) return refuser(refus, exchange)
  exchange.respected(reglesConfidentialite['MES-ADMINISTRATEUR-BLOQUE'])
  exchange.summarise(`${nom} est bloqué par ${qui.nom}`)
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
  { method: 'POST', path: `${UN}/administrateur/blocages`, handle: profil('blocage par l’administrateur', bloquerPour) },
]

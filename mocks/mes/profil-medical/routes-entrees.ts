import { json, noContent } from '../../kit/answers.ts'
import type { Answer, Route } from '../../kit/message.ts'
import type { World } from '../../world.ts'
import { noterActe, notifier } from '../annoncer.ts'
import { type Appel, absent, ecriture, lireCorps, mauvaiseDemande, refuser } from '../page.ts'
import { UN } from '../routes-profil.ts'
import { estRefus, type Refus } from '../rules.ts'
import { nomDe } from '../store.ts'
import { DIRECTIVES, programmerRelecture } from './directives.ts'
import { lireValeurs, refusAjout, refusEcriture, refusNonConcerne, reglesProfil, type Valeurs } from './rules.ts'
import { nommeUnePersonne, type Section, sectionDe, SECTIONS } from './sections.ts'
import { cleNonConcerne, entrees, entreesDe, type EntreeProfil, nonConcernes } from './store.ts'

type Page = (appel: Appel, section: Section) => Promise<Answer>

/** A section that this person may write. */
const section =
  (page: Page): ((appel: Appel) => Promise<Answer>) =>
  async (appel) => {
    const une = sectionDe(appel.parameters['section'])
    if (!une) return absent('Rubrique inconnue', `Rubriques : ${SECTIONS.map(({ id }) => id).join(', ')}.`)
    const refus = refusEcriture(une, appel)
    return refus ? refuser(refus, appel.exchange) : await page(appel, une)
  }

const estTexteParChamp = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** `{ valeurs: { nom: 'Pollen' } }` */
function lire({ message }: Appel, une: Section): { readonly valeurs: Valeurs } | Refus | string {
  const corps = lireCorps(message)
  if (typeof corps === 'string') return corps
  const { valeurs } = corps
  return estTexteParChamp(valeurs) ? lireValeurs(une, valeurs) : '« valeurs » est un objet : un texte par champ.'
}

/** What follows from a section having changed. */
async function suivre(world: World, appel: Appel, une: Section): Promise<void> {
  if (une.id === DIRECTIVES) {
    const [reste] = await entreesDe(world, appel.matriculeIns, DIRECTIVES)
    await programmerRelecture(world, appel.matriculeIns, reste && world.now())
  }
  await noterActe(world, appel.matriculeIns, appel.auteur, `Profil médical : « ${une.libelle} » modifié.`)
}

async function ajouter(appel: Appel, une: Section): Promise<Answer> {
  const { world, exchange, matriculeIns, par } = appel
  const lu = lire(appel, une)
  if (typeof lu === 'string') return mauvaiseDemande(lu)
  if (estRefus(lu)) return refuser(lu, exchange)
  const le = world.now()
  const entree: EntreeProfil = {
    id: world.newId(),
    matriculeIns,
    section: une.id,
    valeurs: lu.valeurs,
    auteur: nomDe(par),
    creeLe: le,
    modifieLe: le,
  }
  const refus = await world.atomically(async (inside) => {
    const plein = refusAjout(une, (await entreesDe(inside, matriculeIns, une.id)).length)
    if (plein) return plein
    await inside.store.put(entrees, entree)
    await inside.store.delete(nonConcernes, cleNonConcerne(matriculeIns, une.id))
    if (nommeUnePersonne(lu.valeurs))
      await notifier(inside, appel, { code: 'AJOUT_ENTOURAGE', texte: `${lu.valeurs['nom']} (${lu.valeurs['role']?.toLowerCase()}).` })
    await suivre(inside, appel, une)
    return undefined
  })
  if (refus) return refuser(refus, exchange)
  exchange.respected(reglesProfil['MES-PROFIL-LIMITES'])
  if (nommeUnePersonne(lu.valeurs)) exchange.respected(reglesProfil['MES-ENTOURAGE-NOTIFIE'])
  exchange.summarise(`${une.libelle} : ligne ajoutée`)
  return json(entree, 201)
}

const inconnue = (): Answer => absent('Ligne inconnue', 'Elle n’est pas dans cette rubrique, ou elle a été supprimée.')

async function trouver({ store }: World, { matriculeIns, parameters }: Appel, une: Section): Promise<EntreeProfil | undefined> {
  const entree = await store.get(entrees, parameters['entree'] ?? '')
  return entree?.matriculeIns === matriculeIns && entree.section === une.id ? entree : undefined
}

async function changer(appel: Appel, une: Section): Promise<Answer> {
  const { world, exchange, par } = appel
  const lu = lire(appel, une)
  if (typeof lu === 'string') return mauvaiseDemande(lu)
  if (estRefus(lu)) return refuser(lu, exchange)
  const apres = await world.atomically(async (inside) => {
    const avant = await trouver(inside, appel, une)
    if (!avant) return undefined
    const entree = { ...avant, valeurs: lu.valeurs, auteur: nomDe(par), modifieLe: inside.now() }
    await inside.store.put(entrees, entree)
    await suivre(inside, appel, une)
    return entree
  })
  if (!apres) return inconnue()
  exchange.respected(reglesProfil['MES-PROFIL-LIMITES'])
  exchange.summarise(`${une.libelle} : ligne changée`)
  return json(apres)
}

async function supprimer(appel: Appel, une: Section): Promise<Answer> {
  const { world, exchange } = appel
  const trouvee = await world.atomically(async (inside) => {
    const avant = await trouver(inside, appel, une)
    if (!avant) return false
    await inside.store.delete(entrees, avant.id)
    await suivre(inside, appel, une)
    return true
  })
  if (!trouvee) return inconnue()
  exchange.respected(reglesProfil['MES-PROFIL-SECTIONS'])
  exchange.summarise(`${une.libelle} : ligne supprimée`)
  return noContent()
}

/** « Je ne suis pas concerné », said or taken back. */
async function concerner(appel: Appel, une: Section): Promise<Answer> {
  const { world, exchange, message, matriculeIns } = appel
  const corps = lireCorps(message)
  if (typeof corps === 'string') return mauvaiseDemande(corps)
  const { nonConcerne } = corps
  if (typeof nonConcerne !== 'boolean') return mauvaiseDemande('« nonConcerne » vaut true ou false.')
  const id = cleNonConcerne(matriculeIns, une.id)
  const refus = await world.atomically(async (inside) => {
    if (!nonConcerne) return await inside.store.delete(nonConcernes, id)
    const non = refusNonConcerne(une, (await entreesDe(inside, matriculeIns, une.id)).length)
    if (non) return non
    return await inside.store.put(nonConcernes, { id, matriculeIns, section: une.id, le: inside.now() })
  })
  if (refus) return refuser(refus, exchange)
  exchange.respected(reglesProfil['MES-PROFIL-NON-CONCERNE'])
  exchange.summarise(`${une.libelle} : ${nonConcerne ? 'non concerné' : 'concerné'}`)
  return json({ section: une.id, nonConcerne })
}

const UNE = `${UN}/profil-medical/{section}`

export const routesEntrees: readonly Route[] = [
  { method: 'POST', path: `${UNE}/entrees`, handle: ecriture('ligne ajoutée au profil médical', section(ajouter)) },
  { method: 'PUT', path: `${UNE}/entrees/{entree}`, handle: ecriture('ligne du profil médical changée', section(changer)) },
  { method: 'DELETE', path: `${UNE}/entrees/{entree}`, handle: ecriture('ligne du profil médical supprimée', section(supprimer)) },
  { method: 'PUT', path: `${UNE}/non-concerne`, handle: ecriture('rubrique qui ne concerne pas le titulaire', section(concerner)) },
]

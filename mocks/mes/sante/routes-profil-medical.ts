import { addDuration, readDuration } from '../../kit/duration.ts'
import { json, noContent } from '../../kit/answers.ts'
import type { Answer, Route } from '../../kit/message.ts'
import { noterActe, notifier } from '../annoncer.ts'
import { type Appel, absent, ecriture, lecture, lireCorps, mauvaiseDemande, refuser } from '../page.ts'
import { UN } from '../routes-profil.ts'
import { estRefus } from '../rules.ts'
import { nomDe } from '../store.ts'
import { lireEntree, refusSection, reglesSante } from './rules.ts'
import { SECTIONS, type Section, sectionDe } from './sections.ts'
import { type EntreeMedicale, entreesDe, entreesMedicales, nonConcernes } from './store.ts'
import { syntheseDe } from './synthese.ts'

/** How long before one is asked to read one's directives again: ours. */
const RELECTURE = 'P1Y'

const inconnue = (): Answer => absent('Section inconnue', `Sections : ${SECTIONS.map(({ id }) => id).join(', ')}.`)

async function montrer(appel: Appel): Promise<Answer> {
  const { world, matriculeIns, age } = appel
  const [entrees, non] = [
    await entreesDe(world, matriculeIns),
    await world.store.range(nonConcernes, { index: 'parProfil', equals: [matriculeIns], limit: 100 }),
  ]
  const sections = SECTIONS.filter((une) => !refusSection(une, age)).map(({ id, libelle, champs, max }) => ({
    id,
    libelle,
    champs,
    max,
    entrees: entrees.filter(({ section }) => section === id),
    nonConcerne: non.some(({ section }) => section === id),
  }))
  const remplies = sections.filter(({ entrees: siennes, nonConcerne }) => siennes.length > 0 || nonConcerne).length
  return json({ sections, completude: Math.round((100 * remplies) / sections.length) })
}

/** The section of the path, open to this person. */
function laSection({ parameters, age, exchange }: Appel): Section | Answer {
  const section = sectionDe(parameters['section'] ?? '')
  if (!section) return inconnue()
  const refus = refusSection(section, age)
  return refus ? refuser(refus, exchange) : section
}

const estReponse = (value: object): value is Answer => 'status' in value

/** Writes an entry; `avant` is the one that changes. */
async function ecrire(appel: Appel, section: Section, avant: EntreeMedicale | undefined): Promise<Answer> {
  const { world, exchange, message, matriculeIns, par, auteur } = appel
  const corps = lireCorps(message)
  if (typeof corps === 'string') return mauvaiseDemande(corps)
  const valeurs = lireEntree(section, corps)
  if (estRefus(valeurs)) return refuser(valeurs, exchange)
  const entree: EntreeMedicale = {
    id: avant?.id ?? world.newId(),
    matriculeIns,
    section: section.id,
    valeurs,
    auteur: nomDe(par),
    modifieLe: world.now(),
  }
  const trop = await world.atomically(async (inside) => {
    const deja = (await entreesDe(inside, matriculeIns)).filter((une) => une.section === section.id && une.id !== entree.id)
    if (deja.length >= section.max) return true
    await inside.store.put(entreesMedicales, entree)
    await inside.store.delete(nonConcernes, `${matriculeIns}|${section.id}`)
    await noterActe(inside, matriculeIns, auteur, `Profil médical : ${section.libelle.toLowerCase()}, une entrée ${avant ? 'changée' : 'ajoutée'}.`)
    if (section.id === 'entourage' && !avant)
      await notifier(inside, appel, { code: 'AJOUT_ENTOURAGE', texte: `${entree.valeurs['nom']} est dans votre entourage.` })
    if (section.id === 'directives-anticipees')
      await inside.schedule({
        id: `mes.directives:${matriculeIns}`,
        dueAt: addDuration(inside.now(), readDuration(RELECTURE)!),
        service: 'mes',
        what: 'directives',
        subject: matriculeIns,
      })
    return false
  })
  if (trop)
    return refuser(
      { refused: reglesSante['MES-PROFIL-MEDICAL-SAISIE'], about: `${section.max} entrée(s) au plus dans cette section`, statut: 422 },
      exchange,
    )
  exchange.respected(reglesSante['MES-PROFIL-MEDICAL-SAISIE'])
  exchange.summarise(`Profil médical : ${section.libelle.toLowerCase()}`)
  return json(entree, avant ? 200 : 201)
}

function ajouter(appel: Appel): Answer | Promise<Answer> {
  const section = laSection(appel)
  return estReponse(section) ? section : ecrire(appel, section, undefined)
}

async function lEntree(appel: Appel): Promise<EntreeMedicale | undefined> {
  const entree = await appel.world.store.get(entreesMedicales, appel.parameters['entree'] || '-')
  return entree?.matriculeIns === appel.matriculeIns && entree.section === appel.parameters['section'] ? entree : undefined
}

async function changer(appel: Appel): Promise<Answer> {
  const section = laSection(appel)
  if (estReponse(section)) return section
  const entree = await lEntree(appel)
  return entree ? await ecrire(appel, section, entree) : absent('Entrée inconnue', 'Elle n’est pas de ce profil, ou elle a été supprimée.')
}

async function supprimer(appel: Appel): Promise<Answer> {
  const entree = await lEntree(appel)
  if (!entree) return absent('Entrée inconnue', 'Elle n’est pas de ce profil, ou elle a été supprimée.')
  await appel.world.store.delete(entreesMedicales, entree.id)
  return noContent()
}

async function direNonConcerne(appel: Appel): Promise<Answer> {
  const section = laSection(appel)
  if (estReponse(section)) return section
  const { world, exchange, message, matriculeIns } = appel
  const corps = lireCorps(message)
  if (typeof corps === 'string') return mauvaiseDemande(corps)
  const { nonConcerne } = corps
  if (typeof nonConcerne !== 'boolean') return mauvaiseDemande('« nonConcerne » vaut true ou false.')
  const id = `${matriculeIns}|${section.id}`
  const pleine = (await entreesDe(world, matriculeIns)).some((une) => une.section === section.id)
  if (nonConcerne && pleine)
    return refuser(
      { refused: reglesSante['MES-PROFIL-MEDICAL-NON-CONCERNE'], about: 'cette section a des entrées : supprimez-les d’abord' },
      exchange,
    )
  if (nonConcerne) await world.store.put(nonConcernes, { id, matriculeIns, section: section.id })
  else await world.store.delete(nonConcernes, id)
  exchange.respected(reglesSante['MES-PROFIL-MEDICAL-NON-CONCERNE'])
  return json({ nonConcerne })
}

async function lireSynthese(appel: Appel): Promise<Answer> {
  return { status: 200, headers: { 'content-type': 'application/pdf', 'cache-control': 'no-store' }, body: await syntheseDe(appel.world, appel) }
}

/** Only then can a professional read something of it. */
async function garderSynthese(appel: Appel): Promise<Answer> {
  const { world, exchange, matriculeIns, par, auteur } = appel
  const bytes = await syntheseDe(world, appel)
  const depose = await world.atomically(async (inside) => {
    const fait = await inside.ask.deposerPourPatient(matriculeIns, {
      titre: 'Synthèse de mon profil médical',
      typeCode: 'DOCPAT08',
      mimeType: 'application/pdf',
      bytes,
      auteur: nomDe(par),
    })
    if (fait) await noterActe(inside, matriculeIns, auteur, 'Synthèse du profil médical ajoutée aux documents.')
    return fait
  })
  if (!depose) return absent('Personne inconnue', 'La synthèse n’a pas pu être enregistrée.')
  exchange.respected(reglesSante['MES-PROFIL-MEDICAL-PATIENT'])
  exchange.ended('accepté')
  exchange.summarise('Synthèse du profil médical ajoutée aux documents')
  return json({ id: depose.documentId }, 201)
}

const PM = `${UN}/profil-medical`

export const routesProfilMedical: readonly Route[] = [
  { method: 'GET', path: PM, handle: lecture('profil médical', montrer) },
  { method: 'GET', path: `${PM}/synthese`, handle: lecture('synthèse du profil médical', lireSynthese) },
  { method: 'POST', path: `${PM}/synthese`, handle: ecriture('synthèse du profil médical', garderSynthese) },
  { method: 'POST', path: `${PM}/{section}`, handle: ecriture('profil médical', ajouter) },
  { method: 'PUT', path: `${PM}/{section}/non-concerne`, handle: ecriture('section non concernée', direNonConcerne) },
  { method: 'PUT', path: `${PM}/{section}/{entree}`, handle: ecriture('profil médical', changer) },
  { method: 'DELETE', path: `${PM}/{section}/{entree}`, handle: ecriture('profil médical', supprimer) },
]

import type { TypeMesure } from '#standards/fhir/mesures.ts'
import { json } from '../../kit/answers.ts'
import type { Answer, Route } from '../../kit/message.ts'
import type { World } from '../../world.ts'
import { noterActe } from '../annoncer.ts'
import { derniereMesure, type MesureEnregistree } from '../mesures/store.ts'
import { MESURES } from '../mesures/types.ts'
import { type Appel, absent, ecriture, lecture, refuser } from '../page.ts'
import { UN } from '../routes-profil.ts'
import { completude, refusEcriture, refusSection, reglesProfil } from './rules.ts'
import { nomDe } from '../store.ts'
import { HISTOIRE, type Section, sectionDe, SECTIONS } from './sections.ts'
import { entreesDe, nonConcernesDe } from './store.ts'
import { ecrireSynthese, TITRE_SYNTHESE, TYPE_SYNTHESE } from './synthese.ts'
import { DIRECTIVES } from './directives.ts'

/** The newest measure of each kind. */
async function dernieresMesures(world: World, matriculeIns: string): Promise<MesureEnregistree[]> {
  const dernieres: MesureEnregistree[] = []
  for (const type of Object.keys(MESURES) as TypeMesure[]) {
    const une = await derniereMesure(world, matriculeIns, type)
    if (une) dernieres.push(une)
  }
  return dernieres
}

/** The list of sections, how many entries in each, and how far the profile is filled. */
async function lister({ world, exchange, matriculeIns, age, qualite }: Appel): Promise<Answer> {
  const [toutes, nonConcernes] = [await entreesDe(world, matriculeIns), await nonConcernesDe(world, matriculeIns)]
  const nombres = new Map<string, number>([['mesures', (await dernieresMesures(world, matriculeIns)).length]])
  for (const { section } of toutes) nombres.set(section, (nombres.get(section) ?? 0) + 1)
  const nombreDe = ({ id }: Section) => nombres.get(id) ?? 0
  exchange.respected(reglesProfil['MES-PROFIL-SECTIONS'])
  exchange.respected(reglesProfil['MES-PROFIL-PRIVE'])
  exchange.summarise('Rubriques du profil médical')
  return json({
    sections: (SECTIONS as readonly Section[]).map((une) => ({
      ...une,
      nombre: nombreDe(une),
      nonConcerne: nonConcernes.has(une.id),
      permise: refusSection(une, age) === undefined,
      modifiable: refusEcriture(une, { age, qualite }) === undefined,
    })),
    completude: completude(age, (une) => nombreDe(une) > 0 || nonConcernes.has(une.id)),
  })
}

/** Sections that the setting « masquer les nouveaux documents » covers too. */
const COUVERTES: ReadonlySet<string> = new Set([HISTOIRE, DIRECTIVES])

async function lire({ world, exchange, matriculeIns, age, qualite, parameters }: Appel): Promise<Answer> {
  const section = sectionDe(parameters['section'])
  if (!section) return absent('Rubrique inconnue', `Rubriques : ${SECTIONS.map(({ id }) => id).join(', ')}.`)
  const refus = refusSection(section, age)
  if (refus) return refuser(refus, exchange)
  const lues = await entreesDe(world, matriculeIns, section.id)
  if (COUVERTES.has(section.id)) exchange.respected(reglesProfil['MES-HISTOIRE-MASQUEE'])
  exchange.summarise(`${section.libelle} : ${lues.length} ligne${lues.length > 1 ? 's' : ''}`)
  return json({
    section,
    entrees: lues,
    nonConcerne: (await nonConcernesDe(world, matriculeIns)).has(section.id),
    modifiable: refusEcriture(section, { age, qualite }) === undefined,
    ...(COUVERTES.has(section.id) && { masque: await world.ask.masqueParDefaut(matriculeIns) }),
  })
}

async function synthese(appel: Appel): Promise<Uint8Array> {
  const { world, matriculeIns, personne } = appel
  return ecrireSynthese({
    personne,
    nom: nomDe(appel),
    matriculeIns,
    le: world.now(),
    entrees: await entreesDe(world, matriculeIns),
    nonConcernes: await nonConcernesDe(world, matriculeIns),
    mesures: await dernieresMesures(world, matriculeIns),
  })
}

async function apercu(appel: Appel): Promise<Answer> {
  appel.exchange.respected(reglesProfil['MES-PROFIL-SYNTHESE'])
  appel.exchange.summarise('Synthèse relue, rien n’est enregistré')
  return {
    status: 200,
    headers: { 'content-type': 'application/pdf', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
    body: await synthese(appel),
  }
}

/** The synthesis as it is today becomes a document, which professionals may then read. */
async function enregistrer(appel: Appel): Promise<Answer> {
  const { world, exchange, matriculeIns, auteur, par } = appel
  const bytes = await synthese(appel)
  const masque = await world.ask.masqueParDefaut(matriculeIns)
  const depose = await world.atomically(async (inside) => {
    const document = await inside.ask.deposerPourPatient(matriculeIns, {
      titre: TITRE_SYNTHESE,
      typeCode: TYPE_SYNTHESE,
      mimeType: 'application/pdf',
      bytes,
      auteur: nomDe(par),
      masque,
    })
    if (document) await noterActe(inside, matriculeIns, auteur, 'Synthèse du profil médical enregistrée dans les documents.')
    return document
  })
  if (!depose) return absent('Dossier fermé', 'La synthèse ne peut pas être enregistrée : le dossier n’est pas ouvert.')
  exchange.respected(reglesProfil['MES-PROFIL-SYNTHESE'])
  exchange.summarise('Synthèse enregistrée dans les documents')
  return json({ ...depose, titre: TITRE_SYNTHESE }, 201)
}

export const routesProfilMedical: readonly Route[] = [
  { method: 'GET', path: `${UN}/profil-medical`, handle: lecture('profil médical', lister) },
  { method: 'GET', path: `${UN}/profil-medical/{section}`, handle: lecture('rubrique du profil médical', lire) },
  { method: 'GET', path: `${UN}/synthese`, handle: lecture('synthèse, aperçu', apercu) },
  { method: 'POST', path: `${UN}/synthese`, handle: ecriture('synthèse enregistrée', enregistrer) },
]

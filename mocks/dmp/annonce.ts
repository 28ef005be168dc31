import { nomUsuel } from '../database/registre.ts'
import { addDuration, readDuration } from '../kit/duration.ts'
import type { Annonce } from '../kit/service.ts'
import type { Timer, World } from '../world.ts'
import { auteurAffiche } from './auteur.ts'
import { nextVisibilite } from './lifecycle.ts'
import { estSignature, porte, secretPour } from './rules/lecture.ts'
import { type DocumentEnregistre, documents, parUniqueId } from './store.ts'
import { devenu, enregistrerVersion, visibiliteDe } from './visibilite.ts'

/**
 * The dispositif d'annonce: what waits while a document is invisible to the patient. The delays run from the deposit.
 * @see CSP R.1111-53 ; functional.md §4.5
 */
const DELAIS = { 'DMP-ANNONCE-SIGNALEMENT': 'dmp.annonceSignalement', 'DMP-ANNONCE-VISIBILITE': 'dmp.annonceVisibilite' } as const

const timerDe = (what: string, uniqueId: string): string => `${what}:${uniqueId}`

type Attendu = Pick<DocumentEnregistre, 'uniqueId' | 'patient' | 'deposeLe' | 'entry'>

/** Starts the delays of an invisible document; nothing for another. Inside a transaction. */
export async function programmerAnnonce(world: World, { uniqueId, patient, deposeLe, entry }: Attendu): Promise<void> {
  if (estSignature(entry) || !porte(entry, 'INVISIBLE_PATIENT')) return
  for (const [reglage, what] of Object.entries(DELAIS)) {
    const duree = readDuration(String(world.setting(reglage)))
    if (duree)
      await world.schedule({
        id: timerDe(what, uniqueId),
        dueAt: addDuration(deposeLe, duree),
        service: 'dmp',
        what,
        subject: patient,
        data: { uniqueId },
      })
  }
}

/** The document is announced, replaced or deleted: nothing waits any more. */
export async function annulerAnnonce(world: World, { uniqueId }: Pick<DocumentEnregistre, 'uniqueId'>): Promise<void> {
  for (const what of Object.values(DELAIS)) await world.cancel(timerDe(what, uniqueId))
}

async function attendu({ data }: Timer, world: World): Promise<DocumentEnregistre | undefined> {
  const document = (await parUniqueId(world, (data as { uniqueId: string }).uniqueId)).at(-1)
  return document && (document.etat === 'approved' || document.etat === 'archived') ? document : undefined
}

/** A closed record changes by itself too, but its holder is told nothing. */
const ouvert = async (world: World, patient: string): Promise<boolean> => (await world.ask.situationDossier(patient)).etat === 'ouvert'

/** Two weeks: that the record changed and that a professional may be seen, never what changed. */
async function signaler(timer: Timer, world: World): Promise<void> {
  const document = await attendu(timer, world)
  if (!document || !nextVisibilite(visibiliteDe(document), { type: 'delai.signalement' })) return
  await world.store.put(documents, { ...document, signaleLe: world.now() })
  if (await ouvert(world, document.patient)) await world.tell({ type: 'document.annonceAttendue', matriculeIns: document.patient })
}

/** One month: visible, whatever was said. */
async function rendreVisible(timer: Timer, world: World): Promise<void> {
  const document = await attendu(timer, world)
  const visible = document && (await devenu(world, document, ['delai.visibilite']))
  if (!document || visible === document) return
  await enregistrerVersion(world, document, visible!, document.lot)
  if (await ouvert(world, document.patient))
    await world.tell({
      type: 'document.visibleAuto',
      matriculeIns: document.patient,
      documentId: document.uniqueId,
      titre: document.entry.title,
      ...auteurAffiche(document.entry),
      ...secretPour(document.entry),
    })
}

/** What the delays will do, in words. */
async function direAnnonce(timer: Timer, world: World): Promise<Annonce | undefined> {
  const document = await attendu(timer, world)
  if (!document || !porte(document.entry, 'INVISIBLE_PATIENT')) return undefined
  const name = await nomUsuel(world, document.patient)
  return timer.what === DELAIS['DMP-ANNONCE-SIGNALEMENT']
    ? { name, rule: 'DMP-ANNONCE-SIGNALEMENT', title: `Sans annonce, ${name} apprend que son dossier a été mis à jour` }
    : { name, rule: 'DMP-ANNONCE-VISIBILITE', title: `« ${document.entry.title} » devient visible de ${name} sans annonce` }
}

export const echeancesAnnonce = {
  [DELAIS['DMP-ANNONCE-SIGNALEMENT']]: { fire: signaler, describe: direAnnonce },
  [DELAIS['DMP-ANNONCE-VISIBILITE']]: { fire: rendreVisible, describe: direAnnonce },
}

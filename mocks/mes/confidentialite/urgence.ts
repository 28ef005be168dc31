import type { World, WorldEvent } from '../../world.ts'
import { noterActivite, notifier } from '../annoncer.ts'
import { nomDeLaStructure, nomDuProfessionnel } from '../noms.ts'
import { nouvelleDe } from '../notifications.ts'
import { titulaireDe } from '../store.ts'
import { medecinTraitantDe } from './professionnels.ts'
import { type AccesUrgence, accesUrgence } from './store.ts'

type EnUrgence = Extract<WorldEvent, { type: 'acces.brisDeGlace' | 'acces.regulation' }>

const HEURE = 3_600_000
/** Accesses looked back at: within one hour, more than this is the same as none. */
const DERNIERS = 50

/** Somebody read in an emergency: line of the history, news to the holder, notice to the médecin traitant. @see CSP R.1111-48 */
export async function signalerUrgence(recu: EnUrgence, world: World): Promise<void> {
  const event = { ...recu, acteur: nomDuProfessionnel(recu.acteur), structure: nomDeLaStructure(recu.structure) }
  const titulaire = await titulaireDe(world, event.matriculeIns)
  const nouvelle = nouvelleDe(event)
  if (!titulaire || !nouvelle) return
  const { matriculeIns, distribution } = titulaire
  const present: AccesUrgence = {
    id: world.newId(),
    matriculeIns,
    le: world.now(),
    mode: event.type === 'acces.brisDeGlace' ? 'bris de glace' : 'centre 15',
    acteur: event.acteur,
    structure: event.structure,
    motif: event.type === 'acces.brisDeGlace' ? event.motif : '',
    medecinTraitant: (await medecinTraitantDe(world, distribution))?.identifiant ?? '',
  }
  const derniers = await world.store.range(accesUrgence, {
    index: 'parProfil',
    equals: [matriculeIns],
    from: present.le - HEURE,
    reverse: true,
    limit: DERNIERS,
  })
  if (derniers.some((un) => memeAcces(un, present))) return
  await world.store.put(accesUrgence, present)
  await noterActivite(world, matriculeIns, nouvelle.trace)
  if (nouvelle.notification) await notifier(world, titulaire, nouvelle.notification)
}

const memeAcces = (un: AccesUrgence, autre: AccesUrgence): boolean =>
  un.mode === autre.mode && un.acteur === autre.acteur && un.structure === autre.structure && un.motif === autre.motif

import { addDuration, readDuration } from '../../kit/duration.ts'
import type { World } from '../../world.ts'
import { ouvrir } from '../changement.ts'
import { VUES } from '../etats.ts'
import { courriers } from '../store.ts'
import { accede } from './lifecycle.ts'
import { appariementsDe, serviceDuCatalogue } from './store.ts'

const TOUS_LES = readDuration('P90D')!

const timerDe = (matriculeIns: string): string => `mes.services:${matriculeIns}`

/** The first synchronisation starts the ninety days; the others change nothing. Inside a transaction. */
export async function armerRappel(world: World, matriculeIns: string): Promise<void> {
  const ouverts = (await appariementsDe(world, matriculeIns)).filter(({ etat }) => accede(etat))
  if (ouverts.length === 1 && ouverts[0]!.contexte.consentiLe === world.now()) await programmer(world, matriculeIns)
}

const programmer = (world: World, matriculeIns: string): Promise<void> =>
  world.schedule({
    id: timerDe(matriculeIns),
    dueAt: addDuration(world.now(), TOUS_LES),
    service: 'mes',
    what: 'rappelServices',
    subject: matriculeIns,
  })

/** Ninety days passed: the list by mail if the holder keeps it, and ninety days more as long as one service is synchronised. */
export async function rappelServices(world: World, matriculeIns: string): Promise<void> {
  const noms: string[] = []
  for (const { etat, service } of await appariementsDe(world, matriculeIns))
    if (accede(etat)) noms.push((await serviceDuCatalogue(world, service))?.nom ?? service)
  const ouvert = await ouvrir(world, matriculeIns)
  if (noms.length === 0 || !ouvert) return
  await programmer(world, matriculeIns)
  const { courriel, preferences, etat } = ouvert.profil
  if (courriel === '' || !preferences.NOTIF_SYNCHRONIZED_SERVICE || VUES[etat].patient !== 'tout') return
  await world.store.put(courriers, {
    id: world.newId(),
    matriculeIns,
    le: world.now(),
    canal: 'courriel',
    objet: 'Mon espace santé : vos services synchronisés',
    texte: `Ces services sont synchronisés avec votre profil : ${noms.join(', ')}. Vous pouvez les désynchroniser à tout moment.`,
  })
}

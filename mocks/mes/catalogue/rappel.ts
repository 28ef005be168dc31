import { addDuration, readDuration } from '../../kit/duration.ts'
import type { Annonce } from '../../kit/service.ts'
import type { World } from '../../world.ts'
import { annonce } from '../annoncer.ts'
import { ouvrir } from '../changement.ts'
import { VUES } from '../etats.ts'
import { courriers, type ProfilEnregistre } from '../store.ts'
import { accede } from './lifecycle.ts'
import { reglesCatalogue } from './rules.ts'
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

/** Names of the services that may use what the holder allowed. */
async function synchronises(world: World, matriculeIns: string): Promise<string[]> {
  const noms: string[] = []
  for (const { etat, service } of await appariementsDe(world, matriculeIns))
    if (accede(etat)) noms.push((await serviceDuCatalogue(world, service))?.nom ?? service)
  return noms
}

/** Whether the list is sent to them: they keep it, read mail and open their profile. */
const recoitLaListe = ({ courriel, preferences, etat }: ProfilEnregistre): boolean =>
  courriel !== '' && preferences.NOTIF_SYNCHRONIZED_SERVICE && VUES[etat].patient === 'tout'

/** Ninety days passed: the list by mail if the holder keeps it, and ninety days more as long as one service is synchronised. */
export async function rappelServices(world: World, matriculeIns: string): Promise<void> {
  const noms = await synchronises(world, matriculeIns)
  const ouvert = await ouvrir(world, matriculeIns)
  if (noms.length === 0 || !ouvert) return
  await programmer(world, matriculeIns)
  if (!recoitLaListe(ouvert.profil)) return
  await world.store.put(courriers, {
    id: world.newId(),
    matriculeIns,
    le: world.now(),
    canal: 'courriel',
    objet: 'Mon espace santé : vos services synchronisés',
    texte: `Ces services sont synchronisés avec votre profil : ${noms.join(', ')}. Vous pouvez les désynchroniser à tout moment.`,
  })
}

/** What the ninety days will bring, in words. */
export async function direRappelServices(world: World, matriculeIns: string): Promise<Annonce | undefined> {
  const noms = await synchronises(world, matriculeIns)
  const ouvert = await ouvrir(world, matriculeIns)
  if (noms.length === 0 || !ouvert || !recoitLaListe(ouvert.profil)) return undefined
  return annonce(ouvert, `reçoit la liste de ses services connectés : ${noms.join(', ')}`, reglesCatalogue['MES-APPARIEMENT-90-JOURS'].code)
}

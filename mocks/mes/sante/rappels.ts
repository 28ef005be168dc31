import type { Timer, World } from '../../world.ts'
import { type RendezVousEnregistre, rendezVous } from '../agenda/store.ts'
import { notifier } from '../annoncer.ts'
import { titulaireDe } from '../store.ts'

const JOUR = 86_400_000
const timerDe = (id: string): string => `mes.agenda:${id}`

/** A meeting is recalled the day before, a reminder on its time. A past one is not. Inside a transaction. */
export async function programmerRappel(world: World, { id, matriculeIns, genre, debut }: RendezVousEnregistre): Promise<void> {
  const dueAt = genre === 'rappel' ? debut : debut - JOUR
  if (dueAt > world.now()) await world.schedule({ id: timerDe(id), dueAt, service: 'mes', what: 'agenda', subject: matriculeIns, data: { id } })
}

export const annulerRappel = (world: World, id: string): Promise<void> => world.cancel(timerDe(id))

export async function rappeler({ data, subject }: Timer, world: World): Promise<void> {
  const un = await world.store.get(rendezVous, (data as { id: string }).id)
  const titulaire = await titulaireDe(world, subject)
  if (!un || un.statut === 'annulé' || !titulaire) return
  await notifier(world, titulaire, { code: un.genre === 'rappel' ? 'RAPPEL_AGENDA' : 'RAPPEL_RDV_USAGER', texte: un.titre })
}

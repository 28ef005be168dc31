import type { Annonce } from '../../kit/service.ts'
import type { Timer, World } from '../../world.ts'
import { annonce, lecteurDe, notifier } from '../annoncer.ts'
import { reglesAgenda } from './rules.ts'
import { rendezVous, rendezVousDe, type RendezVousEnregistre } from './store.ts'

const JOUR = 86_400_000

const timerDe = (id: string): string => `mes.agenda:${id}`

/** When the holder is told of it: the eve for a meeting, the hour itself for a reminder. */
export const rappelLe = ({ genre, debut }: Pick<RendezVousEnregistre, 'genre' | 'debut'>): number => (genre === 'rappel' ? debut : debut - JOUR)

/** Writes a meeting or a reminder, and sets or moves its announcement. Whoever writes in the agenda comes through here. Inside a transaction. */
export async function inscrire(world: World, une: RendezVousEnregistre): Promise<void> {
  await world.store.put(rendezVous, une)
  const dueAt = rappelLe(une)
  if (une.statut === 'prévu' && dueAt > world.now())
    await world.schedule({ id: timerDe(une.id), dueAt, service: 'mes', what: 'rappelAgenda', subject: une.matriculeIns, data: { id: une.id } })
  else await world.cancel(timerDe(une.id))
}

/** Inside a transaction. */
export async function retirer(world: World, id: string): Promise<void> {
  await world.store.delete(rendezVous, id)
  await world.cancel(timerDe(id))
}

/** The record is deleted, and its dates with it. Inside a transaction. */
export async function oublierRappels(world: World, matriculeIns: string): Promise<void> {
  for (const { id } of await rendezVousDe(world, matriculeIns, 1_000)) await world.cancel(timerDe(id))
}

/** The hour has come. What was moved without `inscrire` is announced at its new hour; what is gone, not at all. */
export async function rappeler({ data }: Timer, world: World): Promise<void> {
  const une = await world.store.get(rendezVous, (data as { id: string }).id)
  if (!une || une.statut === 'annulé') return
  if (rappelLe(une) > world.now()) return await inscrire(world, une)
  const titulaire = await lecteurDe(world, une.matriculeIns)
  if (!titulaire) return
  const heure = HEURE.format(une.debut)
  await notifier(
    world,
    titulaire,
    une.genre === 'rappel'
      ? { code: 'RAPPEL_AGENDA', texte: une.titre }
      : { code: 'RAPPEL_RDV_USAGER', texte: `Demain à ${heure} : ${une.titre}${une.lieu ? `, ${une.lieu}` : ''}.` },
  )
}

/** What the reminder will be, in words. */
export async function direRappel({ data }: Timer, world: World): Promise<Annonce | undefined> {
  const une = await world.store.get(rendezVous, (data as { id: string }).id)
  if (!une || une.statut === 'annulé' || rappelLe(une) > world.now()) return undefined
  const titulaire = await lecteurDe(world, une.matriculeIns)
  const quoi = une.genre === 'rappel' ? 'de son agenda' : 'de son rendez-vous du lendemain'
  return titulaire && annonce(titulaire, `reçoit le rappel ${quoi} : « ${une.titre} »`, reglesAgenda['MES-AGENDA-ANNONCE'].code)
}

const HEURE = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', hour: '2-digit', minute: '2-digit' })

import type { Timer, World } from '../../world.ts'
import { notifier } from '../annoncer.ts'
import { VUES } from '../etats.ts'
import { profilDe, type TitulaireConnu, titulaireDe } from '../store.ts'
import { NOTIFICATION_DE } from './examens.ts'
import { occurrencesDe } from './rules.ts'
import { reponsesDe } from './store.ts'

export const timerDe = (matriculeIns: string): string => `mes.prevention:${matriculeIns}`

/** Sets the next due date of a person, one timer each: those of the cast, and whoever once answered. Inside a transaction. */
export async function programmer(world: World, { matriculeIns, personne }: TitulaireConnu, apres = world.now()): Promise<void> {
  const suivante = occurrencesDe(personne).find(({ le }) => le > apres)
  const id = timerDe(matriculeIns)
  if (suivante) await world.schedule({ id, dueAt: suivante.le, service: 'mes', what: 'rappelPrevention', subject: matriculeIns })
  else await world.cancel(id)
}

/** A birthday that brings something. Told to who opens the profile; a deceased person has no more. */
export async function rappelerPrevention({ subject, dueAt }: Timer, world: World): Promise<void> {
  const titulaire = await titulaireDe(world, subject)
  if (!titulaire) return
  const { etat } = await profilDe(world, titulaire)
  if (etat === 'deceased') return
  if (VUES[etat].patient === 'tout') {
    const reponses = await reponsesDe(world, titulaire.matriculeIns)
    for (const { id, examen, le } of occurrencesDe(titulaire.personne)) {
      const statut = reponses.get(id)?.statut
      if (le !== dueAt || statut === 'DONE' || statut === 'NOT_DONE') continue
      await notifier(world, titulaire, { code: NOTIFICATION_DE[examen.genre], texte: `${examen.libelle} : c’est le moment d’y penser.` })
    }
  }
  await programmer(world, titulaire, dueAt)
}

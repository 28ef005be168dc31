import type { Annonce } from '../../kit/service.ts'
import type { Timer, World } from '../../world.ts'
import { annonce, lecteurDe, notifier } from '../annoncer.ts'
import { VUES } from '../etats.ts'
import { profilDe, type TitulaireConnu, titulaireDe } from '../store.ts'
import { NOTIFICATION_DE } from './examens.ts'
import { type Occurrence, occurrencesDe, reglesPrevention } from './rules.ts'
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
  if (VUES[etat].patient === 'tout')
    for (const { examen } of await attendues(world, titulaire, dueAt))
      await notifier(world, titulaire, { code: NOTIFICATION_DE[examen.genre], texte: `${examen.libelle} : c’est le moment d’y penser.` })
  await programmer(world, titulaire, dueAt)
}

/** What this birthday brings and that the holder has not answered yet. */
async function attendues(world: World, { matriculeIns, personne }: TitulaireConnu, le: number): Promise<Occurrence[]> {
  const reponses = await reponsesDe(world, matriculeIns)
  return occurrencesDe(personne).filter((une) => une.le === le && !['DONE', 'NOT_DONE'].includes(reponses.get(une.id)?.statut ?? ''))
}

/** What the birthday brings, in words. */
export async function direRappelPrevention({ subject, dueAt }: Timer, world: World): Promise<Annonce | undefined> {
  const titulaire = await lecteurDe(world, subject)
  const examens = titulaire ? await attendues(world, titulaire, dueAt) : []
  const noms = examens.map(({ examen }) => examen.libelle).join(', ')
  return titulaire && examens.length > 0
    ? annonce(titulaire, `atteint l’âge recommandé : ${noms}`, reglesPrevention['MES-PREVENTION-RAPPEL'].code)
    : undefined
}

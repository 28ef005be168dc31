import { addDuration, readDuration } from '../../kit/duration.ts'
import type { Annonce } from '../../kit/service.ts'
import type { Timer, World } from '../../world.ts'
import { annonce, lecteurDe, notifier } from '../annoncer.ts'
import { VUES } from '../etats.ts'
import { profilDe, titulaireDe } from '../store.ts'
import { reglesProfil } from './rules.ts'
import { entreesDe } from './store.ts'

export const DIRECTIVES = 'directives-anticipees'

export const REGLAGE_RELECTURE = { 'MES-DELAI-RELECTURE-DA': 'P1Y' } as const

/** A setting that is no duration, or nothing at all, counts for nothing. */
function relectureApres(world: World, depuis: number): number {
  const duree = readDuration(String(world.setting('MES-DELAI-RELECTURE-DA')))
  const dueAt = duree ? addDuration(depuis, duree) : depuis
  return dueAt > depuis ? dueAt : addDuration(depuis, readDuration(REGLAGE_RELECTURE['MES-DELAI-RELECTURE-DA'])!)
}

/** Sets the reminder to read the directives again, or takes it away. Inside a transaction. @param depuis simulated milliseconds */
export async function programmerRelecture(world: World, matriculeIns: string, depuis: number | undefined): Promise<void> {
  const id = `mes.directives:${matriculeIns}`
  if (depuis === undefined) await world.cancel(id)
  else await world.schedule({ id, dueAt: relectureApres(world, depuis), service: 'mes', what: 'relectureDirectives', subject: matriculeIns })
}

/** A year has passed. */
export async function rappelerRelecture({ subject, dueAt }: Timer, world: World): Promise<void> {
  const titulaire = await titulaireDe(world, subject)
  const [directives] = titulaire ? await entreesDe(world, titulaire.matriculeIns, DIRECTIVES) : []
  if (!titulaire || !directives) return
  const { etat } = await profilDe(world, titulaire)
  if (etat === 'deceased') return
  if (VUES[etat].patient === 'tout')
    await notifier(world, titulaire, {
      code: 'RAPPEL_MODIF_DA',
      texte: 'Disent-elles toujours ce que vous voulez ? Vous pouvez les changer quand vous voulez.',
    })
  await programmerRelecture(world, titulaire.matriculeIns, dueAt)
}

/** What the reminder will be, in words. */
export async function direRelecture({ subject }: Timer, world: World): Promise<Annonce | undefined> {
  const titulaire = await lecteurDe(world, subject)
  const [directives] = titulaire ? await entreesDe(world, titulaire.matriculeIns, DIRECTIVES) : []
  return titulaire && directives && annonce(titulaire, 'est invité à relire ses directives anticipées', reglesProfil['MES-DA-RELECTURE'].code)
}

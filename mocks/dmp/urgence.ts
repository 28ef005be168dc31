import type { World } from '../world.ts'
import type { AppelDmp } from './appel.ts'

/** Who reads whose record, as the other services are told. */
export const quiLit = ({ appelant, dossier }: Pick<AppelDmp, 'appelant' | 'dossier'>) => ({
  matriculeIns: dossier.matriculeIns,
  acteur: appelant.nom,
  structure: appelant.structureId,
})

/** An access that no authorisation opened is told as such. Inside a transaction. */
export async function direUrgence(world: World, appel: Pick<AppelDmp, 'appelant' | 'dossier'>): Promise<void> {
  const { mode, motif } = appel.appelant
  if (mode === 'bris_de_glace') await world.tell({ type: 'acces.brisDeGlace', ...quiLit(appel), motif })
  if (mode === 'centre_15') await world.tell({ type: 'acces.regulation', ...quiLit(appel) })
}

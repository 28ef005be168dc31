import { matriculeIns as quinze } from '#standards/ins/traits.ts'
import { castOf } from '../../database/registre.ts'
import type { World } from '../../world.ts'
import { titulaireDe } from '../store.ts'
import { programmerMajorite } from './anniversaire.ts'
import { delegations } from './store.ts'

const DIX_MOIS = 300 * 86_400_000

/** The aidants of the cast accepted long ago; the children of the cast come of age on their day. */
export async function semerDelegations(world: World): Promise<void> {
  const { patients } = await castOf(world)
  const le = world.now() - DIX_MOIS
  for (const { personne, liens } of patients) {
    const matriculeIns = quinze(personne.ins)
    for (const { lien, patient } of liens) {
      const autre = patients.find(({ id }) => id === patient)
      if (lien === 'aidant' && autre)
        await world.store.put(delegations, {
          id: world.newId(),
          type: 'CAREGIVING',
          matriculeIns,
          delegue: quinze(autre.personne.ins),
          demandeur: matriculeIns,
          demandeLe: le,
          etat: 'ACCEPTED',
          contexte: { demandeLe: le, finLe: null, depuis: le },
        })
    }
    const titulaire = liens.some(({ lien }) => lien === 'parent') ? await titulaireDe(world, matriculeIns) : undefined
    if (titulaire) await programmerMajorite(world, titulaire)
  }
}

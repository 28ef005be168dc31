import type { TypeMesure } from '#standards/fhir/mesures.ts'
import { matriculeIns as quinze } from '#standards/ins/traits.ts'
import { castOf } from '../../database/registre.ts'
import type { World } from '../../world.ts'
import { mesures, type MesureEnregistree } from './store.ts'

const JOUR = 86_400_000

/** Days before today, the value, and the second value of a blood pressure. */
type Releve = readonly [jours: number, valeur: number, valeur2?: number]

const CAMILLE: Readonly<Partial<Record<TypeMesure, readonly Releve[]>>> = {
  WEIGHT: [
    [360, 66.2],
    [290, 65.4],
    [220, 64.8],
    [150, 64],
    [95, 63.1],
    [40, 62.8],
    [6, 62.5],
  ],
  HEIGHT: [[360, 168]],
  BLOOD_PRESSURE: [
    [290, 128, 82],
    [150, 124, 79],
    [40, 122, 78],
    [6, 119, 77],
  ],
  HEART_RATE: [
    [40, 72],
    [6, 68],
  ],
}

/** A diabetes that she follows at home. */
const JEANNE: Readonly<Partial<Record<TypeMesure, readonly Releve[]>>> = {
  GLUCOSE: [
    [21, 142],
    [14, 131],
    [7, 126],
    [1, 118],
  ],
  WEIGHT: [
    [120, 74],
    [7, 71.5],
  ],
}

const PERSONNES: Readonly<Record<string, typeof CAMILLE>> = { 'camille-floreal': CAMILLE, 'jeanne-messidor': JEANNE }

/** What a few people of the cast wrote down before the first scene; the others have an empty book. */
export async function semerMesures(world: World): Promise<void> {
  const { patients } = await castOf(world)
  for (const { id, personne, nomAffiche } of patients)
    for (const [type, releves] of Object.entries(PERSONNES[id] ?? {}) as [TypeMesure, readonly Releve[]][])
      for (const [jours, valeur, valeur2] of releves) {
        const le = world.now() - jours * JOUR
        const mesure: MesureEnregistree = {
          id: world.newId(),
          matriculeIns: quinze(personne.ins),
          type,
          valeur,
          ...(valeur2 === undefined ? {} : { valeur2 }),
          le,
          origine: 'patient',
          auteur: nomAffiche,
          modifieLe: le,
        }
        await world.store.put(mesures, mesure)
      }
}

import { emettreJetonPour } from '../mocks/pro-sante-connect/jetons.ts'
import type { World } from '../mocks/world.ts'

/** An access token of this professional (`PS_IdNat`) of the cast, good for four minutes of simulated time. */
export async function jetonPour({ world }: { readonly world: World }, identifiant: string): Promise<string> {
  const jeton = await emettreJetonPour(world, identifiant, 'http://bac.test')
  if (jeton === undefined) throw new Error(`nobody of the cast is ${identifiant}`)
  return jeton
}

import { matriculeIns } from '#standards/ins/traits.ts'
import type { FaitPasse } from '../mocks/database/distribution.ts'
import { personneDeRang } from '../mocks/database/population.ts'
import { enregistrer } from '../mocks/mes/changement.ts'
import { rejouer } from '../mocks/mes/delais.ts'
import { profilJamaisTouche } from '../mocks/mes/store.ts'
import type { World } from '../mocks/world.ts'

const JOUR = 86_400_000

/** Eight kinds of story, told `jours` days ago: from a newborn not yet told to a deletion under way. */
function histoire(rang: number, maintenant: number): { faits: FaitPasse[]; noticePrevueLe: number | null } {
  const jours = (rang * 7) % 400
  const ilYA = (nombre: number, evenement: FaitPasse['evenement']): FaitPasse => ({ le: maintenant - nombre * JOUR, evenement })
  const informe = ilYA(500 + jours, 'cnam.informe')
  const histoires: FaitPasse[][] = [
    [ilYA(jours % 40, 'cnam.informe')],
    [informe],
    [informe, ilYA(jours, 'patient.active')],
    [informe, ilYA(401, 'patient.active'), ilYA(jours % 40, 'cnam.suspend')],
    [informe, ilYA(jours, 'patient.ferme')],
    [informe, ilYA(90 + jours, 'patient.ferme'), ilYA(jours % 80, 'patient.demandeSuppression')],
    [ilYA(20, 'cnam.informe'), ilYA(jours % 15, 'patient.oppose')],
    [],
  ]
  const faits = histoires[rang % histoires.length]!
  return { faits, noticePrevueLe: faits.length === 0 ? maintenant + jours * 5 * JOUR : null }
}

/** Stores the profiles of `nombre` people of the population, in mixed states, their delays running. @returns their matricules */
export async function peuplerProfils(world: World, nombre: number): Promise<string[]> {
  return await world.atomically(async (inside) => {
    const matricules: string[] = []
    for (let rang = 0; rang < nombre; rang++) {
      const personne = personneDeRang(rang * 6_007 + 13)
      const matricule = matriculeIns(personne.ins)
      const jamais = profilJamaisTouche(inside, { matriculeIns: matricule, personne, distribution: undefined })
      const { faits, noticePrevueLe } = histoire(rang, inside.now())
      await enregistrer(inside, { ...jamais, ...rejouer(faits, inside.now(), noticePrevueLe) })
      matricules.push(matricule)
    }
    return matricules
  })
}

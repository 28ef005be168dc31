import { matriculeIns as quinze } from '#standards/ins/traits.ts'
import { castOf } from '../../database/registre.ts'
import type { World } from '../../world.ts'
import { inscrire } from './rappels.ts'
import type { RendezVousEnregistre } from './store.ts'

const HEURE = 3_600_000

type DateSemee = Pick<RendezVousEnregistre, 'genre' | 'titre'> &
  Partial<Pick<RendezVousEnregistre, 'lieu' | 'note'>> & { readonly dansHeures: number }

const DATES: Readonly<Record<string, readonly DateSemee[]>> = {
  'camille-floreal': [
    { genre: 'rendez-vous', titre: 'Consultation de suivi', lieu: 'Dr Claire Primidi', dansHeures: -40 * 24 + 2 },
    { genre: 'rappel', titre: 'Renouveler le traitement de l’asthme', dansHeures: 49 },
    {
      genre: 'rendez-vous',
      titre: 'Explorations respiratoires',
      lieu: 'Centre hospitalier',
      note: 'Venir avec l’inhalateur.',
      dansHeures: 9 * 24 + 3,
    },
  ],
  'jeanne-messidor': [{ genre: 'rendez-vous', titre: 'Prise de sang', lieu: 'Laboratoire', note: 'À jeun depuis la veille.', dansHeures: 4 * 24 }],
}

/** A few dates around today. */
export async function semerAgenda(world: World): Promise<void> {
  const { patients } = await castOf(world)
  for (const { id, personne } of patients)
    for (const { dansHeures, ...reste } of DATES[id] ?? [])
      await inscrire(world, {
        id: world.newId(),
        matriculeIns: quinze(personne.ins),
        auteur: 'PATIENT',
        note: '',
        lieu: '',
        ...reste,
        debut: Math.floor(world.now() / HEURE) * HEURE + dansHeures * HEURE,
        statut: 'prévu',
        modifieLe: world.now(),
      })
}

import { matriculeIns as quinze } from '#standards/ins/traits.ts'
import { castOf } from '../../database/registre.ts'
import type { World } from '../../world.ts'
import { inscrire } from './rappels.ts'
import type { RendezVousEnregistre } from './store.ts'

const [JOUR, HEURE] = [86_400_000, 3_600_000]

/** `heure`: UTC. */
type DateSemee = Pick<RendezVousEnregistre, 'genre' | 'titre'> &
  Partial<Pick<RendezVousEnregistre, 'lieu' | 'note'>> & { readonly dansJours: number; readonly heure: number }

const DATES: Readonly<Record<string, readonly DateSemee[]>> = {
  'camille-floreal': [
    { genre: 'rendez-vous', titre: 'Consultation de suivi', lieu: 'Dr Claire Primidi', dansJours: -40, heure: 9 },
    { genre: 'rappel', titre: 'Renouveler le traitement de l’asthme', dansJours: 2, heure: 7 },
    {
      genre: 'rendez-vous',
      titre: 'Explorations respiratoires',
      lieu: 'Centre hospitalier',
      note: 'Venir avec l’inhalateur.',
      dansJours: 9,
      heure: 13,
    },
  ],
  'jeanne-messidor': [
    { genre: 'rendez-vous', titre: 'Prise de sang', lieu: 'Laboratoire', note: 'À jeun depuis la veille.', dansJours: 4, heure: 7 },
  ],
}

/** A few dates around today. */
export async function semerAgenda(world: World): Promise<void> {
  const { patients } = await castOf(world)
  for (const { id, personne } of patients)
    for (const { dansJours, heure, ...reste } of DATES[id] ?? [])
      await inscrire(world, {
        id: world.newId(),
        matriculeIns: quinze(personne.ins),
        auteur: 'PATIENT',
        note: '',
        lieu: '',
        ...reste,
        debut: (Math.floor(world.now() / JOUR) + dansJours) * JOUR + heure * HEURE,
        statut: 'prévu',
        modifieLe: world.now(),
      })
}

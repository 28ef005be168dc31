import type { World } from '../../world.ts'
import { AGE_DE_LA_MAJORITE } from '../rules.ts'
import type { ProfilEnregistre, TitulaireConnu } from '../store.ts'

/** The eighteenth birthday, midnight UTC like ages. @param dateNaissance `AAAA-MM-JJ`; the 29th of February counts on the 1st of March */
export function majoriteLe(dateNaissance: string): number {
  const [annee, mois, jour] = dateNaissance.split('-').map(Number) as [number, number, number]
  return Date.UTC(annee + AGE_DE_LA_MAJORITE, mois - 1, jour)
}

/** Somebody else is to be told on the day: a parent who has the child's profile. */
export async function programmerMajorite(world: World, { matriculeIns, personne }: TitulaireConnu): Promise<void> {
  const dueAt = majoriteLe(personne.dateNaissance)
  if (dueAt > world.now())
    await world.schedule({ id: `mes.majorite:${matriculeIns}`, dueAt, service: 'mes', what: 'majorite', subject: matriculeIns })
}

/** Whether a birthday passed while the profile was there, stored or not. */
export const majoriteAEtablir = ({ contexte }: ProfilEnregistre, dateNaissance: string, maintenant: number): boolean => {
  const le = majoriteLe(dateNaissance)
  return contexte.ouvertLe !== null && contexte.ouvertLe <= le && le <= maintenant
}
